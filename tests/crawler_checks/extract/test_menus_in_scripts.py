"""Menus that scripts hold as data, in both readers."""

import pytest

from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.crawl.limits import BOUNDS
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.menus_in_scripts import chinese_words, menu_entries
from crawler_checks.extract.reader import Reader
from crawler_checks.extract.site import Site
from crawler_checks.second_look import SecondLook
from tests.crawler_checks.sites import HASTY, MemorySource, Page, findings_in, html, snapshot_of

SCOPE = Scope("http://site.example", "/", frozenset({"site.example"}))


@pytest.mark.parametrize(
    ("script", "entries"),
    [
        ("d.add(3, 0, '通知公告', '/tzgg/index.html', '', 'main');", [("/tzgg/index.html", "通知公告")]),
        ('tree.add("a3","a0","政务动态","list.asp?cid=5")', [("list.asp?cid=5", "政务动态")]),
        ('[{id:1,pId:0,name:"公开年报",url:"/nb/",target:"_self"}]', [("/nb/", "公开年报")]),
        ('{"url":"\\/zc\\/","open":true,"name":"\\u653f\\u7b56"}', [("/zc/", "政策")]),
        (
            '{name:"上级",url:"/a/",children:[{title:"下级",href:"/a/b.html"}]}',
            [("/a/", "上级"), ("/a/b.html", "下级")],
        ),
        ("d.add(1, -1, '栏目导航');", []),
        ('{name:"无处可去",url:"#"},{name:"脚本",url:"javascript:go(1)"},{name:"About",url:"/en/"}', []),
        ('{name:"甲"},{url:"/b/"}', []),
        ('el.classList.add("active"); fetch({url: "/data", method: "GET"})', []),
        ("d.add(1, 0, '未完", []),
    ],
)
def test_names_and_addresses_of_a_menu_are_read(script: str, entries: list[tuple[str, str]]) -> None:
    assert list(menu_entries(script)) == entries


@pytest.mark.parametrize("only_links", [False, True])
def test_such_a_menu_is_followed_by_both_readers(only_links: bool) -> None:
    body = html("<p>首页</p><script>d.add(3, 0, '通知公告', '/tzgg/index.html');</script>").encode()
    facts = Reader(SCOPE, only_links=only_links)(Response("/", 200, "text/html; charset=utf-8", body))
    assert isinstance(facts, PageFacts)
    assert [link.address for link in facts.links if link.role is Role.SCRIPTED] == ["/tzgg/index.html"]


NAMES = ("政府信息公开指南", "通知公告", "政策文件")
PAGES = {f"/{n}/": html(f"<h1>栏目{n}</h1><p>本栏目有自己的内容，这里写着几句话。</p>") for n in range(3)}
LINKS = "".join(f'<a href="/{n}/">第{n}个栏目</a>' for n in range(3)) * 2


def missing(pages: dict[str, Page]) -> dict[str | None, str]:
    """What is said of the sections that were not found, after the second look."""
    snapshot = snapshot_of(pages)
    SecondLook(Site(snapshot), MemorySource(pages), BOUNDS, HASTY).over_the_site()
    return {one.section: one.outcome.value for one in findings_in("section_missing", snapshot)}


def test_a_section_that_only_such_a_menu_names_is_found() -> None:
    menu = "".join(f"d.add({n}, 0, '{name}', '/{n}/');" for n, name in enumerate(NAMES))
    found = missing({"/": html(f"<script>{menu}</script>{LINKS}"), **PAGES})
    assert ("guide" in found, found["annual_report"]) == (False, "fail")


def test_a_name_in_a_script_that_the_start_page_loads_leaves_the_section_to_a_person() -> None:
    script = 'var menus = ["政府信息公开指南", "\\u653f\\u5e9c\\u4fe1\\u606f\\u516c\\u5f00\\u5e74\\u62a5"];'
    pages = {"/": html(f'<script src="/js/nav.js"></script>{LINKS}'), "/js/nav.js": script, **PAGES}
    found = missing(pages)
    assert (found["guide"], found["annual_report"], found["institution"]) == ("unknown", "unknown", "fail")
    assert missing(pages | {"/js/nav.js": "// "})["guide"] == "fail"


def test_chinese_words_of_a_script_are_found_however_they_are_written() -> None:
    script = 'var a = "政府信息公开年报", b = "\\u4f9d\\u7533\\u8bf7\\u516c\\u5f00", c = "短"'
    assert chinese_words(script) == ["政府信息公开年报", "依申请公开"]
