"""date_changed: what earlier inspections saw."""

from datetime import date

from crawler_checks.checks.check import Earlier
from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "date_changed"
LAST = date(2026, 11, 20)


def ask(day: str, earlier: Earlier | None) -> list[tuple[str, str, str | None]]:
    head = f'<meta name="ArticleTitle" content="通知"><meta name="PubDate" content="{day}">'
    pages = {"/": html(links("/a.html")), "/a.html": html(f"<p>发布时间：{day}</p>", head=head)}
    return outline(findings_of(CHECK, pages, earlier=earlier))


def test_without_memory_nothing_is_said() -> None:
    assert ask("2020-01-01", None) == []


def test_the_same_day_as_ever_is_well() -> None:
    assert ask("2026-11-01", Earlier(LAST, {"/a.html": date(2026, 11, 1)})) == []
    assert ask("2026-11-01", Earlier(LAST, {"/a.html": None})) == []


def test_another_day_than_before_is_a_fault_with_both() -> None:
    assert ask("2026-11-01", Earlier(LAST, {"/a.html": date(2026, 11, 18)})) == [("fail", "/a.html", None)]
    head = '<meta name="ArticleTitle" content="通知"><meta name="PubDate" content="2026-11-01">'
    pages = {"/": html(links("/a.html")), "/a.html": html("<p>正文</p>", head=head)}
    [finding] = findings_of(CHECK, pages, earlier=Earlier(LAST, {"/a.html": date(2026, 11, 18)}))
    assert "2026-11-01" in finding.message_zh
    assert "2026-11-18" in finding.message_zh


def test_a_new_page_dated_long_before_the_last_inspection_is_shown_on_the_day_it_appears() -> None:
    assert ask("2026-10-20", Earlier(LAST, {})) == [("unknown", "/a.html", None)]
    assert ask("2026-10-20", Earlier(date(2026, 11, 21), {"/a.html": date(2026, 10, 20)})) == []


def test_a_few_days_are_what_putting_online_takes() -> None:
    assert ask("2026-11-13", Earlier(LAST, {})) == []
    assert ask("2026-11-21", Earlier(LAST, {})) == []
