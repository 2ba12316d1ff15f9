"""Dates as Chinese documents write them: 2015年4月23日, 二○一二年三月二十五日, 2015-04-23 16:23:00, 2015.4.23.

Strict: nothing is guessed. Without a year there is no date; 2015-02-30 is none; a year of two digits is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Literal

from plugins.disclosure.chinese_numerals import NUMERAL_CHARACTERS, half_width, read_digits, read_numeral

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date, as exactly as the text gives it, and the text. `at` is the time of day where one is written."""

    year: int
    month: int | None
    day: int | None
    at: time | None
    text: str

    @property
    def precision(self) -> Precision:
        """How much of the date the text gives."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    def as_date(self) -> date | None:
        """The day, or None where the text names only a month or a year."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


def read_date(text: str) -> DateReading | None:
    """The date that the whole of `text` is, else None.

    A time with seconds or without and a weekday may follow the day; a time with another offset than
    +08:00 is refused, because its day in China would have to be worked out.
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        return None
    for pattern in (_DAY_IN_WORDS, _DAY_IN_FIGURES):
        match = pattern.match(stripped)
        clock = _CLOCK.fullmatch(stripped, match.end()) if match else None
        if match and clock:
            return _with_clock(match, clock["clock"], stripped)
    for pattern in _LESS_THAN_A_DAY:
        match = pattern.fullmatch(stripped)
        if match:
            return _reading(match, stripped)
    return None


def find_dates(text: str) -> Iterator[tuple[int, int, DateReading]]:
    """The days and months that running text names, as (start, end, reading), from left to right.

    A year alone is not returned: in prose it is mostly part of a name (2015年工作要点, 2019年修订).
    Figures inside longer ones (addresses of pages, index numbers, telephone numbers) are no dates.
    """
    found = [
        (match.start(), match.end(), reading)
        for pattern in _IN_TEXT
        for match in pattern.finditer(text)
        if (reading := _reading(match, match.group()))
    ]
    end_before = 0
    for start, end, reading in sorted(found, key=lambda one: (one[0], -one[1])):
        if start >= end_before:
            end_before = end
            yield start, end, reading


def date_at_start(text: str) -> DateReading | None:
    """The day or month that a running text begins with, the first that `find_dates` would find."""
    found = [
        reading
        for pattern in _IN_TEXT
        if (match := pattern.match(text)) and (reading := _reading(match, match.group()))
    ]
    return max(found, key=lambda reading: len(reading.text), default=None)


_LONGEST = 60
_ZERO = "〇○◯零0OＯ０"
_GAP = "[ \t\u3000\xa0]{0,2}"
_FIGURE = "0-9０-９"
_NO_FIGURE_BEFORE = f"(?<![{_FIGURE}A-Za-z./\\-_－．／])"
_NO_FIGURE_AFTER = f"(?!(?!T[0-9]{{1,2}}:)[{_FIGURE}A-Za-z_]|[./\\-－．／][{_FIGURE}A-Za-z])"
_YEAR = f"(?P<year>[12１２][{_FIGURE}]{{3}}|[一二][{_ZERO}一二三四五六七八九]{{3}})"
_MONTH = f"(?P<month>[{_FIGURE}]{{1,2}}|元|[{NUMERAL_CHARACTERS}]{{1,2}})"
_DAY = f"(?P<day>[{_FIGURE}]{{1,2}}|[{NUMERAL_CHARACTERS}]{{1,3}})"
_YEAR_AND_MONTH = f"(?<![{_FIGURE}一二三四五六七八九{_ZERO}]){_YEAR}{_GAP}年{_GAP}{_MONTH}{_GAP}月"

_DAY_IN_WORDS = re.compile(f"{_YEAR_AND_MONTH}{_GAP}{_DAY}{_GAP}[日号]")
_MONTH_IN_WORDS = re.compile(
    f"{_YEAR_AND_MONTH}(?!{_GAP}[{_FIGURE}{NUMERAL_CHARACTERS}]{{1,3}}{_GAP}[日号])份?"
)
_SEPARATOR = "(?P<separator>[-－./．／])"
_DAY_IN_FIGURES = re.compile(
    f"{_NO_FIGURE_BEFORE}(?P<year>[12１２][{_FIGURE}]{{3}}){_SEPARATOR}(?P<month>[{_FIGURE}]{{1,2}})"
    f"(?P=separator)(?P<day>[{_FIGURE}]{{1,2}}){_NO_FIGURE_AFTER}"
)
_IN_TEXT = (_DAY_IN_WORDS, _DAY_IN_FIGURES, _MONTH_IN_WORDS)
_LESS_THAN_A_DAY = (
    _MONTH_IN_WORDS,
    re.compile(f"(?P<year>[12１２][{_FIGURE}]{{3}})[-－./．／](?P<month>[{_FIGURE}]{{1,2}})"),
    re.compile(f"{_YEAR}{_GAP}年度?"),
)
_CLOCK = re.compile(
    "[ \t\u3000\xa0T]*(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?[ \t\u3000\xa0]*"
    f"(?:(?P<clock>[{_FIGURE}]{{1,2}}[:：][{_FIGURE}]{{2}}(?:[:：][{_FIGURE}]{{2}})?)(?:\\.[0-9]+)?(?:\\+08:?00)?)?"
)


def _with_clock(match: re.Match[str], clock: str | None, text: str) -> DateReading | None:
    reading = _reading(match, text)
    if reading is None or clock is None:
        return reading
    try:
        hour, minute, *second = (int(part) for part in re.split("[:：]", half_width(clock)))
        at = time(hour, minute, second[0] if second else 0)
    except ValueError:
        return None
    return DateReading(reading.year, reading.month, reading.day, at, text)


def _reading(match: re.Match[str], text: str) -> DateReading | None:
    """The date in `match`, or None where the calendar has no such day."""
    groups = match.groupdict()
    found = _in_calendar(groups["year"], groups.get("month"), groups.get("day"))
    return DateReading(*found, None, text) if found else None


@lru_cache(maxsize=1 << 12)
def _in_calendar(
    year_as: str, month_as: str | None, day_as: str | None
) -> tuple[int, int | None, int | None] | None:
    """Year, month and day as numbers; the same days stand on many pages."""
    year, month, day = _year(year_as), _number(month_as), _number(day_as)
    if year is None or not 1900 <= year <= 2099:
        return None
    if (month_as and not month) or (day_as and not day):
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return year, month, day


def _year(text: str) -> int | None:
    plain = half_width(text)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    return read_digits(re.sub(f"[{_ZERO}]", "〇", text))


def _number(text: str | None) -> int | None:
    """A month or a day; 元 is the first month."""
    if text is None:
        return None
    if text == "元":
        return 1
    plain = half_width(text)
    return int(plain) if plain.isascii() and plain.isdigit() else read_numeral(text)
