"""content/changes.csv: what an office says of its changes (记录, 日期, 程度, 说明), major or minor, for the public history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.content import CHANGES_FILE
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.csv_rows import Row, read_table
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.wording import quoted, quoted_en

COLUMNS = ("记录", "日期", "程度", "说明")
DEGREES = ("重大", "一般")


@dataclass(frozen=True, slots=True)
class Note:
    """On a day, a record (by its key) was changed; `major` where a reader ought to know."""

    key: str
    day: date
    major: bool
    text: str


def read_notes(content: Path, catalog: Catalog) -> tuple[list[Note], list[Problem]]:
    """The notes in their order; a row that is wrong counts for nothing and is reported."""
    path = content / CHANGES_FILE
    if not path.is_file():
        return [], []
    table = read_table(FoundFile(path, CHANGES_FILE))
    if table.heading.cells and not set(COLUMNS) <= set(table.heading.cells):
        return [], [*table.problems, _wrong_heading(table.heading)]
    notes, problems = [], list(table.problems)
    for row in table.rows:
        cells = dict(zip(table.heading.cells, row.cells, strict=False))
        found = list(_problems_of(row, cells, catalog))
        problems += found
        if not found:
            day = date.fromisoformat(cells["日期"])
            notes.append(Note(cells["记录"], day, cells["程度"] == DEGREES[0], cells["说明"]))
    return notes, problems


def _problems_of(row: Row, cells: dict[str, str], catalog: Catalog) -> Iterator[Problem]:
    key, day, degree = (cells.get(column, "") for column in COLUMNS[:3])
    if catalog.get(key) is None:
        yield _wrong(
            row,
            "记录",
            "change.no-record",
            f"写作{quoted(key)}，没有这条信息。",
            f"{quoted_en(key)} is no record.",
            "请写“类别/编号”，例如 policy/2026-0008。",
        )
    if not _is_day(day):
        yield _wrong(
            row,
            "日期",
            "change.bad-date",
            f"写作{quoted(day)}，不是规定的日期写法。",
            f"{quoted_en(day)} is no date.",
            "请写成 2026-01-31 的样子。",
        )
    if degree not in DEGREES:
        yield _wrong(
            row,
            "程度",
            "change.degree",
            f"写作{quoted(degree)}，只能是“重大”或“一般”。",
            f"{quoted_en(degree)} is neither 重大 (major) nor 一般 (minor).",
            "影响办事人权利义务的请写“重大”，订正文字的请写“一般”。",
        )
    if not cells.get("说明"):
        yield _wrong(
            row,
            "说明",
            "change.no-words",
            "没有填写。",
            "Empty.",
            "请用一句话写明改了什么，例如 申请材料减少一项。",
        )


def _wrong(row: Row, column: str, code: str, zh: str, en: str, hint: str) -> Problem:
    return error(
        CHANGES_FILE,
        row.number,
        column,
        code,
        f"{zh}这一行不算数。",
        f"{en} The row counts for nothing.",
        hint,
    )


def _wrong_heading(heading: Row) -> Problem:
    return error(
        CHANGES_FILE,
        heading.number,
        None,
        "change.heading",
        f"表头写作{quoted('，'.join(heading.cells))}，各行都没有读。",
        f"The heading must be {', '.join(COLUMNS)}; no row was read.",
        f"表头请写成 {','.join(COLUMNS)}",
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
