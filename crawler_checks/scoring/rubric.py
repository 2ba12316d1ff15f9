"""What an assessment form is: vetoes, groups of items with lines that cost points, a bonus, grades.

A form is a YAML file; `read_rubric.py` reads it and refuses what is faulty, `score.py` fills it in.
Points that nobody could confirm are None: such a line is reported, and costs what a person states from the
original document, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from plugins.disclosure.source import Source


class Judge(StrEnum):
    """Who decides a line: the findings, a person, or the findings where they suffice and a person elsewhere."""

    MACHINE = "machine"
    PERSON = "person"
    EITHER = "either"


class Unit(StrEnum):
    """What is counted: every finding, or every different section, page or object that findings name."""

    FINDING = "finding"
    SECTION = "section"
    PLACE = "place"
    OBJECT = "object"


class Cost(StrEnum):
    """How a line costs points: once, for each that is counted, or as a person states it."""

    ONCE = "once"
    EACH = "each"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Measure:
    """Which findings speak of a line. Without `sections` those of every section do."""

    checks: tuple[str, ...]
    sections: tuple[str, ...] = ()
    unit: Unit = Unit.FINDING


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that costs points: `points` once or for each; None where the amount is not known.

    `measure` is what decides (machine, either), or what is shown to the person who does.
    """

    id: str
    label: str
    judge: Judge
    cost: Cost
    points: Decimal | None
    source: Source
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What the form asks for. All its lines together never cost more than `points`, where these are known."""

    id: str
    label: str
    points: Decimal | None
    source: Source
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading, with the same limit."""

    id: str
    label: str
    points: Decimal | None
    source: Source
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """That a site was tried to be opened, often enough on each of so many days, and failed too often.

    It fails to open when nothing came within `seconds`; `share` (0 to 1) of the attempts is too often.
    """

    days: int
    attempts_a_day: int
    seconds: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Veto:
    """A fault that alone decides: met when at least `at_least` are counted, when `watch` says so, or a person."""

    id: str
    label: str
    judge: Judge
    source: Source
    at_least: int = 1
    measure: Measure | None = None
    watch: Watch | None = None


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points above the form's base, looked at only when more than `above` points are left. At most `most`."""

    above: Decimal
    most: Decimal
    source: Source
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class WithoutServices:
    """For a site that offers no services a group is left out, and the rest counts `factor` times."""

    group: str
    factor: Fraction
    source: Source


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the fewest points it takes."""

    label: str
    label_en: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Rubric:
    """One assessment form. Without a `base` nothing is added up; without `grades` nothing is graded.

    `vetoed` is the grade of a site that meets a veto.
    """

    id: str
    label: str
    label_en: str
    source: Source
    base: Decimal | None
    vetoes: tuple[Veto, ...]
    groups: tuple[Group, ...]
    bonus: Bonus | None
    without_services: WithoutServices | None
    grades: tuple[Grade, ...]
    vetoed: Grade | None
    path: Path

    def lines(self) -> Iterator[tuple[Group, Item, Line]]:
        """Every line that costs points, with its item and group, in the form's order."""
        for group in self.groups:
            for item in group.items:
                for line in item.lines:
                    yield group, item, line

    def grade(self, score: Decimal) -> Grade | None:
        """The best grade that `score` reaches."""
        return next((grade for grade in self.grades if score >= grade.at_least), None)
