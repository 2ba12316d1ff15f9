"""A year, half-year or quarter, and how the sites of a ledger rank at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from crawler_checks.ledger.ledger import Ledger, Standing

PATTERN = re.compile(r"(?P<year>20\d\d)(?:(?P<kind>[QH])(?P<number>[1-4]))?")
MONTHS = {"Q": 3, "H": 6, None: 12}
NUMBERS = "一二三四"


class NoPeriod(ValueError):
    """A period that is not written as one."""

    def __init__(self, text: str) -> None:
        self.message_zh = f"时段写作“{text}”。请写 2026（全年）、2026H1（上半年）或 2026Q3（第三季度）。"
        self.message_en = (
            f"The period is {text!r}. Write 2026, 2026H1 (first half) or 2026Q3 (third quarter)."
        )
        super().__init__(f"{self.message_zh}\n{self.message_en}")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both in it."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Ranked:
    """A site's place: equal standings share one. `is_last_again`: last now and in the period before."""

    rank: int
    standing: Standing
    is_last_again: bool


def read_period(text: str) -> Period:
    """The period that is written like 2026, 2026H1 or 2026Q3. Raises NoPeriod."""
    found = PATTERN.fullmatch(text)
    if found is None or (found["kind"] == "H" and found["number"] not in "12"):
        raise NoPeriod(text)
    return _period(int(found["year"]), MONTHS[found["kind"]], int(found["number"] or 1))


def before(period: Period) -> Period:
    """The period of the same length before this one."""
    months = (period.last.month - period.first.month) + 1
    last = period.first - timedelta(days=1)
    return _period(last.year, months, (last.month - 1) // months + 1)


def ranking(ledger: Ledger, period: Period) -> tuple[Ranked, ...]:
    """The sites that were inspected in the period: fewest overdue first, then fewest unmended."""
    standings = _standings(ledger, period)
    earlier = _ranks(_standings(ledger, before(period)))
    ranks = _ranks(standings)
    last_now, last_before = _last(ranks), _last(earlier)
    return tuple(
        Ranked(ranks[one.site], one, one.site in last_now and one.site in last_before) for one in standings
    )


def _period(year: int, months: int, number: int) -> Period:
    first = date(year, (number - 1) * months + 1, 1)
    end = date(year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
    label = {
        12: f"{year}年",
        6: f"{year}年{'上下'[number % 2 - 1]}半年",
        3: f"{year}年第{NUMBERS[number - 1]}季度",
    }
    return Period(label[months], first, end - timedelta(days=1))


def _standings(ledger: Ledger, period: Period) -> list[Standing]:
    found = [ledger.standing(site, period.first, period.last) for site in ledger.sites()]
    return sorted((one for one in found if one.runs), key=lambda one: (*_key(one), one.site))


def _key(one: Standing) -> tuple[int, int]:
    return one.overdue, one.unmended


def _ranks(standings: list[Standing]) -> dict[str, int]:
    return {one.site: 1 + sum(_key(other) < _key(one) for other in standings) for one in standings}


def _last(ranks: dict[str, int]) -> set[str]:
    """The sites in the last place; nobody is last where all are equal."""
    worst = max(ranks.values(), default=1)
    return {site for site, rank in ranks.items() if rank == worst > 1}
