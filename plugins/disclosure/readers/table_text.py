"""A table written in one cell or one entry: a line a row, its columns between upright bars.

    身份证｜复印件｜1｜申请人自备
    营业执照｜原件｜1｜市场监管部门

The columns stand in the order of the kind; a first line of their names may choose another. Written in a single
line, rows are set apart by semicolons. Columns at the end that would be empty may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.written import Entry, Items, Pairs, Place, Scalar

_BAR = re.compile("[|｜]")


def table_of_text(entry: Entry, found: Field, node: Scalar, place: Place) -> tuple[Items, list[Problem]]:
    """The rows as they would stand written out, and what is wrong with how many columns they have."""
    lines = _lines(node)
    columns, lines = _columns(found, lines)
    rows: list[Pairs] = []
    problems: list[Problem] = []
    for text, number in lines:
        cells = [cell.strip() for cell in _BAR.split(text)]
        if len(cells) > len(columns):
            problems.append(_too_many(entry, columns, text, len(cells), Place(place.file, number)))
            continue
        cells += [""] * (len(columns) - len(cells))
        entries = [
            Entry(column.label, number, Scalar(cell, number))
            for column, cell in zip(columns, cells, strict=True)
        ]
        rows.append(Pairs(tuple(entries), number))
    return Items(tuple(rows), node.line), problems


def _lines(node: Scalar) -> list[tuple[str, int]]:
    """Each row's text with the line it is reported at: a spreadsheet's cell is one row of the sheet."""
    text = node.text.strip()
    parts = text.split("\n") if "\n" in text else re.split("[;；]", text)
    return [(part.strip(), node.line) for part in parts if part.strip()]


def _columns(found: Field, lines: list[tuple[str, int]]) -> tuple[Sequence[Field], list[tuple[str, int]]]:
    """The columns in the order written, and the lines without the one that names them."""
    names = {name: column for column in found.columns for name in (column.key, column.label)}
    heading = [cell.strip() for cell in _BAR.split(lines[0][0])] if lines else []
    if len(heading) > 1 and all(cell in names for cell in heading):
        return [names[cell] for cell in heading], lines[1:]
    return found.columns, lines


def _too_many(entry: Entry, columns: Sequence[Field], text: str, count: int, place: Place) -> Problem:
    labels = "｜".join(column.label for column in columns)
    return error(
        place.file,
        place.line,
        entry.name,
        "field.table-columns",
        f"“{text}”有 {count} 列，这个表只有 {len(columns)} 列，没有读。",
        f'"{text}" has {count} columns where the table has {len(columns)}, so it was not read. '
        f"One line a row, columns in this order: {labels}",
        f"请每行一条，各列用竖线隔开，依次是：{labels}",
    )
