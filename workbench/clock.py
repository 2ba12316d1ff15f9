"""What day and time it is: by the clock of the sites, which is Beijing's, wherever the computer stands.

Front doors ask here and hand it on; nothing else looks at a clock.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The same all over the country, and all the year since 1992."""


def now() -> datetime:
    """This moment."""
    return datetime.now(BEIJING)


def today() -> date:
    """The day of it."""
    return now().date()


def time_of_day() -> time:
    """The time of it, for visits that are allowed at certain hours only."""
    return now().time()
