"""The day is Beijing's, wherever the computer stands."""

from datetime import UTC, date, datetime, time, tzinfo

import pytest

from workbench import clock


@pytest.mark.parametrize(
    ("in_greenwich", "day", "at"),
    [
        ("2026-11-23 15:59:59", date(2026, 11, 23), time(23, 59, 59)),
        ("2026-11-23 16:00:00", date(2026, 11, 24), time(0, 0)),
        ("2026-12-31 20:30:00", date(2027, 1, 1), time(4, 30)),
    ],
)
def test_today_begins_at_midnight_in_beijing(
    monkeypatch: pytest.MonkeyPatch, in_greenwich: str, day: date, at: time
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.fromisoformat(in_greenwich).replace(tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(clock, "datetime", Clock)
    assert (clock.today(), clock.time_of_day()) == (day, at)
