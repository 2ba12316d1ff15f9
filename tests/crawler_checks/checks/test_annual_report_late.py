"""annual_report_late: by 31 January for departments, by 31 March for governments."""

from datetime import date

import pytest

from tests.crawler_checks.annual_reports import report
from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "annual_report_late"


def ask(*reports: str, today: date = date(2026, 2, 1)) -> list[tuple[str, str, str | None]]:
    pages = {f"/{n}.html": page for n, page in enumerate(reports)}
    return outline(findings_of(CHECK, {"/": html(links(*pages))} | pages, today=today))


@pytest.mark.parametrize(
    ("organ", "day", "found"),
    [
        ("某市民政局", "2026-01-31", []),
        ("某市民政局", "2026-02-01", [("fail", "/0.html", "late")]),
        ("某市人民政府", "2026-03-31", []),
        ("某市人民政府", "2026-04-01", [("fail", "/0.html", "late")]),
    ],
)
def test_the_last_day_is_in_time(organ: str, day: str, found: list[tuple[str, str, str | None]]) -> None:
    assert ask(report(2025, organ, published=day), today=date(2026, 11, 22)) == found


def test_an_old_report_put_on_a_new_site_years_later_is_not_late() -> None:
    assert ask(report(2019, published="2024-06-01")) == []
    assert ask(report(2023, published="2025-06-01")) == []


def several() -> list[str]:
    return [report(2025, f"某市{name}局") for name in ("民政", "财政", "教育")]


@pytest.mark.parametrize(
    ("today", "found"), [(date(2026, 1, 31), []), (date(2026, 2, 1), [("fail", "/3.html", "missing 2025")])]
)
def test_an_organ_among_many_without_last_years_report_is_overdue_after_the_day(
    today: date, found: list[tuple[str, str, str | None]]
) -> None:
    reports = [page.replace("2026-01-20", "2026-01-10") for page in several()]
    assert ask(*reports, report(2024, "某市文化局"), today=today) == found


def test_where_few_publish_nobody_is_accused() -> None:
    assert ask(report(2025), report(2024, "某市文化局"), today=date(2026, 3, 1)) == []


def test_a_year_left_out_is_to_be_looked_for() -> None:
    assert ask(report(2021), report(2022), report(2024)) == [("unknown", "/2.html", "gap")]
