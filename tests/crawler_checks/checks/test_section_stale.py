"""section_stale: the day before, the day, the day after."""

from datetime import date, timedelta

import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.checks.site_notes import SiteNotes
from crawler_checks.crawl.answer import NoAnswer, Trouble
from plugins.disclosure.profile import MaxAge, load_profile
from plugins.disclosure.source import Source
from tests.crawler_checks.sites import Page, findings_of, html, outline

CHECK = "section_stale"
NEWEST = date(2026, 3, 1)


def item(day: str, number: int = 1) -> str:
    return f'<li><a href="/x/{number}.html">关于某事项的第 {number} 号通知</a><span>{day}</span></li>'


def site(name: str, items: str, **others: Page) -> dict[str, Page]:
    menu = f'<a href="/s/">{name}</a>'
    pages: dict[str, Page] = {"/": html(menu), "/s/": html(f"<h1>{name}</h1><ul>{items}</ul>")}
    return pages | {f"/{address}": page for address, page in others.items()}


def ask(name: str, items: str, today: date, **others: Page) -> list[tuple[str, str, str | None]]:
    return outline(findings_of(CHECK, site(name, items, **others), today=today))


def days_of(section: str) -> int:
    rule = next(one.freshness for one in load_profile("cn-2019").sections if one.id == section)
    assert isinstance(rule, MaxAge)
    return rule.days


@pytest.mark.parametrize(
    ("name", "section"), [("政务动态", "news"), ("通知公告", "notice"), ("政策文件", "policy")]
)
def test_a_section_is_in_time_on_the_last_day_and_stale_on_the_next(name: str, section: str) -> None:
    last = NEWEST + timedelta(days=days_of(section))
    items = item(NEWEST.isoformat()) + item("2020-01-01", 2)
    assert ask(name, items, last - timedelta(days=1)) == []
    assert ask(name, items, last) == []
    assert ask(name, items, last + timedelta(days=1)) == [("fail", "/s/", None)]


def test_last_years_report_is_stale_the_day_after_the_deadline() -> None:
    items = item("2025-02-11")
    assert ask("政府信息公开年报", items, date(2026, 3, 30)) == []
    assert ask("政府信息公开年报", items, date(2026, 3, 31)) == []
    assert ask("政府信息公开年报", items, date(2026, 4, 1)) == [("fail", "/s/", None)]
    assert ask("政府信息公开年报", item("2026-03-31"), date(2026, 4, 1)) == []


def test_a_leap_day_counts_as_a_day() -> None:
    assert ask("政务动态", item("2028-02-20"), date(2028, 3, 5)) == []
    assert ask("政务动态", item("2028-02-20"), date(2028, 3, 6)) == [("fail", "/s/", None)]


def test_a_section_without_a_period_is_never_stale() -> None:
    assert ask("政府信息公开制度", item("2010-01-01"), date(2026, 11, 22)) == []


def test_a_date_after_today_does_not_make_a_section_fresh() -> None:
    assert ask("通知公告", item("2025-01-01") + item("2027-01-01", 2), date(2026, 1, 1)) == [
        ("fail", "/s/", None)
    ]


def test_a_period_that_is_only_remembered_fails_nobody() -> None:
    assert ask("政策解读", item("2020-01-01"), date(2026, 1, 1)) == [("unknown", "/s/", None)]


@pytest.mark.parametrize(
    ("items", "others"),
    [
        (item("2020-01-01") + item("04-23", 2), {}),
        (item("2020-01-01") + '<li><a href="https://other.example/a">转载的一条要闻</a></li>', {}),
        (
            item("2020-01-01") + '</ul><a href="/s/2.html">下一页</a>',
            {"s/2.html": NoAnswer("/s/2.html", Trouble.TIMEOUT)},
        ),
        (item("2020-01-01") + "</ul><script>$('#more').load('/more')</script>", {}),
        (item("04-23"), {}),
        (item("3天前"), {}),
    ],
)
def test_where_something_newer_may_not_have_been_read_it_cannot_be_told(
    items: str, others: dict[str, Page]
) -> None:
    assert ask("通知公告", items, date(2026, 11, 22), **others) == [("unknown", "/s/", None)]


def test_a_section_with_nothing_or_without_any_date_is_left_to_other_checks() -> None:
    assert ask("通知公告", "", date(2026, 11, 22)) == []
    undated = '<li><a href="/a.pdf">关于停水的通知</a></li>'
    assert ask("通知公告", undated, date(2026, 11, 22), **{"a.pdf": b"%PDF-"}) == []


def test_the_finding_says_what_was_read_what_is_asked_and_since_when() -> None:
    [finding] = findings_of(CHECK, site("通知公告", item("2026-03-01")), today=date(2026, 11, 22))
    assert finding == Finding(
        check="section_stale",
        outcome=Outcome.FAIL,
        place="/s/",
        object=None,
        section="notice",
        message_zh=(
            "“通知公告”栏目（/s/）最新一条信息的日期是 2026-03-01。"
            "按规定每 183 天至少更新一次，最迟应在 2026-08-31 更新。请尽快补充。"
        ),
        message_en=(
            "Section 'Notices' (/s/): the newest item is dated 2026-03-01. Something new is due every 183 days; "
            "the last day in time was 2026-08-31. Please add what is missing."
        ),
        basis="政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）"
        "单项否决：栏目不更新（通知公告、政策文件类一级栏目六个月）",
    )


def test_the_fingerprint_stays_the_same_while_the_days_go_by() -> None:
    prints = {
        findings_of(CHECK, site("通知公告", item(day)), today=today)[0].fingerprint("site.example/")
        for day, today in (("2026-03-01", date(2026, 11, 22)), ("2026-03-02", date(2026, 11, 23)))
    }
    assert len(prints) == 1


BASIS = Source("栏目维护责任表", "", date(2026, 11, 22), "text")


def own(name: str, *days: str, address: str = "/own/") -> dict[str, Page]:
    """A site with a column of its own, on a first page and a second."""
    tag = f'<meta name="ColumnName" content="{name}">'
    first, further = (
        "".join(item(day, number) for number, day in some)
        for some in ([*enumerate(days)][:1], [*enumerate(days)][1:])
    )
    return {
        "/": html(f'<a href="{address}">{name}</a>'),
        address: html(f'<ul>{first}</ul><a href="index_1.html">2</a>', head=tag),
        f"{address}index_1.html": html(f"<ul>{further}</ul>", head=tag),
    }


@pytest.mark.parametrize(
    "notes", [SiteNotes(days={"办事动态": 30}, basis=BASIS), SiteNotes(other_days=30, basis=BASIS)]
)
def test_a_column_of_the_sites_own_is_judged_by_the_notes_to_the_day(notes: SiteNotes) -> None:
    pages = own("办事动态", "2026-02-01", "2026-03-01")
    for today, found in (
        (date(2026, 3, 30), []),
        (date(2026, 3, 31), []),
        (date(2026, 4, 1), [("fail", "/own/", None)]),
    ):
        assert outline(findings_of(CHECK, pages, today=today, notes=notes)) == found


def test_the_finding_about_a_column_names_the_document_of_the_notes() -> None:
    notes = SiteNotes(other_days=365, basis=BASIS)
    [finding] = findings_of(CHECK, own("办事动态", "2020-02-01"), today=date(2026, 4, 1), notes=notes)
    assert (finding.section, finding.basis) == (None, "栏目维护责任表")
    assert (
        "“办事动态”栏目（/own/）最新一条信息的日期是 2020-02-01。按规定每 365 天至少更新一次"
        in finding.message_zh
    )


def test_columns_without_any_period_are_asked_about_together_after_a_year() -> None:
    pages = own("办事动态", "2025-03-01") | own("旧闻", "2024-03-01", address="/old/")
    pages["/"] = html('<a href="/own/">办事动态</a><a href="/old/">旧闻</a>')
    for today, names in ((date(2026, 3, 1), ["旧闻"]), (date(2026, 3, 2), ["旧闻", "办事动态"])):
        [finding] = findings_of(CHECK, pages, today=today)
        assert (finding.outcome, finding.place, finding.object) == (Outcome.UNKNOWN, "/", "columns")
        assert f"有 {len(names)} 个栏目一年以上没有新信息" in finding.message_zh
        assert [finding.message_zh.index(name) for name in names] == sorted(
            finding.message_zh.index(name) for name in names
        )


def test_a_column_of_the_notes_that_is_not_there_is_said() -> None:
    notes = SiteNotes(days={"办事动太": 30}, basis=BASIS)
    assert outline(
        findings_of(CHECK, own("办事动态", "2026-03-01"), today=date(2026, 3, 2), notes=notes)
    ) == [("unknown", "/", "办事动太")]


def test_an_article_that_names_its_column_is_no_column() -> None:
    article = html(
        item("2010-01-01"),
        head='<meta name="ColumnName" content="办事动态"><meta name="ArticleTitle" content="一件事">',
    )
    pages: dict[str, Page] = {"/": html('<a href="/a.html">一件事</a>'), "/a.html": article}
    assert (
        findings_of(CHECK, pages, today=date(2026, 3, 1), notes=SiteNotes(other_days=30, basis=BASIS)) == []
    )


def test_the_notes_give_a_section_of_the_profile_its_period() -> None:
    notes = SiteNotes(days={"政府信息公开制度": 365}, basis=BASIS)
    pages = site("政府信息公开制度", item("2025-03-01"))
    assert outline(findings_of(CHECK, pages, today=date(2026, 3, 1), notes=notes)) == []
    assert outline(findings_of(CHECK, pages, today=date(2026, 3, 2), notes=notes)) == [("fail", "/s/", None)]


def test_a_list_by_the_name_of_a_section_elsewhere_is_no_column_of_its_own() -> None:
    assert findings_of(CHECK, own("政府信息公开制度", "2010-03-01"), today=date(2026, 3, 1)) == []


def test_a_column_with_a_period_and_nothing_that_was_read_in_it_is_not_passed_over() -> None:
    notes = SiteNotes(days={"办事动态": 30}, basis=BASIS)
    tag = '<meta name="ColumnName" content="办事动态">'
    pages: dict[str, Page] = {
        "/": html('<a href="/own/">办事动态</a>'),
        "/own/": html("<p>一段文字。</p>", head=tag),
    }
    assert outline(findings_of(CHECK, pages, notes=notes)) == [("unknown", "/own/", None)]
    assert findings_of(CHECK, pages, notes=SiteNotes(other_days=30, basis=BASIS)) == []


def turned(pages: int, here: int) -> str:
    return f'<script>createPageHTML({pages}, {here}, "index", "html");</script>'


@pytest.mark.parametrize(
    ("newest_on_second", "found"), [("2026-03-01", []), ("2025-03-01", [("fail", "/s/", None)])]
)
def test_a_list_whose_pages_are_turned_by_a_known_script_is_read_to_its_end(
    newest_on_second: str, found: list[tuple[str, str, str | None]]
) -> None:
    second = html(f"<h1>政务动态</h1><ul>{item(newest_on_second, 2)}</ul>{turned(2, 1)}")
    news = {"s/index_1.html": second, "x/1.html": html("<p>甲</p>"), "x/2.html": html("<p>乙</p>")}
    assert ask("政务动态", item("2024-02-01") + turned(2, 0), NEWEST, **news) == found
    assert ask("政务动态", item("2024-02-01") + turned(1, 0), NEWEST) == [("fail", "/s/", None)]


def test_a_list_of_which_pages_are_not_where_its_script_says_is_not_judged() -> None:
    assert ask("政务动态", item("2024-02-01") + turned(2, 0), NEWEST) == [("unknown", "/s/", None)]
    sorry = {"s/index_1.html": html("<h1>您访问的页面不存在</h1>")}
    assert ask("政务动态", item("2024-02-01") + turned(2, 0), NEWEST, **sorry) == [("unknown", "/s/", None)]


@pytest.mark.parametrize(
    ("day", "published", "found"),
    [
        ("[02-28]", "2026-02-28", []),
        ("02/28", "2025-02-28", [("fail", "/s/", None)]),
        ("25-02-28", "2025-02-28", [("fail", "/s/", None)]),
        ("02-28", "2025-02-27", [("unknown", "/s/", None)]),  # one of them is wrong
        ("3天前", "2025-02-26", [("unknown", "/s/", None)]),
        ("今天 02:28", "2025-02-28", [("unknown", "/s/", None)]),
        ("02-28", "", [("unknown", "/s/", None)]),
    ],
)
def test_the_year_that_a_list_leaves_out_is_asked_of_the_article(
    day: str, published: str, found: list[tuple[str, str, str | None]]
) -> None:
    metas = f'<meta name="ArticleTitle" content="甲"><meta name="PubDate" content="{published}">'
    assert ask("政务动态", item(day), NEWEST, **{"x/1.html": html("<p>正文。</p>", head=metas)}) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>发布时间：2026-02-28</p>", []),
        ("<p>发布时间：2025-02-28</p>", [("fail", "/s/", None)]),
        ("<p>发布时间：2025-03-02</p><p>某局</p><p>2025年2月28日</p>", [("fail", "/s/", None)]),
        ("<p>会议于2月28日召开</p>", [("unknown", "/s/", None)]),
        (f"<p>发布时间：2025-02-28</p><ul>{item('2025-01-01', 2)}</ul>", [("fail", "/s/", None)]),  # one file
        (
            "<p>发布时间：2025-02-28</p><ul>" + "".join(item("2025-01-01", n) for n in range(2, 8)) + "</ul>",
            [("unknown", "/s/", None)],
        ),  # a list
    ],
)
def test_an_article_without_tags_gives_the_year_too(
    text: str, found: list[tuple[str, str, str | None]]
) -> None:
    assert ask("政务动态", item("02-28"), NEWEST, **{"x/1.html": html(f"<p>正文。</p>{text}")}) == found


def data(number: int, day: str, more: int) -> str:
    """A part of a list as data, with one entry, which says how to ask for the next."""
    return f"""<datastore><nextgroup><![CDATA[<a href="/module/dataproxy.jsp?page={more}"></a>]]></nextgroup><recordset>
<record><![CDATA[{item(day, number)}]]></record></recordset></datastore>"""


@pytest.mark.parametrize(
    ("newest_in_third", "found"), [("2026-03-01", []), ("2025-03-01", [("fail", "/s/", None)])]
)
def test_a_list_whose_further_parts_a_program_gives_is_read_to_its_end(
    newest_in_third: str, found: list[tuple[str, str, str | None]]
) -> None:
    first = f'<script type="text/xml">{data(1, "2024-02-01", 1)}</script><script>turn()</script>'
    further: dict[str, Page] = {
        "module/dataproxy.jsp?page=1": data(2, "2024-02-02", 2),
        "module/dataproxy.jsp?page=2": data(3, newest_in_third, 3),
        "module/dataproxy.jsp?page=3": "<datastore><recordset></recordset></datastore>",
        **{f"x/{number}.html": html("<p>甲</p>") for number in (1, 2, 3)},
    }
    assert ask("政务动态", first, NEWEST, **further) == found


COLUMNS = {
    "a": "政务动态",
    "b": "通知公告",
    "c": "政策文件",
    "d": "统计信息",
    "e": "行政许可",
    "f": "重大建设项目",
    "g": "政府采购",
}


def with_boxes(columns: int, newest: dict[str, str], box: str) -> dict[str, Page]:
    """A site of so many columns, each with a menu of all and this box, and many articles without either."""
    menu = "".join(f'<a href="/{id_}/">{COLUMNS[id_]}</a>' for id_ in list(COLUMNS)[:columns])
    pages: dict[str, Page] = {"/": html(menu)}
    number = 0
    for id_ in list(COLUMNS)[:columns]:
        rows = ""
        for day in (newest.get(id_, "2026-02-20"), "2024-03-01", "2023-03-01", "2022-03-01"):
            number += 1
            rows += item(day, number)
            pages[f"/x/{number}.html"] = html(
                f"<h1>第{number}件</h1><p>第 {number} 件事情的情况，各单位已经知道。</p>"
            )
        pages[f"/{id_}/"] = html(f"{menu}<h1>{COLUMNS[id_]}</h1><ul>{rows}</ul><div><h2>最新</h2>{box}</div>")
    return pages


@pytest.mark.parametrize(
    ("columns", "boxed", "found"),
    [
        (7, "2026-02-20", [("unknown", "/b/", None)]),  # may be its own
        (5, "2026-02-20", [("unknown", "/b/", None)]),
        (4, "2026-02-20", []),  # too few columns to tell a box from a list
        (7, "2024-02-20", [("fail", "/b/", None)]),
    ],
)
def test_what_most_columns_have_in_a_box_makes_no_column_fresh_and_accuses_none(
    columns: int, boxed: str, found: list[tuple[str, str, str | None]]
) -> None:
    of_news = 1 if boxed == "2026-02-20" else 2  # the first column lists it too
    pages = with_boxes(columns, {"b": "2024-05-01"}, f"<ul>{item(boxed, of_news)}</ul>")
    assert outline(findings_of(CHECK, pages, today=NEWEST)) == found


def test_a_column_whose_list_is_the_box_of_the_others_is_not_accused() -> None:
    box = "<ul>" + "".join(item("2026-02-20", number) for number in (1, 2, 3)) + "</ul>"
    pages = with_boxes(7, {}, box)
    pages["/a/"] = html(f'<a href="/b/">通知公告</a><h1>政务动态</h1><ul>{box}{item("2023-01-01", 4)}</ul>')
    assert outline(findings_of(CHECK, pages, today=NEWEST)) == [("unknown", "/a/", None)]


@pytest.mark.parametrize(
    ("below", "found"), [("/b/towns/", []), ("/b/towns.html", []), ("/towns/", [("fail", "/b/", None)])]
)
def test_a_column_below_another_brings_it_its_news_though_every_menu_names_it(
    below: str, found: list[tuple[str, str, str | None]]
) -> None:
    pages = with_boxes(7, {"b": "2024-05-01"}, "")
    named = {
        address: str(page).replace("<h1>", f'<a href="{below}">镇街动态</a><h1>')
        for address, page in pages.items()
        if len(address) == 3
    }
    news = item("2026-02-25", 2)
    pages |= named | {below: html(f'<a href="{below}">镇街动态</a>{named["/c/"]}<ul>{news}</ul>')}
    assert outline(findings_of(CHECK, pages, today=NEWEST)) == found


def test_a_year_of_two_figures_is_that_of_the_article() -> None:
    article = html("<p>发布时间：2025-02-28</p><p>正文。</p>")
    assert ask("政务动态", item("25-02-28"), NEWEST, **{"x/1.html": article}) == [("fail", "/s/", None)]
    assert ask("政务动态", item("25-02-27"), NEWEST, **{"x/1.html": article}) == [("unknown", "/s/", None)]
