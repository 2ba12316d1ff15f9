"""date_future: a day of publication that has not come."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "date_future"


def ask(body: str, pubdate: str = "") -> list[tuple[str, str, str | None]]:
    head = f'<meta name="PubDate" content="{pubdate}">' if pubdate else ""
    return outline(findings_of(CHECK, {"/": html(links("/a.html")), "/a.html": html(body, head=head)}))


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-23", "2015-01-01"])
def test_today_and_one_day_ahead_are_well(day: str) -> None:
    assert ask(f"<p>发布时间：{day}</p>") == []


@pytest.mark.parametrize("label", ["会议时间", "征集截止时间", "施行日期", "有效期至"])
def test_what_will_happen_may_lie_ahead(label: str) -> None:
    assert ask(f"<p>{label}：2027-11-22</p>") == []


def test_a_publication_that_has_not_come_is_wrong() -> None:
    assert ask("<p>发布时间：2027-11-22</p>") == [("fail", "/a.html", None)]
    assert ask("<p>正文</p>", pubdate="2026-12-01") == [("fail", "/a.html", None)]


def test_where_the_page_itself_names_a_day_that_has_come_the_dates_conflict_instead() -> None:
    assert ask("<p>发布时间：2026-11-01</p>", pubdate="2027-11-01") == []
