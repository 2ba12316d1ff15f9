"""Spreadsheets (.xlsx) out and back in. The only place that knows the library.

Every cell that is text stays text: what a site wrote never becomes a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from crawler_checks.refusal import Refusal

if TYPE_CHECKING:  # slow to load, and most inspections write no spreadsheet
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | Decimal | date | None

LONGEST = 32_767
"""Signs that a cell of a spreadsheet takes."""
LARGEST = 64 * 2**20
"""Bytes that a filled-in spreadsheet may unpack to."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HEAD, TO_FILL = "E8EEF5", "FFF8E1"
"""Colours behind headings, and behind what people fill in."""


class NotASpreadsheet(Refusal, ValueError):
    """A file that is no .xlsx. The messages name it and say what to do."""

    def __init__(self, path: Path) -> None:
        self.message_zh = f"{path.name}：不是 xlsx 表格，或文件已损坏。请在表格软件中另存为 xlsx 后再试。"
        self.message_en = (
            f"{path.name}: no .xlsx spreadsheet, or damaged. Save it as .xlsx in the spreadsheet program."
        )
        super().__init__(f"{self.message_zh}\n{self.message_en}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in signs, whether people fill it in, and what they may choose there."""

    heading: str
    width: int = 14
    to_fill: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: lines of text above it, columns, rows as long as the columns."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: its number as the spreadsheet shows it, and its cells as text, by heading."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)


def write_spreadsheet(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write the sheets; headings stay in view, and columns that people do not fill in are locked."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book.create_sheet(_plain(sheet.title)[:31]), sheet)
    book.save(path)


def read_spreadsheet(path: Path, heading: str) -> tuple[list[str], list[Row]]:
    """The lines above the table whose headings have `heading` among them, and its rows; empty rows are left out.

    Dates are read as 2026-01-31. Raises NotASpreadsheet; a table without the heading has no rows.
    """
    from openpyxl import load_workbook

    try:
        with ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise NotASpreadsheet(path)
        book = load_workbook(path, read_only=True, data_only=True)
        rows = [[_text(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    except (
        OSError,
        BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
        SyntaxError,
    ) as fault:
        raise NotASpreadsheet(path) from fault  # the library says damage in all these ways
    at = next((number for number, row in enumerate(rows) if heading in row), None)
    if at is None:
        return [], []
    found = [
        Row(number, {name: cell for name, cell in zip(rows[at], row, strict=False) if name})
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(row)
    ]
    return [row[0] for row in rows[:at] if row], found


def _write(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    head_fill, to_fill = (PatternFill("solid", fgColor=colour) for colour in (HEAD, TO_FILL))
    for number, line in enumerate(sheet.above, 1):
        _fill(page.cell(number, 1), line)
    head = len(sheet.above) + 1
    for number, column in enumerate(sheet.columns, 1):
        cell = page.cell(head, number)
        _fill(cell, column.heading)
        cell.font, cell.fill = Font(bold=True), head_fill
        page.column_dimensions[get_column_letter(number)].width = column.width
    for row, values in enumerate(sheet.rows, head + 1):
        for number, (column, value) in enumerate(zip(sheet.columns, values, strict=True), 1):
            cell = page.cell(row, number)
            _fill(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if column.to_fill:
                cell.fill, cell.protection = to_fill, Protection(locked=False)
    last = head + max(len(sheet.rows), 1)
    for number, column in enumerate(sheet.columns, 1):
        if column.choices:
            letter = get_column_letter(number)
            rule = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            rule.add(f"{letter}{head + 1}:{letter}{last}")
            page.add_data_validation(rule)
    page.freeze_panes = page.cell(head + 1, 1)
    if any(column.to_fill for column in sheet.columns):
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.formatRows = False
        page.protection.autoFilter = page.protection.sort = False
    if sheet.rows:
        page.auto_filter.ref = f"A{head}:{get_column_letter(len(sheet.columns))}{last}"


def _fill(cell: Cell, value: Value) -> None:
    if isinstance(value, str):
        cell.value = _plain(value)[:LONGEST]
        cell.data_type = "s"  # also what begins with “=”
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def _plain(text: str) -> str:
    """The text with signs that no spreadsheet can hold shown as their codes."""
    return CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
