"""How far a crawl goes and how hard it asks: bounds against hostile or endless sites, manners towards live ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one crawl. Bytes are counted after decompression."""

    pages: int = 100_000
    addresses: int = 1_000_000
    page_bytes: int = 10 << 20
    file_bytes: int = 8 << 10  # of a file only the beginning is asked for
    header_bytes: int = 64 << 10
    redirects: int = 10
    path_segments: int = 30
    queries_of_a_path: int = 1_000
    rendered_pages: int = 50
    """So many pages that are empty without scripts are opened in a browser, where there is one."""
    barren_pages: int = 40
    """So many pages in a chain, each of which leads only to the next of its kind, and no further."""
    connect_seconds: float = 10
    total_seconds: float = 60
    slowest_bytes_a_second: int = 200
    slow_seconds: int = 15
    failures_in_a_row: int = 20
    """After so many the start page is asked again; if it fails too, the crawl ends and is partial."""
    error_share: float = 0.2
    """Where more of the answers are server errors, the server is in trouble and no page is accused."""
    unseen_share: float = 0.2
    """Where more of the addresses were blocked or did not answer, the site was not seen whole."""
    doubts: int = 1_000
    """So many failures are asked again; the rest stay unknown."""
    sitemaps: int = 50
    sitemap_addresses: int = 100_000
    """So many lists of addresses that the site itself offers are read, and so many addresses of them."""
    slow_pages: int = 10
    slow_looks: int = 2
    """So many of the slowest pages are asked for so many times more."""
    compared_pages: int = 5
    """So many pages are also asked for as a search engine, and as somebody sent by one."""
    read_files: int = 200
    read_scripts: int = 10  # of the start page
    read_file_bytes: int = 4 << 20
    """So many attachments of up to so many bytes are brought whole, to look for numbers of persons in their text."""
    audited_pages: int = 12
    """So many pages, one of each template, are judged in a browser, where there is one."""
    outside_addresses: int = 5_000
    """So many addresses of other hosts are asked for, where that is wanted at all."""


BOUNDS = Limits()


class RobotsMode(StrEnum):
    """What robots.txt is to us."""

    OBEY = "obey"
    REPORT = "report-only"  # it is read, and what it would have forbidden is told, but asked for
    IGNORE = "ignore"  # for this computer: it is not even asked for


WINDOW = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*[-–—至到~]\s*([01]?\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Window:
    """The hours in which a host may be asked: from `opens` on, until just before `closes`; over midnight too."""

    opens: time
    closes: time

    def seconds_until_open(self, now: time) -> float:
        """How long until requests may be sent; 0 while they may."""
        at, opens, closes = map(_seconds, (now, self.opens, self.closes))
        is_open = opens <= at < closes if opens < closes else at >= opens or at < closes
        return 0.0 if is_open else (opens - at) % DAY_SECONDS

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


DAY_SECONDS = 24 * 60 * 60


def read_window(text: str) -> Window:
    """The window that a person wrote as 22:00-06:00. Raises ValueError."""
    found = WINDOW.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    opens, closes = (
        time(int(hour) % 24, int(minute)) for hour, minute in (found.groups()[:2], found.groups()[2:])
    )
    if opens == closes or found[1] == "24" or (found[3] == "24" and found[4] != "00"):
        raise ValueError(text)
    return Window(opens, closes)


def _seconds(at: time) -> float:
    return at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6


@dataclass(frozen=True, slots=True)
class Manners:
    """How to treat a host: requests a second (None: as fast as it goes), open connections, what robots.txt is
    to us, the pauses before each later try of what failed, and the hours in which it may be asked (None: all)."""

    requests_a_second: float | None
    connections: int
    robots: RobotsMode
    pauses: tuple[timedelta, ...]
    longest_wait: timedelta
    """A Retry-After or Crawl-delay beyond this is not waited for."""
    window: Window | None = None
    contact: str = ""
    """Where those who are asked can turn to: a web or mail address, in ASCII; it stands in the user agent."""


POLITE = Manners(
    requests_a_second=2,
    connections=2,
    robots=RobotsMode.OBEY,
    pauses=tuple(timedelta(seconds=s) for s in (10, 30, 60, 120)),
    longest_wait=timedelta(minutes=5),
)
AT_HOME = Manners(
    requests_a_second=None,
    connections=32,
    robots=RobotsMode.IGNORE,
    pauses=tuple(timedelta(seconds=s) for s in (0.05, 0.1, 0.2, 0.4, 0.8)),
    longest_wait=timedelta(seconds=1),
)
"""For the computer the inspector runs on."""
