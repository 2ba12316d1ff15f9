"""A second process that reads pages while the walk goes on: by fork, so that it begins with all that was learnt.

It is given pages as long as it keeps up; the others are read by the walk itself. What comes back is told once: values
that pages share are sent the first time and referred to from then on. Should it die, nothing is lost.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator
from typing import Any, Generic, Self, TypeVar

from crawler_checks.crawl.answer import Response, Want
from crawler_checks.crawl.line import Ear, Line
from crawler_checks.crawl.telling import Teller, Told

R = TypeVar("R")
PAGES_FIRST = 150
"""So many pages are read before: a small site is not worth a process, and the frame of a large one is known by then."""
MOST_WAITING = 6
LARGEST = 64 << 10


class Aside(Generic[R]):
    """Reads pages with `read`, which must do so without regard to the pages before. `note` is told what was read."""

    def __init__(
        self,
        read: Callable[[Response], R],
        *,
        is_known: Callable[[Response], bool] = lambda _: False,
        note: Callable[[Response, R], None] = lambda *_: None,
        pages_first: int | None = None,
    ) -> None:
        self._read, self._is_known, self._note = read, is_known, note
        self._left_first = PAGES_FIRST if pages_first is None else pages_first
        self._line: Line | None = None
        self._waiting: list[Response] = []
        self._told = Told()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the second process go."""
        if self._line is not None:
            self._line.end()

    @property
    def is_busy(self) -> bool:
        """Whether a page that was given has not come back yet."""
        return bool(self._waiting)

    def give(self, response: Response) -> bool:
        """Have a page read, if it is one and there is somebody to read it."""
        if not _is_worth_it(response) or self._is_known(response):
            return False
        if self._left_first > 0:
            self._left_first -= 1
            if self._left_first == 0:
                self._line = Line(lambda ear: _answer(ear, self._read))
            return False
        if self._line is None or not self._line.is_open or len(self._waiting) >= MOST_WAITING:
            return False
        self._waiting.append(response)
        self._line.send(_packed(response))
        return True

    def ready(self, *, wait: bool) -> Iterator[tuple[Response, R]]:
        """What has been read by now; with `wait` at least one page, where any is waited for."""
        while self._waiting:
            facts = self._next(wait=wait)
            if facts is None:
                return
            response = self._waiting.pop(0)
            self._note(response, facts)
            yield response, facts
            wait = False

    def _next(self, *, wait: bool) -> R | None:
        """The facts of the page that has waited longest; None when they have not come. When the other has died, go on
        alone."""
        frame = self._line.frame(wait=wait) if self._line else None
        if frame is not None:
            facts: R = self._told.read(frame)
            return facts
        return None if self._line and self._line.is_open else self._read(self._waiting[0])


def _answer(ear: Ear, read: Callable[[Response], Any]) -> None:
    """What the second process does: until nobody asks any more."""
    teller = Teller()
    while (frame := ear.frame()) is not None:
        ear.send(teller.frame(read(_unpacked(frame))))


def _is_worth_it(response: Response) -> bool:
    return (
        "html" in response.content_type
        and response.want is not Want.FILE
        and len(response.body) <= LARGEST
        and not response.rendered
    )


def _packed(one: Response) -> bytes:
    values = (
        one.address, one.status, one.content_type, one.body, one.size, one.truncated, one.seconds, dict(one.headers),
    )  # fmt: skip
    return marshal.dumps(values)


def _unpacked(data: bytes) -> Response:
    address, status, content_type, body, size, truncated, seconds, headers = marshal.loads(data)  # noqa: S302 ours too
    return Response(
        address, status, content_type, body, size, truncated, seconds=seconds, headers=headers, want=Want.PAGE
    )
