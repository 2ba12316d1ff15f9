"""The reader of links alone finds what the reader with a tree finds, however a page is written."""

from pathlib import Path

import pytest

from crawler_checks.checks.of_links import LINK_CHECKS
from crawler_checks.crawl.address import Joiner, Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.link_reader import LinkReader
from crawler_checks.extract.page import PageReader
from crawler_checks.inspection import inspect_site
from crawler_checks.visit import Visit
from tests.crawler_checks.sites import TODAY

SITES = Path(__file__).parents[2] / "sites"
SCOPE = Scope("http://site.example", "/", frozenset({"site.example"}))
FRAME = '<ul class="nav">\n<li><a href="/a.html" title="甲">甲</a></li>\n<li><a href="b.html">乙</a></li>\n</ul>\n'
PAGES = {
    "plain": "<p>没有链接的一页</p>\n",
    "menu": FRAME,
    "one line": FRAME.replace("\n", "") * 20,
    "tag over lines": '<a\n class="x"\n href="\n/a.html?b=1&amp;c=2 "\n>甲\n</a>\n<p id="x">',
    "comment over lines": '<!-- <a href="/not.html">\n<a href="/nor.html"> -->\n<a href="/yes.html">是</a>',
    "short comment": '<!--><a href="/yes.html">是</a><!-- --->',
    "script over lines": "<script>\nvar t = '<a href=\"/not.html\">';\nif (1 < 2) {}\n</script>\n<a href=/yes.html>是</a>",
    "script that sends on": '<script>location.href = "/next.html";</script>',
    "style": "<style>\n.a { background: url(/bg.png) }\n</style><div style=\"background:url('x.png')\"></div>",
    "title and textarea": '<title>\n<a href="/not.html"></title>\n<textarea><a href="/nor.html"></textarea>',
    "frames": '<iframe src="/f.html"><a href="/not.html"></iframe>',
    "stray quote": "<p title=it's><a href=\"/a.html\" title='甲'>甲</a></p>",
    "greater in a quote": '<a title="a > b" href="/a.html">甲</a>',
    "greater in a quote over lines": '<a title="a >\nb" href="/a.html">甲</a><p>',
    "capitals": "<A HREF=/a.html ID=Top NAME=old>甲</A><IMG SRC=/i.png>",
    "twice the same": '<a href="/a.html" href="/b.html">甲</a>',
    "entities": '<a href="/a?x=1&copy=2&amp;y=3&#x26;z=4">甲</a><p id="&#38468;&#24405;">',
    "own page": '<a href="#s1">一</a><a href="#">顶</a><a href="?page=2">二</a><a name="s1"></a><table><tr><td id="cell">',
    "nothing to open": '<a href="javascript:;">无</a><a href="mailto:a@b.cn">信</a><a>无</a><a href="">空</a>',
    "clicks": '<a href="#" onclick="window.open(\'/w.html\')">开</a><a href="javascript:go(\'/x.html\')">去</a>',
    "clicks elsewhere": '<div onclick="location.href=\'/d.html\'">去</div>',
    "jump menu": '<select onchange="location=this.value">\n<option value="/j.html">跳</option>\n</select>',
    "base": '<base href="/other/">\n<a href="a.html">甲</a>',
    "pictures": '<img src=a.png srcset="b.png 1x, /c.png 2x"><video src="v.mp4" poster="p.png"></video>'
    '<link rel=stylesheet href="/s.css"><body background="/bg.gif"><object data="/o.swf"></object>',
    "refresh": '<meta http-equiv="refresh" content="0;url=/next.html">',
    "tabs": '<a href="#t1" data-toggle="tab">一</a><a href="#t2" role="tab">二</a>',
    "editor": '<a href="file:///D:/a.doc">甲</a><a href="C:\\\\a.doc">乙</a><a href="http://">丙</a>',
    "backslashes": '<a href="\\\\xxgk\\\\index.html">甲</a>',
    "unclosed at the end": '<a href="/a.html">甲</a><a href="/b.html',
    "unclosed comment": '<a href="/a.html">甲</a><!-- <a href="/b.html">',
    "nul": 'a\0<a href="/a.html">甲</a>',
}  # fmt: skip


def links_and_anchors(page: PageFacts) -> tuple[list[tuple[object, ...]], frozenset[str]]:
    links = {(one.role, one.kind, one.address, one.fragment, one.scripted) for one in page.links}
    return sorted(links, key=str), page.anchors


def read(reader: LinkReader | PageReader, html: str, charset: str = "utf-8") -> PageFacts:
    kind = f"text/html; charset={charset}"
    return reader.read(Response("/xxgk/list.html?a=1", 200, kind, html.encode(charset, "replace")))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_both_readers_find_the_same_links_and_anchors(name: str, charset: str) -> None:
    html = f'<!doctype html>\n<html lang="zh-CN">\n<body id="top">\n{FRAME}{PAGES[name]}\n{FRAME}'
    quick = LinkReader(Joiner(SCOPE))
    with_tree = links_and_anchors(read(PageReader(Joiner(SCOPE)), html, charset))
    assert links_and_anchors(read(quick, html, charset)) == with_tree
    assert links_and_anchors(read(quick, html, charset)) == with_tree, "what is remembered is the same"


@pytest.mark.parametrize("base", ["/other/", "x.html", "http://elsewhere.example/", "javascript:;", ""])
def test_links_are_meant_from_the_base_that_a_page_names(base: str) -> None:
    html = f'<html><head><base href="{base}"><base href="/not/"></head>\n<body><div>{FRAME}</div><a href="#s1">一</a>'
    quick = LinkReader(Joiner(SCOPE))
    assert links_and_anchors(read(quick, html)) == links_and_anchors(read(PageReader(Joiner(SCOPE)), html))


@pytest.mark.parametrize(
    "href",
    ["b.html", "../c.html", "../../c.html", "../../../c.html", "?page=2", "#s1", "../", "..", "", "http://a/", "b.html#s1",
     "./b.html", "b.html?x=1", "a:b", "//a/b.html", "/b.html", " b.html ", "b%2Ehtml", "乙.html", "../../xxgk/b.html"],
)  # fmt: skip
def test_a_link_leads_to_the_same_whatever_addresses_are_known(href: str) -> None:
    quick = LinkReader(Joiner(SCOPE))
    known = "".join(
        f'<a href="{address}">甲</a>'
        for folder in ("", "/xxgk", "/xxgk/deep")
        for address in (
            *(
                f"{folder}/{name}"
                for name in ("b.html", "c.html", "?page=2", "http://a/", "a:b", "#s1", "/b.html")
            ),
            f"{folder}/",
        )
    )
    read(quick, known)
    page = Response(
        "/xxgk/deep/list.html?a=1", 200, "text/html; charset=utf-8", f'<p><a href="{href}">乙</a>'.encode()
    )
    assert links_and_anchors(quick.read(page)) == links_and_anchors(PageReader(Joiner(SCOPE)).read(page))


def test_only_pages_that_need_a_tree_are_given_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with_tree: list[str] = []
    monkeypatch.setattr(PageReader, "read", lambda _, response: with_tree.append(response.address))
    quick = LinkReader(Joiner(SCOPE))
    for name, html in PAGES.items():
        quick.read(Response(name, 200, "text/html; charset=utf-8", html.encode()))
    assert with_tree == ["clicks elsewhere", "jump menu", "base", "unclosed at the end", "unclosed comment"]


def test_pages_share_the_parts_that_they_have_in_common() -> None:
    quick = LinkReader(Joiner(SCOPE))
    menu = '<div>\n<a href="/a.html">甲</a>\n<a href="/b.html">乙</a>\n</div>\n'
    first, second, third = (read(quick, f'{menu}<div>\n<a href="/{own}.html">己</a>') for own in "123")
    assert [link.address for link in third.links] == ["/a.html", "/b.html", "/3.html"]
    assert second.parts[0] is third.parts[0]
    assert first.parts[1] is not third.parts[1]


@pytest.mark.parametrize("case", sorted(path.parent.name for path in SITES.glob("*/www")))
def test_an_inspection_of_links_alone_finds_what_the_whole_one_finds_of_links(case: str) -> None:
    def outline(*, only_links: bool) -> list[tuple[object, ...]]:
        result = inspect_site(SITES / case / "www", today=TODAY, visit=Visit(only_links=only_links))
        of_links = {check.id for check in LINK_CHECKS}
        return [
            (one.check, one.outcome, one.place, one.object)
            for one in result.findings
            if one.check in of_links
        ]

    assert outline(only_links=True) == outline(only_links=False)
