"""An invented city's notices for measuring builds: the same records as our content, as Hugo's and as Pelican's.

Record `i` of a seed does not depend on how many follow it, so a larger corpus only adds. Bodies have 600 to 3,900
characters, three levels of headings, and a table in three of ten.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

YEARS = range(2014, 2026)
VALID_UNTIL = date(2024, 12, 31)


def _words(text: str) -> list[str]:
    return text.split(" ")


DUTIES = _words(
    "发展改革 教育 科技 工业信息化 民族宗教 公安 民政 司法 财政 人力资源 自然资源 生态环境 住房城乡建设 交通运输 水务 "
    "农业农村 商务 文化旅游 卫生健康 退役军人 应急管理 审计 国资 市场监管 体育 统计 医疗保障 林业 城市管理 乡村振兴 "
    "政务数据 金融 信访 机关事务 人民防空 气象 消防救援 住房公积金 档案"
)
TOPICS = ("02-01", "02-03", "02-04", "03-01", "03-02", "04-01", "04-02", "05-01", "06-01", "06-02", "07-01", "08-01",
          "09-01", "10-01", "11-01", "12-01", "13-01", "14-01", "15-01", "16-01", "17-01", "18-01")  # fmt: skip
MATTERS = _words(
    "老旧小区加装电梯 农村公路养护 中小学课后服务 社区食堂建设 小微企业贷款贴息 河道清淤 公共自行车管理 高龄老人津贴 "
    "电子证照应用 农贸市场改造 建筑垃圾清运 校园周边交通秩序 公租房配租 井盖安全排查 村级财务公开 粮食收购 山塘水库除险 "
    "夜间施工审批 饮用水源保护 居家养老服务 职业技能培训 充电设施建设 古树名木保护 油烟扰民整治 公共场所急救设备 图书馆总分馆"
)
VERBS = _words("核定 汇总 公示 登记 复查 抽查 通报 调度 评估 归档 移交 验收")
THINGS = _words(
    "台账 申请材料 资金明细 责任清单 检查记录 进度报表 群众意见 验收报告 整改方案 服务标准 名册 合同"
)
HEADINGS = _words("总体安排 适用范围 主要任务 责任分工 办理程序 资金管理 时间进度 监督检查 其他事项")
PARTS = _words("对象和条件 材料和时限 方式和渠道 标准和口径 审核和公示 变更和终止")
FORMS = _words("通知 意见 方案 办法 公告 批复")
SENTENCES = (
    "{organ}会同有关单位在{month}月底以前{verb}{matter}的{thing}，逐项写明责任人和完成时间。",
    "凡涉及{matter}的{thing}，应当自收到之日起{days}个工作日内{verb}；材料不齐的，一次告知需要补正的全部内容。",
    "市级安排{matter}补助{money}万元，由{organ}按照**“先{verb}、后拨付”**的办法管理，结余部分收回。",
    "各县区每季度向{organ}报送{matter}的{thing}，报送内容与实际不符的，退回重新{verb}并在全市范围内说明。",
    "申请人可以到窗口当面提出，也可以通过信函或者网上平台提交{thing}，{organ}不得要求重复提供已经{verb}的材料。",
    "本项工作到{year}年底的目标是：{matter}覆盖{percent}%的乡镇街道，群众满意率不低于{percent}%。",
    "{matter}的{thing}保存不少于{days}年，其中涉及个人信息的部分，公开前应当作去标识化处理。",
    "对{matter}中反复出现的问题，由{organ}牵头{verb}原因，在{days}日内拿出措施，措施落实情况向社会公开。",
    "因天气、交通等原因不能按期{verb}的，经{organ}同意可以顺延，顺延不超过{days}个工作日，并告知申请人。",
    "各单位应当指定专人负责{matter}，人员变动时办理{thing}交接，避免工作中断。",
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One record in the words of all three generators."""

    id: str
    title: str
    number: str
    organ: int
    serial: int
    topic: str
    day: date
    expires_on: date | None
    body: str

    @property
    def standing(self) -> str:
        """Whether it holds, as our portal works it out."""
        return "ended" if self.expires_on else "in-force"


def organ_id(number: int) -> str:
    """The id of an organ; number 0 is the government."""
    return f"organ-{number:02d}" if number else "government"


def organ_name(number: int) -> str:
    """The full name of an organ."""
    return f"霁川市{DUTIES[number - 1]}局" if number else "霁川市人民政府"


def notices(count: int, seed: int) -> Iterator[Notice]:
    """That many records, numbered within a year as their offices do it."""
    given: Counter[str] = Counter()
    for number in range(count):
        yield _notice(number, random.Random(f"{seed}/{number}"), given)


def write_corpus(folder: Path, count: int, seed: int, others: Sequence[str] = ()) -> None:
    """`ours/content` and that of `others` (hugo, pelican) below a folder, and `names.json` for the themes."""
    written = {"ours": ("---", _ours), "hugo": ("---", _hugo), "pelican": ("", _pelican)}
    sides = {folder / name / "content": written[name] for name in ("ours", *others)}
    for place in sides:
        (place / "policy").mkdir(parents=True)
    (folder / "ours" / "content" / "site.yaml").write_text(SITE, encoding="utf-8")
    rows = [_organ_row(number) for number in range(len(DUTIES) + 1)]
    organs = "\n".join([ORGAN_HEADING, *rows, ""])
    (folder / "ours" / "content" / "organs.csv").write_text(organs, encoding="utf-8")
    for notice in notices(count, seed):
        for place, (fence, values) in sides.items():
            text = _front(fence, values(notice)) + notice.body
            (place / "policy" / f"{notice.id}.md").write_text(text, encoding="utf-8")
    names = {organ_id(number): organ_name(number) for number in range(len(DUTIES) + 1)}
    (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")


def _notice(number: int, rng: random.Random, given: Counter[str]) -> Notice:
    year, organ = rng.choice(YEARS), rng.randrange(len(DUTIES) + 1)
    day = date(year, rng.randint(1, 12), rng.randint(1, 28))
    matter, form = rng.choice(MATTERS), rng.choice(FORMS)
    expires_on = VALID_UNTIL if rng.random() < 0.2 and year < VALID_UNTIL.year else None
    title = f"{organ_name(organ)}关于{matter}工作的{form}（第{number + 1}号）"
    mark = f"霁{DUTIES[organ - 1][0]}发" if organ else "霁政发"
    given[f"{mark}〔{year}〕"] += 1
    serial = given[f"{mark}〔{year}〕"]
    words = f"{mark}〔{year}〕{serial}号"
    body = _body(rng, matter, year)
    topic = rng.choice(TOPICS)
    return Notice(f"{year}-{number:06d}", title, words, organ, serial, topic, day, expires_on, body)


def _body(rng: random.Random, matter: str, year: int) -> str:
    goal = int(min(3300, max(500, rng.lognormvariate(7.2, 0.45))))
    parts, length, headings = ["各县区人民政府，市级各部门：\n"], 0, iter(HEADINGS)
    while length < goal and (heading := next(headings, None)) is not None:
        section = [f"## {heading}\n", _paragraph(rng, matter, year)]
        if rng.random() < 0.5:
            section += [f"### {rng.choice(PARTS)}\n", _paragraph(rng, matter, year)]
        if rng.random() < 0.2:
            section += [f"#### {rng.choice(PARTS)}（补充）\n", _paragraph(rng, matter, year)]
        if rng.random() < 0.3:
            items = [_sentence(rng, matter, year) for _ in range(3)]
            section.append("".join(f"{place}. {item}\n" for place, item in enumerate(items, 1)))
        parts += section
        length += sum(map(len, section))
    if rng.random() < 0.3:
        parts.append(_table(rng))
    return "\n".join(parts)


def _paragraph(rng: random.Random, matter: str, year: int) -> str:
    return "".join(_sentence(rng, matter, year) for _ in range(rng.randint(2, 4))) + "\n"


def _sentence(rng: random.Random, matter: str, year: int) -> str:
    return rng.choice(SENTENCES).format(
        organ=organ_name(rng.randrange(len(DUTIES) + 1)),
        matter=matter if rng.random() < 0.5 else rng.choice(MATTERS),
        verb=rng.choice(VERBS),
        thing=rng.choice(THINGS),
        month=rng.randint(1, 12),
        days=rng.randint(2, 30),
        money=rng.randint(5, 9000),
        percent=rng.randint(60, 99),
        year=year,
    )


def _table(rng: random.Random) -> str:
    rows = [
        f"| {rng.choice(MATTERS)} | {rng.choice(THINGS)} | {rng.randint(1, 900)} |"
        for _ in range(rng.randint(4, 9))
    ]
    return "\n".join(["| 事项 | 材料 | 数量 |", "| --- | --- | --- |", *rows, ""])


def _front(fence: str, values: Mapping[str, str]) -> str:
    lines = [f"{key}: {value}" for key, value in values.items()]
    return "\n".join([fence, *lines, fence, "", ""] if fence else [*lines, "", ""])


def _ours(notice: Notice) -> dict[str, str]:
    day = notice.day.isoformat()
    return {
        "标题": notice.title,
        "索引号": f"0100{notice.organ:05d}/{notice.day.year}-{notice.serial:05d}",
        "文号": notice.number,
        "发布机构": organ_name(notice.organ),
        "主题分类": notice.topic,
        "成文日期": day,
        "发布日期": day,
        **({"失效日期": notice.expires_on.isoformat()} if notice.expires_on else {}),
        "公开方式": "主动公开",
        "审查人": "办公室",
        "审查日期": day,
    }


def _hugo(notice: Notice) -> dict[str, str]:
    organ, year = organ_id(notice.organ), notice.day.year
    return {
        "title": json.dumps(notice.title, ensure_ascii=False),
        "date": notice.day.isoformat(),
        "number": json.dumps(notice.number, ensure_ascii=False),
        "issuer": organ,
        "expires": notice.expires_on.isoformat() if notice.expires_on else '""',
        "organs": f'["{organ}"]',
        "organyears": f'["{organ}-{year}"]',
        "topics": f'["{notice.topic}", "{notice.topic[:2]}"]',
        "years": f'["{year}"]',
        "sectionyears": f'["policy-{year}"]',
        "standings": f'["{notice.standing}"]',
    }


def _pelican(notice: Notice) -> dict[str, str]:
    return {
        "Title": notice.title,
        "Date": notice.day.isoformat(),
        "Slug": notice.id,
        "Category": organ_id(notice.organ),
        "Tags": f"{notice.topic}, {notice.topic[:2]}",
        "Number": notice.number,
    }


def _organ_row(number: int) -> str:
    category = "市直部门" if number else "市人民政府"
    above = "霁川市人民政府" if number else ""
    name = organ_name(number)
    who = f"{organ_id(number)},{name},{name[2:]},{category},0100{number:05d},主管相关工作,办公室"
    return f"{who},听雨路{number + 1}号,工作日,0990-5550{number:03d},闻景澄,{above}"


ORGAN_HEADING = "编号,机构全称,机构简称,机构类别,机构代码,机关职能,机构设置,办公地址,办公时间,联系电话,负责人姓名,上级机关"
SITE = """name: 霁川市政府信息公开
city: 霁川市
base_address: https://www.jichuan.example/xxgk/
government: government
regime: cn
description: 霁川市政府信息公开平台。
id_code: "9901000001"
icp_number: 京ICP备00000000号-1
police_number: 京公网安备00000000000000号
sponsor: 霁川市人民政府办公室
organizer: 霁川市政务公开办公室
contact_phone: 0990-5550101
contact_email: xxgk@jichuan.example
contact_address: 霁川市望岫区听雨路1号
report_error_address: https://www.jichuan.example/jiucuo/
"""
