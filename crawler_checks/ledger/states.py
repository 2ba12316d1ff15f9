"""What becomes of a finding from one day to the next. Pure: yesterday's memory and today's findings in, today's memory out.

A finding that is not there today is fixed only when today's run could have seen it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from crawler_checks.checks import page_unreachable
from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.checks.registry import CHECKS
from crawler_checks.ledger.terms import Due


class State(StrEnum):
    """How a finding stands on a day."""

    NEW = "new"
    KNOWN = "known"
    BACK = "back"  # was fixed, or its waiver ended
    FIXED = "fixed"
    WAIVED = "waived"
    UNKNOWN = "unknown"  # stays open: today it could not be told


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody's word that a finding is left as it is, for a reason, until a day; the day itself is covered."""

    reason: str
    person: str
    until: date
    made_on: date

    def holds_on(self, day: date) -> bool:
        """Whether the waiver covers the day."""
        return self.made_on <= day <= self.until


@dataclass(frozen=True, slots=True)
class Remembered:
    """A failing finding as the ledger keeps it. `opened_on` began its present life; `state` is that of `state_on`."""

    fingerprint: str
    finding: Finding
    state: State
    state_on: date
    first_on: date
    last_on: date
    opened_on: date
    fixed_on: date | None
    due: Due

    @property
    def is_open(self) -> bool:
        """Whether it is still to be mended, or waived."""
        return self.state is not State.FIXED

    def is_overdue(self, today: date) -> bool:
        """Whether its time is over; the due day itself is in time."""
        return self.state not in (State.FIXED, State.WAIVED) and today > self.due.on


OF_EACH_OBJECT = frozenset(check.id for check in CHECKS if check.asks_of_each_object)


@dataclass(frozen=True, slots=True)
class Untold:
    """What a run could not tell: addresses it did not see, and what its checks left open."""

    addresses: frozenset[str]
    at_places: frozenset[tuple[str, str]]
    of_objects: frozenset[tuple[str, str, str]]
    of_sections: frozenset[tuple[str, str]]

    def covers(self, finding: Finding) -> bool:
        """Whether the finding may be there still without having been seen."""
        return (
            finding.place in self.addresses
            or (finding.object or "") in self.addresses
            or (finding.check, finding.place) in self.at_places
            or (finding.check, finding.place, finding.object or "") in self.of_objects
            or (finding.check, finding.section or "") in self.of_sections
        )


def untold(findings: Iterable[Finding]) -> Untold:
    """What the UNKNOWN findings of a run leave open."""
    unknown = [one for one in findings if one.outcome is Outcome.UNKNOWN]
    unseen = [one for one in unknown if one.check == page_unreachable.CHECK.id]
    whole = [one for one in unknown if one.section is None and one.check not in OF_EACH_OBJECT]
    single = [one for one in unknown if one.section is None and one.check in OF_EACH_OBJECT]
    return Untold(
        frozenset(one.place for one in unseen if one.object is None),
        frozenset((one.check, one.place) for one in whole),
        frozenset((one.check, one.place, one.object or "") for one in single),
        frozenset((one.check, one.section) for one in unknown if one.section is not None),
    )


def advance(
    memory: Mapping[str, Remembered],
    waivers: Mapping[str, Waiver],
    findings: Iterable[Finding],
    site: str,
    today: date,
    due: Callable[[str, date], Due],
    *,
    partial: bool,
    not_asked: frozenset[str] = frozenset(),
) -> dict[str, Remembered]:
    """The memory after today's run; what was fixed on an earlier day is left out, being unchanged.

    What checks that were `not_asked` found stays open.
    """
    findings = tuple(findings)
    failing = {one.fingerprint(site): one for one in findings if one.outcome is Outcome.FAIL}
    not_told = untold(findings)
    after: dict[str, Remembered] = {}
    for fingerprint, finding in failing.items():
        waiver = waivers.get(fingerprint)
        after[fingerprint] = _seen(memory.get(fingerprint), fingerprint, finding, waiver, today, due)
    for fingerprint, entry in memory.items():
        if fingerprint in failing or not entry.is_open:
            continue
        may_be_there = partial or entry.finding.check in not_asked or not_told.covers(entry.finding)
        after[fingerprint] = _not_seen(entry, waivers.get(fingerprint), today, may_be_there=may_be_there)
    return after


def _seen(
    entry: Remembered | None,
    fingerprint: str,
    finding: Finding,
    waiver: Waiver | None,
    today: date,
    due: Callable[[str, date], Due],
) -> Remembered:
    is_waived = waiver is not None and waiver.holds_on(today)
    if entry is None:
        state = State.WAIVED if is_waived else State.NEW
        return Remembered(
            fingerprint, finding, state, today, today, today, today, None, due(finding.check, today)
        )
    begins_again = not entry.is_open or (entry.state is State.WAIVED and not is_waived)
    opened_on = today if begins_again else entry.opened_on
    if is_waived:
        state = State.WAIVED
    elif opened_on != today:
        state = State.KNOWN
    else:
        state = State.NEW if entry.first_on == today else State.BACK
    return replace(
        entry,
        finding=finding,
        state=state,
        state_on=today,
        last_on=today,
        opened_on=opened_on,
        fixed_on=None,
        due=due(finding.check, today) if begins_again else entry.due,
    )


def _not_seen(entry: Remembered, waiver: Waiver | None, today: date, *, may_be_there: bool) -> Remembered:
    if not may_be_there:
        return replace(entry, state=State.FIXED, state_on=today, fixed_on=today)
    if waiver is not None and waiver.holds_on(today):
        return replace(entry, state=State.WAIVED, state_on=today)
    return replace(entry, state=State.UNKNOWN, state_on=today)
