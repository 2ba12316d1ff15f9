"""An annual report as it stands on a page: its year, the parts that are there, the figures of its tables.

A figure is taken only where its row says, word for word, which one it is and the row has as many figures as the form.
Tables that are pictures, or whose cells ran together, give nothing: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from zlib import crc32

from selectolax.lexbor import LexborHTMLParser

from plugins.disclosure.annual_report import Amount, CellId, Form, RowForm, TableForm, Tables, form_of_year
from plugins.disclosure.chinese_numerals import half_width

NAME = re.compile(
    r"(?P<year>20\d{2})\s*年?(?:度)?.{0,30}(?:年度报告|年报)|(?:年度报告|年报).{0,6}(?P<late>20\d{2})"
)
ABOUT = re.compile(r"信息公开|政务公开")
OTHER_REPORTS = re.compile(r"网站(?:工作|监管)?年度报表|法治政府|统计年报|财务|部门决算|解读|目录|通知|公告")
SIGNS = re.compile(r"[\s\u3000“”\"'‘’（）()、，,.．:：;；。\-—]")
SENTENCE = re.compile(r"[。；;！\n]")
DIGITS = re.compile(r"[\d.,，％%]+")
SHORTEST_SENTENCE = 10
LONGEST_HEADING = 60
"""Characters of a line among which a heading of the form ends, however its signs are spaced."""


class TableState(StrEnum):
    """What became of a table."""

    READ = "read"
    ABSENT = "absent"
    UNREADABLE = "unreadable"  # cells that ran together, or are no numbers


@dataclass(frozen=True, slots=True, eq=False)
class ReportFacts:
    """A report. `parts` are the headings of its form that stand on the page, in order; `tables` what became of each
    table, by key. `otherwise` is what stands instead of headings that are not there, by heading. `sentences` are marks of
    its sentences without their figures, to be compared with another year's; `figures` are whole (every cell) or None."""

    year: int
    form: Form
    parts: tuple[str, ...] = ()
    tables: dict[str, TableState] = field(default_factory=dict)
    figures: Tables | None = None
    sentences: frozenset[int] = frozenset()
    otherwise: dict[str, str] = field(default_factory=dict)


def report_year(*names: str) -> int | None:
    """The year of the report that a page of one of these names holds; None when it is none."""
    for name in names:
        found = NAME.search(name)
        if found and ABOUT.search(name) and not OTHER_REPORTS.search(name):
            return int(found["year"] or found["late"])
    return None


def read_report(year: int, tree: LexborHTMLParser, lines: Sequence[str]) -> ReportFacts | None:
    """The report on `year` that stands on a page; None for years that no form is known of."""
    try:
        form = form_of_year(year)
    except LookupError:
        return None
    rows = [[_plain(cell.text()) for cell in row.css("td, th")] for row in tree.css("tr")]
    figures: dict[CellId, Amount] = {}
    states: dict[str, TableState] = {}
    for table in form.tables:
        found = dict(_figures(table, rows))
        wanted = sum(1 for _ in table.cells())
        figures |= found
        if len(found) == wanted:
            states[table.key] = TableState.READ
        elif found or _speaks_of(table, rows):
            states[table.key] = TableState.UNREADABLE
        else:
            states[table.key] = TableState.ABSENT
    is_whole = bool(form.tables) and all(state is TableState.READ for state in states.values())
    parts = tuple(_parts(form, lines))
    return ReportFacts(
        year,
        form,
        parts,
        states,
        Tables(form, figures) if is_whole else None,
        _sentences(lines) - _words_of(form),
        dict(_written_otherwise(form, parts, lines)),
    )


def _parts(form: Form, lines: Sequence[str]) -> Iterator[str]:
    """The form's headings among the lines; the last place counts, for the first is often a table of contents. The text
    may go on behind a heading in the same line."""
    places: dict[str, int] = {}
    headings = {SIGNS.sub("", part.heading): part.heading for part in form.parts}
    for number, line in enumerate(lines):
        begin = SIGNS.sub("", line[:LONGEST_HEADING])
        heading = next((heading for plain, heading in headings.items() if begin.startswith(plain)), None)
        if heading is not None:
            places[heading] = number
    yield from sorted(places, key=lambda heading: places[heading])


def _written_otherwise(form: Form, parts: Sequence[str], lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Headings of the form that are not there, each with a line that has its number and the look of a heading."""
    for part in form.parts:
        if part.heading not in parts:
            number = part.heading.partition("、")[0]
            begin = re.compile(rf"[（(]?{number}\s*[、.．)）]\s*\S")
            alike = [
                line
                for line in lines
                if len(line) < LONGEST_HEADING and begin.match(line) and line[-1] not in "。；;"
            ]
            if alike:
                yield part.heading, alike[-1]


def _figures(table: TableForm, rows: Sequence[Sequence[str]]) -> Iterator[tuple[CellId, Amount]]:
    for row in table.rows:
        names = {SIGNS.sub("", name) for name in (row.label, row.label.split("（区分")[0])}
        for cells in rows:
            at = next((place for place, cell in enumerate(cells) if SIGNS.sub("", cell) in names), None)
            if at is not None and (amounts := _amounts(row, cells[at + 1 :])):
                yield from ((CellId(table.key, row.key, key), amount) for key, amount in amounts)
                break
    yield from _in_one_row(table, rows)


def _in_one_row(table: TableForm, rows: Sequence[Sequence[str]]) -> Iterator[tuple[CellId, Amount]]:
    """The figures of a table whose rows stand side by side, as reviews and lawsuits do."""
    wanted = [CellId(table.key, row.key, column.key) for row in table.rows for column in row.columns]
    heads = [cells for cells in rows if cells.count(table.columns[0].label) == len(table.rows) > 1]
    if not heads:
        return
    for cells in rows:
        amounts = [_amount(cell, decimal=False) for cell in cells]
        if len(amounts) == len(wanted) and None not in amounts:
            yield from (
                (cell, amount) for cell, amount in zip(wanted, amounts, strict=True) if amount is not None
            )
            return


def _amounts(row: RowForm, cells: Sequence[str]) -> list[tuple[str, Amount]]:
    if len(cells) != len(row.columns):
        return []
    found = [
        (column.key, _amount(cell, decimal=column.decimal))
        for column, cell in zip(row.columns, cells, strict=True)
    ]
    return [(key, amount) for key, amount in found if amount is not None] if all(
        amount is not None for _, amount in found
    ) else []  # fmt: skip


def _amount(cell: str, *, decimal: bool) -> Amount | None:
    plain = half_width(cell).replace(",", "").replace("，", "").removesuffix("件").removesuffix("万元")
    if plain.isascii() and plain.isdecimal() and len(plain) < 12:
        return int(plain)
    if decimal and re.fullmatch(r"\d{1,11}\.\d{1,6}", plain):
        try:
            return Decimal(plain)
        except InvalidOperation:  # pragma: no cover - the pattern allows decimals alone
            return None
    return None


def _speaks_of(table: TableForm, rows: Sequence[Sequence[str]]) -> bool:
    labels = {SIGNS.sub("", row.label) for row in table.rows} | {SIGNS.sub("", table.columns[0].label)}
    return any(label in SIGNS.sub("", cell) for cells in rows for cell in cells for label in labels)


def _sentences(lines: Sequence[str]) -> frozenset[int]:
    plain = (SIGNS.sub("", DIGITS.sub("", sentence)) for line in lines for sentence in SENTENCE.split(line))
    return frozenset(crc32(one.encode("utf-8", "replace")) for one in plain if len(one) >= SHORTEST_SENTENCE)


def _words_of(form: Form) -> frozenset[int]:
    """The marks of what every report says because its form does."""
    rows = [row.label for table in form.tables for row in table.rows]
    columns = [column.label for table in form.tables for column in table.columns]
    return _sentences([*(part.heading for part in form.parts), *rows, *columns])


def _plain(text: str) -> str:
    return "".join(text.split())
