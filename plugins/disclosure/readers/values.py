"""Entries as written -> typed values of a kind's fields, with the line of each and every problem met."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.fields import read_text
from plugins.disclosure.readers.reading import Reading
from plugins.disclosure.readers.table_text import table_of_text
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.readers.written import Entry, Items, Node, Pairs, Place, Scalar

BETWEEN_VALUES = re.compile("[;；\n]+")


@dataclass(slots=True)
class Values:
    """What could be read, by field key.

    `lines` has every field that stands there with a value, read or not, and `empty` those that stand there
    without. `doubtful` are the fields that an unknown name was probably meant for. `companions` are the files
    beside the record that it names.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    empty: dict[str, int] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    companions: list[str] = field(default_factory=list)


def names_of(fields: Sequence[Field]) -> Mapping[str, Field]:
    """Each field by its label and by its key, as editors may write either."""
    known = _names_of.get(id(fields))
    if known is None or known[0] is not fields:
        names = {name: field for field in fields for name in (field.key, field.label)}
        known = _names_of[id(fields)] = (fields, names)
    return known[1]


_names_of: dict[int, tuple[Sequence[Field], Mapping[str, Field]]] = {}
"""Asked for with every file, of the same few fields."""


def read_values(
    entries: Sequence[Entry],
    fields: Sequence[Field],
    place: Place,
    around: Around,
    elsewhere: Mapping[str, tuple[str, str]] | None = None,
    absent: frozenset[str] = frozenset(),
) -> Values:
    """All values of `entries`. `elsewhere` says, in Chinese and English, where names belong that are no field.

    Fields in `absent` are not asked for: their column is missing, which was reported once for the whole file.
    """
    names = names_of(fields)
    read = Values()
    tables: list[tuple[Entry, Field]] = []
    unknown: list[Entry] = []
    for entry in entries:
        found = names.get(entry.name)
        if found is None:
            unknown.append(entry)
        elif (first := read.lines.get(found.key) or read.empty.get(found.key)) is not None:
            read.problems.append(_twice(entry, found, first, place))
        elif found.type == "report_tables":
            read.lines[found.key] = entry.line
            tables.append((entry, found))
        else:
            _read_entry(entry, found, place, around, read)
    for entry, found in tables:  # last: the year decides which form they have
        _read_report_tables(entry, found, place, around, read)
    there = {*read.lines, *absent}
    if unknown:
        there |= _read_unknown(unknown, fields, place, around, elsewhere or {}, there, read)
    for wanted in fields:
        if wanted.need != "optional" and wanted.key not in there:
            read.problems.append(missing(wanted, place, read.empty.get(wanted.key)))
    return read


def _read_unknown(
    entries: Sequence[Entry],
    fields: Sequence[Field],
    place: Place,
    around: Around,
    elsewhere: Mapping[str, tuple[str, str]],
    there: Collection[str],
    read: Values,
) -> set[str]:
    """Report names that are no field; the keys of the fields that were probably meant, not to be missed as well."""
    from plugins.disclosure.readers.meant import field_meant, unknown_name  # for who is told of a slip

    taken = {*there}
    for entry in entries:
        near = None if entry.name in elsewhere else field_meant(entry, fields, taken, around)
        read.problems.append(unknown_name(entry, near, fields, place, elsewhere.get(entry.name)))
        if near:
            read.doubtful.add(names_of(fields)[near].key)
            taken |= read.doubtful
    return read.doubtful


def example_of(wanted: Field) -> tuple[str, str]:
    """The end of a sentence that gives the field's example, in Chinese and in English; empty without one."""
    example = (wanted.example or table_example(wanted)).rstrip("。.")
    return (f"，例如 {example}", f", for example {example}") if example else ("", "")


def table_example(wanted: Field) -> str:
    """One row of a table as it may be written; empty for fields that are none."""
    cells = [column.example for column in wanted.columns]
    while cells and not cells[-1]:
        cells.pop()
    return "｜".join(cells)


def missing(wanted: Field, place: Place, line: int | None) -> Problem:
    """What to say of a field that was left empty on `line`, or left out, with an example and the clause that asks for it."""
    basis = str(wanted.source) if wanted.source else ""
    example, example_en = example_of(wanted)
    label = f"{place.table}{wanted.label}"
    must, ought = ("请", "") if wanted.need == "required" else ("建议", "; it ought to be there")
    if line is None:
        zh, hint = "没有这一项。", f"{must}加一行“{wanted.label}: ”并填写{example}。"
        en = f'Missing{ought}. Add a line "{wanted.label}: " and fill it in{example_en}.'
    else:
        zh, hint = "没有填写。", f"{must}补填{example}。"
        en = f"Empty{ought}. Fill it in{example_en}."
    report, code = (error, "field.missing") if wanted.need == "required" else (warning, "field.expected")
    return report(place.file, line or place.line, label, code, zh, en, hint, basis)


def _read_entry(entry: Entry, found: Field, place: Place, around: Around, read: Values) -> None:
    if entry.node is None:
        read.lines[found.key] = entry.line  # reported where it could not be read
        return
    value, problems = _read_node(entry, found, entry.node, place, around)
    read.problems.extend(problems)
    if value is not None or problems:
        read.lines[found.key] = entry.line
    else:
        read.empty[found.key] = entry.line
    if value is not None:
        read.values[found.key] = value


def _read_report_tables(entry: Entry, found: Field, place: Place, around: Around, read: Values) -> None:
    from plugins.disclosure.readers.report_tables import companion_of, read_report_tables  # for few records

    if entry.node is None:
        return
    year = read.values.get("report_year")
    tables, problems = read_report_tables(entry, entry.node, place.file, year, around)
    read.companions.extend(companion_of(entry.node, place.file))
    read.problems.extend(problems)
    if tables is not None:
        read.values[found.key] = tables
    elif not problems and year is not None:
        read.empty[found.key] = read.lines.pop(found.key)


def _read_node(
    entry: Entry, found: Field, node: Node, place: Place, around: Around
) -> tuple[Any, list[Problem]]:
    """The value of one entry, None when it is empty or cannot be read."""
    if found.type == "table":
        return _read_table(entry, found, node, place, around)
    scalars = _scalars(found, node)
    if scalars is None:
        return None, [_not_one_value(entry, found, node, place)]
    values: list[Any] = []
    problems: list[Problem] = []
    for scalar in scalars:
        reading = read_text(scalar.text, found, around)
        if reading.faults:
            problems.extend(_located(reading, entry, scalar, place))
        if reading.value is not None and reading.value in values:
            problems.append(_repeated(entry, scalar, place))
        elif reading.value is not None:
            values.append(reading.value)
    if found.many:
        return tuple(values) or None, problems
    return (values[0] if values else None), problems


def _scalars(found: Field, node: Node) -> list[Scalar] | None:
    """The texts in `node`, without the empty ones; None when it is of another shape than the field takes."""
    if isinstance(node, Scalar) and found.many:
        texts = [Scalar(part.strip(), node.line) for part in BETWEEN_VALUES.split(node.text)]
    elif isinstance(node, Scalar):
        text = node.text.strip()
        texts = [node if text == node.text else Scalar(text, node.line)]
    elif isinstance(node, Items) and found.many:
        if not all(isinstance(item, Scalar) for item in node.items):
            return None
        texts = [Scalar(item.text.strip(), item.line) for item in node.items if isinstance(item, Scalar)]
    else:
        return None
    return [text for text in texts if text.text]


def _located(reading: Reading, entry: Entry, scalar: Scalar, place: Place) -> Iterator[Problem]:
    label = f"{place.table}{entry.name}"
    for fault in reading.faults:
        problem = Problem(
            place.file, scalar.line, label, fault.code, fault.severity, fault.zh, fault.en, fault.hint
        )
        yield replace(problem, written=scalar.text, mended=fault.mended) if fault.mended else problem


def _read_table(
    entry: Entry, found: Field, node: Node, place: Place, around: Around
) -> tuple[Any, list[Problem]]:
    """The rows of a table, each a mapping by column key."""
    if isinstance(node, Scalar) and not node.text.strip():
        return None, []
    if isinstance(node, Scalar):
        node, wrong = table_of_text(entry, found, node, place)
        if wrong:
            return None, wrong
    if not isinstance(node, Items):
        return None, [_not_a_table(entry, found, place)]
    rows: list[Mapping[str, Any]] = []
    problems: list[Problem] = []
    for item in node.items:
        if not isinstance(item, Pairs):
            problems.append(_not_a_table(entry, found, Place(place.file, item.line)))
            continue
        row = read_values(item.entries, found.columns, Place(place.file, item.line, f"{entry.name}·"), around)
        rows.append(row.values)
        problems.extend(row.problems)
    return tuple(rows) or None, problems


def _twice(entry: Entry, found: Field, first: int, place: Place) -> Problem:
    return error(
        place.file,
        entry.line,
        f"{place.table}{entry.name}",
        "field.twice",
        f"“{found.label}”（{found.key}）写了两次，前一次在第 {first} 行，这一次没有采用。",
        f"{quoted_en(found.label)} ({found.key}) stands twice, first on line {first}; this one was not used. Delete one.",
        "请删去一个，只留正确的。",
    )


def _repeated(entry: Entry, scalar: Scalar, place: Place) -> Problem:
    return warning(
        place.file,
        scalar.line,
        f"{place.table}{entry.name}",
        "field.repeated-value",
        f"{quoted(scalar.text)}写了两次。",
        f"{quoted_en(scalar.text)} stands twice. Delete one.",
        "请删去一个。",
    )


def _not_one_value(entry: Entry, found: Field, node: Node, place: Place) -> Problem:
    example = found.example or "内容"
    if isinstance(node, Items) and not found.many:
        zh = f"写成了 {len(node.items)} 个值的列表，这一项只能有一个值。"
        en = f"This is a list of {len(node.items)} values; one value is wanted. Write {entry.name}: {example}"
    else:
        zh = "写成了“名称: 内容”的形式，这一项只要文字。"
        en = f"Names with values stand here; plain text is wanted. Write {entry.name}: {example}"
    hint = f"请写成 {entry.name}: {example} 的样子；内容里有方括号或冒号的，请放进单引号。"
    return error(place.file, node.line, f"{place.table}{entry.name}", "field.wrong-shape", zh, en, hint)


def _not_a_table(entry: Entry, found: Field, place: Place) -> Problem:
    labels = "｜".join(column.label for column in found.columns)
    example = table_example(found)
    return error(
        place.file,
        place.line,
        entry.name,
        "field.not-a-table",
        "这一项是表格，要一行一条。",
        f"This is a table. Write {labels}, a bar between columns and a semicolon between rows, for example {example}.",
        f"各列之间请用竖线，几条之间用分号，依次是 {labels}，例如 {example}。",
    )
