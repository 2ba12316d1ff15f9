"""A table written in one cell or one entry: a line a row, its columns between upright bars.

    身份证｜复印件｜1｜申请人自备
    营业执照｜原件｜1｜市场监管部门

The columns stand in the order of the kind; a first line of their names may choose another. Written in a single
line, rows are set apart by semicolons. Columns at the end that would be empty may be left out. What is meant as a
heading or as columns and is written otherwise is told: read as it stands, it would be published as one more row, or
as one cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.readers.written import Entry, Items, Pairs, Place, Scalar

_BAR = re.compile("[|｜]")
_COMMA = re.compile("[，,]")
_FIGURE = re.compile("[0-9０-９]")
_SENTENCE = re.compile("[。；：:！？]")
_LONGEST_CELL = 16
"""Characters of a cell among commas; what is longer is rather a part of a sentence."""

_FEWEST_CELLS = 3
"""So many cells between commas are columns; two are as often two names."""

Line = tuple[str, int]
"""One row's text, and the line it is reported at."""


def table_of_text(entry: Entry, found: Field, node: Scalar, place: Place) -> tuple[Items, list[Problem]]:
    """The rows as they would stand written out, and what is wrong with their columns."""
    lines = _lines(node)
    others = _otherwise_parted(found, lines)
    if others:
        return Items((), node.line), [_wrong_bars(entry, found, *line, place) for line in others]
    columns: Sequence[Field] = found.columns
    if lines and _is_heading(_cells(lines[0][0]), found.columns):
        heading, *lines = lines
        names = {name: column for column in found.columns for name in (column.key, column.label)}
        cells = _cells(heading[0])
        if unknown := [cell for cell in cells if cell not in names]:
            at = Place(place.file, heading[1])
            return Items((), node.line), [_no_column(entry, found, cell, cells, at) for cell in unknown]
        columns = [names[cell] for cell in cells]
    rows: list[Pairs] = []
    problems: list[Problem] = []
    for text, number in lines:
        cells = _cells(text)
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


def _lines(node: Scalar) -> list[Line]:
    """The rows; a spreadsheet's cell is one row of the sheet, and so are all lines in it."""
    text = node.text.strip()
    if "\n" not in text:
        return [
            (part.strip(), node.text_line or node.line) for part in re.split("[;；]", text) if part.strip()
        ]
    first = node.text_line
    numbered = enumerate(node.text.split("\n"))
    return [
        (line.strip(), first + number if first else node.line) for number, line in numbered if line.strip()
    ]


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in _BAR.split(text)]


def _is_heading(cells: Sequence[str], columns: Sequence[Field]) -> bool:
    """Whether a first line names columns, well or badly; what is in a row is hardly ever called as its own column is."""
    names = {name for column in columns for name in (column.key, column.label)}
    unknown = [cell for cell in cells if cell not in names]
    if len(cells) < 2 or not unknown:
        return len(cells) > 1
    if any(not cell or _FIGURE.search(cell) for cell in unknown):
        return False
    pairs = list(zip(cells, columns, strict=False))
    if len(cells) <= len(columns) and all(cell in column.label for cell, column in pairs):
        return True
    if len(unknown) == len(cells):
        return False
    labels = [column.label for column in columns]
    in_its_place = any(cell in (column.key, column.label) for cell, column in pairs)
    mostly = 2 * len(unknown) < len(cells)
    return in_its_place or mostly or all(nearest(cell, labels) for cell in unknown)


def _otherwise_parted(found: Field, lines: Sequence[Line]) -> list[Line]:
    """The rows whose columns stand between tabs or commas. A comma within a cell is text, so much speaks for columns."""
    tabbed = [line for line in lines if "\t" in line[0] and not _BAR.search(line[0])]
    if tabbed or len(found.columns) < 2:
        return tabbed
    if any(_BAR.search(text) for text, _ in lines):
        return []
    parts = [[cell.strip() for cell in _COMMA.split(text)] for text, _ in lines]
    if not parts or len(parts[0]) < 2:
        return []
    if _is_heading(parts[0], found.columns):
        return list(lines)
    return list(lines) if _are_columns(found, parts) else []


def _are_columns(found: Field, rows: Sequence[Sequence[str]]) -> bool:
    """Whether all rows have as many short cells, and either there are several rows or a cell begins with a figure."""
    count = len(rows[0])
    if found.columns[0].type == "long_text":
        return False
    cells = [cell for row in rows for cell in row]
    if not _FEWEST_CELLS <= count <= len(found.columns) or any(len(row) != count for row in rows):
        return False
    if any(not cell or len(cell) > _LONGEST_CELL or _SENTENCE.search(cell) for cell in cells):
        return False
    return len(rows) > 1 or any(_FIGURE.match(cell) for cell in rows[0][1:])


def _labels(columns: Sequence[Field]) -> str:
    return "｜".join(column.label for column in columns)


def _wrong_bars(entry: Entry, found: Field, text: str, number: int, place: Place) -> Problem:
    sign, sign_en, parts = (
        ("制表符", "tabs", text.split("\t")) if "\t" in text else ("逗号", "commas", _COMMA.split(text))
    )
    mended = "｜".join(part.strip() for part in parts)
    return error(
        place.file,
        number,
        entry.name,
        "field.table-bars",
        f"{quoted(text)}各列之间是{sign}，不是竖线，没有读。",
        f"The columns of {quoted_en(text)} are parted by {sign_en}, not bars, so it was not read. Write {mended}; "
        f"the columns are: {_labels(found.columns)}. Where it is a single cell, put a bar at its end.",
        f"请写成 {mended}，各列依次是：{_labels(found.columns)}；确是一格里的文字的，请在末尾加一条竖线｜。",
    )


def _no_column(entry: Entry, found: Field, cell: str, heading: Sequence[str], place: Place) -> Problem:
    free = [column.label for column in found.columns if not {column.label, column.key} & {*heading}]
    near = next((label for label in free if cell in label), None) or nearest(cell, free)
    hint = f"是不是“{near}”？请改正这一行" if near else "请改正这一行，或者删去这一列"
    hint_en = f"Did you mean {quoted_en(near)}?" if near else "Delete the column."
    return error(
        place.file,
        place.line,
        entry.name,
        "field.table-heading",
        f"第一行写的是列名，没有{quoted(cell)}这一列，整个表没有读。",
        f"The first line names the columns, and there is no column {quoted_en(cell)}, so the table was not read. "
        f"{hint_en} There are: {_labels(found.columns)}",
        f"{hint}；可以有的列：{_labels(found.columns)}。",
    )


def _too_many(entry: Entry, columns: Sequence[Field], text: str, count: int, place: Place) -> Problem:
    return error(
        place.file,
        place.line,
        entry.name,
        "field.table-columns",
        f"“{text}”有 {count} 列，这个表只有 {len(columns)} 列，没有读。",
        f'"{text}" has {count} columns where the table has {len(columns)}, so it was not read. '
        f"One line a row, columns in this order: {_labels(columns)}",
        f"请每行一条，各列用竖线隔开，依次是：{_labels(columns)}",
    )
