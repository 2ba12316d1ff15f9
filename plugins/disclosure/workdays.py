"""工作日: counting working days over China's real public holidays and make-up working days.

A term runs from the day after the trigger: that day, if it is a working day, is day 1. The holidays of a
year are known only once the State Council has published them, so a year without data is refused, or, where
an answer must be given, counted by weekends alone and marked 预估.

The years that the pinned package `chinesecalendar` knows come from there. An office adds a year, or corrects
one, with a file `<year>.yaml`; holidays/README.md shows how one is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from chinese_calendar.constants import holidays as _library_days_off
from chinese_calendar.constants import workdays as _library_made_up

from plugins.disclosure.yaml_data import read_yaml

SHIPPED = Path(__file__).parent / "holidays"

WEEKEND = "周末"
MADE_UP = "调休上班"
ESTIMATED = "预估"


class UnknownYear(LookupError):
    """The holidays of `year` are not known. The messages say what to add."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.message_zh = (
            f"没有 {year} 年的节假日安排，不能计算工作日。"
            f"请在国务院办公厅公布 {year} 年安排之后，新增节假日文件 {year}.yaml。"
        )
        self.message_en = (
            f"The public holidays of {year} are not known, so working days cannot be counted. "
            f"Add the holiday file {year}.yaml once the General Office of the State Council has published them."
        )
        super().__init__(f"{self.message_zh} {self.message_en}")


class HolidayFileFault(ValueError):
    """A holiday file that is not well formed. The messages name the file and what to write."""

    def __init__(self, file: str, zh: str, en: str) -> None:
        self.file = file
        self.message_zh = f"节假日文件 {file}：{zh}"
        self.message_en = f"Holiday file {file}: {en}"
        super().__init__(f"{self.message_zh} {self.message_en}")


class CountedDay(NamedTuple):
    """A day that counts. `ordinal` begins with 1; `note` is 调休上班 for a weekend day that works, else empty."""

    day: date
    ordinal: int
    note: str


class SkippedDay(NamedTuple):
    """A day that does not count. `reason` is 周末 or the name of the holiday."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """A count with every day in it, compared as the thing it is. `start` is the trigger and is never counted itself.

    `end` is the last day looked at: the due day of a term, which is always a working day (or `start`, for a
    term of none). `estimated` says that days of a year without data are among them.
    """

    start: date
    end: date
    counted: tuple[CountedDay, ...]
    skipped: tuple[SkippedDay, ...]
    estimated: bool

    @property
    def workday_count(self) -> int:
        """How many working days there are after `start`, up to and with `end`."""
        return len(self.counted)

    @property
    def mark(self) -> str:
        """预估 where the count rests on weekends alone, else empty."""
        return ESTIMATED if self.estimated else ""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Which days work. `days_off` and `made_up` name the holiday of each day that differs from its week."""

    years: frozenset[int]
    days_off: Mapping[date, str]
    made_up: Mapping[date, str]

    def knows(self, day: date) -> bool:
        """Whether the holidays of the day's year are known."""
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether the day works. Raises UnknownYear."""
        if not self.knows(day):
            raise UnknownYear(day.year)
        return self._reason_off(day) is None

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after `day`; `day` itself for n = 0. Raises UnknownYear."""
        return self.explain(day, n).end

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 if `end` is not later. Raises UnknownYear."""
        return self.explain_between(start, end).workday_count

    def explain(self, start: date, n: int, *, estimate: bool = False) -> Count:
        """A term of `n` working days from `start`, day by day.

        With `estimate` a year without data is counted by its weekends and the count is marked; without,
        it raises UnknownYear. Raises ValueError for a negative `n`.
        """
        if n < 0:
            raise ValueError(f"a term has no negative length: {n}")
        return _explained(self, start, n, estimate)

    def explain_between(self, start: date, end: date, *, estimate: bool = False) -> Count:
        """The working days after `start` up to and with `end`, day by day; `estimate` as in `explain`."""
        return _explained_between(self, start, end, estimate)

    def count(self, start: date, days: Iterator[date], wanted: int | None, estimate: bool) -> Count:
        """Go through the days until `wanted` working days are counted, or to the last."""
        counted: list[CountedDay] = []
        skipped: list[SkippedDay] = []
        end, estimated = start, False
        ordinal = 0
        while ordinal != wanted:
            day = next(days, None)
            if day is None:
                break
            known, off, note = _standing(self, day)
            if not known:
                if not estimate:
                    raise UnknownYear(day.year)
                estimated = True
            if off is not None:
                skipped.append(off)
            else:
                ordinal += 1
                counted.append(CountedDay(day, ordinal, note))
            end = day
        return Count(start, end, tuple(counted), tuple(skipped), estimated)

    def _reason_off(self, day: date) -> str | None:
        """Why the day does not work; None for a working day."""
        if day in self.made_up:
            return None
        return self.days_off.get(day) or (WEEKEND if day.weekday() >= 5 else None)


@lru_cache(maxsize=16384)
def _standing(calendar: Calendar, day: date) -> tuple[bool, SkippedDay | None, str]:
    """Whether the day's year is known, the day as one that does not work if so, and what there is to say if it does."""
    reason = calendar._reason_off(day)
    off = SkippedDay(day, reason) if reason else None
    return calendar.knows(day), off, MADE_UP if day.weekday() >= 5 else ""


@lru_cache(maxsize=4096)
def _explained(calendar: Calendar, start: date, n: int, estimate: bool) -> Count:
    """Many documents begin their terms on one day, so a count is kept for the next."""
    return calendar.count(start, _days_after(start), n, estimate)


@lru_cache(maxsize=4096)
def _explained_between(calendar: Calendar, start: date, end: date, estimate: bool) -> Count:
    days = map(date.fromordinal, range(start.toordinal() + 1, end.toordinal() + 1))
    return calendar.count(start, days, None, estimate)


def default_calendar(extra: Path | None = None) -> Calendar:
    """The years of the package, then our own files, then those in the folder `extra`; the later ones win.

    Raises HolidayFileFault naming the file that is not well formed.
    """
    return _shipped_calendar() if extra is None else _with_years(_shipped_calendar(), extra)


@cache
def _shipped_calendar() -> Calendar:
    return _with_years(_library_calendar(), SHIPPED)


def _with_years(calendar: Calendar, folder: Path) -> Calendar:
    for path in sorted(folder.glob("*.yaml")):
        calendar = _with_year(calendar, path)
    return calendar


_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


def _library_calendar() -> Calendar:
    days_off = {day: _NAMES[name] for day, name in _library_days_off.items()}
    made_up = {day: _NAMES[name] for day, name in _library_made_up.items()}
    return Calendar(frozenset(day.year for day in days_off), days_off, made_up)


def _days_after(start: date) -> Iterator[date]:
    return map(date.fromordinal, count(start.toordinal() + 1))


def _with_year(calendar: Calendar, path: Path) -> Calendar:
    """`calendar` with the year of one file, whose days take the place of all known for that year."""
    year, days_off, made_up = _read_file(path)
    return Calendar(
        calendar.years | {year},
        _without(calendar.days_off, year, made_up) | days_off,
        _without(calendar.made_up, year, days_off) | made_up,
    )


def _without(days: Mapping[date, str], year: int, opposite: Mapping[date, str]) -> dict[date, str]:
    return {day: name for day, name in days.items() if day.year != year and day not in opposite}


def _read_file(path: Path) -> tuple[int, dict[date, str], dict[date, str]]:
    try:
        data = read_yaml(path)
    except ValueError as fault:
        raise HolidayFileFault(
            path.name, f"不是规范的 YAML（{fault}）。", f"not well-formed YAML ({fault})."
        ) from fault
    keys = {"year", "source", "holidays", "workdays"}
    if not isinstance(data, dict) or set(data) - keys or not {"year", "source", "holidays"} <= set(data):
        raise HolidayFileFault(
            path.name,
            "要有 year、source、holidays，可以有 workdays，不能有别的。",
            "it has year, source and holidays, perhaps workdays, and nothing else.",
        )
    if not isinstance(data["year"], int) or path.stem != str(data["year"]):
        raise HolidayFileFault(
            path.name,
            f"year 写作“{data['year']}”，要与文件名中的年份相同。",
            f"year is {data['year']!r}; it must be the year in the file's name.",
        )
    source = data["source"]
    if (
        not isinstance(source, dict)
        or not source.get("document")
        or not isinstance(source.get("checked_on"), date)
    ):
        raise HolidayFileFault(
            path.name,
            "source 要写明 document（哪一份通知）和 checked_on（核对日期，如 2024-11-20）。",
            "source names the document (which notice) and checked_on (the day compared, like 2024-11-20).",
        )
    year = data["year"]
    days_off = _days(path.name, year, data["holidays"])
    made_up = _days(path.name, year, data.get("workdays") or {})
    _refuse_contradictions(path.name, days_off, made_up)
    return year, days_off, made_up


def _days(file: str, year: int, entries: Any) -> dict[date, str]:
    """Each day with the name of its holiday; an entry is a list of days or of `first..last`."""
    if not isinstance(entries, dict):
        raise HolidayFileFault(
            file,
            f"“{entries}”要写成“节日名: [日期, …]”。",
            f"{entries!r} must be holidays with their days.",
        )
    found: dict[date, str] = {}
    for name, days in entries.items():
        for entry in days if isinstance(days, list) else [days]:
            for day in _span(file, entry):
                if abs((day - date(year, 7, 2)).days) > 200:
                    raise HolidayFileFault(
                        file,
                        f"“{day}”不在 {year} 年前后。",
                        f"{day} is not in {year} or next to it.",
                    )
                found[day] = str(name)
    return found


def _span(file: str, entry: Any) -> list[date]:
    if isinstance(entry, date):
        return [entry]
    try:
        first, _, last = str(entry).partition("..")
        start, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError as fault:
        raise HolidayFileFault(
            file,
            f"“{entry}”不是日期。请写成 2024-10-01，或 2024-10-01..2024-10-07。",
            f"{entry!r} is no date. Write 2024-10-01, or 2024-10-01..2024-10-07.",
        ) from fault
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def _refuse_contradictions(file: str, days_off: Mapping[date, str], made_up: Mapping[date, str]) -> None:
    for day in sorted(set(days_off) & set(made_up)):
        raise HolidayFileFault(
            file, f"{day} 既写作放假又写作上班。", f"{day} stands both under holidays and under workdays."
        )
    for day in sorted(made_up):
        if day.weekday() < 5:
            raise HolidayFileFault(
                file,
                f"{day} 不是周末，不必写在 workdays（调休上班）里，请核对日期。",
                f"{day} is no weekend day and works anyway; check the date under workdays.",
            )
