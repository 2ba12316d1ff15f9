"""How far a crawl goes and how hard it asks: bounds against hostile or endless sites, manners towards live ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


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


BOUNDS = Limits()


@dataclass(frozen=True, slots=True)
class Manners:
    """How to treat a host: requests a second (None: as fast as it goes), open connections, whether robots.txt
    is obeyed, and the pauses before each later try of what failed."""

    requests_a_second: float | None
    connections: int
    obey_robots: bool
    pauses: tuple[timedelta, ...]
    longest_wait: timedelta
    """A Retry-After or Crawl-delay beyond this is not waited for."""


POLITE = Manners(
    requests_a_second=2,
    connections=2,
    obey_robots=True,
    pauses=tuple(timedelta(seconds=s) for s in (10, 30, 60, 120)),
    longest_wait=timedelta(minutes=5),
)
AT_HOME = Manners(
    requests_a_second=None,
    connections=32,
    obey_robots=False,
    pauses=tuple(timedelta(seconds=s) for s in (0.05, 0.1, 0.2, 0.4, 0.8)),
    longest_wait=timedelta(seconds=1),
)
"""For the computer the inspector runs on."""
