"""Values worked out from a record's fields, as its kind's file asks: days between, shares, how much is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from plugins.disclosure.kind_checks import Check, Derived, Span
from plugins.disclosure.record import Record

MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Worked:
    """A derived value: as a number, and as readers see it."""

    derived: Derived
    number: Decimal
    text: str


def work_out(record: Record, derived: Derived) -> Worked | None:
    """The value, or None where a field it is made from is empty."""
    values = [record.values.get(key) for key in derived.of]
    if derived.how == "filled":
        count = sum(is_filled(value) for value in values)
        return Worked(derived, Decimal(count), f"{count}／{len(values)} 项")
    if derived.how == "total":
        numbers = [number_of(value) for value in values if value is not None]
        return Worked(derived, sum(numbers, Decimal()), f"{sum(numbers, Decimal())}") if numbers else None
    if any(value is None for value in values):
        return None
    if derived.how == "share":
        return _share(derived, number_of(values[0]), number_of(values[1]))
    return _between(derived, values[0], values[1])


def is_filled(value: Any) -> bool:
    """Whether a field says something: an explicit 无 or 不收费 does, and so does 0 or 否."""
    return value is not None and value not in ("", ())


def number_of(value: Any) -> Decimal:
    """An integer or decimal as a Decimal."""
    return value if isinstance(value, Decimal) else Decimal(value)


@dataclass(frozen=True, slots=True)
class SpanReading:
    """How long lies between two fields, as people read it, and whether that keeps the limits of a check."""

    said: str
    said_en: str
    too_short: bool
    too_long: bool


def read_span(record: Record, rule: Span) -> SpanReading | None:
    """The time between the two fields of a check; None where one of them is empty."""
    start, end = record.values.get(rule.start), record.values.get(rule.end)
    if start is None or end is None:
        return None
    if rule.unit == "days":
        taken, per = days_between(start, end), 1
        said, said_en = f"{taken} 天", f"{taken} days"
    else:
        taken, per = minutes_between(_moment(start), _moment(end)), MINUTES_AN_HOUR
        said, said_en = hours_text(taken), f"{taken // MINUTES_AN_HOUR} h {taken % MINUTES_AN_HOUR} min"
    return SpanReading(
        said,
        said_en,
        rule.at_least is not None and taken < rule.at_least * per,
        rule.at_most is not None and taken > rule.at_most * per,
    )


def is_asked(record: Record, check: Check) -> bool:
    """Whether a check concerns this record at all: its `when` holds and no reason is stated in `unless`."""
    if check.unless and is_filled(record.values.get(check.unless)):
        return False
    return all(_is_among(record.values.get(key), allowed) for key, allowed in check.when.items())


def _is_among(value: Any, allowed: tuple[Any, ...]) -> bool:
    values = value if isinstance(value, tuple) else (value,)
    return any(one in allowed for one in values)


def days_between(start: date, end: date) -> int:
    """Whole days from one day to another; the day after the start is day 1."""
    return (_day(end) - _day(start)).days


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from one moment to another."""
    return int((end - start).total_seconds()) // 60


def hours_text(minutes: int) -> str:
    """7 小时 30 分."""
    hours, rest = divmod(minutes, MINUTES_AN_HOUR)
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"


def _share(derived: Derived, part: Decimal, whole: Decimal) -> Worked | None:
    if whole == 0:
        return None
    share = (part * 100 / whole).quantize(Decimal("0.1"))
    if derived.target is None:
        return Worked(derived, share, f"{share}%")
    met = "达到" if share >= derived.target else "未达到"
    return Worked(derived, share, f"{share}%（目标 {derived.target}%，{met}）")


def _between(derived: Derived, start: Any, end: Any) -> Worked:
    if derived.how == "hours":
        minutes = minutes_between(_moment(start), _moment(end))
        return Worked(derived, Decimal(minutes) / MINUTES_AN_HOUR, hours_text(minutes))
    days = days_between(start, end)
    return Worked(derived, Decimal(days), f"{days} 天")


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())
