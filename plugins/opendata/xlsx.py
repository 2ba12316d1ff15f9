"""A table as a workbook of Office Open XML, by XlsxWriter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from plugins.opendata.data_table import DataTable, Value, rows

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_SIGNS = 32_767
CUT = "……（未完，全文见网页）"
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in every workbook: a moment of its own would make each build another file."""
WIDTHS = {"string": 24, "integer": 10, "number": 12, "boolean": 8, "date": 12}


def as_xlsx(table: DataTable) -> bytes:
    """The table on one sheet, the labels as its heading. Texts are written as texts, so none is taken for a formula."""
    from xlsxwriter import Workbook  # takes a quarter of a start, and many builds make no workbook

    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": table.title, "created": MADE_AT})
    sheet = book.add_worksheet(table.name[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, WIDTHS[column.type])
        sheet.write_string(0, place, column.title, bold)
    for number, row in enumerate(rows(table), 1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, day)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.records), len(table.columns) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: Worksheet, row: int, column: int, value: Value, day: Format) -> None:
    match value:
        case None:
            return
        case str():
            whole = len(value) <= MOST_SIGNS
            sheet.write_string(row, column, value if whole else value[: MOST_SIGNS - len(CUT)] + CUT)
        case date():
            sheet.write_datetime(row, column, value, day)
        case _:
            sheet.write_number(row, column, value)
