"""Days and times of day as editors and spreadsheets write them; where there is no doubt, with the right writing."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta

from plugins.disclosure.chinese_dates import read_date
from plugins.disclosure.chinese_numerals import half_width
from plugins.disclosure.kinds import Field
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.reading import Reading, faulty

EARLIEST_YEAR, LATEST_YEAR = 1900, 2099


def read_day(text: str, _field: Field, _around: Around) -> Reading:
    """A day, 2026-01-31."""
    day = _iso_date(text)
    if day is not None:
        return Reading(day)
    reading = read_date(text)
    if reading is None:
        return _no_date(text)
    if reading.precision == "year":
        zh, en = "缺少月和日", f"the month and the day are missing. Write it like {reading.year}-01-15."
        return faulty("bad-date", text, zh, en, f"请写成 {reading.year}-01-15 的样子。")
    day = reading.as_date()
    if day is None:
        like = f"{reading.year}-{reading.month:02d}-15"
        return faulty(
            "bad-date",
            text,
            "缺少日",
            f"the day is missing. Write it like {like}.",
            f"请查明是哪一天，写成 {like} 的样子。",
        )
    if reading.at is not None:
        zh, en = "这一项只写日期，不写时刻", f"only the date stands here, no time of day. Write {day}."
        return faulty("bad-date", text, zh, en, f"请写成 {day}。", day)
    zh, en = "不是规定的日期写法", f"dates are written year-month-day. Write {day}."
    return faulty("bad-date", text, zh, en, f"请写成 {day}。", day, day)


def _iso_date(text: str) -> date | None:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def _no_date(text: str) -> Reading:
    plain = half_width(text)
    parts = re.fullmatch("([0-9]{4})[^0-9]{1,3}([0-9]{1,2})[^0-9]{1,3}([0-9]{1,2})[日号]?", plain)
    parts = parts or re.fullmatch("([0-9]{4})([0-9]{2})([0-9]{2})", plain)
    if parts:
        return _from_parts(text, *(int(part) for part in parts.groups()))
    day = day_of_serial(plain)
    if day is not None:
        zh, en = "是表格软件内部的日期序号", f"this is a spreadsheet's number for a day. Write {day}."
        return faulty("bad-date", text, zh, en, f"请写成 {day}，并把这一列的单元格格式改为“文本”。", day)
    zh, en = "看不出是哪一天", "this is no date. Write it like 2026-01-31: year, month, day."
    return faulty("bad-date", text, zh, en, "请写成 2026-01-31 的样子：年-月-日。")


def day_of_serial(text: str) -> date | None:
    """The day of a spreadsheet's own number for it, 45721 or, with a time of day, 45721.5; None for all else."""
    serial = re.fullmatch("([3-6][0-9]{4})(?:\\.[0-9]+)?", text)
    return date(1899, 12, 30) + timedelta(days=int(serial[1])) if serial else None


def _from_parts(text: str, year: int, month: int, day: int) -> Reading:
    """Why three numbers are no date, or which date they are."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        zh, en = f"年份 {year} 不对", f"the year {year} cannot be right. Write it like 2026-01-31."
        return faulty("bad-date", text, zh, en, "请核对年份，写成 2026-01-31 的样子。")
    if not 1 <= month <= 12:
        zh, en = f"没有 {month} 月", f"there is no month {month}. Write it like 2026-01-31: year, month, day."
        return faulty("bad-date", text, zh, en, "请按“年-月-日”的顺序写，例如 2026-01-31。")
    last = date(year, month, monthrange(year, month)[1])
    if not 1 <= day <= last.day:
        return faulty(
            "bad-date",
            text,
            f"{year}年{month}月没有 {day} 日",
            f"{year}-{month:02d} has no day {day}; its last day is {last}. Look the date up.",
            f"这个月的最后一天是 {last}，请核对后改正。",
        )
    found = date(year, month, day)
    zh, en = "不是规定的日期写法", f"dates are written year-month-day. Write {found}."
    return faulty("bad-date", text, zh, en, f"请写成 {found}。", found, found)


def read_time(text: str, _field: Field, _around: Around) -> Reading:
    """A time of day in 24 hours, 09:30."""
    if re.fullmatch("(?:[01][0-9]|2[0-3]):[0-5][0-9]", text):
        return Reading(text)
    plain = half_width(text).replace("：", ":")
    parts = re.fullmatch("(上午|下午|晚上)? ?([0-9]{1,2}) ?[:点时] ?([0-9]{1,2})(?::[0-9]{2}|分)?", plain)
    hour, minute = (int(parts[2]), int(parts[3])) if parts else (99, 0)
    if parts and parts[1] in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        en = "this is no time of day. Write it like 09:30, in 24 hours."
        return faulty("bad-time", text, "看不出是几点几分", en, "请按 24 小时制写成 09:30 的样子。")
    mended = f"{hour:02d}:{minute:02d}"
    hint = f"请写成 {mended}。"
    return faulty("bad-time", text, "不是规定的时间写法", f"write {mended}.", hint, mended, mended)


def read_moment(text: str, field: Field, around: Around) -> Reading:
    """A day and a time of day, each judged by its own reader; seconds are left out."""
    parts = text.replace("T", " ").split(maxsplit=1)
    if len(parts) != 2:
        zh, en = (
            "看不出是哪一天几点几分",
            "a day and a time of day are wanted. Write it like 2026-01-31 09:30.",
        )
        return faulty(
            "bad-moment", text, zh, en, "请写成 2026-01-31 09:30 的样子：日期、空格、24 小时制的时间。"
        )
    day, at = read_day(parts[0], field, around), read_time(parts[1], field, around)
    faults = (*day.faults, *at.faults)
    if day.value is None or at.value is None:
        return Reading(None, tuple(replace(fault, mended="") for fault in faults))
    faults = tuple(
        replace(fault, mended=f"{day.value} {at.value}") if fault.mended else fault for fault in faults
    )
    hour, minute = (int(part) for part in at.value.split(":"))
    return Reading(datetime(day.value.year, day.value.month, day.value.day, hour, minute), faults)  # noqa: DTZ001 local
