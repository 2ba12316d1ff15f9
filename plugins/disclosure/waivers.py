"""content/waivers.csv: reminders that an office has looked at and lets stand, each with a reason and a last day.

Only reminders about the wording of a text, and what looks like a person's number, can be waived (规则, 文件, 内容, 理由,
截止日期); whatever else stops the build cannot. A waiver that has run out, or that nothing needs any more, is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins.disclosure.content import WAIVERS_FILE
from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.readers.csv_rows import Row, Table, read_table
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.wording import quoted, quoted_en

FILE = WAIVERS_FILE
COLUMNS = ("规则", "文件", "内容", "理由", "截止日期")
_OPTIONAL = "内容"
WAIVABLE = ("prose.", "privacy.", "secrecy.", "link.picture-without-words")
"""How the codes begin of what can be waived."""
LOOKS_LIKE = ("privacy.", "secrecy.")
"""How those begin that can be waived though they stop the build: something else may look like a person's number or a mark."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """`code` and `file` are those of the problem; `words` must stand in its message. `row` is where it is written."""

    code: str
    file: str
    words: str
    reason: str
    until: date
    row: int

    def covers(self, problem: Problem) -> bool:
        """Whether the problem is one that this waiver lets stand."""
        about = (problem.code, problem.file) == (self.code, self.file)
        may_be = problem.severity == "warning" or problem.code.startswith(LOOKS_LIKE)
        return about and may_be and self.words in problem.message_zh


def read_waivers(content: Path) -> tuple[list[Waiver], list[Problem]]:
    """The waivers of a content folder; a row that is not complete counts for nothing and is reported."""
    path = content / FILE
    if not path.is_file():
        return [], []
    table = read_table(FoundFile(path, FILE))
    problems = list(table.problems)
    if table.heading.cells and not set(COLUMNS) <= {*table.heading.cells, _OPTIONAL}:
        return [], [*problems, _wrong_heading(table)]
    waivers: list[Waiver] = []
    for row in table.rows:
        cells = dict(zip(table.heading.cells, row.cells, strict=False))
        found = list(_problems_of(row, cells))
        problems += found
        if not found:
            until = date.fromisoformat(cells["截止日期"])
            words = cells.get(_OPTIONAL, "")
            waivers.append(Waiver(cells["规则"], cells["文件"], words, cells["理由"], until, row.number))
    return waivers, problems


def without_waived(problems: Iterable[Problem], waivers: Sequence[Waiver], today: date) -> list[Problem]:
    """The problems that no waiver lets stand today, and what is the matter with the waivers."""
    running = [waiver for waiver in waivers if waiver.until >= today]
    kept: list[Problem] = []
    used: set[int] = set()
    for problem in problems:
        covering = [waiver for waiver in running if waiver.covers(problem)]
        used.update(waiver.row for waiver in covering)
        if not covering:
            kept.append(problem)
    kept += [_run_out(waiver) for waiver in waivers if waiver.until < today]
    kept += [_not_needed(waiver) for waiver in running if waiver.row not in used]
    return kept


def _problems_of(row: Row, cells: dict[str, str]) -> Iterator[Problem]:
    for column in COLUMNS:
        if column != _OPTIONAL and not cells.get(column):
            yield error(
                FILE,
                row.number,
                column,
                "waiver.incomplete",
                "没有填写，这一行不算数。",
                "Empty, so this row counts for nothing. Fill in the rule, the file, the reason and the last day.",
                "请补填；规则写提醒末尾方括号里的代码，例如 prose.former-name。",
            )
    code, until = cells.get("规则", ""), cells.get("截止日期", "")
    if code and not code.startswith(WAIVABLE):
        yield error(
            FILE,
            row.number,
            "规则",
            "waiver.not-waivable",
            f"写作{quoted(code)}，这一条不能豁免。",
            f"{quoted_en(code)} cannot be waived. Those that begin with prose. or privacy. can.",
            "能豁免的是以 prose. 和 privacy. 开头的提醒；错误要改正。",
        )
    if until and not _is_day(until):
        yield error(
            FILE,
            row.number,
            "截止日期",
            "waiver.bad-date",
            f"写作{quoted(until)}，不是规定的日期写法。",
            f"{quoted_en(until)} is no date. Write it like 2026-12-31.",
            "请写成 2026-12-31 的样子。",
        )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong_heading(table: Table) -> Problem:
    return error(
        FILE,
        table.heading.number,
        None,
        "waiver.heading",
        f"表头写作{quoted('，'.join(table.heading.cells))}，各行都没有读。",
        f"The heading must be {', '.join(COLUMNS)}; no row was read.",
        f"表头请写成 {','.join(COLUMNS)}",
    )


def _run_out(waiver: Waiver) -> Problem:
    return warning(
        FILE,
        waiver.row,
        "截止日期",
        "waiver.run-out",
        f"{waiver.file} 的 {waiver.code} 只豁免到 {waiver.until}，已经过期，不再算数。",
        f"The waiver of {waiver.code} for {waiver.file} ran out on {waiver.until}. Mend the text, or decide anew.",
        "请改正原文，或者重新审定后改写截止日期，或者删去这一行。",
    )


def _not_needed(waiver: Waiver) -> Problem:
    return warning(
        FILE,
        waiver.row,
        "规则",
        "waiver.not-needed",
        f"{waiver.file} 没有 {waiver.code} 这一条提醒，这一行用不着了。",
        f"Nothing in {waiver.file} needs this waiver of {waiver.code}. Delete the row, or mend the file's name.",
        "请删去这一行，或者核对规则、文件名和内容。",
    )
