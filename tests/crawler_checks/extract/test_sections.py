"""Which page is which section, found by names with no configuration."""

from datetime import date

import pytest

from crawler_checks.crawl.answer import NoAnswer, Response, Trouble
from crawler_checks.crawl.limits import Limits
from crawler_checks.extract.sections import FoundSection, State, find_sections
from crawler_checks.extract.site import Site
from plugins.disclosure.profile import load_profile
from tests.crawler_checks.sites import Page, html, snapshot_of

TODAY = date(2026, 11, 22)
PROFILE = load_profile("cn-2019")


def find(id_: str, pages: dict[str, Page], **options: object) -> FoundSection:
    return find_sections(PROFILE, Site(snapshot_of(pages, **options)))[id_]  # type: ignore[arg-type]


def entry(number: int, day: str = "2026-03-01") -> str:
    return f'<li><a href="/x/{number}.html">关于某事项的第 {number} 号通知</a><span>{day}</span></li>'


LIST = html(f"<h1>列表</h1><ul>{entry(1)}{entry(2, '2026-05-06')}</ul>")


@pytest.mark.parametrize(
    ("link", "state"),
    [
        ('<a href="/g/">政府信息公开指南</a>', State.FOUND),
        ('<a href="/g/">【政府信息公开指南】</a>', State.FOUND),
        ('<a href="/g/">政府信息公開指南</a>', State.FOUND),
        ('<a href="/g/"><img src=g.png alt="政府信息公开指南"></a>', State.FOUND),
        ('<a href="/g/" title="政府信息公开指南"><i></i></a>', State.FOUND),
        ('<a href="/g/" aria-label="政府信息公开指南"></a>', State.FOUND),
        ('<a href="/g/">公开指南</a>', State.ALIAS),
        ('<a href="/g/">公开指南</a><a href="/g/">政府信息公开指南</a>', State.FOUND),
        ('<a href="/g/" style="display:none">政府信息公开指南</a>', State.HIDDEN),
        ('<a href="/g/">某某局政府信息公开指南（2025年修订）</a>', State.UNVERIFIABLE),
        ('<a href="https://other.example/g/">政府信息公开指南</a>', State.ELSEWHERE),
        ('<a href="/gone/">政府信息公开指南</a>', State.MISSING),
        ("<p>政府信息公开指南</p>", State.UNVERIFIABLE),
        ("<a href='/g/'>别的</a>" * 6, State.MISSING),
    ],
)
def test_a_section_is_found_by_the_words_that_lead_to_it(link: str, state: State) -> None:
    assert find("guide", {"/": html(link), "/g/": LIST}).state is state


def test_a_page_that_calls_itself_so_is_the_section_though_no_link_does() -> None:
    for page in (
        html(LIST, title="政府信息公开指南-某市人民政府"),
        html("<h1>政府信息公开指南</h1>" + LIST),
        html(LIST, head='<meta name="ColumnName" content="政府信息公开指南">'),
    ):
        found = find("guide", {"/": html('<a href="/g/">进入</a>'), "/g/": page})
        assert (found.state, found.address) == (State.FOUND, "/g/")


def test_an_article_of_the_section_is_not_the_section() -> None:
    head = '<meta name="ColumnName" content="通知公告"><meta name="ArticleTitle" content="关于停水的通知">'
    pages = {
        "/": html('<a href="/a.html">关于停水的通知</a>' * 6),
        "/a.html": html("<h1>关于停水的通知</h1>", head=head),
    }
    assert find("notice", pages).state is State.MISSING


def test_the_home_pages_own_link_comes_before_an_organs() -> None:
    organ = html('<a href="/o/g.html">政府信息公开指南</a>')
    pages = {
        "/": html('<a href="/o/">某某局</a><a href="/g.html">政府信息公开指南</a>'),
        "/o/": organ, "/o/g.html": html("<h1>政府信息公开指南</h1>"), "/g.html": html("<h1>政府信息公开指南</h1>"),
    }  # fmt: skip
    found = find("guide", pages)
    assert (found.state, found.address) == (State.FOUND, "/g.html")


def test_two_pages_of_one_name_on_the_home_page_are_ambiguous_and_both_are_read() -> None:
    pages = {
        "/": html('<a href="/a/">通知公告</a><a href="/b/">通知公告</a>'),
        "/a/": html(f"<ul>{entry(1)}</ul>"),
        "/b/": html(f"<ul>{entry(2, '2026-06-01')}</ul>"),
    }
    found = find("notice", pages)
    assert (found.state, found.newest(TODAY)) == (State.AMBIGUOUS, date(2026, 6, 1))


def test_a_link_in_a_frame_of_the_home_page_is_the_home_pages_own() -> None:
    pages = {
        "/": '<frameset><frame src="/top.html"><frame src="/main.html"></frameset>',
        "/top.html": html('<a href="/n/">通知公告</a>'),
        "/main.html": html("main"),
        "/n/": LIST,
    }
    assert find("notice", pages).state is State.FOUND


@pytest.mark.parametrize(
    ("home", "options", "state"),
    [
        ("<a href='/x/'>其他</a>", {"limits": Limits(pages=3)}, State.UNVERIFIABLE),
        ("<script>document.write(menu)</script>", {}, State.UNVERIFIABLE),
        ("<script src='/menu.js'></script><a href='/x/'>其他</a>", {}, State.UNVERIFIABLE),
        ("<script src='/menu.js'></script>" + "<a href='/x/'>其他</a>" * 5, {}, State.MISSING),
        ("<a href='/slow/'>政务公开</a>", {}, State.UNVERIFIABLE),
        ("<a href='/forbidden/'>政务公开</a>", {}, State.UNVERIFIABLE),
        ("<a href='/login/'>登录</a>", {}, State.MISSING),
        ("<a href='/gone/'>政务公开</a>", {}, State.MISSING),
    ],
)
def test_what_was_not_seen_is_not_missing(home: str, options: dict[str, object], state: State) -> None:
    pages: dict[str, Page] = {
        "/": html(home),
        "/slow/": NoAnswer("/slow/", Trouble.TIMEOUT),
        "/forbidden/": Response("/forbidden/", 403),
        "/login/": Response("/login/", 401),
        "/x/": LIST,
    }
    assert find("guide", pages, **options).state is state


def test_newest_and_count_come_from_all_pages_of_the_list() -> None:
    pager = '<a href="/n/">首页</a><a href="/n/index_1.html">下一页</a><a href="/n/index_2.html">3</a>'
    pages = {
        "/": html('<a href="/n/">通知公告</a>'),
        "/n/": html(f"<ul>{entry(1)}</ul>{pager}"),
        "/n/index_1.html": html(f"<ul>{entry(2)}</ul>{pager}"),
        "/n/index_2.html": html(f"<ul>{entry(3, '2026-08-09')}</ul>{pager}"),
    }
    found = find("notice", pages)
    assert (len(found.pages), len(found.entries), found.newest(TODAY)) == (3, 3, date(2026, 8, 9))


def test_a_pinned_old_item_does_not_hide_a_new_one_and_a_future_one_is_no_news() -> None:
    items = entry(1, "2019-01-01") + entry(2, "2026-11-20") + entry(3, "2029-01-01")
    found = find("notice", {"/": html('<a href="/n/">通知公告</a>'), "/n/": html(f"<ul>{items}</ul>")})
    assert found.newest(TODAY) == date(2026, 11, 20)


def test_where_the_list_shows_no_dates_the_articles_are_asked() -> None:
    pages = {
        "/": html('<a href="/n/">通知公告</a>'),
        "/n/": html(
            '<ul><li><a href="/x/1.html">关于停水的通知</a></li><li><a href="/x/2.pdf">关于停电的通知</a></li></ul>'
        ),
        "/x/1.html": html("<h1>关于停水的通知</h1><p>发布时间：2026-10-01</p>"),
        "/x/2.pdf": b"%PDF-1.4",
    }
    found = find("notice", pages)
    assert {(one.address, one.day, one.is_known) for one in found.entries} == {
        ("/x/1.html", date(2026, 10, 1), True),
        ("/x/2.pdf", None, True),
    }


def test_a_section_that_is_a_single_page_has_that_pages_date() -> None:
    pages = {
        "/": html('<a href="/p/">规划计划</a>'),
        "/p/": html("<h1>规划计划</h1><p>发布时间：2026-01-31</p><p>全文……</p>"),
    }
    found = find("plans", pages)
    assert (found.entries, found.newest(TODAY)) == ((), date(2026, 1, 31))


def test_a_section_has_what_the_sections_below_it_have() -> None:
    pages = {
        "/": html('<a href="/s/">法定主动公开内容</a>'),
        "/s/": html('<h2><a href="/s/policy/">政策文件</a></h2>'),
        "/s/policy/": html(f"<ul>{entry(1)}</ul>"),
    }
    assert [one.day for one in find("statutory", pages).entries] == [date(2026, 3, 1)]


def test_the_menu_of_a_small_site_is_no_content() -> None:
    menu = '<a href="/g/">政府信息公开指南</a><a href="/n/">通知公告</a><a href="/">首页</a>'
    pages = {"/": html(menu), "/g/": html(menu), "/n/": html(menu + f"<ul>{entry(1)}</ul>")}
    assert find("guide", pages).entries == ()
    assert len(find("notice", pages).entries) == 1


def noted(address: str, pages: dict[str, Page]) -> tuple[State, str | None, int]:
    found = find_sections(PROFILE, Site(snapshot_of(pages)), {"guide": address})["guide"]
    return found.state, found.address, len(found.entries)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/g/", (State.FOUND, "/g/", 2)),
        ("http://site.example/g/", (State.FOUND, "/g/", 2)),
        ("https://other.example/g/", (State.ELSEWHERE, "https://other.example/g/", 0)),
        ("/gone/", (State.MISSING, "/gone/", 0)),
        ("/unlinked/", (State.UNVERIFIABLE, "/unlinked/", 0)),
    ],
)
def test_a_place_that_was_told_stands_above_all_that_was_found(
    address: str, expected: tuple[State, str | None, int]
) -> None:
    links = '<a href="/wrong/">政府信息公开指南</a><a href="/g/">进入</a><a href="/gone/">旧</a>'
    assert noted(address, {"/": html(links), "/g/": LIST, "/wrong/": html("<p>别的</p>")}) == expected
