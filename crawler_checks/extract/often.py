"""What stands on many pages of a site. It is counted part by part, for pages share their parts, and link by link, for
parts share their links; what was counted the last time is only corrected by the pages that are other since then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import Generic, TypeVar

from crawler_checks.extract.facts import Facts, PageFacts, Part, Role

T = TypeVar("T", int, str)
AT_ONCE = 2_000
"""The lines of so many parts are counted at once, for most of them are met nowhere else."""
SPARE = 0.5
"""Things are counted down to this share of what was asked about, so that tomorrow's changes do not ask for more."""


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """On how many pages something stands; nothing that is not in it stands on `floor` of them."""

    floor: float
    counts: Mapping[T, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of the pages of a site: lines, and addresses by the role of links. `left_out` are the addresses of
    remembered pages that were not counted."""

    lines: Table[int] | None
    linked: Mapping[Role, Table[str]]
    left_out: frozenset[str]


@dataclass(eq=False)
class Often:
    """What stands on many of these pages. The answers say on how many, where it is on `least` of them."""

    pages: tuple[PageFacts, ...]
    _lines: Table[int] | None = field(init=False, default=None)
    _linked: dict[Role, Table[str]] = field(init=False, default_factory=dict)

    def go_on_from(self, counted: Counted, pages: Iterable[PageFacts]) -> None:
        """Begin with what was `counted` of those pages, which these have come from."""
        before, now = ({id(page): page for page in some} for some in (pages, self.pages))
        gone = [page for key, page in before.items() if key not in now]
        come = [page for key, page in now.items() if key not in before]
        if counted.lines is not None:
            self._lines = _corrected(counted.lines, gone, come, lambda page: page.lines)
        for role, table in counted.linked.items():
            self._linked[role] = _corrected(table, gone, come, partial(_leads, role))

    def lines(self, least: float) -> dict[int, int]:
        """Lines of text."""
        if self._lines is None or self._lines.floor > least:
            self._lines = Table(least * SPARE, self._parts.lines(least * SPARE))
        return _at_least(self._lines, least)

    def linked(self, role: Role, least: float) -> dict[str, int]:
        """Addresses that links of this role lead to."""
        table = self._linked.get(role)
        if table is None or table.floor > least:
            table = self._linked[role] = Table(least * SPARE, self._parts.linked(role, least * SPARE))
        return _at_least(table, least)

    def counted(self, remembered: Mapping[str, Facts]) -> Counted | None:
        """All this for another day; None if these are not pages that are remembered."""
        pages = {page.address for page in self.pages}
        if not all(remembered.get(page.address) is page for page in self.pages):
            return None
        left_out = [
            address
            for address, facts in remembered.items()
            if isinstance(facts, PageFacts) and address not in pages
        ]
        return Counted(self._lines, self._linked, frozenset(left_out))

    @cached_property
    def _parts(self) -> _Parts:
        return _Parts(self.pages)


def _at_least(table: Table[T], least: float) -> dict[T, int]:
    return {one: count for one, count in table.counts.items() if count >= least}


def _corrected(
    table: Table[T], gone: list[PageFacts], come: list[PageFacts], held_by: Callable[[PageFacts], Iterable[T]]
) -> Table[T]:
    """As it is without the pages that are gone and with those that have come."""
    counts = dict(table.counts)
    for pages, by in ((gone, -1), (come, 1)):
        for page in pages:
            for one in counts.keys() & set(held_by(page)):
                counts[one] += by
    return Table(table.floor + len(come), counts)


def _leads(role: Role, page: PageFacts) -> Iterable[str]:
    return (link.address for part in page.parts for link in part.links if link.role is role and link.address)


class _Parts:
    """The parts of pages, each once."""

    def __init__(self, pages: Iterable[PageFacts]) -> None:
        self._pages = [page.parts for page in pages]
        parts: list[Part] = list(chain.from_iterable(self._pages))
        times = Counter(map(id, parts))
        self._parts = dict(zip(map(id, parts), parts, strict=True))
        self._own = [part for key, part in self._parts.items() if times[key] == 1]
        self._shared = [(part, times[key]) for key, part in self._parts.items() if times[key] > 1]

    def lines(self, least: float) -> dict[int, int]:
        maybe = set(chain.from_iterable([part.lines for part, _ in self._shared]))
        for begin in range(0, len(self._own), AT_ONCE):
            some = self._own[begin : begin + AT_ONCE]
            counted = Counter(chain.from_iterable([part.lines for part in some]))
            least_here = least * len(some) / len(self._own)  # what is often in all is often in some
            maybe.update([line for line, count in counted.items() if count >= least_here])
        held = {key: hit for key, part in self._parts.items() if (hit := maybe.intersection(part.lines))}
        return self._counted(held, least)

    def linked(self, role: Role, least: float) -> dict[str, int]:
        led_to = {
            key: [link.address for link in part.links if link.role is role and link.address]
            for key, part in self._parts.items()
        }
        met_at = Counter(chain.from_iterable([led_to[id(part)] for part in self._own]))
        for part, times in self._shared:
            for address in led_to[id(part)]:
                met_at[address] += times
        maybe = {address for address, times in met_at.items() if times >= least}
        held = {key: hit for key, addresses in led_to.items() if (hit := maybe.intersection(addresses))}
        return self._counted(held, least)

    def _counted(self, held: Mapping[int, Set[T]], least: float) -> dict[T, int]:
        """On how many pages stands what is held by parts, which are told by their identity."""
        alike = Counter(tuple([key for key in map(id, parts) if key in held]) for parts in self._pages)
        single = [keys for keys, count in alike.items() if count == 1]
        found = Counter(chain.from_iterable(_all_of(held, keys) for keys in single))
        for keys, count in alike.items():
            if count > 1:
                for one in _all_of(held, keys):
                    found[one] += count
        return {one: count for one, count in found.items() if count >= least}


def _all_of(held: Mapping[int, Set[T]], keys: Iterable[int]) -> Set[T]:
    return set[T]().union(*map(held.__getitem__, keys))
