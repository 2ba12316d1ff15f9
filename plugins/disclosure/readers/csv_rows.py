"""A CSV file -> records, one a row. Row numbers are those the spreadsheet shows: the heading is row 1.

UTF-8 with or without a byte-order mark, and GB18030 as Chinese spreadsheet programs save it. A cell may hold
several lines; its row stays one row.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugins.disclosure.kinds import Field, Kind
from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.cell_text import paragraphs_of
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.markdown_file import ID, Batch
from plugins.disclosure.readers.no_record import is_heading, is_remark, is_total
from plugins.disclosure.readers.text_file import read_text_file
from plugins.disclosure.readers.values import example_of, names_of, read_values
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.readers.written import Entry, Place, Scalar
from plugins.disclosure.record import Record

ID_NAMES = ("编号", "id")
BODY_NAMES = ("正文", "body")
LONGEST_CELL = 131_072
"""Characters beyond which a cell is taken for a quotation mark that was never closed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The heading and the rows that hold something. `heading` is empty when the file could not be read."""

    file: str
    heading: Row
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    def column(self, names: Sequence[str]) -> int | None:
        """The place of the first column with one of these names."""
        return next((index for index, cell in enumerate(self.heading.cells) if cell in names), None)


def read_table(file: FoundFile) -> Table:
    """The rows of `file` as text; a row that holds nothing is left out, and counts as a row."""
    text_file = read_text_file(file.path, file.name, gb18030=True)
    problems = list(text_file.problems)
    rows: list[Row] = []
    if text_file.text is not None:
        rows += [row for row in _rows(text_file.text, file.name, problems) if any(row.cells)]
    if text_file.text is not None and not rows:
        problems.append(_no_heading(file.name))
    heading = rows[0] if rows else Row(1, ())
    return Table(file.name, heading, tuple(rows[1:]), tuple(problems))


def _rows(text: str, file: str, problems: list[Problem]) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)  # of the whole process: other libraries raise it
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problems.append(_broken_row(file, number))
            return
        yield Row(number, tuple(cell.strip() for cell in cells))


def read_rows(table: Table, kind: Kind, around: Around) -> Batch:
    """The records of `table`, which are of `kind`. A column `编号` holds the id, `正文` the body."""
    problems = [*table.problems, *_heading_problems(table, kind)]
    if table.heading.cells and not table.rows and not problems:
        problems.append(_no_rows(table.file))
    id_column = table.column(ID_NAMES)
    if id_column is None:
        return Batch((), tuple(problems), len(table.rows))
    body_column = table.column(BODY_NAMES) if kind.body != "none" else None
    fields = _fields_by_column(table, kind)
    columns = _Columns(id_column, body_column, fields, _absent(table, kind), frozenset(_known(kind)))
    records: list[Record] = []
    companions: list[str] = []
    for row in table.rows:
        read = _read_row(row, table, kind, columns, around)
        problems.extend(read.problems)
        companions.extend(read.companions)
        records.extend(read.records)
    return Batch(tuple(records), tuple(problems), len(table.rows), tuple(companions))


@dataclass(frozen=True, slots=True)
class _Columns:
    id: int
    body: int | None
    fields: dict[int, str]
    absent: frozenset[str]
    known: frozenset[str]


def _fields_by_column(table: Table, kind: Kind) -> dict[int, str]:
    """The heading of each column that holds a field; a field's second column is left out, it was reported."""
    names = names_of(kind.fields)
    columns: dict[int, str] = {}
    seen: set[str] = set()
    for index, heading in enumerate(table.heading.cells):
        if heading in names and names[heading].key not in seen:
            seen.add(names[heading].key)
            columns[index] = heading
    return columns


def _absent(table: Table, kind: Kind) -> frozenset[str]:
    present = set(table.heading.cells)
    return frozenset(field.key for field in kind.fields if not present & {field.key, field.label})


def _read_row(row: Row, table: Table, kind: Kind, columns: _Columns, around: Around) -> Batch:
    heading = table.heading.cells
    if is_heading(row.cells, columns.known):
        return Batch((), (_second_heading(table.file, row),), 1)
    first = row.cells[columns.id] if len(row.cells) > columns.id else row.cells[0]
    if is_total(first) or is_remark(first):
        return Batch((), (_below(table.file, row),), 1)
    if len(row.cells) < len(heading) or any(row.cells[len(heading) :]):
        return Batch((), (_ragged(table.file, row, len(heading)),), 1)
    if _continues(row, kind, columns):
        return Batch((), (_continuation(table.file, row),), 1)
    entries = [
        Entry(name, row.number, Scalar(row.cells[index], row.number))
        for index, name in columns.fields.items()
    ]
    read = read_values(entries, kind.fields, Place(table.file, row.number), around, absent=columns.absent)
    companions = tuple(read.companions)
    id_ = row.cells[columns.id]
    if not ID.fullmatch(id_):
        wrong = _bad_id(table.file, row.number, heading[columns.id], id_)
        return Batch((), (*read.problems, wrong), 1, companions)
    body = paragraphs_of(row.cells[columns.body]) if columns.body is not None else ""
    record = Record(kind.id, id_, read.values, body, table.file, row.number, read.lines, row.number)
    return Batch((record,), tuple(read.problems), 1, companions)


def _continues(row: Row, kind: Kind, columns: _Columns) -> bool:
    """Whether a row without an id has so few of what must be there that it can be no record of its own."""
    names = names_of(kind.fields)
    must = [index for index, name in columns.fields.items() if names[name].need == "required"]
    filled = sum(bool(row.cells[index]) for index in must)
    return not row.cells[columns.id] and len(must) > 1 and filled <= len(must) // 3


def _continuation(file: str, row: Row) -> Problem:
    there = "，".join(cell for cell in row.cells if cell)
    return error(
        file,
        row.number,
        None,
        "csv.continuation",
        f"没有编号，只有{quoted(there)}，像是上一行的续行，没有读。",
        f"There is no id, only {quoted_en(there)}: this seems to continue the row above and was not read. Put it into the "
        "cell above (Alt+Enter begins a new line in a cell), or give the row an id of its own.",
        "请并到上一行的格子里（格内换行按 Alt+Enter）；确是另一条的，请补上编号和其他各项。",
    )


def _heading_problems(table: Table, kind: Kind) -> Iterator[Problem]:
    heading = table.heading
    if not heading.cells:
        return
    known = _known(kind)
    if not known & set(heading.cells):
        yield _unknown_heading(table, kind)
        return
    for index, name in enumerate(heading.cells):
        if name and name not in known:
            yield _unknown_column(table.file, heading.number, name, kind)
        elif not name and any(
            row.cells[index : index + 1] != ("",) for row in table.rows if len(row.cells) > index
        ):
            yield _unnamed_column(table.file, heading.number, index)
    keys = Counter(_key(name, kind) for name in heading.cells if name in known)
    for key, count in sorted(keys.items()):
        if count > 1:
            yield _column_twice(table.file, heading.number, key, count)
    if table.column(ID_NAMES) is None:
        yield _no_id_column(table.file, heading.number)
    names = names_of(kind.fields)
    near = [_near(name, kind) for name in heading.cells if name and name not in known]
    meant = {names[name].key for name in near if name is not None and name in names}
    for field in kind.fields:
        if field.key in _absent(table, kind) - meant and field.need != "optional":
            yield _missing_column(table.file, heading.number, field)


def _known(kind: Kind) -> set[str]:
    return {*names_of(kind.fields), *ID_NAMES, *(BODY_NAMES if kind.body != "none" else ())}


def _near(name: str, kind: Kind) -> str | None:
    """The column that a heading was probably meant for."""
    return nearest(name, [*ID_NAMES, *names_of(kind.fields)])


def _key(name: str, kind: Kind) -> str:
    """The label of a column, however its heading is written."""
    if name in ID_NAMES:
        return ID_NAMES[0]
    return BODY_NAMES[0] if name in BODY_NAMES else names_of(kind.fields)[name].label


def _unknown_heading(table: Table, kind: Kind) -> Problem:
    labels = ",".join([ID_NAMES[0], *(field.label for field in kind.fields if field.need == "required")])
    separator = next((s for s in _OTHER_SEPARATORS if s[0] in table.heading.cells[0]), None)
    if separator:
        return error(
            table.file,
            table.heading.number,
            None,
            "csv.separator",
            f"各列之间用的是{separator[1]}，不是半角逗号，没有读。",
            f"The columns are separated by {separator[2]}, not commas; nothing was read. "
            "Save the sheet again as CSV UTF-8 (comma delimited).",
            "请在表格软件里另存为“CSV UTF-8（逗号分隔）”。",
        )
    return error(
        table.file,
        table.heading.number,
        None,
        "csv.no-heading",
        f"这一行写作{quoted('，'.join(filter(None, table.heading.cells)))}，没有一个是认得的列名，整个表格没有读。",
        f"No cell of this row is a label we know, so nothing was read. Put the labels into row 1: {labels}",
        f"第 1 行请写各列的名称，上面不要有表名，例如 {labels}",
    )


_OTHER_SEPARATORS = (
    ("\t", "制表符", "tabs"),
    ("，", "全角逗号", "full-width commas"),
    (";", "分号", "semicolons"),
    ("；", "全角分号", "full-width semicolons"),
)


def _no_heading(file: str) -> Problem:
    return error(
        file,
        1,
        None,
        "csv.empty",
        "表格是空的，没有表头。",
        "The sheet is empty and has no heading. Put the labels into row 1, for example 编号,标题,发布日期.",
        "第 1 行请写各列的名称，例如 编号,标题,发布日期。",
    )


def _no_rows(file: str) -> Problem:
    return warning(
        file,
        None,
        None,
        "csv.no-rows",
        "表格只有表头，没有一行内容。",
        "The sheet has a heading and no rows. Fill it in, or delete the file.",
        "请填写；不用的表格请删去。",
    )


def _broken_row(file: str, number: int) -> Problem:
    return error(
        file,
        number,
        None,
        "csv.quotes",
        "从这一行起读不下去：有一格的英文双引号不成对，或者一格里的字多得不像一格。后面的行都没有读。",
        "Nothing could be read from this row on: a double quotation mark without its partner, or far too much text in one "
        "cell. Open the file in a spreadsheet, mend the cell and save it again as CSV UTF-8.",
        "请用表格软件打开、改好这一格，再另存为“CSV UTF-8（逗号分隔）”。",
    )


def _unknown_column(file: str, number: int, name: str, kind: Kind) -> Problem:
    labels = [*ID_NAMES[:1], *(field.label for field in kind.fields)]
    near = _near(name, kind)
    hint = (
        f"是不是{quoted(near)}？请改正表头。" if near else f"请删去这一列。可以有的列：{'、'.join(labels)}。"
    )
    en = (
        f"Did you mean {quoted_en(near)}? Mend the heading."
        if near
        else f"Delete it. There are: {', '.join(labels)}."
    )
    zh = f"没有{quoted(name)}这一列。"
    return error(
        file, number, name, "csv.unknown-column", zh, f"There is no column {quoted_en(name)}. {en}", hint
    )


def _unnamed_column(file: str, number: int, index: int) -> Problem:
    return error(
        file,
        number,
        None,
        "csv.unnamed-column",
        f"第 {index + 1} 列下面有内容，表头却是空的。",
        f"Column {index + 1} has content but no heading. Write its label into the heading, or empty the column.",
        "请在表头写上这一列的名称，或者清空这一列。",
    )


def _column_twice(file: str, number: int, label: str, count: int) -> Problem:
    return error(
        file,
        number,
        label,
        "csv.column-twice",
        f"这一列有 {count} 个，只读了第一个。",
        f"There are {count} columns of this name; only the first was read. Keep one.",
        "请只留一列。",
    )


def _no_id_column(file: str, number: int) -> Problem:
    return error(
        file,
        number,
        ID_NAMES[0],
        "csv.no-id-column",
        "表头里没有“编号”这一列，各行都没有读。",
        "There is no column 编号 (id), so no row was read. Add it; every row needs an id of its own, like 2026-0012.",
        "请加上这一列，每行写一个不重复的编号，例如 2026-0012。",
    )


def _missing_column(file: str, number: int, field: Field) -> Problem:
    basis = str(field.source) if field.source else ""
    example, example_en = example_of(field)
    report, must, ought = (
        (error, "请", "") if field.need == "required" else (warning, "建议", ", and ought to")
    )
    return report(
        file,
        number,
        field.label,
        "csv.missing-column",
        "表头里没有这一列。",
        f"The heading has no such column{ought}. Add it and fill it in{example_en}.",
        f"{must}加上这一列并填写{example}。",
        basis,
    )


def _ragged(file: str, row: Row, wanted: int) -> Problem:
    return error(
        file,
        row.number,
        None,
        "csv.ragged-row",
        f"这一行有 {len(row.cells)} 格，表头有 {wanted} 格，内容对不上列，没有读。",
        f"This row has {len(row.cells)} cells and the heading {wanted}: what belongs where is unclear, so it was not read. "
        "Mend it in a spreadsheet; a cell that contains a comma stands in double quotes.",
        "请用表格软件打开核对；一格里面有半角逗号的，要用英文双引号括起来。",
    )


def _second_heading(file: str, row: Row) -> Problem:
    said = "，".join(cell for cell in row.cells if cell)
    return error(
        file,
        row.number,
        None,
        "csv.second-heading",
        f"写作{quoted(said)}，像是又一行表头，不是一条信息，没有读。",
        f"{quoted_en(said)} looks like another heading and no record; it was not read. Write the label of every column "
        "into row 1, and delete this one.",
        "请把各列的名称都写在第 1 行，再删去这一行。",
    )


def _below(file: str, row: Row) -> Problem:
    said = next(cell for cell in row.cells if cell)
    return error(
        file,
        row.number,
        None,
        "csv.below",
        f"写作{quoted(said)}，像是表格下面的合计或说明，不是一条信息，没有读。",
        f"{quoted_en(said)} looks like a total or a remark below the table and no record; it was not read. Delete the row.",
        "请删去这一行；要公开的说明写在正文里。",
    )


def _bad_id(file: str, number: int, label: str, id_: str) -> Problem:
    if not id_:
        zh, en = "没有填写，这一行没有读。", "Empty, so this row was not read."
    else:
        zh = (
            f"写作{quoted(id_)}，编号要用作网址，只能有小写字母、数字和短横，以字母或数字开头。这一行没有读。"
        )
        en = f"{quoted_en(id_)}: an id becomes an address: lower-case letters, digits, hyphens. This row was not read."
    return error(
        file,
        number,
        label,
        "csv.bad-id",
        zh,
        f"{en} Write it like {_mended_id(id_)}.",
        f"请写成 {_mended_id(id_)} 的样子，每行不重复。",
    )


def _mended_id(id_: str) -> str:
    """The id in letters that may stand in an address, where it has enough of them."""
    written = unicodedata.normalize("NFKC", id_).lower()
    plain = re.sub("[^a-z0-9]+", "-", written).strip("-")
    return plain if written.isascii() and ID.fullmatch(plain) else "2026-0012"
