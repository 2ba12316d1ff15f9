"""A spreadsheet to fill in for each kind: its labels, a list to choose from where there is one, hints in each cell.

Filled in, it is imported as any spreadsheet is, and every column finds its field.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from plugins.disclosure.importers.spreadsheet import OPTIONS
from plugins.disclosure.kinds import Field, Kind
from plugins.disclosure.readers.csv_rows import BODY_NAMES, ID_NAMES
from plugins.disclosure.readers.values import table_example
from plugins.disclosure.vocabulary import Vocabularies

_ROWS = 1_000
_LONGEST_HINT, _LONGEST_TITLE = 255, 32
_WIDE, _NARROW = 30, 16
_NEEDS = {"required": "必填", "expected": "应填", "optional": "可不填"}
_SHADES = {"required": "FCE4D6", "expected": "FFF2CC", "optional": "EDEDED"}


def spreadsheet_template(kind: Kind, vocabularies: Vocabularies, organs: Sequence[str] = ()) -> bytes:
    """An .xlsx file for records of this kind. `organs` are the full names to choose from."""
    book = Workbook()
    sheet = book.active
    sheet.title = kind.label
    options = book.create_sheet(OPTIONS)
    options.sheet_state = "hidden"
    sheet.freeze_panes = "B2"
    _column(sheet, options, 1, _ID, [])
    for place, field in enumerate(kind.fields, start=2):
        _column(sheet, options, place, field, _choices(field, vocabularies, organs))
    if kind.body != "none":
        _column(sheet, options, len(kind.fields) + 2, _BODY, [])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


_ID = Field(
    ID_NAMES[0],
    ID_NAMES[0],
    "Id",
    "text",
    "required",
    help="用作网址，只用小写字母、数字和短横，发布以后不要改。",
    example="2026-0012",
)
_BODY = Field(BODY_NAMES[0], BODY_NAMES[0], "Text", "long_text", "optional", help="正文，空一行是新的一段。")


def _choices(field: Field, vocabularies: Vocabularies, organs: Sequence[str]) -> list[str]:
    """What there is to choose from in one cell; nothing where several may be written."""
    if field.many:
        return []
    if field.type == "yes_no":
        return ["是", "否"]
    if field.type in ("choice", "topic"):
        vocabulary = vocabularies[field.vocabulary or (field.key if field.type == "choice" else "topics")]
        return [vocabulary.path(term) for term in vocabulary.terms]
    return list(organs) if field.type == "organ" else []


def _column(sheet: Any, options: Any, place: int, field: Field, choices: Sequence[str]) -> None:
    letter = get_column_letter(place)
    heading = sheet.cell(1, place, field.label)
    heading.font = Font(bold=field.need == "required")
    heading.fill = PatternFill("solid", fgColor=_SHADES[field.need])
    sheet.column_dimensions[letter].width = _WIDE if field.type in ("text", "long_text", "table") else _NARROW
    for row in range(2, 12):
        sheet.cell(row, place).number_format = "@"
    sheet.column_dimensions[letter].number_format = "@"
    for row, choice in enumerate(choices, start=1):
        options.cell(row, place, choice)
    rule = DataValidation(allow_blank=True, showInputMessage=True)
    if choices:
        rule.type = "list"
        rule.formula1 = f"'{OPTIONS}'!${letter}$1:${letter}${len(choices)}"
        rule.showErrorMessage = True
        rule.errorTitle, rule.error = "请从列表中选", f"“{field.label}”请从下拉列表中选一项。"
    rule.promptTitle = f"{field.label}（{_NEEDS[field.need]}）"[:_LONGEST_TITLE]
    rule.prompt = _hint(field)[:_LONGEST_HINT]
    rule.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(rule)


def _hint(field: Field) -> str:
    parts = [field.help]
    if field.many:
        parts.append("几个之间用分号。")
    if field.columns:
        parts.append(
            f"几条之间用分号，各列之间用竖线：{'｜'.join(column.label for column in field.columns)}。"
        )
    example = field.example or table_example(field)
    return "".join([*parts, f"例如：{example}" if example else ""])
