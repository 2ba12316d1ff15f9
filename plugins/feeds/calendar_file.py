"""iCalendar (RFC 5545): days to keep in mind, as a calendar to subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plugins.feeds.feed import GENERATOR

MOST_OCTETS = 75


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One whole day. `id` never changes; `noted_on` is the day since which it stands in the calendar."""

    id: str
    day: str
    noted_on: str
    title: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar of at least one day, in order of day."""

    title: str
    days: tuple[CalendarDay, ...]


def calendar(file: CalendarFile) -> bytes:
    """The calendar in UTF-8, its lines folded at 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{GENERATOR}//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(file.title)}",
    ]
    for day in file.days:
        lines += _event(day)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(day: CalendarDay) -> list[str]:
    first = date.fromisoformat(day.day)
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(day.id)}",
        f"DTSTAMP:{date.fromisoformat(day.noted_on):%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{first + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(day.title)}",
        f"DESCRIPTION:{_text(day.text)}",
        f"URL:{day.address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, each but the first begun by a space; no sign is cut in two."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > MOST_OCTETS:
            yield part
            part, size = " ", 1
        part += sign
        size += octets
    yield part
