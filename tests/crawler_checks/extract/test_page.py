"""One page to its facts."""

import pytest

from crawler_checks.crawl.address import Joiner, Kind, Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.page import PageReader

SCOPE = Scope("http://site.example", "/", frozenset({"site.example"}))


def read(html: str | bytes, address: str = "/a/b.html") -> PageFacts:
    body = html.encode() if isinstance(html, str) else html
    return PageReader(Joiner(SCOPE)).read(Response(address, 200, "text/html", body))


def found(html: str, **kind: str) -> list[tuple[str, str]]:
    return [(link.role.value, link.address) for link in read(html).links]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href=c.html>c</a>", [("link", "/a/c.html")]),
        ("<map><area href=/c></map>", [("link", "/c")]),
        ("<iframe src=c.html></iframe>", [("frame", "/a/c.html")]),
        ("<frameset><frame src=c.html></frameset>", [("frame", "/a/c.html")]),
        ("<img src=c.png srcset='d.png 1x, e.png 2x'>", [("image", "/a/c.png"), ("image", "/a/d.png"), ("image", "/a/e.png")]),
        ("<picture><source srcset='d.webp'><img src=c.png></picture>", [("image", "/a/d.webp"), ("image", "/a/c.png")]),
        ("<link rel='stylesheet' href=/c.css>", [("style", "/c.css")]),
        ("<link rel='shortcut icon' href=/c.ico>", [("image", "/c.ico")]),
        ("<link rel=canonical href=/c>", []),
        ("<script src=c.js></script>", [("script", "/a/c.js")]),
        ("<video src=c.mp4 poster=d.png></video>", [("media", "/a/c.mp4"), ("image", "/a/d.png")]),
        ("<object data=c.swf></object><embed src=d.swf>", [("media", "/a/c.swf"), ("media", "/a/d.swf")]),
        ("<p style=\"background:url('c.png')\">", [("image", "/a/c.png")]),
        ("<style>@import 'c.css';p{background:url(d.png)}/* url(no.png) */</style>",
         [("style", "/a/c.css"), ("image", "/a/d.png")]),
        ("<meta http-equiv=refresh content='0; URL=\"c.html\"'>", [("refresh", "/a/c.html")]),
        ("<meta http-equiv=refresh content='30'>", []),
        ("<script>location.href='c.html';</script>", [("scripted", "/a/c.html")]),
        ("<script>window.location.replace(\"/c\")</script>", [("scripted", "/c")]),
        ("<script>location = '/c'</script>", [("scripted", "/c")]),
        ("<script>location.href='/search?q=' + word</script>", []),
        ("<table background=c.gif></table>", [("image", "/a/c.gif")]),
        ("<!-- <a href=c.html>c</a> --><script>'<a href=d.html>'</script>", []),
        ("<a name=x>no link</a><a>none</a>", []),
        ("<base href=/d/><a href=c.html>c</a>", [("link", "/d/c.html")]),
        ("<base href=/d/><base href=/e/><a href=c.html>c</a>", [("link", "/d/c.html")]),
    ],
)  # fmt: skip
def test_everything_a_page_asks_for_is_found(html: str, expected: list[tuple[str, str]]) -> None:
    assert found(html) == expected


def test_a_link_keeps_its_words_and_whether_it_is_seen_or_scripted() -> None:
    page = read(
        "<a href=/x title='提示'> 政策\n 文件<b>库</b></a><a href=/y><img alt='图标'></a>"
        "<a href=/z style='display: none'>藏</a><a href='#t' onclick='f()'>标签</a>"
    )
    first, second, hidden, scripted = (link for link in page.links if link.role is Role.LINK)
    assert (first.text, first.hint) == ("政策 文件 库", "提示")
    assert (second.text, second.hint) == ("", "图标")
    assert (hidden.hidden, scripted.scripted, scripted.fragment) == (True, True, "t")


def test_names_and_ids_are_anchors() -> None:
    page = read('<h2 id="s1">x</h2><a name="old"></a><p id="附录">y</p><input name="q">')
    assert page.anchors == {"s1", "old", "附录"}


def test_title_language_headings_and_tags_are_read() -> None:
    page = read(
        '<html lang="zh-CN"><title> 通知\n-某市 </title><meta name=" PubDate " content="2015-04-23">'
        '<meta name="pubdate" content="later"><h1>一 <span>二</span></h1>'
    )
    assert (page.title, page.language, page.headings) == ("通知 -某市", "zh-CN", ("一 二",))
    assert page.metas == {"pubdate": "2015-04-23"}


def test_a_page_in_gbk_is_read_and_its_query_written_in_gbk() -> None:
    page = read("<meta charset=gbk><a href='/公开?k=公开'>公开</a><p id='附录'>".encode("gb18030"))
    [link] = page.links
    assert (link.kind, link.address, link.text) == (Kind.INSIDE, "/%E5%85%AC%E5%BC%80?k=%B9%AB%BF%AA", "公开")
    assert (page.encoding.charset, page.encoding.is_false) == ("gb18030", False)


def test_pictures_without_text_are_named_and_those_with_an_empty_one_are_not() -> None:
    assert read('<img src=a.png><img src=b.png alt=""><img alt>').images_without_text == ("a.png",)


def test_lists_with_nothing_in_them_and_lists_of_entries_are_told_apart() -> None:
    page = read(
        '<ul class="list"> </ul><ul class="news"><li><a href=x>一条通知公告</a><i>2015-04-23</i></li></ul><ol><li>x</ol>'
    )
    assert (page.empty_lists, page.entry_lists) == ({"ul.list"}, {"ul.news"})


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("$('#list').load('/x')", True),
        ("document.getElementById('a').innerHTML = html", True),
        ("createPageHTML(15, 0, 'index', 'html')", False),
        ("createPageHTML(pages, 0, 'index', 'html')", True),
        ("var tpl = '<a href=/not/a/link.html>x</a>'", False),
        ("window.print()", False),
    ],
)
def test_a_page_that_writes_itself_by_script_is_known(script: str, expected: bool) -> None:
    assert read(f"<script>{script}</script>").writes_by_script is expected


@pytest.mark.parametrize(
    "html", ["", "   ", "\0", "<", "<!doctype html>", "<a href=\"'><b", "<base href='http://['>", "﻿"]
)
def test_broken_html_is_read_as_far_as_it_goes(html: str) -> None:
    assert read(html).links == ()


def test_a_page_of_a_hundred_thousand_links_is_read() -> None:
    rows = (f"<li><a href=/{number}.html>第 {number} 条信息</a> 2015-04-23" for number in range(100_000))
    page = read(f"<ul>{''.join(rows)}</ul>")
    assert len(page.links) == len(page.items) == 100_000
    assert not page.truncated


def test_a_stylesheet_of_comments_without_end_is_read() -> None:
    assert read("<style>" + "/*" * 500_000 + "</style>").links == ()
