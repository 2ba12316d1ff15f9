"""home_stale: two weeks without anything new on the start page."""

from datetime import date

import pytest

from tests.crawler_checks.sites import findings_of, html, outline

CHECK = "home_stale"
TODAY = date(2026, 3, 15)


def home(*days: str, more: str = "") -> str:
    rows = "".join(
        f'<li><a href="/{n}.html">第{n}条信息的标题</a><span>{day}</span></li>' for n, day in enumerate(days)
    )
    return html(f"<ul>{rows}</ul>{more}")


def ask(page: str, today: date = TODAY, **others: str) -> list[tuple[str, str, str | None]]:
    pages = {f"/{n}.html": html("<p>正文</p>") for n in range(4)} | {"/": page}
    return outline(findings_of(CHECK, pages | others, today=today))


@pytest.mark.parametrize(("today", "found"), [(14, []), (15, []), (16, [("fail", "/", None)])])
def test_the_fourteenth_day_is_in_time(today: int, found: list[tuple[str, str, str | None]]) -> None:
    assert ask(home("2026-03-01", "2026-02-01"), date(2026, 3, today)) == found


def test_a_date_on_the_page_itself_counts() -> None:
    article = html("<p>发布时间：2026-03-14</p><p>正文</p>")
    assert (
        ask(home("2026-01-01", more='<p><a href="/n.html">新发布的一条信息</a></p>'), **{"/n.html": article})
        == []
    )


def test_tomorrow_makes_nothing_fresh() -> None:
    assert ask(home("2026-04-01", "2026-01-01")) == [("fail", "/", None)]


@pytest.mark.parametrize(
    "page",
    [
        home("03-14", "2026-01-01"),
        home("3天前", "2026-01-01"),
        home("2026-01-01", more="<script>$('#x').load('/x')</script>"),
        html("<p>某市人民政府</p>"),
    ],
)
def test_what_cannot_be_read_is_not_accused(page: str) -> None:
    assert ask(page) == [("unknown", "/", None)]


def test_the_first_page_of_a_part_is_no_start_page() -> None:
    assert findings_of(CHECK, {"/xxgk/": home("2020-01-01")}, today=TODAY, prefix="/xxgk/") == []


@pytest.mark.parametrize(("published", "found"), [("2026-03-14", []), ("2025-03-14", [("fail", "/", None)])])
def test_the_year_that_the_start_page_leaves_out_is_asked_of_the_article(
    published: str, found: list[tuple[str, str, str | None]]
) -> None:
    metas = f'<meta name="ArticleTitle" content="甲"><meta name="PubDate" content="{published}">'
    assert ask(home("[03-14]", "2026-01-01"), **{"/0.html": html("<p>正文</p>", head=metas)}) == found
