"""The checks that the kinds' files ask for: fields, rows and relations held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from plugins.disclosure.annual_report import CellId, Tables
from plugins.disclosure.catalog import Catalog
from plugins.disclosure.derived import days_between, is_asked, is_filled, number_of, read_span
from plugins.disclosure.kind_checks import (
    AgreesWithReport,
    Balance,
    Check,
    ColumnsFilled,
    InForce,
    NamedBy,
    Needed,
    Once,
    Order,
    Over,
    Ranked,
    RowCount,
    RowOrder,
    RowParts,
    RowsOf,
    RowTotal,
    Same,
    Span,
    Total,
    Unique,
    Words,
)
from plugins.disclosure.kinds import Field, Kind
from plugins.disclosure.plain_titles import said_once
from plugins.disclosure.problem import Problem
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import at_field, named, named_en

REQUESTS = "part3"


@dataclass(frozen=True, slots=True)
class _At:
    """One check of one record, with what its message needs.

    `firsts` has the first record with each value of what a check compares records by.
    """

    catalog: Catalog
    kind: Kind
    record: Record
    check: Check
    today: date
    firsts: Mapping[Any, Record]

    def value(self, key: str) -> Any:
        """A field's value, None where it is empty."""
        return self.record.values.get(key)

    def label(self, key: str) -> str:
        """A field as messages name it."""
        return f"“{self._field(key).label}”"

    def label_en(self, key: str) -> str:
        """The same in English."""
        return f'"{self._field(key).label_en}"'

    def shown(self, key: str) -> str:
        """A field's value as its editor wrote it."""
        value = self.value(key)
        if self._field(key).type == "moment":
            return f"{value:%Y-%m-%d %H:%M}"
        return str(value)

    def problem(self, key: str, zh: str, en: str, hint: str) -> Problem:
        """What is wrong, at one field."""
        code = f"{self.kind.id.replace('_', '-')}.{self.check.id}"
        basis = str(self.check.source) if self.check.source else ""
        return at_field(self.catalog, self.record, key, self.check.severity, code, zh, en, hint, basis)

    def _field(self, key: str) -> Field:
        found = self.kind.field(key)
        if found is None:
            raise KeyError(key)
        return found


def checks_of_kinds(catalog: Catalog, today: date) -> Iterator[Problem]:
    """Every check of every kind, for each of its records."""
    for kind in catalog.kinds.values():
        for check in kind.checks:
            firsts = _firsts(catalog, kind, check)
            for record in catalog.of_kind(kind.id):
                if is_asked(record, check):
                    at = _At(catalog, kind, record, check, today, firsts)
                    yield from JUDGES[type(check.rule)](at, check.rule)


def _firsts(catalog: Catalog, kind: Kind, check: Check) -> dict[Any, Record]:
    rule, found = check.rule, dict[Any, Record]()
    if isinstance(rule, Same | Unique | Once):
        others = catalog.of_section(kind.section) if isinstance(rule, Once) and kind.section else ()
        for record in (*(one for one in others if one.kind != kind.id), *catalog.of_kind(kind.id)):
            found.setdefault(_shared(catalog, kind, record, rule), record)
    return found


def _shared(catalog: Catalog, kind: Kind, record: Record, rule: Same | Unique | Once) -> Any:
    """What records have in common that a check holds against each other."""
    match rule:
        case Same(by):
            return record.values.get(by)
        case Unique(field):
            return (record.issuer, record.values.get(field))
        case Once():
            return said_once(catalog, record, rule, kind.id)


def _order(at: _At, rule: Order) -> Iterator[Problem]:
    lesser, greater = at.value(rule.lesser), at.value(rule.greater)
    if lesser is None or greater is None or lesser <= greater:
        return
    than, than_en = ("晚于", "later than") if isinstance(lesser, date) else ("大于", "greater than")
    yield at.problem(
        rule.lesser,
        f"写作 {at.shown(rule.lesser)}，{than}{at.label(rule.greater)}的 {at.shown(rule.greater)}。",
        f"{at.shown(rule.lesser)} is {than_en} {at.label_en(rule.greater)}, {at.shown(rule.greater)}. Check both.",
        "请核对两项哪一个写错了。",
    )


def _span(at: _At, rule: Span) -> Iterator[Problem]:
    found = read_span(at.record, rule)
    if found is None or not (found.too_short or found.too_long):
        return
    unit, unit_en = ("天", "days") if rule.unit == "days" else ("小时", "hours")
    limit, than, than_en = (
        (rule.at_least, "少于", "fewer than") if found.too_short else (rule.at_most, "超过", "more than")
    )
    yield at.problem(
        rule.end,
        f"从{at.label(rule.start)} {at.shown(rule.start)} 到 {at.shown(rule.end)} 是 {found.said}，{than} {limit} {unit}。",
        f"From {at.label_en(rule.start)}, {at.shown(rule.start)}, to {at.shown(rule.end)} it is {found.said_en}, "
        f"{than_en} {limit} {unit_en}. Mend the dates if they are wrong{_or_reason_en(at)}.",
        f"请核对；日期写错的请改正{_or_reason(at)}。",
    )


def _or_reason(at: _At) -> str:
    return f"，确有原因的请填写{at.label(at.check.unless)}" if at.check.unless else "，确是如此的不必改动"


def _or_reason_en(at: _At) -> str:
    return f", or state the reason in {at.label_en(at.check.unless)}" if at.check.unless else ""


def _total(at: _At, rule: Total) -> Iterator[Problem]:
    total = at.value(rule.total)
    parts = [(key, at.value(key)) for key in rule.parts if at.value(key) is not None]
    if total is None or not parts:
        return
    found = sum((number_of(value) for _, value in parts), Decimal())
    if found != number_of(total):
        said = "、".join(f"{at.label(key)} {value}" for key, value in parts)
        said_en = " + ".join(f"{at.label_en(key)} {value}" for key, value in parts)
        yield at.problem(
            rule.total,
            f"写作 {total}，而{said}相加是 {found}。",
            f"{total} is stated, but {said_en} is {found}. Mend whichever is wrong.",
            "请核对各项，改正写错的数。",
        )


def _row_total(at: _At, rule: RowTotal) -> Iterator[Problem]:
    total, rows = at.value(rule.total), at.value(rule.table)
    if total is None or not rows:
        return
    found = sum((number_of(row[rule.column]) for row in rows if row.get(rule.column) is not None), Decimal())
    if found != number_of(total):
        yield at.problem(
            rule.total,
            f"写作 {total}，而{at.label(rule.table)}各行相加是 {found}。",
            f"{total} is stated, but the rows of {at.label_en(rule.table)} add up to {found}. Mend whichever is wrong.",
            "请核对表中各行，改正写错的数。",
        )


def _row_count(at: _At, rule: RowCount) -> Iterator[Problem]:
    count, rows = at.value(rule.count), at.value(rule.table)
    if count is None or rows is None:
        return
    found = sum(not rule.column or row.get(rule.column) == rule.value for row in rows)
    if found != count:
        yield at.problem(
            rule.count,
            f"写作 {count}，而{at.label(rule.table)}里这样的有 {found} 行。",
            f"{count} is stated, but {at.label_en(rule.table)} has {found} such rows. Mend whichever is wrong.",
            "请核对表格，补上缺的行，或者改正写错的数。",
        )


def _row_order(at: _At, rule: RowOrder) -> Iterator[Problem]:
    found = _named_numbers(at, rule, (rule.lesser, rule.greater))
    if found and found[0][1] > found[1][1]:
        (lesser, less), (greater, more) = found
        yield at.problem(
            rule.table,
            f"“{lesser}”写作 {less}，大于“{greater}”的 {more}。",
            f'"{lesser}" is {less}, greater than "{greater}", {more}. Mend whichever is wrong.',
            "请核对两项哪一个写错了。",
        )


def _row_parts(at: _At, rule: RowParts) -> Iterator[Problem]:
    found = _named_numbers(at, rule, (rule.total, *rule.parts))
    if found and found[0][1] != sum(number for _, number in found[1:]):
        parts = "、".join(f"“{label}” {number}" for label, number in found[1:])
        total, stated = found[0]
        added = sum(number for _, number in found[1:])
        yield at.problem(
            rule.table,
            f"“{total}”写作 {stated}，而{parts}相加是 {added}。",
            f'"{total}" is {stated}, but its parts add up to {added}. Mend whichever is wrong.',
            "请核对各项，改正写错的数。",
        )


def _named_numbers(at: _At, rule: RowOrder | RowParts, wanted: tuple[str, ...]) -> list[tuple[str, int]]:
    """The labels and numbers of some rows; empty unless each of them is there and a number."""
    field = at.kind.field(rule.table)
    column = next((c for c in field.columns if c.key == rule.name), None) if field else None
    there = {row.get(rule.name): str(row.get(rule.value, "")) for row in at.value(rule.table) or ()}
    if column is None or not all(there.get(id_, "").isdecimal() for id_ in wanted):
        return []
    words = at.catalog.vocabularies[column.vocabulary or column.key]
    return [(term.label if (term := words.find(id_)) else id_, int(there[id_])) for id_ in wanted]


def _same(at: _At, rule: Same) -> Iterator[Problem]:
    by = at.value(rule.by)
    if by is None:
        return
    first = at.firsts[_shared(at.catalog, at.kind, at.record, rule)]
    for key in rule.fields:
        own, others = at.value(key), first.values.get(key)
        if own != others and own is not None and others is not None:
            yield at.problem(
                key,
                f"{at.label(rule.by)}同为 {by}，这里与{named(first)}的不同。同一事项应当同一标准。",
                f"{at.label_en(rule.by)} is {by} here and in {named_en(first)}, yet this entry differs. Give one matter "
                "one standard.",
                "请与另一条核对，统一写法；确是两个事项的，请改编码。",
            )


def _unique(at: _At, rule: Unique) -> Iterator[Problem]:
    value = at.value(rule.field)
    if value is None:
        return
    first = at.firsts[_shared(at.catalog, at.kind, at.record, rule)]
    if first is not at.record:
        yield at.problem(
            rule.field,
            f"写作 {value}，同一机构的{named(first)}已经用了。",
            f"{value} is used by {named_en(first)} of the same organ already. Give each its own.",
            "请核对，每条写各自的编码。",
        )


def _once(at: _At, rule: Once) -> Iterator[Problem]:
    said = said_once(at.catalog, at.record, rule, at.kind.id)
    if said is None or (first := at.firsts[said]) is at.record:
        return
    _, year, term = said
    yield at.problem(
        rule.year,
        f"同一机构{year}年度的{rule.titles[term][0]}已经有{named(first)}，一个年度只有一份。",
        f"There is one for {year} by the same organ already: {named_en(first)}. Keep one, or say in the title what is "
        "different about it.",
        "请核对两处的数，只留一条；是调整、下属单位或者说明的，请在标题里写明。",
    )


def _named_by(at: _At, rule: NamedBy) -> Iterator[Problem]:
    if any(other.kind == rule.kind for other in at.catalog.related(at.record, rule.field, outgoing=False)):
        return
    kind = at.catalog.kinds[rule.kind]
    field = kind.field(rule.field)
    label, label_en = (field.label, field.label_en) if field else (rule.field, rule.field)
    yield at.problem(
        "title",
        f"没有一条{kind.label}的“{label}”写的是这一条。",
        f'No record of "{kind.label_en}" names this one under "{label_en}". Add one that names {at.record.key}.',
        f"请补一条{kind.label}，“{label}”写 {at.record.key}。",
    )


def _in_force(at: _At, rule: InForce) -> Iterator[Problem]:
    for other in at.catalog.related(at.record, rule.field, outgoing=True):
        validity = at.catalog.validity(other)
        if validity is None or validity.state not in ("repealed", "expired"):
            continue
        term = at.catalog.vocabularies["validity"].find(validity.state)
        since = f"（{validity.since}起）" if validity.since else ""
        yield at.problem(
            rule.field,
            f"写的{named(other)}已经{term.label if term else validity.state}{since}，不能再作为依据。",
            f"{named_en(other)} is {term.label_en.lower() if term else validity.state} and cannot be rested on. Name "
            "what is in force, or adjust the entry.",
            "请改写现行有效的依据；没有依据的，请按程序取消或者调整。",
        )


def _needed(at: _At, rule: Needed) -> Iterator[Problem]:
    if is_filled(at.value(rule.field)):
        return
    stated = "、".join(at.label(key) for key in at.check.when)
    stated_en = ", ".join(at.label_en(key) for key in at.check.when)
    because = f"{stated}这样填写时，" if stated else ""
    because_en = f"With {stated_en} as it is, this" if stated else "This"
    yield at.problem(
        rule.field,
        f"{because}这一项没有填写。",
        f"{because_en} is wanted and empty. Fill it in.",
        f"请补填{at.label(rule.field)}。",
    )


def _over(at: _At, rule: Over) -> Iterator[Problem]:
    day = at.value(rule.day)
    if day is None or is_filled(at.value(rule.field)) or at.today <= day + timedelta(days=rule.days):
        return
    late = days_between(day, at.today)
    yield at.problem(
        rule.field,
        f"{at.label(rule.day)} {day} 已经过了 {late} 天，这一项还没有填写。",
        f"{at.label_en(rule.day)}, {day}, was {late} days ago and this is still empty. Fill it in.",
        f"请补填{at.label(rule.field)}。",
    )


def _words(at: _At, rule: Words) -> Iterator[Problem]:
    for number, row in enumerate(at.value(rule.field) or (), 1):
        said = str(row.get(rule.column, ""))
        found = next((word for word in rule.refused if word in said), None)
        if found:
            yield at.problem(
                rule.field,
                f"第 {number} 行写作“{said}”，“{found}”没有说清是什么。",
                f'Row {number} says "{said}": nobody can tell what is meant. Name each thing in a row of its own.',
                "请逐项写明名称，说不出名称的请删去。",
            )


def _columns_filled(at: _At, rule: ColumnsFilled) -> Iterator[Problem]:
    field = at.kind.field(rule.table)
    labels = {column.key: column.label for column in field.columns} if field else {}
    for number, row in enumerate(at.value(rule.table) or (), 1):
        empty = [labels[key] for key in rule.columns if not is_filled(row.get(key))]
        if empty:
            yield at.problem(
                rule.table,
                f"第 {number} 行没有填写{'、'.join(f'“{label}”' for label in empty)}。",
                f"Row {number} leaves {len(empty)} columns empty that must be public. Fill them in, or write 无 (none).",
                "请补填；没有的写“无”，不收费的写“不收费”。",
            )


def _rows_of(at: _At, rule: RowsOf) -> Iterator[Problem]:
    rows = at.value(rule.table)
    field = at.kind.field(rule.table)
    column = next((c for c in field.columns if c.key == rule.column), None) if field else None
    if rows is None or column is None:
        return
    there = {row.get(rule.column) for row in rows}
    words = at.catalog.vocabularies[column.vocabulary or column.key]
    terms = [term for id_ in rule.wanted if id_ not in there and (term := words.find(id_)) is not None]
    if terms:
        labels = "、".join(f"“{term.label}”" for term in terms)
        labels_en = ", ".join(f'"{term.label_en}"' for term in terms)
        yield at.problem(
            rule.table,
            f"没有{labels}这{'几' if len(terms) > 1 else '一'}行。",
            f"There is no row for {labels_en}. Add it, or say in its row why it was not needed.",
            "请补上；确实不需要的，也列一行并写明原因。",
        )


def _balance(at: _At, rule: Balance) -> Iterator[Problem]:
    values = {key: at.value(key) for key in (*rule.left, *rule.right)}
    if any(value is None for value in values.values()):
        return
    left, right = (
        sum((number_of(values[key]) for key in side), Decimal()) for side in (rule.left, rule.right)
    )
    if left != right:
        sides = [
            " 加 ".join(f"{at.label(key)} {values[key]}" for key in side) for side in (rule.left, rule.right)
        ]
        yield at.problem(
            rule.right[0],
            f"两边不相等：{sides[0]}等于 {left}，{sides[1]}等于 {right}。",
            f"The two sides differ: what came in is {left}, what went out and what is left is {right}. Mend the figures.",
            "请核对这几项，改正写错的数。",
        )


def _ranked(at: _At, rule: Ranked) -> Iterator[Problem]:
    rows = [row for row in at.value(rule.table) or () if rule.score in row and rule.rank in row]
    in_order = sorted(rows, key=lambda row: (row[rule.rank], -row[rule.score]))
    for better, worse in pairwise(in_order):
        if worse[rule.score] > better[rule.score]:
            yield at.problem(
                rule.table,
                f"第 {better[rule.rank]} 名得 {better[rule.score]} 分，第 {worse[rule.rank]} 名却得 {worse[rule.score]} 分。",
                f"Place {better[rule.rank]} has {better[rule.score]} points, yet place {worse[rule.rank]} has "
                f"{worse[rule.score]}. Mend the places or the scores.",
                "请核对得分和名次。",
            )


def _agrees_with_report(at: _At, rule: AgreesWithReport) -> Iterator[Problem]:
    year = at.value(rule.year)
    for report in at.catalog.of_issuer(at.record.issuer):
        filed = report.values.get("tables")
        if report.values.get("report_year") != year or not isinstance(filed, Tables):
            continue
        for key, rows in rule.rows.items():
            own = at.value(key)
            found = sum(filed.at(CellId(REQUESTS, row, "total")) for row in rows)
            if own is not None and own != found:
                yield at.problem(
                    key,
                    f"写作 {own}，而{named(report)}的年报表格里是 {found}。",
                    f"{own} is stated, but {named_en(report)} says {found} in its tables. Mend whichever is wrong.",
                    "请与年报核对，改正写错的一处。",
                )


JUDGES: Mapping[type[Any], Callable[[_At, Any], Iterator[Problem]]] = {
    Order: _order,
    Span: _span,
    Total: _total,
    RowTotal: _row_total,
    RowCount: _row_count,
    RowOrder: _row_order,
    RowParts: _row_parts,
    Same: _same,
    Unique: _unique,
    Once: _once,
    NamedBy: _named_by,
    InForce: _in_force,
    Needed: _needed,
    Over: _over,
    Words: _words,
    ColumnsFilled: _columns_filled,
    RowsOf: _rows_of,
    Balance: _balance,
    Ranked: _ranked,
    AgreesWithReport: _agrees_with_report,
}
