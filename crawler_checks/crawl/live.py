"""Live sites over HTTP: libcurl, many transfers to many hosts in one plain loop, each host at its own pace."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import time as TimeOfDay  # noqa: N812 `time` is the clock's
from datetime import timedelta
from functools import partial

import pycurl

from crawler_checks.crawl.answer import Answer, NoAnswer, Queue, Request, Response, Trouble
from crawler_checks.crawl.limits import Limits, Manners
from crawler_checks.crawl.pace import Pace, Reachable, is_private
from crawler_checks.crawl.transfer import Transfer

LONGEST_LOOK = 1.0
"""Seconds after which the loop looks up though nothing has come."""
LONGEST_REST = 60.0
"""Seconds slept at a time, so that a clock that is set is noticed."""
OVERBURDENED = {429, 503}


class Wire:
    """All transfers of this process. `clock` gives seconds."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.clock, self.sleep = clock, sleep
        self._multi = pycurl.CurlMulti()
        self._busy: dict[pycurl.Curl, tuple[CurlSource, Transfer]] = {}

    def run(self, queues: Mapping[CurlSource, Queue]) -> Iterator[tuple[CurlSource, Request, Answer]]:
        """Keep as many transfers going as the manners of each host allow; give back each as it ends."""
        while True:
            wait = self._start_what_is_due(queues)
            if not self._busy:
                if wait is None:
                    return
                self.sleep(min(wait, LONGEST_REST))
                continue
            self._multi.perform()
            if (yield from self._finished()):
                continue
            if self._multi.select(LONGEST_LOOK if wait is None else min(LONGEST_LOOK, wait)) < 0:
                self.sleep(0.005)  # names are being looked up: there is no socket to watch yet

    def start(self, source: CurlSource, transfer: Transfer) -> None:
        """Let a transfer that is prepared go."""
        self._busy[transfer.curl] = (source, transfer)
        self._multi.add_handle(transfer.curl)

    def _start_what_is_due(self, queues: Mapping[CurlSource, Queue]) -> float | None:
        """Start transfers; then how long until the next may start, None when there is none to start."""
        waits = [wait for source, queue in queues.items() if (wait := source.start_due(queue)) is not None]
        return min(waits, default=None)

    def _finished(self) -> Generator[tuple[CurlSource, Request, Answer], None, bool]:
        """The transfers that have ended; whether there was one."""
        some = False
        while True:
            left, well, ill = self._multi.info_read()
            some = some or bool(well or ill)
            for curl, error in [(curl, 0) for curl in well] + [(curl, number) for curl, number, _ in ill]:
                source, transfer = self._busy.pop(curl)
                self._multi.remove_handle(curl)
                ended = source.ended(transfer, error)
                if ended is not None:
                    yield source, *ended
            if not left:
                return some


class CurlSource:
    """Answers from the host at `origin`, and from nowhere else: redirects are handed back, not followed.

    A connection to an address that `reachable` does not allow is refused, whatever name led to it. With
    `verified` False whatever certificate is taken. `time_of_day` is asked where manners name hours.
    """

    def __init__(
        self,
        origin: str,
        limits: Limits,
        manners: Manners,
        *,
        reachable: Reachable,
        verified: bool = True,
        time_of_day: Callable[[], TimeOfDay] | None = None,
        wire: Wire | None = None,
    ) -> None:
        if manners.window and not time_of_day:
            raise ValueError("manners that name hours need the time of day")
        self.origin, self._manners = origin, manners
        self._time_of_day = time_of_day
        self._wire = wire or Wire()
        self._pace = Pace(manners.requests_a_second)
        share = pycurl.CurlShare()
        share.setopt(pycurl.SH_SHARE, pycurl.LOCK_DATA_COOKIE)
        share.setopt(pycurl.SH_SHARE, pycurl.LOCK_DATA_DNS)
        self._new_transfer: Callable[[], Transfer] = partial(
            Transfer, limits, share, reachable, verified=verified, contact=manners.contact
        )
        self._idle: list[Transfer] = []
        self._unmade = manners.connections

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        """Ask this host alone."""
        for _, request, answer in self._wire.run({self: queue}):
            yield request, answer

    def slow_to(self, gap_seconds: float) -> None:
        """Leave at least this long between requests, within reason."""
        self._pace.slow_to(min(gap_seconds, self._manners.longest_wait.total_seconds()))

    def rest(self) -> None:
        """Ask nothing for as long as lies between two requests: an earlier process may just have asked."""
        self._pace.sent(self._wire.clock())

    def wait(self, pause: timedelta) -> None:
        """Let time pass."""
        self._wire.sleep(pause.total_seconds())

    def start_due(self, queue: Queue) -> float | None:
        """Start transfers while the host may be asked; then the seconds until it may be asked for more.

        None when there is nothing to ask for, or no connection left to ask by.
        """
        while self._idle or self._unmade:
            wait = self._seconds_to_wait()
            if wait > 0:
                return wait
            request = queue.take()
            if request is None:
                return None
            self._start(self._connection(), request)
        return None

    def ended(self, transfer: Transfer, error: int) -> tuple[Request, Answer] | None:
        """The answer of a transfer that has ended; None when its request has to be made again another way."""
        request, answer = transfer.request, transfer.answer(error)
        if isinstance(answer, Response) and answer.status == 416 and transfer.ranged:
            self._start(transfer, request, ranged=False)  # an empty file has no beginning to ask for
            return None
        self._idle.append(transfer)
        self._heed(answer)
        return request, answer

    def _connection(self) -> Transfer:
        if self._idle:
            return self._idle.pop()
        self._unmade -= 1
        return self._new_transfer()

    def _start(self, transfer: Transfer, request: Request, *, ranged: bool = True) -> None:
        self._pace.sent(self._wire.clock())
        transfer.prepare(self.origin, request, ranged=ranged)
        self._wire.start(self, transfer)

    def _seconds_to_wait(self) -> float:
        window = self._manners.window
        if window is not None and self._time_of_day is not None:
            closed = window.seconds_until_open(self._time_of_day())
            if closed > 0:
                return closed
        return self._pace.seconds_to_wait(self._wire.clock())

    def _heed(self, answer: Answer) -> None:
        longest = self._manners.longest_wait.total_seconds()
        now = self._wire.clock()
        self._pace.answered(now)
        match answer:
            case Response(retry_after=int(seconds)):
                self._pace.pause(now, min(seconds, longest))
            case Response(status=status) if status in OVERBURDENED:
                self._pace.draw_back(now, longest)
            case NoAnswer(trouble=Trouble.TIMEOUT | Trouble.UNREACHABLE):
                self._pace.draw_back(now, longest)
            case _:
                self._pace.went_well()


def reachable_for(host: str) -> Reachable:
    """What may be connected to when somebody asked for this host: the internet, and the host where it is private.

    A name that, besides, leads to a public address is a public name.
    """
    try:
        found = {str(address[0]) for *_, address in socket.getaddrinfo(host.strip("[]"), None)}
    except OSError:
        return Reachable()
    return Reachable(frozenset(found) if all(map(is_private, found)) else frozenset())
