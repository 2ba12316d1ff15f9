"""A page of which lines are read by themselves gives the facts that it gives when it is read as a whole."""

from pathlib import Path

import pytest

from crawler_checks.crawl.address import Joiner, Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.holes import MARK
from crawler_checks.extract.page import PageReader
from crawler_checks.extract.runs import RunReader
from tests.benchmarks.inspect_sites import write_site

SCOPE = Scope("http://site.example", "/", frozenset({"site.example"}))
MENU = "".join(
    f'<li><a href="/s{number}/" title="栏目{number}">栏目{number}</a></li>\n' for number in range(10)
)
ROWS = "".join(
    f'<li class="row"><a href="t{number}.html">关于供水的通知{number}</a><span>2026-01-0{number}</span></li>\n'
    for number in range(1, 9)
)
TEXT = '<h2 id="one">一、要求</h2><p>发布时间：2026-01-05　来源：某局</p>\n<p class="x">材料齐全的当场办结。</p>\n'
OUTSIDE = '<li><a href="http://other.example/">另一个网站的名称</a></li>\n'
IN_CLASS = OUTSIDE.replace("<li", '<li class="x"')
PAGES = {
    "list": f'<ul class="menu">\n{MENU}</ul>\n<ul class="list">\n{ROWS}</ul>\n',
    "text": f"<div>\n{TEXT * 6}</div>\n",
    "one line": f'<ul class="list">{ROWS}</ul>{TEXT * 5}'.replace("\n", "") * 4,
    "in a table": f"<table><tr><td>\n{TEXT * 5}</td><td>\n<ul>\n{ROWS}</ul>\n</td></tr></table>\n",
    "label in a cell": f"<table><tr><td>\n<p>发布机构</p>\n</td><td>某局</td></tr></table>\n{TEXT * 5}",
    "in a comment": f"<!--\n<ul>\n{ROWS}</ul>\n-->\n{MENU}",
    "in noscript": f"<noscript>\n{MENU}</noscript>\n{ROWS}",
    "in a template": f"<template>\n{MENU}</template>\n{ROWS}",
    "in a field": f"<textarea>\n{MENU}</textarea>\n{ROWS}",
    "in a script": f"<script>\nvar t = `\n{MENU}`;\n</script>\n{ROWS}",
    "title around": f'<div><a href="/d.html">一个有日期的标题</a>\n<p>2026-01-03</p>\n</div>\n{MENU}',
    "date behind": f'<div><a href="/d.html">一个有日期的标题</a></div>\n<p>2026-01-03</p>\n{MENU}',
    "date in a box behind": f'<a href="/d.html">一个有日期的标题</a><div>\n<p>2026-01-03</p>\n</div>\n{MENU}',
    "years above": "<h3>2025年</h3>\n<ul>\n"
    + "".join(f'<li><a href="/y{one}.html">通知通知{one}</a><span>0{one}-11</span></li>\n' for one in range(1, 9))
    + f"</ul>\n{TEXT * 4}",
    "years in a hole": f'<h3>2025年</h3>\n<div><a href="/y.html">一个有日期的标题</a> <i>03-11</i></div>\n{MENU}',
    "hidden links to hosts": f'<div style="display:none">\n<ul>\n{OUTSIDE * 9}</ul></div>\n',
    "links to hosts hidden by rules": f"<style>.x{{display:none}}</style><ul>\n{IN_CLASS * 9}</ul>",
    "links to hosts": f"<ul>\n{OUTSIDE * 9}</ul>\n",
    "inside a link": f'<a href="/a.html">\n{TEXT * 5}</a>\n',
    "unclosed": f"<p><b>\n{TEXT * 5}<ul>\n{ROWS}",
    "empty list": f"<ul>\n</ul>\n<ul>\n{MENU}</ul>\n",
    "base": f'<base href="/other/">\n{ROWS}{MENU}',
    "signs of its own": f"<p>\ue0000\ue001</p>\n{MENU}",
    "mark of its own": f'<li {MARK}="0">甲</li>\n{MENU}',
    "entities": f'<ul>\n{MENU}<li><a href="/a?x=1&amp;y=2">甲&nbsp;乙丙丁</a></li>\n</ul>\n',
    "addresses of its own page": MENU + '<li><a href="#">回到顶部去</a></li>\n<li><a href="?page=2">下一页下一页</a></li>\n',
    "annual report": f"<h1>某局2025年政府信息公开工作年度报告</h1>\n{TEXT * 5}<p>一、总体情况</p>\n",
    "guide": f"<h1>某局政府信息公开指南</h1>\n{TEXT * 5}<p>办公地址：某路1号</p>\n",
    "metas": f'<meta name="PubDate" content="2026-01-05">\n<meta name="pubdate" content="2025-01-05">\n{MENU}',
}  # fmt: skip


class Whole(RunReader):
    """Reads no element by itself."""

    def with_holes(self, _: str) -> None:  # type: ignore[override]
        return None


def facts(page: PageFacts) -> dict[str, object]:
    values = {name: getattr(page, name) for name in page.__struct_fields__}
    del values["parts"]  # pages are cut into parts where they have something in common
    return values | {
        "report": repr(page.report),
        "links": page.links,
        "anchors": page.anchors,
        "lines": list(page.lines),
    }


def read(html: str, reader: PageReader) -> dict[str, object]:
    page = f'<!doctype html>\n<html lang="zh-CN">\n<head><title>题</title>\n</head>\n<body>\n{html}</body></html>'
    return facts(reader.read(Response("/a/b.html", 200, "text/html; charset=utf-8", page.encode())))


def whole() -> PageReader:
    reader = PageReader(Joiner(SCOPE))
    reader._runs = Whole(reader._runs.make_link, reader._texts)
    return reader


@pytest.mark.parametrize("name", PAGES)
def test_the_facts_are_those_of_the_whole_page(name: str) -> None:
    reader = PageReader(Joiner(SCOPE))
    expected = read(PAGES[name], whole())
    assert read(PAGES[name], reader) == expected
    assert read(PAGES[name], reader) == expected, "what is remembered is the same"


def test_ordinary_pages_are_read_with_holes() -> None:
    runs = PageReader(Joiner(SCOPE))._runs
    for name in ("list", "text", "one line", "links to hosts"):
        found = runs.with_holes(PAGES[name])
        assert found is not None
        assert len(found[0]) < len(PAGES[name]) / 2


def test_all_pages_of_an_ordinary_site_give_the_same_facts(tmp_path: Path) -> None:
    site = write_site(tmp_path, 150, seed=11)
    with_holes, without = PageReader(Joiner(Scope())), whole()
    for address in site.pages:
        response = Response(address, 200, "text/html", (tmp_path / address[1:]).read_bytes())
        assert facts(with_holes.read(response)) == facts(without.read(response))
