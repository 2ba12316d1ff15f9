"""What is asked of a source and what comes back; and the protocol that every source keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import Protocol

from msgspec import Struct, field


class Want(IntEnum):
    """How much of an address is wanted; a greater want includes the smaller."""

    FILE = 1  # its beginning: enough to know that it is there, how large it is, and of what type
    STYLE = 2  # all of a stylesheet, for the addresses in it
    PAGE = 3  # all of a page, for its links
    WHOLE = 4  # all of whatever it is, as a browser loads what a page needs


class Guise(StrEnum):
    """As whom an address is asked for a second time, to see whether everybody is shown the same."""

    ENGINE = "engine"  # as a search engine's crawler
    REFERRED = "referred"  # as somebody whom a search engine sent


class Request(Struct, frozen=True, gc=False):
    """One address to ask for. `conditions` are headers by which a server answers 304 when nothing has changed.
    `guise`: asked for as somebody else; `time`: the so-many-th look at the same."""

    address: str
    want: Want
    conditions: tuple[str, ...] = ()
    guise: Guise | None = None
    time: int = 0

    def uri(self, origin: str) -> str:
        """What an archive knows the answer by: an address has no fragment, so a later look is told by one."""
        mark = f"#{self.guise or 'again'}-{self.time}" if self.guise or self.time else ""
        return origin + self.address + mark


class Response(Struct, frozen=True, gc=False):
    """A server's answer. `size` is that of the whole file in bytes, None where it was not said.

    `truncated`: there was more than `body` holds. `retry_after` is in seconds. `headers` have names in small
    letters; a folder has none. `rendered`: the body is what a browser's scripts made of it. `unchanged`: there is
    no body, for it is what it was the last time. `want` is set where that matters.
    """

    address: str
    status: int
    content_type: str = ""
    body: bytes = b""
    size: int | None = None
    truncated: bool = False
    location: str | None = None
    retry_after: int | None = None
    sets_cookie: bool = False
    seconds: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    rendered: bool = False
    want: Want = Want.PAGE
    unchanged: bool = False


class Trouble(StrEnum):
    """Why there is no answer."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"  # no such name, refused, cut off
    BAD_TLS = "bad_tls"
    BAD_REPLY = "bad_reply"  # not HTTP, false length, false encoding
    HEADERS_TOO_LARGE = "headers_too_large"
    PRIVATE_ADDRESS = "private_address"  # a public name that leads into a private network
    NOT_KEPT = "not_kept"  # asked of the record of an earlier crawl, which did not ask for it


class NoAnswer(Struct, frozen=True, gc=False):
    """Nothing that can be used came back."""

    address: str
    trouble: Trouble


Answer = Response | NoAnswer


class Queue(Protocol):
    """Where a source takes its requests from."""

    def take(self) -> Request | None:
        """The next request, or None when there is nothing to ask just now."""


class Source(Protocol):
    """A place a site can be brought back from."""

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        """Take requests while there are any and give back each with its answer, in any order.

        What is added to the queue between two answers is taken too. Ends when nothing is left to take and
        nothing is on its way.
        """

    def wait(self, pause: timedelta) -> None:
        """Let time pass before what failed is asked again."""


class OneRequest:
    """A queue of one."""

    def __init__(self, request: Request) -> None:
        self._left: Request | None = request

    def take(self) -> Request | None:
        """The request, once."""
        left, self._left = self._left, None
        return left


def fetch_one(source: Source, request: Request) -> Answer:
    """The answer to a single request."""
    [(_, answer)] = source.fetch(OneRequest(request))
    return answer
