"""A spreadsheet of an office -> rows of records: one content file for each sheet, and what did not come along.

Every row goes into the file or is listed as dropped; every column goes into a field or is listed as left out.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from plugins.disclosure.chinese_dates import read_date
from plugins.disclosure.importers import column_mapping
from plugins.disclosure.importers.column_mapping import BODY, ID, NOT_IMPORTED, Column, ColumnMapping
from plugins.disclosure.importers.content_file import ContentFile
from plugins.disclosure.importers.formats import bytes_of, suffix_of
from plugins.disclosure.importers.imported import Decision, ImportedDocument, LeftOut, SourceLine
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.spreadsheet import (
    LARGEST_BYTES,
    MARGINS,
    Sheet,
    SheetRow,
    read_csv,
    read_xlsx,
)
from plugins.disclosure.kinds import Field, Kind, Kinds, load_kinds
from plugins.disclosure.readers.csv_rows import BODY_NAMES, ID_NAMES
from plugins.disclosure.readers.day_and_time import day_of_serial
from plugins.disclosure.readers.no_record import is_remark, is_total
from plugins.disclosure.readers.values import names_of
from plugins.disclosure.readers.wording import nearest
from plugins.disclosure.secrecy_marks import is_secrecy_mark

ABOVE = "表头上面的行"
TOTAL = "合计、小计行"
HEADING_AGAIN = "表头（重复）"
NOTE = "表格下面的说明"
_EDGE = 2
_NUMBERS = ("integer", "decimal", "date", "moment", "time")
"""The types of fields whose value is not the text that a cell shows."""


@dataclass(frozen=True, slots=True)
class ImportedTables:
    """The sheets of one source with the files they become, and the text of the file that remembers the columns."""

    sheets: tuple[tuple[ImportedDocument, ContentFile | None], ...]
    mapping: str


def mapping_name(path: Path) -> str:
    """The name of the file that remembers the columns of a source."""
    return f"{path.name}.columns.csv"


def read_tables(
    path: Path, kind: str | None, remembered: Path, defaults: Mapping[str, str]
) -> ImportedTables:
    """The sheets of a spreadsheet as records of `kind`, or of the kind their columns show.

    `remembered` is the file of the column mapping; where there is one, it decides.
    """
    source, kinds = path.as_posix(), load_kinds()
    try:
        sheets = sheets_of(path)
        _refuse_marked(sheets)
        given = {one.sheet: one for one in remembered_columns(remembered, kinds)}
        unwanted = [sheet.name for sheet in sheets if sheet.name in given and given[sheet.name].unwanted]
        if len(unwanted) == len(sheets):
            raise Refusal(
                f"按列对照表 {remembered.name}，这个文件的表都不导入。要导入，请改表里的“类别”，或把它删去。",
                f"{remembered.name} says that no sheet of it is imported. Change 类别 there, or delete that file.",
            )
    except Refusal as refusal:
        return ImportedTables(((ImportedDocument(source, refused=refusal.reason), None),), "")
    sheets = _wanted(sheets, unwanted)
    mappings = [given.get(sheet.name) or column_mapping.guess(sheet, kinds, kind) for sheet in sheets]
    made: list[tuple[ImportedDocument, ContentFile | None]] = []
    for number, (sheet, mapping) in enumerate(zip(sheets, mappings, strict=True)):
        if mapping is None or not mapping.known:
            made.append(
                (
                    ImportedDocument(
                        source, refused=_nothing_known(sheet, remembered, kinds[kind] if kind else None)
                    ),
                    None,
                )
            )
        else:
            stem = _stem(path) if len(sheets) == 1 else f"{_stem(path)}-{number + 1}"
            made.append(_SheetImport(sheet, mapping, kinds[mapping.kind], stem, defaults).result(source))
    written = [one or _unknown(sheet, kind or "") for sheet, one in zip(sheets, mappings, strict=True)]
    return ImportedTables(tuple(made), column_mapping.as_table(written, kinds))


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a spreadsheet that hold anything. Raises Refusal."""
    data = bytes_of(path, LARGEST_BYTES)
    sheets = read_xlsx(data) if suffix_of(path) == "xlsx" else read_csv(data, path.name)
    if not sheets:
        raise Refusal("表格是空的。", "The table is empty.")
    return sheets


def _refuse_marked(sheets: Sequence[Sheet]) -> None:
    """Raise Refusal for a table that is not for the public: its rows have no place where that could be kept."""
    for sheet in sheets:
        edge = {row.number for row in (*sheet.rows[:_EDGE], *sheet.rows[-_EDGE:])}
        alone = ((row, [cell for cell in row.cells if cell]) for row in sheet.rows)
        lines = [(cells[0], row.number in edge) for row, cells in alone if len(set(cells)) == 1]
        lines += [(thing.text, True) for thing in sheet.left_out if thing.what == MARGINS]
        marks = [text for text, at_the_edge in lines if is_secrecy_mark(text, at_the_edge=at_the_edge)]
        if marks:
            raise Refusal(
                f"表格写有“{marks[0]}”，是不对社会公开的标志，没有导入。请交保密审查人员审查；同意公开的，由审查人员在表格里"
                "删去这一行（页眉、页脚里的也要删去），再导入。",
                "The table says that it is not for the public and was not imported. Have it reviewed; where it may be "
                "published, delete that line from the table and import it again.",
            )


def _wanted(sheets: Sequence[Sheet], unwanted: Sequence[str]) -> list[Sheet]:
    """The sheets without those an editor does not want, of which the first of the others tells."""
    kept = [sheet for sheet in sheets if sheet.name not in unwanted]
    kept[0].doubts += [f"工作表“{name}”按列对照表不导入。" for name in unwanted]
    return kept


def remembered_columns(path: Path, kinds: Kinds) -> list[ColumnMapping]:
    """What the file says that remembers the columns; nothing where there is none. Raises Refusal."""
    if not path.exists():
        return []
    sheets = read_csv(bytes_of(path, LARGEST_BYTES), path.name)
    return column_mapping.from_table(sheets[0].rows if sheets else [], path.name, kinds)


def _unknown(sheet: Sheet, kind: str) -> ColumnMapping:
    """For an editor to fill in: the widest of the first rows is offered as the heading."""
    row = max(sheet.rows[:5], key=lambda row: sum(map(bool, row.cells)))
    return ColumnMapping(sheet.name, kind, row.number, tuple(Column(cell, "") for cell in row.cells))


def _nothing_known(sheet: Sheet, remembered: Path, kind: Kind | None) -> str:
    named = f"工作表“{sheet.name}”" if sheet.name else "表格"
    if kind:
        return (
            f"{named}的列名没有一个认得出是“{kind.label}”的哪个字段。请在 {remembered.parent.name}/{remembered.name} 里填好"
            "“字段”一列（不要的列写“不导入”），再导入一次；或者加 --ask，逐列回答。"
            f" / No column is known as a field of {kind.label_en}. Fill in 字段 in {remembered.name} and import again, "
            "or answer questions: --ask."
        )
    return (
        f"{named}的列认不出是哪一类信息的哪些字段。请在 {remembered.parent.name}/{remembered.name} 里填好“类别”和“字段”两列"
        "（不要的列写“不导入”），再导入一次；或者加 --ask，逐列回答；或者用 --into content/类别 写明类别。"
        f" / The columns fit no kind of record. Fill in 类别 and 字段 in {remembered.name} and import again, or answer "
        "questions: --ask."
    )


def _stem(path: Path) -> str:
    """What ids and files are called: the file's name where it can be an address, else a digest of it."""
    stem = PurePath(path).stem
    slug = re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-")[:40].strip("-")
    return (
        slug
        if stem.isascii() and len(slug) >= 2
        else f"table-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"
    )


class _SheetImport:
    """One sheet being turned into records."""

    def __init__(
        self, sheet: Sheet, mapping: ColumnMapping, kind: Kind, stem: str, defaults: Mapping[str, str]
    ) -> None:
        self.sheet, self.mapping, self.kind, self.stem = sheet, mapping, kind, stem
        self.fields = {field.key: field for field in kind.fields}
        self.defaults = {key: value for key, value in defaults.items() if key in self.fields}
        self.dropped: list[SourceLine] = []
        self.without_unit: dict[str, tuple[str, str]] = {}
        self.columns, self.missing = self._places()

    def _places(self) -> tuple[dict[str, int], list[str]]:
        """The place of each field's column by the heading as it is now, and the names that are no longer there."""
        heading = next((row for row in self.sheet.rows if row.number == self.mapping.heading_row), None)
        names = list(heading.cells) if heading else []
        wanted = [column for column in self.mapping.columns if column.key]
        places = {column.key: names.index(column.name) for column in wanted if column.name in names}
        return places, [column.name for column in wanted if column.name not in names]

    def result(self, source: str) -> tuple[ImportedDocument, ContentFile]:
        """The document for the report, and the file."""
        rows = list(self._rows())
        wanted = self._keys()
        values = [self._values(row) for row in rows]
        text = io.StringIO()
        writer = csv.writer(text)
        labels = [self.fields[key].label for key in wanted]
        body = [BODY_NAMES[0]] if BODY in self.columns else []
        writer.writerow([ID_NAMES[0], *labels, *body])
        for row, found in zip(rows, values, strict=True):
            cells = [found.get(key, "") for key in wanted] + ([found.get(BODY, "")] if body else [])
            writer.writerow([found.get(ID) or f"{self.stem}-{row.number:03d}", *cells])
        empty = [
            self.fields[key].label
            for key in wanted
            if self.fields[key].need != "optional" and any(not found.get(key) for found in values)
        ]
        file = ContentFile(self.kind.id, self.stem, "\ufeff" + text.getvalue(), tuple(empty), "csv")
        return self._document(source, len(rows)), file

    def _keys(self) -> list[str]:
        """Fields that have a column or a default, and those that must be filled in, in the kind's order."""
        return [
            field.key
            for field in self.kind.fields
            if field.key in self.columns or field.key in self.defaults or field.need == "required"
        ]

    def _rows(self) -> Iterator[SheetRow]:
        for row in self.sheet.rows:
            reason = self._why_no_record(row)
            if reason:
                self.dropped.append(SourceLine(row.number, " ".join(filter(None, row.cells)), reason))
            elif row.number != self.mapping.heading_row:
                yield row

    def _why_no_record(self, row: SheetRow) -> str:
        """Why a row is none of the records; empty for one that is, and for the heading."""
        filled = [cell for cell in row.cells if cell]
        if row.number <= self.mapping.heading_row:
            return ABOVE if row.number < self.mapping.heading_row else ""
        if filled == [column.name for column in self.mapping.columns if column.name]:
            return HEADING_AGAIN
        if any(is_total(cell) for cell in filled[:2]):
            return TOTAL
        return (
            NOTE
            if all(map(is_remark, filled)) or not any(self._cell(row, key) for key in self.columns)
            else ""
        )

    def _cell(self, row: SheetRow, key: str) -> str:
        place = self.columns[key]
        return row.cells[place] if place < len(row.cells) else ""

    def _values(self, row: SheetRow) -> dict[str, str]:
        found = {key: self._value(row, key) for key in self.columns}
        names = names_of(self.kind.fields)
        for key, value in self.defaults.items():
            if not found.get(key):
                other = names.get(value)
                found[key] = found.get(other.key, "") if other else value
        return found

    def _value(self, row: SheetRow, key: str) -> str:
        """A cell as its field wants it: a number without what its format shows beside it, any text as it is shown."""
        field = self.fields.get(key)
        shown = self._cell(row, key)
        plain = row.plain.get(self.columns[key])
        if field is None or field.type not in _NUMBERS or plain is None:
            return _written(shown, field)
        number = plain.removesuffix("%") if field.unit == "%" else plain
        beside = re.sub("[-+0-9.,，()（）\\s¥￥$]", "", shown)
        if beside and beside != field.unit and beside not in field.label:
            self.without_unit.setdefault(key, (shown, number))
        return _written(number, field)

    def _document(self, source: str, count: int) -> ImportedDocument:
        how = "列对照表" if self.mapping.given else "列名"
        decisions = [Decision("kind", self.kind.id, how, inferred=not self.mapping.given)]
        decisions += [
            Decision(
                self._label(column.key),
                f"“{column.name}”一列",
                how,
                self.mapping.heading_row,
                column.inferred,
            )
            for column in self.mapping.columns
            if column.key in self.columns
        ]
        decisions += [
            Decision(self._label(key), value, "导入时用 --set 指定") for key, value in self.defaults.items()
        ]
        left = [column for column in self.mapping.columns if column.name and not column.key]
        return ImportedDocument(
            source,
            kind=self.kind.id,
            title=self.sheet.name or PurePath(source).stem,
            decisions=tuple(decisions),
            dropped=tuple(self.dropped),
            left_out=(*self.sheet.left_out, *(LeftOut("没有导入的列", column.name) for column in left)),
            doubts=(*self._doubts(count, left), *self.sheet.doubts),
            counted="行",
        )

    def _doubts(self, count: int, left: Sequence[Column]) -> Iterator[str]:
        yield f"共导入 {count} 行。没有“编号”一列的，编号按行号编成；发布以后编号不要再改。"
        for name in self.missing:
            yield f"列对照表里的“{name}”一列，表格里没有了。"
        for key, (shown, number) in self.without_unit.items():
            yield f"“{self._label(key)}”一栏只写数：表格里显示“{shown}”的写成了 {number}，请核对单位。"
        for column in left:
            if column.decided:
                continue
            near = nearest(column.name, [field.label for field in self.kind.fields])
            guess = f"是不是“{near}”？" if near else ""
            yield (
                f"“{column.name}”一列没有导入。{guess}要导入请在列对照表的“字段”里写明，不要的写“{NOT_IMPORTED}”；"
                "或者加 --ask 再导入，逐列回答。"
            )

    def _label(self, key: str) -> str:
        return {ID: ID_NAMES[0], BODY: BODY_NAMES[0]}.get(key) or self.fields[key].label


def _written(text: str, field: Field | None) -> str:
    """A cell as the field wants it, where there is no doubt: a date by its day."""
    if field is not None and field.type == "date":
        read = read_date(text)
        day = read.as_date() if read and read.precision == "day" else day_of_serial(text)
        return str(day) if day else text
    return text
