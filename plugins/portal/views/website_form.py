"""The yearly form of the website as far as the catalog can fill it in, beside what was published."""

from __future__ import annotations

from itertools import groupby

from plugins.disclosure.record import Record
from plugins.disclosure.website_form import FormRow, counted, form_rows, stated
from plugins.portal import addresses
from plugins.portal.models import FieldTable, LedgerPage, Link, Shown
from plugins.portal.views.desk import Desk

KIND = "website_report"
LABEL = "政府网站年度报表各项统计"


def website_form_link(desk: Desk) -> tuple[Link, ...]:
    """To the page, where the site publishes such forms."""
    return (Link(LABEL, addresses.ledger(KIND)),) if desk.catalog.of_kind(KIND) else ()


def website_form_page(desk: Desk) -> LedgerPage:
    """Every row of the form: counted last year, as published, and counted this year so far."""
    this_year = desk.catalog.today.year
    reports = {report.values.get("form_year"): report for report in desk.catalog.of_kind(KIND)}
    rows = form_rows(desk.catalog)
    report = reports.get(this_year - 1)
    head = desk.head(
        addresses.ledger(KIND),
        LABEL,
        "政府网站工作年度报表的各项：本站可以统计的、已经公布的和要由人填写的。",
    )
    counted_rows = sum(row.count is not None and not row.count.asked for row in rows)
    published = f"{this_year - 1}年度报表已于 {report.published_on} 公布。" if report else ""
    intro = (
        f"报表共 {len(rows)} 项，其中 {counted_rows} 项可以由本站的目录统计，其余的要由人填写。{published}"
        "网站另有不在本目录里的信息的，公布的数会大于统计的数。"
    )
    tables = [
        _block(desk, block.id, block.label, list(of_block), report, this_year)
        for block, of_block in groupby(rows, key=lambda row: row.block)
    ]
    return LedgerPage(head, intro, tuple(tables))


def _block(
    desk: Desk, key: str, label: str, rows: list[FormRow], report: Record | None, year: int
) -> FieldTable:
    columns = (
        ("name", "项目"),
        ("last", f"{year - 1}年本站统计"),
        ("published", f"{year - 1}年报表公布"),
        ("now", f"{year}年至今"),
    )
    return FieldTable(key, label, columns, tuple(_row(desk, row, report, year) for row in rows))


def _row(desk: Desk, row: FormRow, report: Record | None, year: int) -> tuple[Shown, ...]:
    link = addresses.record(report.key) if report else ""
    said = stated(report, row) if report else ""
    return (
        Shown(row.term.label),
        Shown(_counted(desk, row, year - 1)),
        Shown(said or "—", link if said else ""),
        Shown(_counted(desk, row, year)),
    )


def _counted(desk: Desk, row: FormRow, year: int) -> str:
    found = counted(desk.catalog, row.count, year) if row.count else None
    return "由人填写" if found is None else str(found)
