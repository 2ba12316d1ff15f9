"""annual_report_late: by 31 January for departments, by 31 March for governments."""

from datetime import date

import pytest

from tests.crawler_checks.annual_reports import report
from tests.crawler_checks.sites import Page, findings_of, html, links, outline

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


def offering(*files: str, **pages: str) -> dict[str, Page]:
    """A start page that links to files so named, and to pages."""
    offered = {f"/f{number}.doc": name for number, name in enumerate(files)}
    start = "".join(f'<p><a href="{address}">{name}</a></p>' for address, name in offered.items())
    found: dict[str, Page] = {"/": html(start + links(*(f"/{name}.html" for name in pages)))}
    found |= dict.fromkeys(offered, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return found | {f"/{name}.html": page for name, page in pages.items()}


def told(pages: dict[str, Page], today: date = date(2026, 2, 1)) -> list[tuple[str, str, str | None]]:
    return outline(findings_of(CHECK, pages, today=today))


NAMED = "某市文化局{}年政府信息公开工作年度报告"


def test_a_year_left_out_among_files_is_to_be_looked_for_too() -> None:
    assert told(offering(*map(NAMED.format, (2022, 2023, 2025)))) == [("unknown", "/", "gap")]
    assert told(offering(*(f"{year}年政府信息公开年度报告.doc" for year in (2022, 2024, 2025)))) == [
        ("unknown", "/", "gap")
    ]


def test_a_report_that_is_a_file_among_pages_is_neither_missing_nor_a_gap() -> None:
    pages = offering(NAMED.format(2023), a=report(2022, "某市文化局"), b=report(2024, "某市文化局"))
    assert told(pages) == []
    among_many = dict(zip("abc", several(), strict=True))
    assert told(offering(NAMED.format(2025), d=report(2024, "某市文化局"), **among_many)) == []


@pytest.mark.parametrize(
    ("also", "found"),
    [
        ("", [("fail", "/d.html", "missing 2025")]),
        (f'<a href="https://elsewhere.example/r">{NAMED.format(2025)}</a>', []),
        ('<a href="https://elsewhere.example/r">文化局2025年政府信息公开年报</a>', []),
        (
            '<a href="https://elsewhere.example/r">2025年政府信息公开年度报告</a>',
            [("unknown", "/d.html", "missing 2025")],
        ),
    ],
)
def test_a_link_named_after_a_report_keeps_its_organ_from_being_accused(
    also: str, found: list[tuple[str, str, str | None]]
) -> None:
    pages = offering(d=report(2024, "某市文化局"), **dict(zip("abc", several(), strict=True)))
    assert told(pages | {"/": str(pages["/"]).replace("</body>", f"{also}</body>")}) == found


def test_an_organ_that_has_reported_only_on_years_long_past_may_be_there_no_more() -> None:
    pages = offering(d=report(2023, "某市文化局"), **dict(zip("abc", several(), strict=True)))
    assert told(pages) == [("unknown", "/d.html", "missing 2025")]


def test_an_organ_whose_reports_are_files_owes_last_years_too() -> None:
    pages = offering(*map(NAMED.format, (2023, 2024)), **dict(zip("abc", several(), strict=True)))
    assert told(pages) == [("fail", "/", "missing 2025")]


def test_a_file_that_is_not_there_is_no_report() -> None:
    pages = offering(*map(NAMED.format, (2022, 2024)))
    start = str(pages["/"]).replace("</body>", f'<a href="/gone.doc">{NAMED.format(2025)}</a></body>')
    assert told(pages | {"/": start}) == [("unknown", "/", "gap")]
