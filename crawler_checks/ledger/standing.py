"""How sites, or the organs that answer for findings, stood at the end of a span of days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.states import Remembered, State

NOBODY = ""
"""The organ of findings for which the rectification ledger names none."""


class By(StrEnum):
    """Who is ranked."""

    SITE = "site"
    ORGAN = "organ"


@dataclass(frozen=True, slots=True)
class Standing:
    """A site or an organ on the last day. `found` and `fixed` count the span's; the rest is how it stood at its end.

    `runs` are those of the sites in question.
    """

    name: str
    runs: int
    found: int
    fixed: int
    unmended: int
    overdue: int
    waived: int
    by_check: Mapping[str, int]


@dataclass(slots=True)
class _Tally:
    sites: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    by_check: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Life:
    """A finding with its changes up to the last day."""

    finding: Remembered
    changes: list[tuple[date, State]]


def standings(ledger: Ledger, first: date, last: date, by: By) -> list[Standing]:
    """Everyone with a run in the span, in no order; by organ also NOBODY, when a finding belongs to none."""
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    tasks = ledger.tasks() if by is By.ORGAN else {}
    runs = Counter(site for _, site, day in ledger.runs() if first <= day <= last)
    for site in runs:
        if by is By.SITE:
            tallies[site].sites.add(site)
        for fingerprint, life in _lives(ledger, site, last).items():
            task = tasks.get(fingerprint)
            tally = tallies[site if by is By.SITE else task.organ.strip() if task else NOBODY]
            tally.sites.add(site)
            _count(tally, life, first, last)
    return [
        Standing(
            name, sum(runs[site] for site in tally.sites), tally.counts["found"], tally.counts["fixed"],
            tally.counts["unmended"], tally.counts["overdue"], tally.counts["waived"], tally.by_check,
        )
        for name, tally in tallies.items()
    ]  # fmt: skip


def _lives(ledger: Ledger, site: str, last: date) -> dict[str, _Life]:
    lives = {
        fingerprint: _Life(one, [])
        for fingerprint, one in ledger.remembered(site).items()
        if one.first_on <= last
    }
    for fingerprint, day, state in ledger.changes(site):
        if day <= last and fingerprint in lives:
            lives[fingerprint].changes.append((day, state))
    return lives


def _count(tally: _Tally, life: _Life, first: date, last: date) -> None:
    one, then = life.finding, life.changes[-1][1] if life.changes else None
    tally.counts["found"] += one.first_on >= first
    tally.counts["fixed"] += any(state is State.FIXED and day >= first for day, state in life.changes)
    tally.counts["waived"] += then is State.WAIVED
    if then in (None, State.FIXED, State.WAIVED):
        return
    tally.counts["unmended"] += 1
    tally.counts["overdue"] += one.opened_on <= last and one.due.on < last
    tally.by_check[one.finding.check] += 1
