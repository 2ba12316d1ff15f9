"""The tables of an annual report: a .yaml file in the report's own folder, read by the form of the report's year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from plugins.disclosure.annual_report import CellId, Tables, form_of_year
from plugins.disclosure.annual_report_file import read_tables
from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.text_file import read_text_file
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.readers.written import Entry, Node, Scalar

EXTENSION = ".yaml"
UNFILLED = "_"
"""Stands in a template where a figure is wanted: a 0 there would pass unseen."""

_OPEN_FIGURE = re.compile(f"(?<![\\w]){UNFILLED}(?![\\w])")


@dataclass(frozen=True, slots=True, eq=False)
class TablesOnFile(Tables):
    """The tables with the file they stand in and the line of each cell, so that a rule can point there."""

    file: str
    lines: Mapping[CellId, int]


def read_report_tables(
    entry: Entry, node: Node, report: str, year: int | None, around: Around
) -> tuple[TablesOnFile | None, list[Problem]]:
    """The tables that `entry` of the report in file `report` names.

    None without a problem when it names nothing, or when `year` is None: which form applies is then unknown,
    and the missing year is reported already.
    """
    written = _written(node)
    if isinstance(node, Scalar) and not written:
        return None, []
    if not written.endswith(EXTENSION) or "/" in written or "\\" in written:
        return None, [_not_a_name(report, entry, written)]
    file = _beside(report, written)
    path = around.content / file
    if path.is_symlink() or not path.is_file():
        return None, [_no_such_file(report, entry, written)]
    if year is None:
        return None, []
    form = form_of_year(year)
    if not form.tables:
        return None, [_no_tables_then(report, entry, year)]
    text_file = read_text_file(path, file)
    if text_file.text is None:
        return None, list(text_file.problems)
    unfilled = [(number, count) for number, count in _open_figures(text_file.text) if count]
    if unfilled:
        return None, [*text_file.problems, _not_filled_in(file, unfilled)]
    read = read_tables(text_file.text, file, form)
    problems = [*text_file.problems, *read.problems]
    if read.tables is None:
        return None, problems
    return TablesOnFile(form, read.tables.figures, file, read.lines), problems


def companion_of(node: Node, report: str) -> list[str]:
    """The file that `node` names, whether it can be read or not, so that nobody takes it for a stray one."""
    written = _written(node)
    return [_beside(report, written)] if written else []


def _written(node: Node) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


def _beside(report: str, name: str) -> str:
    return str(PurePosixPath(report).parent / name)


def _open_figures(text: str) -> Iterator[tuple[int, int]]:
    """The number of each line, and how many figures a template left open there that nobody has filled in."""
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, len(_OPEN_FIGURE.findall(line.partition("#")[0]))


def _not_filled_in(file: str, unfilled: list[tuple[int, int]]) -> Problem:
    count = sum(number for _, number in unfilled)
    return error(
        file,
        unfilled[0][0],
        None,
        "ar.not-filled-in",
        f"表格还没有填完，从这一行起还有 {count} 个 {UNFILLED}。",
        f"The tables are not filled in: {count} figures are still {UNFILLED}, the first of them here. "
        "Put a number in each place, 0 where nothing happened.",
        f"请把每个 {UNFILLED} 换成一个数，没有发生的填 0。",
    )


def _not_a_name(report: str, entry: Entry, written: str) -> Problem:
    return error(
        report,
        entry.line,
        entry.name,
        "ar.not-a-tables-file",
        f"写作{quoted(written)}，不是同一文件夹里的 {EXTENSION} 文件名。" if written else "要写一个文件名。",
        f"{quoted_en(written)} is not the name of a {EXTENSION} file in the same folder. Write it like finance-2025.yaml.",
        "请把表格文件与报告放在同一文件夹，只写文件名，例如 finance-2025.yaml。",
    )


def _no_such_file(report: str, entry: Entry, written: str) -> Problem:
    return error(
        report,
        entry.line,
        entry.name,
        "ar.no-tables-file",
        f"写作{quoted(written)}，报告所在的文件夹里没有这个文件。",
        f"There is no file {quoted_en(written)} in the folder of this report. Put it there, or mend the name.",
        "请把文件放进去，或者改正文件名。",
    )


def _no_tables_then(report: str, entry: Entry, year: int) -> Problem:
    return warning(
        report,
        entry.line,
        entry.name,
        "ar.no-tables-then",
        f"{year} 年度的报告格式没有可以核对的表格，这个文件没有读。",
        f"The form of the report on {year} has no tables that could be checked; this file was not read. Delete the entry.",
        "请删去这一行；报告年度写错了的，请改正报告年度。",
    )
