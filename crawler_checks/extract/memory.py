"""What was read of a site the last time: pages that have not changed are neither sent nor read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any
from zlib import adler32, crc32

from msgspec.structs import replace

from crawler_checks.crawl.answer import Answer, Queue, Request, Response, Source, Want
from crawler_checks.crawl.beside import Parcels
from crawler_checks.extract.facts import Facts, FileFacts, PageFacts
from crawler_checks.extract.memory_file import MemoryFile, Seen
from crawler_checks.extract.often import Often

ROOT = Path(__file__).resolve().parents[2]
READING = ("crawler_checks/extract", "crawler_checks/crawl", "plugins/disclosure")
"""Code and data on which it depends how a page is read."""


class Memory:
    """What was read the last time, and what is read this time."""

    def __init__(self, path: Path, site: str, *, only_links: bool = False) -> None:
        self._file = MemoryFile(path, f"{site} {only_links} {_how_pages_are_read()}")
        self._before = self._file.seen
        self._now: dict[str, Seen] = {}
        self._unchanged: set[str] = set()
        self._last: tuple[Response | None, int] = (None, 0)

    def source(self, source: Source) -> Source:
        """The same source, asked only for what has changed."""
        return _Conditional(source, self)

    def reader(self, read: Callable[[Response], Facts]) -> Callable[[Response], Facts]:
        """The same reader, for what has changed."""

        def recall(response: Response) -> Facts:
            seen = self._same(response)
            if seen:
                self._unchanged.add(response.address)
            facts = seen.facts if seen else read(response)
            if seen and isinstance(facts, FileFacts) and not response.unchanged:
                # the same beginning may have another end
                facts = replace(facts, persons=None, is_opened=False)
            self.note(response, facts)
            return facts

        return recall

    def note_again(self, facts: FileFacts) -> None:
        """Remember what was read of a file later on."""
        if (seen := self._now.get(facts.address)) is not None:
            self._note(facts.address, replace(seen, facts=facts))

    def hand_over(self, facts: Facts) -> tuple[tuple[str, ...], int, bool] | None:
        """What was just noted of a page, for the memory of another process: its conditions, its digest, and whether that
        one knows its facts."""
        seen = self._now.pop(facts.address, None)
        return None if seen is None else (seen.conditions, seen.digest, facts.address in self._unchanged)

    def take_over(self, address: str, conditions: tuple[str, ...], digest: int, facts: Facts | None) -> Facts:
        """Note what another process did; None for facts that are known."""
        if facts is None:
            self._unchanged.add(address)
            facts = self._before[address].facts
        self._note(address, Seen(Want.PAGE, conditions, digest, facts))
        return facts

    def note(self, response: Response, facts: Facts) -> None:
        """Remember what was read."""
        if response.rendered:
            return
        seen = self._before.get(response.address)
        is_same = seen is not None and response.unchanged
        conditions = _conditions(response) or (seen.conditions if seen and is_same else ())
        digest = seen.digest if seen and is_same else self._digest(response)
        self._note(response.address, Seen(response.want, conditions, digest, facts))

    def _note(self, address: str, seen: Seen) -> None:
        """What is as it was need not be written once more."""
        before = self._before.get(address)
        self._now[address] = before if before is not None and before == seen else seen

    def _same(self, response: Response) -> Seen | None:
        seen = self._before.get(response.address)
        if seen is None or response.rendered:
            return None
        return seen if response.unchanged or seen.digest == self._digest(response) else None

    def _digest(self, response: Response) -> int:
        """That of a response, which is asked for twice, once."""
        if self._last[0] is not response:
            self._last = (response, _digest(response))
        return self._last[1]

    def asked(self, request: Request) -> Request:
        """The request, with what is known of the address."""
        seen = self._before.get(request.address)
        if seen is None or seen.want != request.want or not seen.conditions or request.time:
            return request  # what is looked at a second time is looked at as a whole
        return Request(request.address, request.want, seen.conditions, request.guise)

    def line_of(self, place: str, object_: str) -> int | None:
        """The line of the page's source that a finding was about, 0 for none; None where the page is not what it was,
        or the finding is new."""
        return self._file.lines.get(place, {}).get(object_) if place in self._unchanged else None

    def recall_counts(self, often: Often) -> None:
        """Have what was counted the last time counted on from there."""
        counted = self._file.counted
        if counted is not None:
            facts = (seen.facts for seen in self._before.values())
            pages = (one for one in facts if isinstance(one, PageFacts))
            often.go_on_from(counted, (page for page in pages if page.address not in counted.left_out))

    def save(self, lines: Mapping[str, Mapping[str, int]], often: Often) -> None:
        """Write down what was read this time, in place of what was, and what was counted of it. `lines` are those of
        findings, by place and object."""
        counted = often.counted({address: seen.facts for address, seen in self._now.items()})
        self._file.save(self._now, lines, counted)


class MemoryParcels:
    """Parcels of pages, but for facts that both sides remember from the last time."""

    def __init__(self, memory: Memory, parcels: Parcels[Facts]) -> None:
        self._memory, self._parcels = memory, parcels
        self.news, self.learn = parcels.news, parcels.learn

    def packed(self, facts: Facts) -> Any:
        """The facts of a page, and what to remember of it."""
        noted = self._memory.hand_over(facts)
        if noted is None or not isinstance(facts, PageFacts):
            return None
        conditions, digest, is_known = noted
        return conditions, digest, None if is_known else self._parcels.packed(facts)

    def opened(self, address: str, packed: Any) -> Facts:
        """The facts, which are noted."""
        conditions, digest, held = packed
        facts = None if held is None else self._parcels.opened(address, held)
        return self._memory.take_over(address, conditions, digest, facts)


class _Conditional:
    """A source that is told what is known already; what has not changed it answers without a body."""

    def __init__(self, source: Source, memory: Memory) -> None:
        self._source, self._memory = source, memory

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        """What the source answers."""
        return self._source.fetch(_Asked(queue, self._memory))

    def wait(self, pause: timedelta) -> None:
        """Let time pass."""
        self._source.wait(pause)


class _Asked:
    def __init__(self, queue: Queue, memory: Memory) -> None:
        self._queue, self._memory = queue, memory

    def take(self) -> Request | None:
        request = self._queue.take()
        return None if request is None else self._memory.asked(request)


def _conditions(response: Response) -> tuple[str, ...]:
    """What to send the next time, so that only a change is answered with a body."""
    if etag := response.headers.get("etag"):
        return (f"If-None-Match: {etag}",) if etag.isprintable() and etag.isascii() else ()
    day = response.headers.get("last-modified", "")
    return (f"If-Modified-Since: {day}",) if day.isprintable() and day.isascii() and day else ()


def _digest(response: Response) -> int:
    """Of all that its facts depend on."""
    rest = f"{response.content_type}\0{response.size}\0{response.truncated}\0{response.status}".encode()
    body = response.body
    return (crc32(body) << 64) | (adler32(body) << 32) | crc32(rest) | len(body) << 96


def _how_pages_are_read() -> str:
    """The hash of all code and data that has a part in it; of many threads that ask, one works it out."""
    with _ONE_AT_A_TIME:
        return _hash_of_code()


_ONE_AT_A_TIME = Lock()


@cache
def _hash_of_code() -> str:
    digest = sha256()
    for folder in READING:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()
