"""The annual report's form as data: which tables a year's report has, and the sums that must hold in them.

The forms, their rows, columns and sums stand in `profiles/cn-2019/annual_report.yaml`; which form applies
follows from the year a report speaks of. `annual_report_file` reads an editor's tables, `annual_report_text`
looks at a report's prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from plugins.disclosure.problem import Problem, Severity
from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).parent / "profiles" / "cn-2019" / "annual_report.yaml"

Amount = int | Decimal
"""A count is an `int`; an amount of money a `Decimal`, in 万元."""


class CellId(NamedTuple):
    """A cell by the keys of its table, row and column: `part3`, `new_received`, `natural`."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """A column. `group` are the headings above it, outermost first."""

    key: str
    label: str
    label_en: str
    group: tuple[str, ...] = ()
    decimal: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row with its own columns; `group` are the headings before it, outermost first, `basis` its article."""

    key: str
    label: str
    label_en: str
    columns: tuple[ColumnForm, ...]
    group: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    basis: str = ""

    @property
    def name(self) -> str:
        """The label, with the heading above it where the label alone (1.重复申请) would not tell."""
        return f"{self.group[-1]}{self.label}" if len(self.group) > 1 else self.label

    def column(self, key: str) -> ColumnForm | None:
        """The column with this key, or None."""
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table. `columns_label` is the heading above all its columns, where there is one."""

    key: str
    label: str
    label_en: str
    columns: tuple[ColumnForm, ...]
    rows: tuple[RowForm, ...]
    aliases: tuple[str, ...] = ()
    columns_label: str = ""
    columns_label_en: str = ""

    def row(self, key: str) -> RowForm | None:
        """The row with this key, or None."""
        return next((row for row in self.rows if row.key == key), None)

    def cells(self) -> Iterator[CellId]:
        """Every cell, row by row."""
        return (CellId(self.key, row.key, column.key) for row in self.rows for column in row.columns)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something the prose of a part should speak of: any one of `words` will do."""

    what: str
    what_en: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartForm:
    """One of the report's parts: its heading, word for word, and its table or what its prose should say."""

    heading: str
    label_en: str
    table: str | None = None
    check: str = ""
    min_characters: int = 0
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A row or column (by key) that a sum counts, of this year's report or of the one before."""

    year: Literal["this", "previous"]
    key: str


@dataclass(frozen=True, slots=True)
class Check:
    """Two sums that must be equal, once for every column (`per: column`) or row of the table.

    The terms are rows when it runs per column, and columns when it runs per row; `only` keeps to some rows.
    """

    id: str
    label: str
    severity: Severity
    table: str
    per: Literal["column", "row"]
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    hint: str
    only: tuple[str, ...] = ()

    @property
    def spans_years(self) -> bool:
        """Whether it looks at the report of the year before as well."""
        return any(term.year == "previous" for term in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class TextCheck:
    """A figure in the prose that must be one of `sums` of cells.

    The figure stands after `pattern` in the same clause, with no `unless` between them. With `once` it is
    enough that one of the figures found is right.
    """

    id: str
    what: str
    what_en: str
    pattern: str
    sums: tuple[tuple[CellId, ...], ...]
    unless: str = ""
    once: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure that readers compare from year to year; `drawn` ones stand in the chart."""

    cell: CellId
    label: str
    label_en: str
    drawn: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The form of the reports on the years `from_year` to `to_year`, both included (None: open)."""

    id: str
    label: str
    label_en: str
    source: Source
    from_year: int | None = None
    to_year: int | None = None
    parts: tuple[PartForm, ...] = ()
    tables: tuple[TableForm, ...] = ()
    checks: tuple[Check, ...] = ()
    year_checks: tuple[Check, ...] = ()
    text_checks: tuple[TextCheck, ...] = ()
    compared: tuple[Compared, ...] = ()

    def table(self, key: str) -> TableForm | None:
        """The table with this key, or None."""
        return next((table for table in self.tables if table.key == key), None)

    def cell_name(self, cell: CellId) -> str:
        """A cell as a reader would point at it: 一、本年新收政府信息公开申请数量／自然人."""
        row, column = _row_and_column(self, cell)
        return f"{row.name}／{column.label}"


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The figures of one report, whole: every cell of the form has one."""

    form: Form
    figures: Mapping[CellId, Amount]

    def at(self, cell: CellId) -> Amount:
        """One figure."""
        return self.figures[cell]

    def row(self, table: str, row: str) -> tuple[Amount, ...]:
        """A row's figures in the order of its columns. Raises KeyError when the form has no such row."""
        form = self.form.table(table)
        found = form.row(row) if form else None
        if found is None:
            raise KeyError(f"{table}.{row}")
        return tuple(self.figures[CellId(table, row, column.key)] for column in found.columns)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a report that does not hold.

    For sums: the `cells` on both sides that are not zero, and what either side comes to. For the prose:
    the `line` of the report's text, counted from 1.
    """

    id: str
    severity: Severity
    message_zh: str
    message_en: str
    hint: str = ""
    cells: tuple[CellId, ...] = ()
    left: Amount | None = None
    right: Amount | None = None
    line: int | None = None

    def as_problem(self, file: str, line: int | None, basis: str = "") -> Problem:
        """The fault as a problem of an editor's file."""
        return Problem(
            file, line, None, self.id, self.severity, self.message_zh, self.message_en, self.hint, basis
        )


def form_of_year(year: int, path: Path = HERE) -> Form:
    """The form of the report on `year` (not published in it). Raises LookupError for a year without one."""
    for form in load_forms(path):
        if (form.from_year or year) <= year <= (form.to_year or year):
            return form
    raise LookupError(f"没有 {year} 年度报告的格式 / no form of the report on {year}")


def check_identities(tables: Tables) -> list[Fault]:
    """The sums within one report that do not hold."""
    return [fault for check in tables.form.checks for fault in _broken(check, tables, None)]


def check_year_pair(previous: Tables, this: Tables) -> list[Fault]:
    """What does not follow on from the report of the year before; nothing when their forms differ."""
    if previous.form.id != this.form.id:
        return []
    return [fault for check in this.form.year_checks for fault in _broken(check, this, previous)]


def check_published_on(report_year: int, published_on: date, due: date) -> list[Fault]:
    """Whether a report was published by its last day, `due`, which itself is in time."""
    if published_on <= due:
        return []
    days = (published_on - due).days
    return [
        Fault(
            "ar.due",
            "warning",
            f"{report_year}年度报告发布于 {published_on}，晚于期限 {due} {days} 天。",
            f"The report on {report_year} was published on {published_on}, {days} days after {due}. "
            "Mend the date if it is wrong.",
            "发布日期如有误请改正；确已迟发的不必改动。",
        )
    ]


def _broken(check: Check, this: Tables, previous: Tables | None) -> Iterator[Fault]:
    table = this.form.table(check.table)
    if table is None:
        raise LookupError(f"{check.id}: the form has no table {check.table!r}")
    for line in _lines(check, table):
        left = _Side(_summands(check, check.left, line, this, previous))
        right = _Side(_summands(check, check.right, line, this, previous))
        if left.total != right.total:
            yield _unequal(check, this.form, line, left, right)


def _lines(check: Check, table: TableForm) -> Sequence[ColumnForm | RowForm]:
    if check.per == "column":
        return table.columns
    return [row for row in table.rows if not check.only or row.key in check.only]


class _Summand(NamedTuple):
    year: Literal["this", "previous"]
    cell: CellId
    amount: Amount


@dataclass(frozen=True, slots=True)
class _Side:
    summands: tuple[_Summand, ...]

    @property
    def total(self) -> Amount:
        return sum((summand.amount for summand in self.summands), 0)

    @property
    def telling(self) -> tuple[_Summand, ...]:
        """All of a short sum; of a long one those that are not zero."""
        few = len(self.summands) <= 2
        return tuple(summand for summand in self.summands if few or summand.amount)


def _summands(
    check: Check, terms: Iterable[Term], line: ColumnForm | RowForm, this: Tables, previous: Tables | None
) -> tuple[_Summand, ...]:
    found = []
    for term in terms:
        names = (term.key, line.key) if check.per == "column" else (line.key, term.key)
        cell = CellId(check.table, *names)
        tables = previous if term.year == "previous" and previous else this
        found.append(_Summand(term.year, cell, tables.at(cell)))
    return tuple(found)


def _unequal(check: Check, form: Form, line: ColumnForm | RowForm, left: _Side, right: _Side) -> Fault:
    apart = abs(left.total - right.total)
    where_zh = f"“{line.name}”行" if isinstance(line, RowForm) else f"“{line.label}”列"
    where_en = f'{"Row" if isinstance(line, RowForm) else "Column"} "{line.label_en}"'
    both = (*left.telling, *right.telling)
    return Fault(
        check.id,
        check.severity,
        f"{where_zh}：{_sum_zh(check, form, left)}；{_sum_zh(check, form, right)}。两边应相等，相差 {apart}。",
        f"{where_en}: {_sum_en(check, form, left)}; {_sum_en(check, form, right)}. "
        f"Both must be equal; they differ by {apart}.",
        check.hint,
        tuple(summand.cell for summand in both),
        left.total,
        right.total,
    )


def _sum_zh(check: Check, form: Form, side: _Side) -> str:
    named = []
    for year, cell, amount in side.telling:
        row, column = _row_and_column(form, cell)
        years = {"this": "本年", "previous": "上年"}[year] if check.spans_years else ""
        named.append(f"{years}“{row.name if check.per == 'column' else column.label}”{amount}")
    return _joined(named, side, "＋", "＝", "各项都是 0")


def _sum_en(check: Check, form: Form, side: _Side) -> str:
    named = []
    for year, cell, amount in side.telling:
        row, column = _row_and_column(form, cell)
        years = {"this": "this year's ", "previous": "last year's "}[year] if check.spans_years else ""
        named.append(f'{years}"{row.label_en if check.per == "column" else column.label_en}" {amount}')
    return _joined(named, side, " + ", " = ", "all terms are 0")


def _joined(named: list[str], side: _Side, plus: str, equals: str, nothing: str) -> str:
    if not named:
        return nothing
    return named[0] if len(named) == 1 else f"{plus.join(named)}{equals}{side.total}"


def _row_and_column(form: Form, cell: CellId) -> tuple[RowForm, ColumnForm]:
    table = form.table(cell.table)
    row = table.row(cell.row) if table else None
    column = row.column(cell.column) if row else None
    if row is None or column is None:
        raise LookupError(f"{form.id}: the form has no cell {'.'.join(cell)}")
    return row, column


@cache
def load_forms(path: Path = HERE) -> tuple[Form, ...]:
    """All forms, oldest first. Raises ValueError naming the entry that is not well formed."""
    forms = tuple(_form(dict(entry), path.name) for entry in read_yaml(path)["forms"])
    for form in forms:
        _refuse_faults(form, path.name)
    return forms


def _form(data: dict[str, Any], where: str) -> Form:
    where = f"{where}: form {data.get('id')!r}"
    return Form(
        **{
            **data,
            "source": read_source(data["source"], where),
            "parts": tuple(_part(dict(entry)) for entry in data.get("parts", ())),
            "tables": tuple(_table(dict(entry), where) for entry in data.get("tables", ())),
            "checks": tuple(_check(dict(entry)) for entry in data.get("checks", ())),
            "year_checks": tuple(_check(dict(entry)) for entry in data.get("year_checks", ())),
            "text_checks": tuple(_text_check(dict(entry)) for entry in data.get("text_checks", ())),
            "compared": tuple(
                Compared(**{**entry, "cell": CellId(*entry["cell"].split("."))})
                for entry in data.get("compared", ())
            ),
        }
    )


def _part(data: dict[str, Any]) -> PartForm:
    mentions = tuple(
        Mention(entry["what"], entry["what_en"], tuple(entry["words"])) for entry in data.pop("mentions", ())
    )
    return PartForm(**data, mentions=mentions)


def _table(data: dict[str, Any], where: str) -> TableForm:
    columns = {entry["key"]: ColumnForm(**_tuples(entry)) for entry in data.pop("columns")}
    rows = tuple(_row(dict(entry), columns, where) for entry in data.pop("rows"))
    return TableForm(**_tuples(data), columns=tuple(columns.values()), rows=rows)


def _row(data: dict[str, Any], columns: Mapping[str, ColumnForm], where: str) -> RowForm:
    keys = data.pop("columns", tuple(columns))
    if unknown := [key for key in keys if key not in columns]:
        raise ValueError(f"{where}: row {data['key']!r} has no such columns: {', '.join(unknown)}")
    return RowForm(**_tuples(data), columns=tuple(columns[key] for key in keys))


def _check(data: dict[str, Any]) -> Check:
    left, right, only = _terms(data.pop("left")), _terms(data.pop("right")), tuple(data.pop("only", ()))
    return Check(**data, left=left, right=right, only=only)


def _terms(data: Sequence[str] | Mapping[str, Sequence[str]]) -> tuple[Term, ...]:
    by_year: Mapping[Any, Sequence[str]] = data if isinstance(data, Mapping) else {"this": data}
    return tuple(Term(year, key) for year, keys in by_year.items() for key in keys)


def _text_check(data: dict[str, Any]) -> TextCheck:
    sums = tuple(tuple(CellId(*cell.split(".")) for cell in one) for one in data.pop("sums"))
    for pattern in (data["pattern"], data.get("unless", "")):
        re.compile(pattern)
    return TextCheck(**data, sums=sums)


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _refuse_faults(form: Form, where: str) -> None:
    """A sum or a figure that names a cell the form does not have is found here, not at the first report."""
    cells = {cell for table in form.tables for cell in table.cells()}
    zero = Tables(form, dict.fromkeys(cells, 0))
    try:
        for check in (*form.checks, *form.year_checks):
            list(_broken(check, zero, zero))
        for cell in (cell for text_check in form.text_checks for one in text_check.sums for cell in one):
            zero.at(cell)
        for one in form.compared:
            zero.at(one.cell)
    except LookupError as fault:
        raise ValueError(f"{where}: {form.id}: {fault}") from fault
