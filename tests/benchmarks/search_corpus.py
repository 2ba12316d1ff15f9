"""An invented city's records and known-item queries over them, of any size and seed, for measuring search.

A smaller corpus of a seed is the beginning of a larger one, and queries aim at its first records: so the same
queries are asked at every size.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from plugins.search.analyzer import skeleton, synonyms
from plugins.search.entry import Entry
from plugins.search.folding import fold

POOL = 900
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "岚澄砚霁汀舒苒珩牧野禾蔚昀笙棠钧霖溪芷栩淮岳桐叙乔帆宛澜朗杉"
PLACE_A = "望霁松石云栖听临沐芦荻杏枫桂竹鹭鹤雁鹿鱼砚墨书琴棋弦瓷陶麻桑"
PLACE_B = "岫泠溪砚栈屿汀陂坞埠墩圩塬峪岔坳渚洲浦滩屏岭涧岗垄坡湾桥渡堰"
PLACE_C = ("镇", "乡", "街道", "村", "社区", "园区")
FIRMS_A = "澄瀚铭沃骏曜璟翎珂霆泓岱麒沣煦"
FIRMS_B = "远拓磐卓曦驰衡域峻凌川禾础廷恺"
FIRMS_C = (
    "建设工程有限公司",
    "水务科技有限公司",
    "粮油有限责任公司",
    "文化传播有限公司",
    "装备制造股份有限公司",
    "医药有限公司",
)
ORGANS = (
    ("霁川市人民政府办公室", "霁政办发", ("政务公开", "行政审批")),
    ("霁川市发展和改革委员会", "霁发改", ("重大项目", "价格收费")),
    ("霁川市教育局", "霁教发", ("义务教育招生", "学生资助")),
    ("霁川市财政局", "霁财发", ("部门预算", "政府采购", "“三公”经费")),
    ("霁川市民政局", "霁民发", ("最低生活保障", "养老服务", "特困人员供养")),
    ("霁川市住房和城乡建设局", "霁住建发", ("公共租赁住房", "棚户区改造", "老旧小区改造")),
    ("霁川市自然资源和规划局", "霁自然资发", ("土地征收", "不动产登记", "控制性详细规划")),
    ("霁川市生态环境局", "霁环发", ("环境影响评价", "大气污染防治", "PM2.5治理")),
    ("霁川市水务局", "霁水发", ("取水许可", "农村饮水安全", "河长制")),
    ("霁川市市场监督管理局", "霁市监发", ("食品安全抽检", "双随机、一公开", "12315投诉")),
    ("霁川市卫生健康委员会", "霁卫发", ("家庭医生签约", "HPV疫苗接种", "DRG付费")),
    ("霁川市人力资源和社会保障局", "霁人社发", ("失业保险", "农民工工资", "事业单位公开招聘")),
    ("霁川市交通运输局", "霁交发", ("农村公路", "超限超载治理", "5G车路协同")),
    ("霁川市应急管理局", "霁应急发", ("安全生产", "危险化学品", "森林防火")),
)
COUNTIES = ("望岫区", "霁东区", "松泠县", "石砚县", "云栈县")
KINDS = ("通知", "实施方案", "公告", "公示", "批复", "办事指南", "政策解读")


def _words(text: str) -> list[str]:
    return text.split(" ")


VERBS = _words(
    "推进 落实 规范 开展 完善 组织 明确 核查 公布 调整 清理 督促 受理 汇总 登记 复核 监测 评估 试行 整改"
)
NOUNS = _words(
    "台账 清单 流程 窗口 期限 材料 责任 标准 对象 名册 经费 档案 进度 隐患 事项 指标 数据 渠道 反馈 意见 群众 单位 "
    "企业 项目 现场 季度 年度 合同 票据 凭证 系统 平台 热线 信箱 培训 会议 巡查 样品 管网 岸线 林地 校舍 病房 车辆 站点"
)
HOW = _words("及时 逐项 全面 严格 分类 统一 定期 当场 书面 公开 从严 稳妥 限时 就近")


@dataclass(frozen=True, slots=True)
class Known:
    """A query and the keys of the records it ought to find."""

    kind: str
    words: str
    wanted: frozenset[str]


def corpus(count: int, seed: int) -> list[Entry]:
    """That many records."""
    rng = random.Random(seed)
    serials: dict[tuple[str, int], int] = {}
    return [_record(rng, number, serials) for number in range(count)]


def _name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2))))


def _place(rng: random.Random) -> str:
    return rng.choice(PLACE_A) + rng.choice(PLACE_B) + rng.choice(PLACE_C)


def _firm(rng: random.Random) -> str:
    return "霁川" + rng.choice(FIRMS_A) + rng.choice(FIRMS_B) + rng.choice(FIRMS_C)


def _sentence(rng: random.Random, organ: str, matter: str, year: int) -> str:
    how, verb, noun = (partial(rng.choice, words) for words in (HOW, VERBS, NOUNS))
    some: tuple[Callable[[], str], ...] = (
        lambda: f"{how()}{verb()}{noun()}{noun()}，{verb()}{_place(rng)}{noun()}。",
        lambda: f"{_place(rng)}{_name(rng)}等{rng.randint(2, 90)}户，{how()}{verb()}{noun()}。",
        lambda: (
            f"{year}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日前{verb()}{matter}{noun()}{rng.randint(3, 9000)}件。"
        ),
        lambda: (
            f"由{_firm(rng)}{verb()}{noun()}，投资{rng.randint(10, 99999)}万元，其中配套{rng.randint(10, 9999)}万元。"
        ),
        lambda: (
            f"{organ}{how()}{verb()}{noun()}、{noun()}和{noun()}，联系电话0990-{rng.randint(5000000, 5999999)}。"
        ),
        lambda: f"{noun()}{verb()}{how()}{noun()}{verb()}{noun()}；",
        lambda: f"依据第{rng.randint(1, 60)}条，{rng.choice(COUNTIES)}{verb()}{_place(rng)}{matter}。",
    )
    return rng.choice(some)()


def _title(rng: random.Random, organ: str, matter: str, kind: str, year: int) -> str:
    match kind:
        case "通知":
            return rng.choice(
                (
                    f"{organ}关于印发{year}年{matter}工作要点的通知",
                    f"关于做好{rng.choice(COUNTIES)}{_place(rng)}{matter}的通知",
                )
            )
        case "实施方案":
            return f"{rng.choice(COUNTIES)}{year}年{matter}实施方案"
        case "公告":
            return f"{organ}关于{_place(rng)}{matter}的公告"
        case "公示":
            return rng.choice(
                (f"{_firm(rng)}{matter}公示", f"关于{_name(rng)}等{rng.randint(2, 40)}人{matter}的公示")
            )
        case "批复":
            return f"关于{_firm(rng)}{_place(rng)}{matter}的批复"
        case "办事指南":
            return f"{matter}办事指南（{year}年版）—{organ}"
    return f"《{rng.choice(COUNTIES)}{matter}管理办法》政策解读"


def _record(rng: random.Random, number: int, serials: dict[tuple[str, int], int]) -> Entry:
    organ, code, matters = rng.choice(ORGANS)
    matter, kind, year = rng.choice(matters), rng.choice(KINDS), int(rng.triangular(2010, 2027, 2024))
    serial = serials[code, year] = serials.get((code, year), 0) + 1
    title = _title(rng, organ, matter, kind, year)
    length = int(min(3000, max(500, rng.lognormvariate(7.0, 0.45))))
    text = [f"{code}〔{year}〕{serial}号\n{title}\n"]
    while sum(map(len, text)) < length:
        text.append(_sentence(rng, organ, matter, year) + ("\n" if rng.random() < 0.15 else ""))
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    text.append(f"\n{organ}\n{year}年{month}月{day}日")
    return Entry(
        key=f"r{number:06}",
        address=f"record/r{number:06}.html",
        title=title,
        number=f"{code}〔{year}〕{serial}号",
        organ=organ,
        kind=kind,
        topics=(matter,),
        published_on=f"{year}-{month:02}-{day:02}",
        validity=rng.choice(("有效", "有效", "有效", "废止")),
        facts=f"{year}",
        text="".join(text),
    )


FORMS = (
    "{c}[{y}]{n}号",
    "{c}（{y}）{n}号",
    "{c}【{y}】{n}号",
    "{c} {y} {n}号",
    "{c}{y}年{n}号",
    "{c}〔{y}〕第{n}号",
    "{c}﹝{y}﹞0{n}号",
    "{c}({y}) {n} 号",
    "{c}〔{y}〕{n}",
)


class _Judge:
    """Knows which records a query ought to find."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.titles = {one.key: skeleton(fold(one.title)) for one in entries}
        self.texts = {one.key: skeleton(fold(one.text)) for one in entries}

    def known(self, kind: str, words: str, is_right: Callable[[Entry], bool]) -> Known:
        """The query with all records that are right."""
        return Known(kind, words, frozenset(one.key for one in self.entries if is_right(one)))

    def in_title(self, one: Entry, *parts: str) -> bool:
        """Whether a title has all these parts, whatever the signs."""
        return all(skeleton(fold(part)) in self.titles[one.key] for part in parts)


def queries(entries: Sequence[Entry], seed: int) -> list[Known]:
    """Known-item queries of eleven kinds over the first records, judged over all."""
    rng, judge, pool = random.Random(seed), _Judge(entries), entries[:POOL]
    kinds = (_numbers, _titles, _phrases, _names, _concepts, _organs, _dates, _letters, _slips)
    return [query for kind in kinds for query in kind(rng, judge, pool) if query.wanted]


def _numbers(rng: random.Random, judge: _Judge, pool: Sequence[Entry]) -> Iterator[Known]:
    for form in ("{c}〔{y}〕{n}号",) * 8 + FORMS * 2:
        one = rng.choice(pool)
        code, year, serial = re.split("[〔〕]", one.number.rstrip("号"))
        kind = "number" if form == "{c}〔{y}〕{n}号" else "number variant"
        words = form.format(c=code, y=year, n=serial)
        yield judge.known(kind, words, lambda r, n=one.number: r.number == n)


def _titles(rng: random.Random, judge: _Judge, pool: Sequence[Entry]) -> Iterator[Known]:
    for _ in range(8):
        one = rng.choice(pool)
        yield judge.known("title", one.title, lambda r, t=one.title: r.title == t)
    for _ in range(12):
        one = rng.choice(pool)
        parts = tuple(re.sub("关于|的通知|的公告|的公示|的批复|印发|《|》", " ", one.title).split())
        yield judge.known("part of title", " ".join(parts), lambda r, p=parts: judge.in_title(r, *p))


def _phrases(rng: random.Random, judge: _Judge, pool: Sequence[Entry]) -> Iterator[Known]:
    """What stands in one record alone."""
    found = 0
    while found < 10:
        one = rng.choice(pool)
        start = rng.randint(60, max(61, len(one.text) - 60))
        words = "".join(one.text[start : start + rng.randint(9, 16)].split())
        bare = skeleton(fold(words))
        known = judge.known("phrase", words, lambda r, b=bare: b in judge.texts[r.key])
        if len(bare) > 7 and len(known.wanted) == 1:
            found += 1
            yield known


def _names(rng: random.Random, judge: _Judge, pool: Sequence[Entry]) -> Iterator[Known]:
    for _ in range(8):
        one = rng.choice([r for r in pool if "公司" in r.title])
        words = (one.title[one.title.index("霁川") :][:4], one.topics[0])
        yield judge.known("name", " ".join(words), lambda r, w=words: judge.in_title(r, *w))


def _concepts(rng: random.Random, judge: _Judge, pool: Sequence[Entry]) -> Iterator[Known]:
    """A reader's word where documents use another."""
    wordings: dict[str, list[str]] = {}
    for wording, concept in synonyms().items():
        wordings.setdefault(concept, []).append(wording)
    named = [r for r in pool if skeleton(fold(r.topics[0])) in synonyms() and judge.in_title(r, r.topics[0])]
    for _ in range(14):
        one = rng.choice(named)
        concept, year = synonyms()[skeleton(fold(one.topics[0]))], one.facts
        yield judge.known(
            "synonym",
            f"{concept} {year}",
            lambda r, c=concept, y=year: (
                any(judge.in_title(r, w) for w in wordings[c]) and (y in r.title or r.facts == y)
            ),
        )


def _organs(rng: random.Random, judge: _Judge, pool: Sequence[Entry]) -> Iterator[Known]:
    for _ in range(10):
        one = rng.choice([r for r in pool if r.organ in r.title])
        organ, matter = one.organ, one.topics[0]
        yield judge.known(
            "organ and matter",
            f"{organ} {matter}",
            lambda r, o=organ, m=matter: r.organ == o and judge.in_title(r, m),
        )


def _dates(rng: random.Random, judge: _Judge, pool: Sequence[Entry]) -> Iterator[Known]:
    for at in range(8):
        one = rng.choice(pool)
        year, month, day = one.published_on.split("-")
        date = f"{year}年{int(month)}月{int(day)}日" if at % 2 else one.published_on
        yield judge.known(
            "date",
            f"{one.organ} {date}",
            lambda r, o=one: (r.organ, r.published_on) == (o.organ, o.published_on),
        )


def _letters(rng: random.Random, judge: _Judge, pool: Sequence[Entry]) -> Iterator[Known]:
    for matter in ("PM2.5治理", "HPV疫苗接种", "DRG付费", "12315投诉", "5G车路协同"):
        year = rng.choice([r for r in pool if matter in r.title]).facts
        yield judge.known(
            "letters",
            f"{matter.lower()} {year}",
            lambda r, m=matter, y=year: judge.in_title(r, m) and (y in r.title or r.facts == y),
        )


def _slips(rng: random.Random, judge: _Judge, pool: Sequence[Entry]) -> Iterator[Known]:
    """A character too few, or a wrong one; never in a year, which would be another year."""
    for _ in range(8):
        one = rng.choice([r for r in pool if len(r.title) > 14])
        title = skeleton(one.title)
        at = rng.choice([at for at in range(3, len(title) - 4) if not title[at].isdigit()])
        words = title[:at] + rng.choice(("", "式", "事", "市")) + title[at + 1 :]
        yield judge.known("slip of the pen", words, lambda r, t=one.title: r.title == t)
