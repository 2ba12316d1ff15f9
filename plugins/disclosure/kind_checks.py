"""What the fields of a record must be to each other, as data: `checks` and `derived` in a kind's file.

A check compares fields of one record, its rows, its relations, or records of one kind with each other; a derived
value is worked out from fields and shown beside them. Here is what they are; `rules/by_kind.py` judges the checks
and `derived.py` works the values out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, get_args

from plugins.disclosure.problem import Severity
from plugins.disclosure.source import Source, read_source


@dataclass(frozen=True, slots=True)
class Order:
    """One number or day is not greater than another; equal is well."""

    lesser: str
    greater: str


@dataclass(frozen=True, slots=True)
class Span:
    """Between two days or moments lie at least, or at most, so many days or hours; the limit itself is well."""

    start: str
    end: str
    unit: Literal["days", "hours"]
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A number is the sum of others; parts left empty count nothing."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowTotal:
    """A number is the sum of a column of a table."""

    total: str
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class RowCount:
    """A number is that of the rows of a table; with `column`, of those where it has the term `value`."""

    count: str
    table: str
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class RowOrder:
    """In a table of named numbers, that of the row `lesser` is not greater than that of the row `greater`."""

    table: str
    name: str
    value: str
    lesser: str
    greater: str


@dataclass(frozen=True, slots=True)
class RowParts:
    """In a table of named numbers, that of the row `total` is the sum of those of the rows `parts`, all being there."""

    table: str
    name: str
    value: str
    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """Records with the same `by` have the same `fields`."""

    by: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unique:
    """No two records of one organ have the same value here."""

    field: str


@dataclass(frozen=True, slots=True)
class Once:
    """An organ has one record of a `year` for each term of `by`, where titles say nothing more than that.

    `titles` are the words for the terms of which there is but one; information of the section counts by its title.
    """

    year: str
    by: str
    titles: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NamedBy:
    """Some record of another kind names this one in its `field`."""

    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class InForce:
    """The documents named in a field are in force."""

    field: str


@dataclass(frozen=True, slots=True)
class Needed:
    """A field is filled in; with `when`, only where that holds."""

    field: str


@dataclass(frozen=True, slots=True)
class Over:
    """Once a day has passed, a field must be filled in, at the latest `days` later."""

    day: str
    field: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A column of a table says nothing that is only a form of words."""

    field: str
    column: str
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnsFilled:
    """Every row of a table has something in these columns; an explicit 无 is something."""

    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowsOf:
    """A table has a row for each of the `wanted` terms in a column."""

    table: str
    column: str
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """What came in is what went out and what is left: both sides have the same sum."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """In a table, a higher score never has a lower place; equal scores may share one."""

    table: str
    score: str
    rank: str


@dataclass(frozen=True, slots=True)
class AgreesWithReport:
    """Numbers are the totals of the annual report of the same organ and year: field -> rows of its third table."""

    year: str
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Rule = (
    Order
    | Span
    | Total
    | RowTotal
    | RowCount
    | RowOrder
    | RowParts
    | Same
    | Unique
    | Once
    | NamedBy
    | InForce
    | Needed
    | Over
    | Words
    | ColumnsFilled
    | RowsOf
    | Balance
    | Ranked
    | AgreesWithReport
)
RULES: Mapping[str, type[Rule]] = {
    "order": Order,
    "span": Span,
    "total": Total,
    "row_total": RowTotal,
    "row_count": RowCount,
    "row_order": RowOrder,
    "row_parts": RowParts,
    "same": Same,
    "unique": Unique,
    "once": Once,
    "named_by": NamedBy,
    "in_force": InForce,
    "needed": Needed,
    "over": Over,
    "words": Words,
    "columns_filled": ColumnsFilled,
    "rows_of": RowsOf,
    "balance": Balance,
    "ranked": Ranked,
    "agrees_with_report": AgreesWithReport,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of a kind, with its name, how grave it is, and the clause.

    It is asked only where each field of `when` has one of its values (term ids; yes and no as true and false),
    and not where the field `unless` is filled in: that is where an editor states the reason.
    """

    id: str
    rule: Rule
    severity: Severity
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    unless: str = ""
    source: Source | None = None


How = Literal["days", "hours", "filled", "share", "total"]


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out from fields.

    `days` and `hours` lie between two of them; `filled` counts those that are filled in; `share` is the first of
    the second, in per cent; `total` is their sum. A share may have a `target` in per cent, from `source`.
    Where `show` is none it measures how well the record is kept, and is no news to its readers.
    """

    key: str
    label: str
    label_en: str
    how: How
    of: tuple[str, ...]
    target: Decimal | None = None
    show: Literal["header", "none"] = "header"
    source: Source | None = None


def read_check(data: Mapping[str, Any], where: str) -> Check:
    """A check from its YAML mapping. Raises ValueError naming `where` when it is not well formed."""
    left = dict(data)
    named = [name for name in RULES if name in left]
    if len(named) != 1:
        raise ValueError(f"{where}: check {data.get('id')!r} needs one of {', '.join(RULES)}")
    rule = RULES[named[0]](**_tuples(left.pop(named[0])))
    source = read_source(left.pop("source"), where) if "source" in left else None
    when = {key: tuple(value) for key, value in left.pop("when", {}).items()}
    check = Check(rule=rule, source=source, when=when, **left)
    if (
        check.severity == "error"
        and (source is None or source.evidence in ("local", "memory", "proposal"))
        and _is_law(rule)
    ):
        raise ValueError(f"{where}: check {check.id!r} has no text to rest on; make it a warning")
    return check


def read_derived(data: Mapping[str, Any], where: str) -> Derived:
    """A derived value from its YAML mapping. Raises ValueError naming `where` when it is not well formed."""
    left = dict(data)
    named = [how for how in get_args(How) if how in left]
    if len(named) != 1:
        raise ValueError(f"{where}: derived {data.get('key')!r} needs one of {', '.join(get_args(How))}")
    source = read_source(left.pop("source"), where) if "source" in left else None
    target = Decimal(str(left.pop("target"))) if "target" in left else None
    return Derived(how=named[0], of=tuple(left.pop(named[0])), target=target, source=source, **left)


def fields_of(rule: Rule) -> tuple[str, ...]:
    """The fields of the record itself that a rule looks at."""
    match rule:
        case Order(one, other) | Span(one, other) | Over(one, other) | Once(one, other):
            return (one, other)
        case Total(total, parts):
            return (total, *parts)
        case RowTotal(total, table, _):
            return (total, table)
        case RowCount(count, table):
            return (count, table)
        case Same(by, fields):
            return (by, *fields)
        case (
            Unique(key)
            | InForce(key)
            | Needed(key)
            | Words(key)
            | ColumnsFilled(key)
            | RowsOf(key)
            | RowOrder(key)
            | RowParts(key)
            | Ranked(key)
        ):
            return (key,)
        case Balance(left, right):
            return (*left, *right)
        case AgreesWithReport(year, rows):
            return (year, *rows)
        case NamedBy():
            return ()


def _is_law(rule: Rule) -> bool:
    """Whether a rule sets a limit or a duty; that numbers add up needs no clause."""
    return isinstance(rule, Span | Needed | Over | NamedBy | ColumnsFilled | RowsOf)


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
