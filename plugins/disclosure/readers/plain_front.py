"""Front matter that is written in the plainest way, read at once: a line a field, and nothing to say of any.

Most files are so. Whatever else stands there, an unknown label, a list, quotes, a remark, a value with a fault, is
for the readers that tell what it is (`front_matter.py`, `values.py`); a test holds this way to theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.fields import REPEATED, read_text
from plugins.disclosure.readers.front_matter import NAME, is_plain
from plugins.disclosure.readers.values import BETWEEN_VALUES, missing, names_of
from plugins.disclosure.readers.written import Place

_FIRST, _LAST = "---\n", "\n---\n"
_NAMED = re.compile(NAME)
_TABLES = ("table", "report_tables")


@dataclass(frozen=True, slots=True)
class PlainFront:
    """The values by field key, the line of each, what is missing, and where the text begins: `start` and its line."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]
    start: int
    body_line: int


@dataclass(slots=True)
class Plan:
    """How lines of one kind are read. `known` are lines that many files have, with their key and value."""

    fields: Sequence[Field]
    names: Mapping[str, Field]
    needed: tuple[Field, ...]
    known: dict[str, tuple[str, Any]] = field(default_factory=dict)
    alike: dict[tuple[str, ...], Mapping[str, int]] = field(default_factory=dict)

    def read(self, line: str, around: Around) -> tuple[str, Any] | None:
        """The key and the value of one line; None where it is not of the plainest sort."""
        name, _, value = line.partition(": ")
        found = self.names.get(name)
        value = value.strip(" ")
        if found is None or not value or not is_plain(value):
            return None
        if not found.many:
            reading = read_text(value.strip(), found, around) if value.strip() else None
            if reading is None or reading.faults or reading.value is None:
                return None
            return self._noted(line, found, reading.value)
        parts = [part.strip() for part in BETWEEN_VALUES.split(value)]
        readings = [read_text(part, found, around) for part in parts if part]
        values: list[Any] = []
        for reading in readings:
            if reading.faults or reading.value is None or reading.value in values:
                return None
            values.append(reading.value)
        return self._noted(line, found, tuple(values)) if values else None

    def _noted(self, line: str, found: Field, value: Any) -> tuple[str, Any]:
        pair = (found.key, value)
        if found.type in REPEATED:
            self.known[line] = pair
        return pair


def read_plain_front(text: str, file: str, fields: Sequence[Field], around: Around) -> PlainFront | None:
    """What stands at the top of a text; None where it is not all of the plainest sort."""
    end = text.find(_LAST, len(_FIRST) - 1) if text.startswith(_FIRST) else -1
    if end < 0:
        return None
    plan = _plan(fields, around)
    known = plan.known
    values: dict[str, Any] = {}
    lines = text[len(_FIRST) : end].split("\n")
    for line in lines:
        found = known.get(line) or plan.read(line, around)
        if found is None or found[0] in values:
            return None
        values[found[0]] = found[1]
    start = end + len(_LAST)
    first = start
    while text.startswith("\n", first):
        first += 1
    if text[first : first + 1].isspace():  # a blank line of another sort, or an indented one
        return None
    blank = first - start + (first == len(text))  # behind the last line end begins another line
    problems = tuple(missing(one, Place(file, 1), None) for one in plan.needed if one.key not in values)
    keys = tuple(values)
    alike = plan.alike.get(keys)
    if alike is None:
        alike = plan.alike[keys] = {key: number for number, key in enumerate(keys, 2)}
    return PlainFront(values, alike, problems, first, len(lines) + 3 + blank)


def _plan(fields: Sequence[Field], around: Around) -> Plan:
    plan: Plan | None = around.plans.get(id(fields))
    if plan is None or plan.fields is not fields:
        names = {
            name: one
            for name, one in names_of(fields).items()
            if one.type not in _TABLES and _NAMED.fullmatch(name)
        }
        needed = tuple(one for one in fields if one.need != "optional")
        plan = around.plans[id(fields)] = Plan(fields, names, needed)
    return plan
