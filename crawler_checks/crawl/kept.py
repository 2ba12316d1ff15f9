"""A source that remembers: what an earlier crawl brought back comes from its archive, the rest is asked for and kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import timedelta

from crawler_checks.crawl.answer import Answer, NoAnswer, Queue, Request, Source, Trouble
from crawler_checks.crawl.archive import Archive, Key


class KeptSource:
    """Answers for the host at `origin` from `archive`, in the order in which they once came, and then from `live`.

    Requests are taken as they were taken then, so a walk comes to the same findings. Without `live` what was not
    kept is no answer.
    """

    def __init__(self, origin: str, archive: Archive, live: Source | None) -> None:
        self._origin, self._archive, self._live = origin, archive, live
        self._taken = 0

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        """First what is kept, as long as it fits what is asked for, then what is not."""
        waiting: deque[Request] = deque()
        yield from self._again(queue, waiting)
        counted = _Counted(self, waiting, queue)
        if self._live is None:
            while (request := counted.take()) is not None:
                yield request, self._kept(request) or NoAnswer(request.address, Trouble.NOT_KEPT)
            return
        for request, answer in self._live.fetch(counted):
            self._archive.keep(request.uri(self._origin), request, answer, self._taken)
            yield request, answer

    def wait(self, pause: timedelta) -> None:
        """Let time pass, unless what follows has been asked for already."""
        if self._live is not None and self._archive.next() is None:
            self._live.wait(pause)

    def take(self, queue: Queue) -> Request | None:
        """The next request of the queue, counted."""
        request = queue.take()
        self._taken += request is not None
        return request

    def _again(self, queue: Queue, waiting: deque[Request]) -> Iterator[tuple[Request, Answer]]:
        """Go through the kept answers; those requests are left waiting that were on their way when it ended."""
        while (entry := self._archive.next()) is not None:
            while self._taken < entry.taken and (request := self.take(queue)) is not None:
                waiting.append(request)
            by_key = {self._key(request): request for request in waiting}
            if entry.key not in by_key:  # another round, or a site that is read otherwise than it was then
                kept = [found for key in by_key if (found := self._archive.find(key)) is not None]
                if not kept:
                    return
                entry = kept[0]
            request = by_key[entry.key]
            waiting.remove(request)
            yield request, self._archive.use(entry)

    def _kept(self, request: Request) -> Answer | None:
        entry = self._archive.find(self._key(request))
        return None if entry is None else self._archive.use(entry)

    def _key(self, request: Request) -> Key:
        return request.uri(self._origin), request.want


class _Counted:
    """First the requests that wait, then those of a queue, counted as they are taken."""

    def __init__(self, source: KeptSource, waiting: deque[Request], queue: Queue) -> None:
        self._source, self._waiting, self._queue = source, waiting, queue

    def take(self) -> Request | None:
        if self._waiting:
            return self._waiting.popleft()
        return self._source.take(self._queue)
