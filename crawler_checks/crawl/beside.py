"""A second process that asks for pages and reads them as the walk does: by fork, so that it begins with all that was learnt.

Where nobody has to be spared, half of the pages can come that way. It is given addresses, many at a time, as long as it
keeps up; what it has read comes back as plain values, and whatever else it met comes back as it is. Should it die, what
it was given is asked for here.
"""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any, Generic, Protocol, Self, TypeVar

from crawler_checks.crawl.answer import Answer, NoAnswer, Queue, Request, Response, Source, Trouble, Want
from crawler_checks.crawl.line import Ear, Line
from crawler_checks.crawl.outcome import is_challenge

R = TypeVar("R")
PAGES_FIRST = 150
"""So many pages are read before: a small site is not worth a process, and the frame of a large one is known by then."""
AT_A_TIME = 32
MOST_GIVEN = 2 * AT_A_TIME
"""While it has the one lot, the next lies ready."""


class Parcels(Protocol[R]):
    """Facts as plain values. Both sides make one of what they both know, and one packs what the other opens."""

    def packed(self, facts: R) -> Any:
        """The facts of a page; None for what the other side has to read itself."""

    def news(self) -> Any:
        """What has been referred to since the last time and is not known to the other side."""

    def learn(self, news: Any) -> None:
        """Take note of news; they are told before what refers to them."""

    def opened(self, address: str, packed: Any) -> R:
        """The facts as they were packed."""


class Beside(Generic[R]):
    """Answers as `source` does, some requests by a second process, which uses `theirs`, a source of its own, and reads with
    `read`. What came that way this `read` knows already."""

    def __init__(
        self,
        source: Source,
        theirs: Callable[[], Source],
        read: Callable[[Response], R],
        parcels: Callable[[], Parcels[R]],
    ) -> None:
        self._source, self._theirs, self._read, self._new_parcels = source, theirs, read, parcels
        self._pages_left = PAGES_FIRST
        self._line: Line | None = None
        self._parcels: Parcels[R] | None = None
        self._own: deque[Request] = deque()
        self._given: deque[Request] = deque()
        self._facts: dict[str, R] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the second process go."""
        if self._line is not None:
            self._line.end()

    def read(self, response: Response) -> R:
        """The facts of a response."""
        facts = self._facts.pop(response.address, None)
        return self._read(response) if facts is None else facts

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        """What the source answers, here and there."""
        own = _Own(self, queue)
        while True:
            for request, answer in self._source.fetch(own):
                yield request, answer
                self._begin_when_worth_it(request)
                yield from self._came(wait=False)
            if not self._given:
                return
            yield from self._came(wait=True)

    def wait(self, pause: timedelta) -> None:
        """Let time pass."""
        self._source.wait(pause)

    def take(self, queue: Queue) -> Request | None:
        """The next request for this process; the other is given some first, if it has few left."""
        while self._line is not None and self._line.is_open and len(self._given) <= MOST_GIVEN - AT_A_TIME:
            if not self._give(self._line, queue):
                break
        return self._own.popleft() if self._own else queue.take()

    def _give(self, line: Line, queue: Queue) -> bool:
        """Give a lot to the other process; False when there are not so many."""
        lot: list[Request] = []
        while len(lot) < AT_A_TIME and len(self._own) < AT_A_TIME and (request := queue.take()) is not None:
            (lot if _is_plain(request) else self._own).append(request)
        if len(lot) < AT_A_TIME:
            self._own.extend(lot)
            return False
        self._given.extend(lot)
        line.send(marshal.dumps([request.address for request in lot]))
        return True

    def _begin_when_worth_it(self, request: Request) -> None:
        if request.want is Want.PAGE and self._pages_left > 0:
            self._pages_left -= 1
            if self._pages_left == 0:
                self._parcels = parcels = self._new_parcels()
                self._line = Line(lambda ear: _work(ear, self._theirs(), self._read, parcels))

    def _came(self, *, wait: bool) -> Iterator[tuple[Request, Answer]]:
        """What the other has answered by now; with `wait` at least something, where anything is waited for."""
        if self._line is None or self._parcels is None or not self._given:
            return
        frame = self._line.frame(wait=wait)
        if frame is None:
            if not self._line.is_open:
                self._own.extend(self._given)
                self._given.clear()
            return
        news, answers = marshal.loads(frame)  # noqa: S302 what our own fork says
        self._parcels.learn(news)
        by_address = {self._given[number].address: self._given[number] for number in range(AT_A_TIME)}
        for _ in by_address:
            self._given.popleft()
        for values, packed in answers:
            answer = _answer_of(values)
            if isinstance(answer, Response) and answer.sets_cookie:
                self._line.end()  # cookies are one visitor's
                self._own.append(by_address[answer.address])
                continue
            if packed is not None:
                self._facts[answer.address] = self._parcels.opened(answer.address, packed)
            yield by_address[answer.address], answer


class _Own:
    """The requests of a queue that are left to this process."""

    def __init__(self, beside: Beside[Any], queue: Queue) -> None:
        self._beside, self._queue = beside, queue

    def take(self) -> Request | None:
        return self._beside.take(self._queue)


class _Lot:
    """Some requests for pages, as a queue."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._left = deque(addresses)

    def take(self) -> Request | None:
        return Request(self._left.popleft(), Want.PAGE) if self._left else None


def _work(ear: Ear, source: Source, read: Callable[[Response], R], parcels: Parcels[R]) -> None:
    """What the second process does: until nobody asks any more."""
    while (frame := ear.frame()) is not None:
        answers = []
        for _, answer in source.fetch(_Lot(marshal.loads(frame))):  # noqa: S302 ours too
            packed = None
            if isinstance(answer, Response) and 200 <= answer.status < 300 and not is_challenge(answer):
                packed = parcels.packed(read(answer))
            answers.append((_values_of(answer, with_body=packed is None), packed))
        ear.send(marshal.dumps((parcels.news(), answers)))


def _is_plain(request: Request) -> bool:
    return request.want is Want.PAGE and not (request.conditions or request.guise or request.time)


def _values_of(answer: Answer, *, with_body: bool) -> Any:
    if isinstance(answer, NoAnswer):
        return answer.address, str(answer.trouble)
    return (
        answer.address, answer.status, answer.content_type, answer.body if with_body else b"", answer.size,
        answer.truncated, answer.location, answer.retry_after, answer.sets_cookie, answer.seconds,
        dict(answer.headers) if with_body else {},
    )  # fmt: skip


def _answer_of(values: Any) -> Answer:
    if len(values) == 2:
        return NoAnswer(values[0], Trouble(values[1]))
    return Response(*values)
