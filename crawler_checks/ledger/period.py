"""A year, half-year or quarter, and how the sites of a ledger, or the organs that answer for them, rank at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.standing import NOBODY, By, Standing, standings

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
    """A place: equal standings share one. `is_last_again`: last now and in the period before."""

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


def ranking(ledger: Ledger, period: Period, by: By = By.SITE) -> tuple[Ranked, ...]:
    """Who was inspected in the period: fewest overdue first, then fewest unmended.

    Findings that belong to no organ are not ranked; they stand last, with rank 0.
    """
    found = standings(ledger, period.first, period.last, by)
    earlier = before(period)
    ranks = _ranks(found)
    last_again = _last(ranks) & _last(_ranks(standings(ledger, earlier.first, earlier.last, by)))
    return tuple(
        Ranked(ranks.get(one.name, 0), one, one.name in last_again)
        for one in sorted(found, key=lambda one: (one.name == NOBODY, *_key(one), one.name))
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


def _key(one: Standing) -> tuple[int, int]:
    return one.overdue, one.unmended


def _ranks(found: list[Standing]) -> dict[str, int]:
    ranked = [one for one in found if one.name != NOBODY]
    return {one.name: 1 + sum(_key(other) < _key(one) for other in ranked) for one in ranked}


def _last(ranks: dict[str, int]) -> set[str]:
    """Those in the last place; nobody is last where all are equal."""
    worst = max(ranks.values(), default=1)
    return {name for name, rank in ranks.items() if rank == worst > 1}
