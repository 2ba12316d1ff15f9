"""A site of a made-up office with planted faults and their list: the corpus on which inspectors are compared.

Everything follows from the seed. The frame is that of ordinary government sites: a long menu, a bread crumb, a side
bar, lists by date, articles of some ten thousand bytes, a few of them in GBK; and a good many things that look like
faults and are none.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple
from urllib.parse import quote

TODAY = date(2026, 11, 22)
TOPIC_NAMES = (
    "供水 供热 供电 燃气 公交 道路 桥梁 绿化 环卫 路灯 停车 菜场 学区 体检 疫苗 医保 社保 养老 托育 助残 低保 救助 "
    "公积金 保障房 物业 消防 防汛 气象 地震 食品 药品 质检 计量 商标 专利 统计 审计 预算 税费 采购 招标 用地 林地 "
    "湿地 水库 渔业 农机 种子 粮食 旅游 文物"
)
TOPICS = TOPIC_NAMES.split()
KINDS = ("通知", "公告", "办法", "方案", "批复", "公示", "意见", "报告")
SENTENCES = (
    "{a}事项自本月起由窗口统一受理，材料齐全的当场办结。",
    "对{a}和{b}的检查已经结束，结果在本栏公布。",
    "申请{a}的单位应当说明用途，并附{b}的证明。",
    "本年{a}经费的安排见附表，{b}部分另行说明。",
    "居民对{a}有意见的，可以在十五日内来信来电。",
    "{a}的标准没有变化，{b}的办理时限缩短为五个工作日。",
)
MENU = 40
LIST_LENGTH = 20


class Fault(NamedTuple):
    """What was planted: the check that must find it, the page, and the link that is meant ("" for none)."""

    check: str
    page: str
    object: str
    only_http: bool = False


@dataclass(slots=True)
class PlantedSite:
    """A site on disk. `moved` are redirects that only a server knows, from and to."""

    folder: Path
    pages: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)


class Article(NamedTuple):
    """A page of text in one of the sections."""

    number: int
    section: int
    day: date
    title: str

    @property
    def address(self) -> str:
        return f"/s{self.section:02}/{self.day:%Y%m}/t{self.day:%Y%m%d}_{self.number}.html"


def write_site(folder: Path, pages: int, seed: int) -> PlantedSite:
    """Write a site of about so many pages."""
    return _Maker(PlantedSite(folder), Random(seed), pages).make()


class _Maker:
    def __init__(self, site: PlantedSite, chance: Random, pages: int) -> None:
        self.site, self.chance = site, chance
        number = max(60, round((pages - 3) / (1 + 1 / LIST_LENGTH)) - MENU // 2)
        self.articles = [self._article(one) for one in range(number)]
        self.files = max(20, number // 8)
        self.planted = 0
        self.menu = "".join(
            f'<li class="item"><a href="/s{one:02}/index.html" title="{TOPICS[one]}">{TOPICS[one]}</a></li>\n'
            for one in range(MENU)
        )

    def make(self) -> PlantedSite:
        by_section: list[list[Article]] = [[] for _ in range(MENU)]
        for article in self.articles:
            by_section[article.section].append(article)
        self._assets()
        self._home(by_section)
        for number, articles in enumerate(by_section):
            newest_first = sorted(articles, key=lambda one: (one.day, one.number), reverse=True)
            self._lists(number, newest_first)
            for article in newest_first:
                self._write_article(article, newest_first[:6])
        return self.site

    def _article(self, number: int) -> Article:
        day = TODAY - timedelta(days=self.chance.randrange(1, 1500))
        title = f"关于{self._topic()}{self._topic()}的{self.chance.choice(KINDS)}"
        return Article(number, self.chance.randrange(MENU), day, title)

    def _topic(self) -> str:
        return self.chance.choice(TOPICS)

    def _text(self, sentences: int) -> str:
        return "".join(
            self.chance.choice(SENTENCES).format(a=self._topic(), b=self._topic()) for _ in range(sentences)
        )

    def _plant(self, check: str, page: str, object_: str = "", *, only_http: bool = False) -> None:
        self.site.faults.append(Fault(check, page, object_, only_http))

    def _file(self, address: str, data: bytes) -> None:
        path = self.site.folder / address.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    # ---- pages ----

    def _page(
        self, address: str, title: str, body: str, metas: dict[str, str], *, charset: str = "utf-8",
        declared: str = "", language: str = ' lang="zh-CN"', base: str = "",
    ) -> None:  # fmt: skip
        metas = {
            "SiteName": "霁川市某局",
            "SiteDomain": "jichuan.example",
            "SiteIDCode": "0000000001",
        } | metas
        tags = "".join(f'<meta name="{name}" content="{value}">\n' for name, value in metas.items())
        html = f"""<!DOCTYPE html>
<html{language}>
<head>
<meta charset="{declared or charset}">
{base}{tags}<title>{title}</title>
<link rel="stylesheet" href="/assets/site.css?v=3">
<link rel="icon" href="/assets/mark.png">
<script src="/assets/site.js"></script>
</head>
<body id="top">
<div class="head"><a href="/"><img src="/assets/mark.png" alt="霁川市某局"></a></div>
<ul class="menu">
{self.menu}</ul>
{body}
<div class="foot"><p><a href="/about.html">关于本站</a> <a href="mailto:office@jichuan.example">来信</a>
<a href="javascript:void(0)" onclick="window.print()">打印</a></p>
<!-- <a href="/taken-out.html">旧栏目</a> -->
<script>var row = "<a href='/made-later.html'>" + "</a>";</script></div>
</body>
</html>
"""
        self._file(address, html.encode(charset, "replace"))
        self.site.pages.append(address)

    def _home(self, by_section: list[list[Article]]) -> None:
        shown = "".join(
            f'<h2><a href="/s{number:02}/index.html">{TOPICS[number]}</a></h2><ul class="list">\n'
            + "".join(self._entry(one) for one in articles[:2])
            + "</ul>\n"
            for number, articles in enumerate(by_section)
        )
        extra = '<p><a href="/moved/well">旧地址</a> <a href="/moved/ill">旧地址</a> <a href="/moved/round">旧地址</a></p>'
        gone = "/no-page.html"
        self.site.moved |= {"/moved/well": "/about.html", "/moved/ill": gone, "/moved/round": "/moved/back"}
        self.site.moved["/moved/back"] = "/moved/round"
        self._page("/index.html", "首页", f"<div>{shown}{extra}</div>", {})
        for address in ("/moved/ill", "/moved/round"):
            self._plant("redirect_faulty", "/index.html", address, only_http=True)
        self._page("/about.html", "关于本站", f"<h1>关于本站</h1><p>{self._text(12)}</p>", {})

    def _lists(self, section: int, articles: list[Article]) -> None:
        pages = [articles[at : at + LIST_LENGTH] for at in range(0, len(articles), LIST_LENGTH)] or [[]]
        for number, shown in enumerate(pages):
            names = [f"index_{one}.html" if one else "index.html" for one in range(len(pages))]
            near = sorted({0, len(pages) - 1, *range(max(0, number - 3), min(len(pages), number + 4))})
            pager = "".join(f'<a href="{names[one]}">{one + 1}</a> ' for one in near if one != number)
            body = (
                f'<div class="crumb"><a href="/">首页</a> &gt; {TOPICS[section]}</div>\n<h1>{TOPICS[section]}</h1>\n'
                f'<ul class="list">\n{"".join(self._entry(one) for one in shown)}</ul>\n<div class="pager">{pager}</div>'
                f"<p>{self._text(8)}</p>"
            )
            metas = {
                "ColumnName": TOPICS[section],
                "ColumnDescription": "信息",
                "ColumnKeywords": "信息",
                "ColumnType": "信息",
            }
            self._page(f"/s{section:02}/{names[number]}", TOPICS[section], body, metas)

    def _entry(self, one: Article) -> str:
        return f'<li><a href="{one.address}" title="{one.title}">{one.title}</a><span>{one.day}</span></li>\n'

    def _write_article(self, article: Article, side: list[Article]) -> None:
        address, chance = article.address, self.chance
        draw = chance.random()
        metas = {
            "ColumnName": TOPICS[article.section], "ColumnType": "信息", "ArticleTitle": article.title,
            "PubDate": f"{article.day} 09:30", "ContentSource": "某局办公室", "Keywords": "信息", "Author": "办公室",
            "Description": article.title,
        }  # fmt: skip
        charset, declared, language, base = "utf-8", "", ' lang="zh-CN"', ""
        if draw < 0.004:
            metas["PubDate"] = f"{article.day - timedelta(days=200)} 09:30"
            self._plant("date_conflict", address)
        elif draw < 0.008:
            del metas["PubDate"]
            self._plant("tag_missing", address, "PubDate")
        elif draw < 0.011:
            language = ""
            self._plant("language_missing", address)
        elif draw < 0.014:
            charset, declared = "gbk", "utf-8"
            self._plant("charset_false", address)
        elif draw < 0.06:
            charset = "gbk"
        elif draw < 0.065:
            base = f'<base href="/s{article.section:02}/">\n'
        links = "".join(
            f"<li>{self._link(article, garbled=bool(declared), base=bool(base))}</li>\n" for _ in range(10)
        )
        body = (
            f'<div class="crumb"><a href="/">首页</a> &gt; <a href="/s{article.section:02}/index.html">'
            f'{TOPICS[article.section]}</a></div>\n<div class="text"><h1>{article.title}</h1>\n'
            f'<p>发布时间：{article.day}　来源：某局办公室</p>\n<h2 id="one">一、要求</h2><p>{self._text(24)}</p>\n'
            f'<p>{self._picture(address)}</p>\n<h2 id="two">二、安排</h2><p>{self._text(24)}</p><p><a name="old"></a>'
            f"{self._text(16)}</p>\n"
            + "".join(f"<p>（{row}）{self._text(1)}</p>" for row in range(12))
            + f'</div>\n<ul class="also">\n{links}</ul>\n<div class="side"><ul>\n'
            + "".join(f'<li><a href="{one.address}">{one.title}</a></li>\n' for one in side)
            + "</ul></div>"
        )
        self._page(
            address,
            article.title,
            body,
            metas,
            charset=charset,
            declared=declared,
            language=language,
            base=base,
        )

    def _link(self, article: Article, *, garbled: bool, base: bool) -> str:
        """A link in the text: nine in ten hold, in one of the many ways in which links are written."""
        chance, page, other = self.chance, article.address, self.chance.choice(self.articles)
        draw = chance.random()
        if draw < 0.012:
            return self._planted("link_broken", page, f"/s{article.section:02}/gone/x{self._next()}.html")
        if draw < 0.022:
            return self._planted("link_broken", page, f"/old/{chance.randrange(9)}.html")
        if draw < 0.030:
            return self._planted(
                "attachment_broken", page, f"/files/gone{self._next()}.{chance.choice(('pdf', 'doc', 'xls'))}"
            )
        if draw < 0.036:
            return self._planted("anchor_missing", page, f"{other.address}#nine")
        if draw < 0.10:
            return (
                f'<a href="{other.address}#{chance.choice(("one", "two", "old", "top"))}">{other.title}</a>'
            )
        if draw < 0.13 and not base:
            return f'<a href="{chance.choice(("#one", "#", "#top", "#two"))}">回到前面</a>'
        if draw < 0.20:
            name = self._file_name(chance.randrange(self.files))
            return f'<a href="/files/{quote(name) if garbled or chance.random() < 0.5 else name}">附件</a>'
        if draw < 0.22:
            return f"<A HREF={other.address}>{other.title}</A>"
        if draw < 0.24:
            return f'<a\n class="x" href="\n{other.address} ">{other.title}</a>'
        if draw < 0.25:
            return f'<a href="/s{other.section:02}">{TOPICS[other.section]}</a>'
        if draw < 0.60 and not base:
            return f'<a href="../../{other.address[1:]}" title="{other.title}">{other.title}</a>'
        return f'<a href="{other.address}" target="_blank">{other.title}</a>'

    def _planted(self, check: str, page: str, address: str) -> str:
        self._plant(check, page, address)
        return f'<a href="{address}">{self._topic()}{self._topic()}</a>'

    def _next(self) -> int:
        self.planted += 1
        return self.planted

    def _picture(self, page: str) -> str:
        draw = self.chance.random()
        if draw < 0.02:
            address = f"/assets/lost{self._next()}.png"
            self._plant("link_broken", page, address)
            return f'<img src="{address}" alt="图">'
        if draw < 0.04:
            self._plant("image_text_missing", page, f"/assets/p{self._next() % 9}.png")
            return f'<img src="{self.site.faults[-1].object}">'
        return f'<img src="/assets/p{self.chance.randrange(9)}.png" alt="{self._topic()}">'

    # ---- files ----

    def _file_name(self, number: int) -> str:
        kind = ("pdf", "doc", "xls", "zip")[number % 4]
        return f"附件{number}.{kind}" if number % 5 == 0 else f"f{number}.{kind}"

    def _assets(self) -> None:
        self._file("/assets/site.css", b"body { background: url(p0.png) }\n" + b".a { color: red }\n" * 300)
        self._file("/assets/site.js", b"// nothing\n" * 400)
        for name in ("mark", *(f"p{number}" for number in range(9))):
            self._file(f"/assets/{name}.png", _picture())
        starts = {"pdf": b"%PDF-1.4\n", "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "zip": b"PK\x03\x04"}
        starts["xls"] = starts["doc"]
        for number in range(self.files):
            name = self._file_name(number)
            self._file(f"/files/{name}", starts[name[-3:]] + b"x" * 3000)


def _picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(24) for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def redirect_rules(site: PlantedSite) -> Iterator[str]:
    """Its redirects as lines of a map of nginx."""
    return (f"{before} {after};" for before, after in site.moved.items())
