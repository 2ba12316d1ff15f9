"""What goes into the ledger and what comes out of it, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from crawler_checks.checks.check import Finding
from crawler_checks.ledger.states import Remembered, State, Waiver


@dataclass(frozen=True, slots=True)
class SectionSeen:
    """A section as a run saw it."""

    id: str
    state: str
    address: str | None
    newest: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a run brings to the ledger. `pages` are the addresses read; `was_cut`: it did not see the whole site.

    `said` has the day of publication that a page surely gave. `not_asked` are checks that it did not carry out.
    """

    site: str
    today: date
    profile: str
    pages: tuple[str, ...]
    addresses: int
    was_cut: bool
    findings: tuple[Finding, ...]
    sections: tuple[SectionSeen, ...]
    said: Mapping[str, date] = field(default_factory=dict)
    not_asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    """What people write into the rectification ledger about one finding."""

    organ: str = ""
    person: str = ""
    measure: str = ""
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many findings of a site were in each state when a run had been written down, and how many were late."""

    day: date
    pages: int
    counts: Mapping[State, int]
    overdue: int

    @property
    def unmended(self) -> int:
        """What was still to be mended: open, and not waived."""
        return sum(self.counts[state] for state in (State.NEW, State.KNOWN, State.BACK, State.UNKNOWN))


class Opened(StrEnum):
    """What an attempt to open a site came to."""

    OPENED = "opened"
    FAILED = "failed"
    UNTOLD = "untold"  # something answered and did not let us in


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to open a site's start page; `at` is the moment, with its zone."""

    at: datetime
    outcome: Opened
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a finding's state: which run of which day brought it, and who asked for that run, if it was a person."""

    day: date
    state: State
    run: int
    person: str


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """What the ledger says of a site on a day: every finding that is open, waived, or was fixed that day.

    `partial` says why the run is not trusted to have seen everything, in Chinese and English.
    """

    site: str
    today: date
    findings: Mapping[str, Remembered]
    waivers: Mapping[str, Waiver]
    partial: tuple[str, str] | None
    trend: tuple[DayCount, ...] = ()

    def having(self, *states: State) -> tuple[Remembered, ...]:
        """The findings in these states, the earliest due first."""
        found = (one for one in self.findings.values() if one.state in states)
        return tuple(
            sorted(found, key=lambda one: (one.due.on, one.finding.check, one.finding.place, one.fingerprint))
        )

    @property
    def overdue(self) -> tuple[Remembered, ...]:
        """The findings whose time is over."""
        late = (one for one in self.having(*State) if one.is_overdue(self.today))
        return tuple(late)
