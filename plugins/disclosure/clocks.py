"""Time limits in 工作日: whether a record met its own, and what its clock says today.

The day after the start is day 1, and the last day itself is in time. Where the outcome hangs on a year whose
holidays are not published yet, the answer is an estimate and no judgment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.profile import Clock, Profile, Regime
from plugins.disclosure.record import Record
from plugins.disclosure.workdays import Calendar, Count

State = Literal["in_time", "late", "running", "overdue", "estimate", "not_applicable"]
WEEKDAYS = "一二三四五六日"
NOT_YET = ("起算日期还没有到，不能计算时限。", "The start date has not come yet, so no time limit runs.")
NO_START = ("没有起算日期，不能计算时限。", "There is no start date, so no time limit can be counted.")


@dataclass(frozen=True, slots=True, eq=False)
class ClockReading:
    """What a clock says of a record. It is compared and kept as the thing it is: its days are many.

    `in_time` and `late`: it has been done, on `end`. `running` and `overdue`: it has not. `estimate`: holidays
    of a year still unknown decide. `due` is the last day in time; `workday_count` the working days from the
    start to the end (or today), `late_workdays` those after `due`. `count` has every day up to `due`.
    `ended_by` is the other record that ended it, if one did.
    """

    clock: Clock
    state: State
    message_zh: str
    message_en: str
    start: date | None = None
    due: date | None = None
    end: date | None = None
    workday_count: int = 0
    late_workdays: int = 0
    count: Count | None = None
    ended_by: Record | None = None

    @property
    def days(self) -> tuple[str, ...]:
        """The days up to the last one in time, as they were counted, one line each, in Chinese."""
        return _told(self.count) if self.count is not None else ()


def clocks_of(catalog: Catalog, record: Record, calendar: Calendar, today: date) -> tuple[ClockReading, ...]:
    """Every clock that concerns a record's kind, by the rules in force on the day each one started.

    Clocks that do not run for this record are among them, as `not_applicable` with the reason.
    """
    return tuple(
        run_clock(clock, record, ends, calendar, today) for clock, ends in _concerning(catalog, record)
    )


def clocks_that_may_be_missed(
    catalog: Catalog, record: Record, calendar: Calendar, today: date
) -> Iterator[ClockReading]:
    """As `clocks_of`, without those that do not run or began so few days ago that nobody need count working days."""
    for profile, clock in _clocks(catalog.regime, record.kind):
        start = _start(clock, record)
        if start is None or (today - start).days <= clock.workdays or _idle(clock, record, start):
            continue
        ends = _ends(catalog, record, clock)
        done = [end for other in ends if (end := _date(other, clock.end)) and end <= today]
        if (min(done, default=today) - start).days > clock.workdays and catalog.regime.on(start) is profile:
            yield run_clock(clock, record, ends, calendar, today)


def _concerning(catalog: Catalog, record: Record) -> Iterator[tuple[Clock, Sequence[Record]]]:
    """The clocks that concern a record, each with the records that may end it."""
    for profile, clock in _clocks(catalog.regime, record.kind):
        if catalog.regime.on(_start(clock, record) or record.published_on) is profile:
            yield clock, _ends(catalog, record, clock)


def _ends(catalog: Catalog, record: Record, clock: Clock) -> Sequence[Record]:
    return catalog.related(record, clock.through, outgoing=False) if clock.through else [record]


@lru_cache(maxsize=256)
def _clocks(regime: Regime, kind: str) -> Sequence[tuple[Profile, Clock]]:
    """All clocks there ever were for a kind, each with the rules that have it."""
    return [(profile, clock) for profile in regime.profiles for clock in profile.clocks if clock.kind == kind]


def run_clock(
    clock: Clock, record: Record, ends: Sequence[Record], calendar: Calendar, today: date
) -> ClockReading:
    """One clock of one record. `ends` are the records that may end it: itself, or those that name it."""
    start = _start(clock, record)
    idle = _idle(clock, record, start) or (NOT_YET if start is not None and start > today else None)
    if start is None or idle is not None:
        return ClockReading(clock, "not_applicable", *(idle or NO_START), start=start)
    dated = sorted(
        (end, other.key, other) for other in ends if (end := _date(other, clock.end)) and end <= today
    )
    if not dated:
        return _open(clock, start, calendar, today)
    end, _, other = dated[0]
    found = _closed(clock, start, end, calendar)
    return found if other is record else replace(found, ended_by=other)


def _start(clock: Clock, record: Record) -> date | None:
    return _date(record, clock.start)


def _date(record: Record, key: str) -> date | None:
    found = record.values.get(key)
    return found if isinstance(found, date) else None


def _idle(clock: Clock, record: Record, start: date | None) -> tuple[str, str] | None:
    """Why a clock does not run, in Chinese and English; None when it does."""
    if clock.when and not _is_stated(record, clock.when):
        return "没有标明需要，不计时限。", "Not marked as needed, so no time limit runs."
    if clock.unless and _is_stated(record, clock.unless):
        return "另有期限，不计这一时限。", "Another time limit runs instead."
    if start is not None and clock.since and start < clock.since:
        return (
            f"{clock.since} 之前没有这一时限。",
            f"Before {clock.since} there was no such time limit.",
        )
    return None


def _is_stated(record: Record, key: str) -> bool:
    """Whether a yes/no field says 是, or any other field is filled in."""
    return record.values.get(key) not in (None, False, "", ())


@lru_cache(maxsize=4096)
def _closed(clock: Clock, start: date, end: date, calendar: Calendar) -> ClockReading:
    count = calendar.explain(start, clock.workdays, estimate=True)
    taken = calendar.explain_between(start, end, estimate=True)
    known = not (count.estimated and (taken.estimated or end > count.end))
    found = ClockReading(clock, "in_time", "", "", start, count.end, end, taken.workday_count, count=count)
    if not known:
        return _estimate(found)
    if end <= count.end:
        return _worded(
            found,
            "in_time",
            f"按时：{end} {clock.done}，用了 {taken.workday_count} 个工作日，期限 {clock.workdays} 个工作日（{_until(count)}）。",
            f"In time: done on {end} after {taken.workday_count} of {clock.workdays} working days.",
        )
    late = calendar.explain_between(count.end, end, estimate=True).workday_count
    return _worded(
        found,
        "late",
        f"逾期{_late_zh(late, count.end, end)}：期限 {clock.workdays} 个工作日（{_until(count)}），{end} 才{clock.done}。",
        f"Late by {_late_en(late, count.end, end)}: due by {count.end}, done on {end}.",
        late,
    )


def _open(clock: Clock, start: date, calendar: Calendar, today: date) -> ClockReading:
    count = calendar.explain(start, clock.workdays, estimate=True)
    passed = calendar.explain_between(start, today, estimate=True)
    known = not (count.estimated and (passed.estimated or today > count.end))
    found = ClockReading(clock, "running", "", "", start, count.end, None, passed.workday_count, count=count)
    if not known:
        return _estimate(found)
    if today <= count.end:
        left = clock.workdays - passed.workday_count
        left_zh = f"还有 {left} 个工作日" if left else "今天是最后一天"
        left_en = f"{left} working days left" if left else "today is the last day"
        return _worded(
            found,
            "running",
            f"期限内：{left_zh}（{_until(count)}）。",
            f"Running: {left_en}, due by {count.end}.",
        )
    late = calendar.explain_between(count.end, today, estimate=True).workday_count
    return _worded(
        found,
        "overdue",
        f"已逾期{_late_zh(late, count.end, today)}：期限 {clock.workdays} 个工作日（{_until(count)}），至今没有{clock.done}。",
        f"Overdue by {_late_en(late, count.end, today)}: due by {count.end}, not done yet.",
        late,
    )


def _worded(found: ClockReading, state: State, zh: str, en: str, late: int = 0) -> ClockReading:
    return replace(found, state=state, message_zh=zh, message_en=en, late_workdays=late)


def _estimate(found: ClockReading) -> ClockReading:
    return _worded(
        found,
        "estimate",
        f"预估期限为 {found.due}：节假日安排尚不完整，只按周末推算，不作判断。",
        f"Estimated to be due by {found.due}: holidays are not all known, counted by weekends; not judged.",
    )


def _until(count: Count) -> str:
    return f"{'预估' if count.estimated else ''}至 {count.end}"


def _late_zh(workdays: int, due: date, day: date) -> str:
    """A day off right after the last day is late, though by no working day."""
    return f" {workdays} 个工作日" if workdays else f" {(day - due).days} 天（非工作日）"


def _late_en(workdays: int, due: date, day: date) -> str:
    return f"{workdays} working days" if workdays else f"{(day - due).days} days off work"


@lru_cache(maxsize=4096)
def _told(count: Count) -> tuple[str, ...]:
    """A count day by day, in Chinese."""
    counted = [f"{_named(d.day)} 第 {d.ordinal} 个工作日{_bracketed(d.note)}" for d in count.counted]
    skipped = [f"{_named(d.day)} 不计（{d.reason}）" for d in count.skipped]
    return tuple(sorted(counted + skipped))  # each begins with its day


@lru_cache(maxsize=16384)
def _named(day: date) -> str:
    return f"{day.isoformat()} 星期{WEEKDAYS[day.weekday()]}"


def _bracketed(note: str) -> str:
    return f"（{note}）" if note else ""
