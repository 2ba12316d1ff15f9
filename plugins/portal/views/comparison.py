"""An annual report beside those of the years before it: a table, and columns for the eye.

Only earlier years are compared, so that a new report changes no older one's page.
"""

from __future__ import annotations

from plugins.disclosure.annual_report import Amount, Tables
from plugins.disclosure.record import Record
from plugins.portal.models import Column, Comparison
from plugins.portal.views.desk import Desk

MOST_YEARS = 5
GROUP = 128
COLUMN = 44
GAP = 8
TOP = 24
TALLEST = 160
BOTTOM = 28


def comparison(desk: Desk, record: Record) -> Comparison | None:
    """The report's figures with those of up to four years before; None where there is nothing to compare."""
    reports = _reports(desk, record)
    tables = [report for _, report in reports]
    if len(reports) < 2:
        return None
    form = tables[-1].form
    rows = [(one, [report.at(one.cell) for report in tables]) for one in form.compared]
    drawn = [(one, figures) for one, figures in rows if one.drawn]
    return Comparison(
        caption="与往年比较",
        years=tuple((GROUP * at + GROUP // 2, f"{year}年") for at, (year, _) in enumerate(reports)),
        rows=tuple((one.label, tuple(map(str, figures))) for one, figures in rows),
        drawn=tuple(one.label for one, _ in drawn),
        columns=_columns([figures for _, figures in drawn]),
        width=GROUP * len(reports),
        height=TOP + TALLEST + BOTTOM,
    )


def _reports(desk: Desk, record: Record) -> list[tuple[int, Tables]]:
    """This report and those of the same organ and form before it, without a year left out, oldest first."""
    tables, year = record.values.get("tables"), record.values.get("report_year")
    if not isinstance(tables, Tables) or not isinstance(year, int) or not tables.form.compared:
        return []
    others = {
        other.values.get("report_year"): other.values.get("tables")
        for other in desk.by_organ_and_section.get((record.issuer, desk.catalog.section_id(record)), ())
    }
    found = [(year, tables)]
    while len(found) < MOST_YEARS:
        before = others.get(year - len(found))
        if not isinstance(before, Tables) or before.form.id != tables.form.id:
            break
        found.append((year - len(found), before))
    return found[::-1]


def _columns(drawn: list[list[Amount]]) -> tuple[Column, ...]:
    """For each year a column for each figure, side by side, as high as its share of the largest."""
    largest = max((figure for figures in drawn for figure in figures), default=0) or 1
    wide = len(drawn) * COLUMN + (len(drawn) - 1) * GAP
    columns = []
    for series, figures in enumerate(drawn):
        for at, figure in enumerate(figures):
            height = round(TALLEST * figure / largest)
            x = GROUP * at + (GROUP - wide) // 2 + series * (COLUMN + GAP)
            columns.append(Column(x, TOP + TALLEST - height, COLUMN, height, str(figure), series))
    return tuple(columns)
