"""Time limits in 工作日 that were not met, each with the days as they were counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.clocks import ClockReading, clocks_that_may_be_missed
from plugins.disclosure.problem import Problem
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import at_field, named, named_en
from plugins.disclosure.workdays import Calendar, default_calendar

_calendar = cache(default_calendar)


def time_limit_missed(catalog: Catalog, today: date) -> Iterator[Problem]:
    """A record was published, or interpreted, after the last day its rules allow, or still is not."""
    calendar: Calendar = _calendar()
    kinds = {clock.kind for profile in catalog.regime.profiles for clock in profile.clocks}
    for record in catalog.records:
        if record.kind in kinds:
            for reading in clocks_that_may_be_missed(catalog, record, calendar, today):
                waits = reading.state == "overdue" and reading.clock.through is not None
                if (
                    reading.state == "late" or waits
                ):  # a date of its own that is missing was reported by the readers
                    yield _missed(catalog, record, reading)


def _missed(catalog: Catalog, record: Record, reading: ClockReading) -> Problem:
    clock = reading.clock
    by = f"写有这一日期的是{named(reading.ended_by)}。" if reading.ended_by else ""
    by_en = f" It is {named_en(reading.ended_by)}." if reading.ended_by else ""
    if reading.state == "overdue":
        hint = f"请尽快{clock.done}；不需要的，请改正相应的项。"
        advice = "Do it soon."
    else:
        hint = "日期如有误请改正；确已迟延的不必改动。"
        advice = "Mend the dates if they are wrong; what was late stays late."
    return at_field(
        catalog,
        record,
        clock.when or clock.end,
        clock.severity,
        "date.late",
        f"{clock.label}{reading.message_zh}{by}从 {reading.start} 的第二天起算，{_counted(reading)}",
        f"{clock.label_en}: {reading.message_en}{by_en} Counted from the day after {reading.start}. {advice}",
        hint,
        str(clock.source),
    )


def _counted(reading: ClockReading) -> str:
    """What the count left out, so that anybody can count again."""
    if reading.count is None:
        return ""
    names: dict[str, int] = {}
    for day in reading.count.skipped:
        names[day.reason] = names.get(day.reason, 0) + 1
    left_out = "、".join(f"{name} {count} 天" for name, count in names.items())
    return f"期限内不计{left_out}。" if left_out else "期限内没有节假日。"
