"""One document while it is being read: what has been found so far, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from plugins.disclosure.chinese_dates import DateReading
from plugins.disclosure.importers.boilerplate import REPOST
from plugins.disclosure.importers.closing import Closing
from plugins.disclosure.importers.imported import Conflict, Decision, SourceLine
from plugins.disclosure.importers.page_facts import Fact
from plugins.disclosure.importers.page_parts import PageParts


@dataclass(slots=True)
class Reading:
    """What has been found so far; each step reads it and adds to it."""

    parts: PageParts
    closing: Closing
    kind: str = "news"
    values: dict[str, str] = field(default_factory=dict)
    days: dict[str, DateReading] = field(default_factory=dict)
    addressees: tuple[str, ...] = ()
    cosigners: tuple[str, ...] = ()
    decisions: list[Decision] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    marks: list[SourceLine] = field(default_factory=list)
    not_public: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title taken, empty before there is one."""
        return self.values.get("title", "")

    @property
    def is_repost(self) -> bool:
        """Whether a shop's page or a notice of reposting stands around the text."""
        return any(dropped.reason == REPOST for dropped in self.parts.dropped)

    def facts(self, *keys: str) -> list[Fact]:
        """The labelled values with one of these keys that are not empty."""
        return [fact for fact in self.parts.facts if fact.key in keys and fact.value]

    def take(
        self, key: str, value: str, how: str, line: int | None = None, *, inferred: bool = False
    ) -> None:
        """Decide on a value; `how` says in Chinese where it stands, `inferred` that it is concluded."""
        self.values[key] = value
        self.decisions.append(Decision(key, value, how, line, inferred))

    def take_day(
        self, key: str, day: DateReading, how: str, line: int | None = None, *, inferred: bool = False
    ) -> None:
        """As `take`, for a date; the place keeps it as the text writes it."""
        self.days[key] = day
        self.decisions.append(Decision(key, str(day.as_date()), f"{how}，写作“{day.text}”", line, inferred))

    def day(self, key: str) -> date | None:
        """The date taken for this field."""
        found = self.days.get(key)
        return found.as_date() if found else None

    def compare(self, key: str, values: Iterable[object], note: str) -> None:
        """Report a conflict where the places that state a field do not agree."""
        distinct = tuple(dict.fromkeys(str(value) for value in values))
        if len(distinct) > 1:
            self.conflicts.append(Conflict(key, distinct, f"几处写得不一样，{note}"))

    def add_conflict(self, key: str, values: Iterable[object], note: str) -> None:
        """Report values that cannot all be right."""
        self.conflicts.append(Conflict(key, tuple(str(value) for value in values), note))
