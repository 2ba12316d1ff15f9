"""A table as a workbook of Office Open XML: the book by XlsxWriter, its rows beside it.

The library takes a dozen calls for each cell. It makes the book with the heading and one row that shows how a day is
written; in the place of that row come the rows of the table. A test holds them to what the library writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from plugins.opendata.data_table import DataTable, Value, rows

MOST_SIGNS = 32_767
CUT = "……（未完，全文见网页）"
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in every workbook: a moment of its own would make each build another file."""
WIDTHS = {"string": 24, "integer": 10, "number": 12, "boolean": 8, "date": 12}

_SHEET = "xl/worksheets/sheet1.xml"
_SHOWN = re.compile(r'<row r="2"[^>]*><c [^>]*s="(\d+)"><v>\d+</v></c></row>')
_EXTENT = re.compile(r'<dimension ref="[A-Z0-9:]*"/>')
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")
"""Signs that XML cannot hold, and what would be taken for one of them."""
_DAY_0 = date(1899, 12, 31)
_LEAP_DAY = 59
"""Spreadsheets count a 29th of February 1900, which never was."""


def as_xlsx(table: DataTable) -> bytes:
    """The table on one sheet, the labels as its heading. Texts are written as texts, so none is taken for a formula."""
    from xlsxwriter.utility import (
        xl_col_to_name,
    )  # takes a quarter of a start, and many builds make no workbook

    names = [xl_col_to_name(place) for place in range(len(table.columns))]
    out = BytesIO()
    with ZipFile(_book(table)) as book, ZipFile(out, "w", ZIP_DEFLATED) as filled:
        for item in book.infolist():
            data = book.read(item)
            if item.filename == _SHEET:
                sheet = data.decode()
                shown = _SHOWN.search(sheet)
                if shown is None:
                    raise ValueError("the library writes rows otherwise")
                written = "".join(_rows(table, names, shown[1]))
                extent = f'<dimension ref="A1:{names[-1]}{len(table.records) + 1}"/>'
                before = _EXTENT.sub(extent, sheet[: shown.start()])
                data = f"{before}{written}{sheet[shown.end() :]}".encode()
            filled.writestr(item, data)
    return out.getvalue()


def _book(table: DataTable) -> BytesIO:
    """A book with the heading, and one day in the row below it."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": table.title, "created": MADE_AT})
    sheet = book.add_worksheet(table.name[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, WIDTHS[column.type])
        sheet.write_string(0, place, column.title, bold)
    sheet.write_datetime(1, 0, MADE_AT.date(), day)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.records), len(table.columns) - 1)
    book.close()
    return out


def _rows(table: DataTable, names: list[str], day: str) -> Iterator[str]:
    for number, row in enumerate(rows(table), 2):
        cells = [
            _cell(f"{name}{number}", value, day)
            for name, value in zip(names, row, strict=True)
            if value is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Value, day: str) -> str:
    match value:
        case str():
            hold = ' xml:space="preserve"' if value[:1].isspace() or value[-1:].isspace() else ""
            return f'<c r="{place}" t="inlineStr"><is><t{hold}>{_text(value)}</t></is></c>'
        case date():
            days = (value - _DAY_0).days
            return f'<c r="{place}" s="{day}"><v>{days + (days > _LEAP_DAY)}</v></c>'
    return f'<c r="{place}"><v>{value:.16G}</v></c>'


def _text(text: str) -> str:
    if len(text) > MOST_SIGNS:
        text = text[: MOST_SIGNS - len(CUT)] + CUT
    if "_x" in text or not text.isprintable():
        text = _ODD.sub(lambda odd: f"_x{ord(odd[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
