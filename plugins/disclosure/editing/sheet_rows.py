"""A row of a spreadsheet as the form edits it: a record's text made from the row, and the row made anew from the text.

Of a sheet only the row's own line changes; all others, the encoding, the line ends and the byte-order mark stay.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.disclosure.editing.form_text import scalar_lines
from plugins.disclosure.kinds import Field, Kind
from plugins.disclosure.readers.cell_text import paragraphs_of
from plugins.disclosure.readers.csv_rows import BODY_NAMES, ID_NAMES, LONGEST_CELL
from plugins.disclosure.readers.front_matter import read_entries, split_front_matter
from plugins.disclosure.readers.markdown_file import ID
from plugins.disclosure.readers.values import names_of
from plugins.disclosure.readers.written import Items, Node, Pairs, Scalar

_MARK = "\ufeff"
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END = re.compile("[\r\n]*$")
_BETWEEN = re.compile("[;；\n]")
_APART = re.compile("[|｜\n]")


class NoPlaceInASheet(ValueError):
    """A value that a cell cannot hold: the label of its field and why, in Chinese."""

    def __init__(self, label: str, reason: str) -> None:
        super().__init__(f"“{label}”{reason}")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its text as it stands in the sheet, line end included, and its cells."""

    text: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spreadsheet of records. `rows` are those below the heading, by id, where the id stands once.

    `mark` is the byte-order mark, if there is one.
    """

    encoding: str
    mark: str
    lines: tuple[Line, ...]
    rows: Mapping[str, int]

    @property
    def heading(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(cell.strip() for cell in self.lines[0].cells)


def read_sheet(path: Path) -> Sheet | None:
    """The sheet; None where it has no ids or cannot be read whole, which `check` tells."""
    data = path.read_bytes()
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
            lines = tuple(_lines(text.removeprefix(_MARK)))
        except UnicodeDecodeError:
            continue
        except csv.Error:
            return None
        return _sheet(encoding, _MARK if text.startswith(_MARK) else "", lines)
    return None


def as_text(sheet: Sheet, id_: str, kind: Kind) -> str:
    """The record in a row as its own file would have it, every value in the words of its cell."""
    names, found, body = names_of(kind.fields), list[str](), ""
    for name, cell in zip(sheet.heading, sheet.lines[sheet.rows[id_]].cells, strict=False):
        text = cell.strip().replace("\r\n", "\n").replace("\r", "\n")
        if name in BODY_NAMES and kind.body != "none":
            body = paragraphs_of(text)
        elif name in names and text:
            found += _entry(names[name].label, text)
    return "\n".join(["---", *found, "---", "", body, ""])


def replaced(sheet: Sheet, id_: str, text: str, kind: Kind) -> bytes:
    """The sheet with the record's row as `text` has it. Raises NoPlaceInASheet."""
    values = _values(text, kind)
    names = {**{name: field.label for name, field in names_of(kind.fields).items()}}
    names |= dict.fromkeys(BODY_NAMES, BODY_NAMES[0])
    columns = [names.get(name, "") for name in sheet.heading]
    added = [label for label, value in values.items() if value and label not in columns]
    row = sheet.lines[sheet.rows[id_]]
    cells = list(row.cells) + [""] * (len(columns) - len(row.cells))
    for place, label in enumerate(columns):
        cell = cells[place].strip().replace("\r\n", "\n")
        was = paragraphs_of(cell) if label == BODY_NAMES[0] else cell
        if label and was != values.get(label, ""):
            cells[place] = values.get(label, "")
    changed = tuple(cells) != row.cells
    lines = []
    for number, line in enumerate(sheet.lines):
        end = _LINE_END.search(line.text)
        ending = (end.group() if end else "") or "\n"
        if number == 0 and added:
            lines.append(_written([*line.cells, *added], ending))
        elif number == sheet.rows[id_] and (changed or added):
            lines.append(_written([*cells, *(values[label] for label in added)], ending))
        elif added and any(line.cells):
            lines.append(f"{line.text.rstrip(chr(13) + chr(10))}{',' * len(added)}{ending}")
        else:
            lines.append(line.text)
    return (sheet.mark + "".join(lines)).encode(sheet.encoding)


def _lines(text: str) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_CELL)  # of the whole process: other libraries raise it
    physical = _LINE.findall(text)
    reader = csv.reader(iter(physical), strict=True)
    done = 0
    for cells in reader:
        yield Line("".join(physical[done : reader.line_num]), tuple(cells))
        done = reader.line_num


def _sheet(encoding: str, mark: str, lines: tuple[Line, ...]) -> Sheet | None:
    heading = lines[0].cells if lines else ()
    column = next((place for place, cell in enumerate(heading) if cell.strip() in ID_NAMES), None)
    if column is None:
        return None
    found: dict[str, int] = {}
    twice: set[str] = set()
    for number, line in enumerate(lines[1:], start=1):
        id_ = line.cells[column].strip() if len(line.cells) > column else ""
        if ID.fullmatch(id_):
            twice |= {id_} & found.keys()
            found[id_] = number
    return Sheet(encoding, mark, lines, {id_: number for id_, number in found.items() if id_ not in twice})


def _entry(label: str, text: str) -> Iterator[str]:
    begin = f"{label}:"
    if any(line[:1].isspace() for line in text.split("\n")):  # which a block below a bar would lose
        text = "\n".join(map(str.strip, text.split("\n")))
    return scalar_lines(begin, text, "  ")


def _values(text: str, kind: Kind) -> dict[str, str]:
    """What the cells of a record hold, by the labels of its fields and 正文."""
    names = names_of(kind.fields)
    parts = split_front_matter(text, "", names)
    if parts is None:
        return {}
    entries, _ = read_entries(parts.front, 1, "", names)
    found = {names[one.name].label: _cell(one.node, names[one.name]) for one in entries if one.name in names}
    return found if kind.body == "none" else {**found, BODY_NAMES[0]: parts.body.strip()}


def _cell(node: Node | None, field: Field) -> str:
    if node is None:
        raise NoPlaceInASheet(field.label, "读不出来，请先改好。")
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Items) and field.type == "table":
        return _table([one for one in node.items if isinstance(one, Pairs)], field)
    texts = (
        [one.text.strip() for one in node.items if isinstance(one, Scalar)] if isinstance(node, Items) else []
    )
    if any(_BETWEEN.search(one) for one in texts):
        raise NoPlaceInASheet(
            field.label, "有一项里面有分号或换行，表格里几项之间要用分号，写不下。请改用顿号。"
        )
    return "；".join(texts)


def _table(rows: Sequence[Pairs], field: Field) -> str:
    """A line a row; its columns in the order of the kind."""
    lines = []
    for row in rows:
        given = {one.name: one.node.text.strip() for one in row.entries if isinstance(one.node, Scalar)}
        cells = [given.get(column.label) or given.get(column.key, "") for column in field.columns]
        if any(_APART.search(cell) for cell in cells):
            raise NoPlaceInASheet(field.label, "有一格里面有竖线或换行，表格里写不下。请改用顿号。")
        lines.append("｜".join(cells).rstrip("｜"))
    if len(lines) == 1 and _BETWEEN.search(lines[0]):  # alone it would be taken for several rows
        lines.insert(0, "｜".join(column.label for column in field.columns))
    return "\n".join(lines)


def _written(cells: Sequence[str], ending: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ending).writerow(cells)
    return text.getvalue()
