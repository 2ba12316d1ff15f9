"""content/tombstones.csv: which published records were taken down, when and why (记录, 撤下日期, 原因, 改用)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.csv_rows import Row, read_table
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.values import Values, names_of, read_values
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.readers.written import Entry, Place, Scalar
from plugins.disclosure.tombstone import Tombstone

FILE = "tombstones.csv"

COLUMNS = (
    Field("record", "记录", "Record", "text", "required", example="policy/2025-0012"),
    Field("removed_on", "撤下日期", "Removed on", "date", "required", example="2026-01-31"),
    Field("reason", "原因", "Reason", "text", "required", example="含有个人信息，处理后重新公开。"),
    Field("replaced_by", "改用", "Replaced by", "text", example="policy/2025-0013"),
)
HEADING = "记录,撤下日期,原因,改用"
KEY = re.compile(r"[a-z0-9_]+/[a-z0-9][a-z0-9-]*")


def read_tombstones(file: FoundFile, around: Around) -> tuple[list[Tombstone], list[Problem]]:
    """The records taken down, in the order of the file. A row with a fault counts for nothing and is reported."""
    table = read_table(file)
    names = names_of(COLUMNS)
    problems = [*table.problems, *_heading_problems(table.heading, file.name)]
    found: dict[str, Tombstone] = {}
    if any(problem.severity == "error" for problem in problems):
        return [], problems
    for row in table.rows:
        cells = zip(table.heading.cells, row.cells, strict=False)
        entries = [Entry(name, row.number, Scalar(cell, row.number)) for name, cell in cells if name in names]
        read = read_values(entries, COLUMNS, Place(file.name, row.number), around)
        problems.extend(read.problems)
        problems.extend(_note(read, row, file.name, found))
    return [*found.values()], problems


def _note(read: Values, row: Row, file: str, found: dict[str, Tombstone]) -> Iterator[Problem]:
    if any(column.key not in read.values for column in COLUMNS if column.need == "required"):
        return
    key = read.values["record"]
    if not KEY.fullmatch(key):
        yield error(
            file,
            row.number,
            "记录",
            "tombstone.bad-record",
            f"写作{quoted(key)}，不是“类别/编号”。",
            f"{quoted_en(key)} is not kind/id. Write it like policy/2025-0012.",
            "请写成 policy/2025-0012 的样子，就是原网址去掉 .html。",
        )
    elif key in found:
        yield error(
            file,
            row.number,
            "记录",
            "tombstone.twice",
            f"{quoted(key)}前面已经写过。",
            f"{quoted_en(key)} stands in a row above already. Delete one of the two.",
            "请删去一行。",
        )
    else:
        values = read.values
        found[key] = Tombstone(
            key, values["removed_on"], values["reason"], values.get("replaced_by", ""), row.number
        )


def _heading_problems(heading: Row, file: str) -> Iterator[Problem]:
    names = names_of(COLUMNS)
    if not heading.cells:
        return
    present = {names[cell].key for cell in heading.cells if cell in names}
    for column in COLUMNS:
        if column.need == "required" and column.key not in present:
            yield error(
                file,
                heading.number,
                column.label,
                "csv.missing-column",
                "表头里没有这一列，各行都没有读。",
                f"The heading has no such column, so no row was read. Write the heading {HEADING}.",
                f"表头请写成 {HEADING}",
            )
    for cell in heading.cells:
        if cell and cell not in names:
            yield error(
                file,
                heading.number,
                cell,
                "csv.unknown-column",
                f"没有{quoted(cell)}这一列。",
                f"There is no column {quoted_en(cell)}. There are: {HEADING}.",
                f"表头请写成 {HEADING}",
            )
