"""Links to other sites: is there something? Each linked address once and in part, each host at a guest's pace.

Nothing there is followed but redirects, and what is in doubt stays in doubt.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import time

from msgspec import structs

from crawler_checks.crawl.address import Joiner, Scope, web_scope
from crawler_checks.crawl.answer import Answer, Request, Response, Want
from crawler_checks.crawl.archive import Archive
from crawler_checks.crawl.later import Face
from crawler_checks.crawl.limits import Limits, Manners
from crawler_checks.crawl.live import CurlSource, Wire
from crawler_checks.crawl.outcome import Arrived, Failing, Moved, Outcome, Reason, Skipped, judge, may_pass
from crawler_checks.crawl.pace import Reachable

HOSTS_AT_ONCE = 64
MOST_OF_A_HOST = 200
START = re.compile(r"(?:(?:index|default|home|main)\.[a-z]{3,5})?(?:\?.*)?", re.IGNORECASE)


@dataclass(slots=True)
class Outside:
    """Asks other hosts. `live` False: nothing is asked, all comes from the archive. `faces` is what `face_of` sees in
    the answers of their start pages."""

    limits: Limits
    manners: Manners
    reachable: Reachable
    archive: Archive | None
    wire: Wire
    time_of_day: Callable[[], time] | None = None
    live: bool = True
    face_of: Callable[[Answer], Face] = lambda _: Face(is_seen=False)
    faces: dict[str, Face] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    _sources: dict[str, CurlSource] = field(default_factory=dict)
    _joiner: Joiner = field(default_factory=lambda: Joiner(Scope()))

    def ask(self, addresses: Iterable[str]) -> dict[str, Outcome]:
        """What came of each of these addresses, and of those that they lead on to."""
        self._round(self._new(addresses))
        for pause in self.manners.pauses:
            doubtful = [address for address, outcome in self.outcomes.items() if may_pass(outcome)]
            if not doubtful:
                break
            if self.live:
                self.wire.sleep(pause.total_seconds())
            self._round(doubtful)
        tries = 1 + len(self.manners.pauses)
        for address, outcome in self.outcomes.items():
            if isinstance(outcome, Failing) and outcome.tries < tries:
                self.outcomes[address] = Skipped(Reason.UNCONFIRMED)
        return dict(sorted(self.outcomes.items()))

    def _new(self, addresses: Iterable[str]) -> list[str]:
        """Those that were not met before, within bounds; the others are left out."""
        of_host: dict[str, int] = {}
        new: list[str] = []
        for address in sorted(set(addresses) - self.outcomes.keys()):
            origin = _split(address)[0]
            of_host[origin] = of_host.get(origin, 0) + 1
            if (
                of_host[origin] > MOST_OF_A_HOST
                or len(self.outcomes) + len(new) >= self.limits.outside_addresses
            ):
                self.outcomes[address] = Skipped(Reason.ADDRESS_CAP)
            else:
                new.append(address)
        return new

    def _round(self, addresses: list[str]) -> None:
        """Ask for these, and then for where they lead."""
        for _ in range(self.limits.redirects):
            for address, answer in self._answers(addresses):
                self._note(address, answer)
            moved = (self.outcomes.get(address) for address in addresses)
            addresses = self._new(
                one.to for one in moved if isinstance(one, Moved) and one.to and _is_web(one.to)
            )
            if not addresses:
                return

    def _note(self, address: str, answer: Answer) -> None:
        to = None
        if isinstance(answer, Response) and answer.location is not None:
            to = self._joiner.join(address, answer.location).address or None
        outcome, before = judge(answer, to), self.outcomes.get(address)
        if isinstance(outcome, Failing) and isinstance(before, Failing):
            outcome = structs.replace(outcome, tries=before.tries + 1)
        self.outcomes[address] = outcome
        if isinstance(outcome, Arrived) and is_start(address):
            self.faces[address] = self.face_of(answer)

    def _answers(self, addresses: list[str]) -> Iterator[tuple[str, Answer]]:
        by_host: dict[str, deque[Request]] = {}
        for address in addresses:
            kept = self.archive.find((address, Want.FILE)) if self.archive else None
            if kept is not None and self.archive is not None:
                yield address, self.archive.use(kept)
            elif self.live:
                origin, path = _split(address)
                by_host.setdefault(origin, deque()).append(Request(path, Want.FILE))
        hosts = list(by_host.items())
        for start in range(0, len(hosts), HOSTS_AT_ONCE):
            yield from self._live_answers(dict(hosts[start : start + HOSTS_AT_ONCE]))

    def _live_answers(self, by_host: dict[str, deque[Request]]) -> Iterator[tuple[str, Answer]]:
        queues = {self._source(origin): _Requests(requests) for origin, requests in by_host.items()}
        for source, request, answer in self.wire.run(queues):
            address = source.origin + request.address
            if self.archive is not None:
                self.archive.keep(address, request, answer, 0)
            yield address, answer

    def _source(self, origin: str) -> CurlSource:
        if origin not in self._sources:
            self._sources[origin] = CurlSource(
                origin,
                self.limits,
                replace(self.manners, connections=1),
                reachable=self.reachable,
                time_of_day=self.time_of_day,
                wire=self.wire,
            )
        return self._sources[origin]


class _Requests:
    """A queue of what is known from the beginning."""

    def __init__(self, requests: deque[Request]) -> None:
        self._left = requests

    def take(self) -> Request | None:
        return self._left.popleft() if self._left else None


def is_start(address: str) -> bool:
    """Whether a full address is that of a host's start page."""
    path = address.partition("://")[2].partition("/")[2]
    return START.fullmatch(path) is not None


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _split(address: str) -> tuple[str, str]:
    """Origin and path of a full address."""
    scope, _ = web_scope(address)
    path = address.partition("://")[2].partition("/")[2]
    return scope.origin, "/" + path
