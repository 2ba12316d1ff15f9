"""Which column of a sheet goes into which field of a kind: guessed from the labels, kept as a file, and obeyed.

The file is itself a table (工作表, 类别, 表头行, 列, 字段), so that an editor mends it in a spreadsheet program.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from plugins.disclosure.importers.page_facts import LABELS
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.spreadsheet import Sheet, SheetRow
from plugins.disclosure.kinds import Kind, Kinds
from plugins.disclosure.readers.csv_rows import BODY_NAMES, ID_NAMES
from plugins.disclosure.readers.values import names_of
from plugins.disclosure.readers.wording import nearest
from plugins.disclosure.review_gate import ORGAN

HEADING = ("工作表", "类别", "表头行", "列", "字段")
NOT_IMPORTED = "不导入"
ID, BODY = ":id", ":body"
"""Where the two columns go that are no fields."""

_NOT_BEGUN = ((), ("",), (NOT_IMPORTED,))
_COUNTED = ("序号", "行号", "no", "no.", "#")
_ROWS_TO_SEARCH = 15
_FEWEST_KNOWN = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, and the key of the field it goes into; empty when it goes nowhere.

    `inferred`: found by another name than the field's own. `decided`: an editor said that it goes nowhere.
    """

    name: str
    key: str
    inferred: bool = False
    decided: bool = False


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What one sheet holds: records of a kind, below a heading row. `given`: an editor's file says so.

    `kind` is empty where it is not known, or where the editor does not want the sheet.
    """

    sheet: str
    kind: str
    heading_row: int
    columns: tuple[Column, ...]
    given: bool = False

    @property
    def unwanted(self) -> bool:
        """Whether an editor said that the sheet is not imported."""
        return self.given and not self.kind

    @property
    def known(self) -> int:
        """How many columns go somewhere."""
        return sum(bool(column.key) for column in self.columns)


def guess(sheet: Sheet, kinds: Kinds, kind: str | None) -> ColumnMapping | None:
    """The kind and the heading row that explain most columns; None where nothing does or two kinds do equally."""
    candidates = [kinds[kind]] if kind else [one for one in kinds.values() if one.id != ORGAN]
    found = [by_labels(sheet.name, row, one) for one in candidates for row in sheet.rows[:_ROWS_TO_SEARCH]]
    found = sorted((one for one in found if one.known >= _FEWEST_KNOWN), key=lambda one: -one.known)
    if not found:
        return None
    rivals = {one.kind for one in found if one.known == found[0].known}
    return found[0] if len(rivals) == 1 else None


def by_labels(sheet: str, row: SheetRow, kind: Kind) -> ColumnMapping:
    """The mapping of a sheet of this kind with this heading, as far as the labels tell."""
    columns: list[Column] = []
    taken: set[str] = set()
    for cell in row.cells:
        key, inferred = key_of(cell, kind)
        columns.append(Column(cell, "" if key in taken else key, inferred))
        taken.add(key)
    return ColumnMapping(sheet, kind.id, row.number, tuple(columns))


def key_of(cell: str, kind: Kind) -> tuple[str, bool]:
    """The key of the field a heading names, and whether that is inferred; empty where it names none.

    By its label or key, without a unit in brackets, or by a name pages use for it.
    """
    names = names_of(kind.fields)
    plain = re.sub("[\\s*＊:：]+", "", cell)
    bare = re.sub("[（(][^（）()]*[)）]$", "", plain)
    for name in (plain, bare):
        if name in ID_NAMES:
            return ID, False
        if name in BODY_NAMES and kind.body != "none":
            return BODY, False
        if name in names:
            return names[name].key, False
    other = LABELS.get(bare, "")
    return (other, True) if kind.field(other) else ("", False)


def as_table(mappings: Sequence[ColumnMapping], kinds: Kinds) -> str:
    """The file that remembers them, with the byte-order mark that Chinese spreadsheets look for."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADING)
    for one in mappings:
        for column in one.columns:
            if column.name:
                row = (one.sheet, NOT_IMPORTED if one.unwanted else one.kind, one.heading_row, column.name)
                writer.writerow([*row, label_of(column, kinds.get(one.kind))])
    return "\ufeff" + text.getvalue()


def label_of(column: Column, kind: Kind | None) -> str:
    """What the file says of a column: its field's label, that it is not imported, or nothing yet."""
    if column.key in (ID, BODY):
        return ID_NAMES[0] if column.key == ID else BODY_NAMES[0]
    field = kind.field(column.key) if kind else None
    if field is None and (column.decided or column.name.lower() in _COUNTED):
        return NOT_IMPORTED
    return field.label if field else ""


def from_table(rows: Sequence[SheetRow], file: str, kinds: Kinds) -> list[ColumnMapping]:
    """What an editor's file says. Raises Refusal that names the row at fault."""
    if not rows or rows[0].cells[: len(HEADING)] != HEADING:
        raise Refusal(
            f"列对照表 {file} 的第一行应为“{'，'.join(HEADING)}”。改好后再导入，或把它删去、由程序重新判断。",
            f"The first row of {file} must be {', '.join(HEADING)}. Mend it, or delete it to have it made again.",
        )
    found: dict[str, list[tuple[SheetRow, Kind | None]]] = {}
    begun = {row.cells[0] for row in rows[1:] if any(row.cells[1:2]) or row.cells[4:5] not in _NOT_BEGUN}
    for row in rows[1:]:
        if row.cells[0] not in begun:  # as we wrote it for an editor to fill in: nothing is said yet
            continue
        cells = (*row.cells, *[""] * len(HEADING))
        kind = _kind_named(cells[1], kinds)
        if kind is None and cells[1] != NOT_IMPORTED:
            listed = "、".join(f"{one.id}（{one.label}）" for one in kinds.values() if one.id != ORGAN)
            raise _wrong(file, row, "类别", cells[1], f"可以写的有：{listed}；整张不要的写“{NOT_IMPORTED}”")
        if not (cells[2].isascii() and cells[2].isdigit()):
            raise _wrong(file, row, "表头行", cells[2], "请写一个数，例如 1")
        found.setdefault(cells[0], []).append((row, kind))
    return [_mapping(sheet, held, file) for sheet, held in found.items()]


def _mapping(sheet: str, held: Sequence[tuple[SheetRow, Kind | None]], file: str) -> ColumnMapping:
    columns = []
    for row, kind in held:
        name, written = (*row.cells, "", "")[3:5]
        key = "" if written in ("", NOT_IMPORTED) or kind is None else key_of(written, kind)[0]
        if kind is not None and written not in ("", NOT_IMPORTED) and not key:
            near = nearest(written, [field.label for field in kind.fields])
            raise _wrong(
                file, row, "字段", written, f"是不是“{near}”？" if near else "请写字段名，或写“不导入”"
            )
        columns.append(Column(name, key, decided=written == NOT_IMPORTED))
    row, kind = held[0]
    return ColumnMapping(sheet, kind.id if kind else "", int(row.cells[2]), tuple(columns), given=True)


def _kind_named(name: str, kinds: Kinds) -> Kind | None:
    return next((one for one in kinds.values() if name in (one.id, one.label) and one.id != ORGAN), None)


def _wrong(file: str, row: SheetRow, column: str, written: str, hint: str) -> Refusal:
    end = "" if hint.endswith("？") else "。"
    return Refusal(
        f"列对照表 {file} 第 {row.number} 行“{column}”写作“{written}”，没有这样的内容。{hint}{end}",
        f"Row {row.number} of {file}: {column} is {written!r}, which there is not.",
    )
