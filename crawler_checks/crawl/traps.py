"""Addresses that a site makes without end: calendars, growing paths, combinations of filters, session ids.

An honest archive may be large; a trap is known by how its addresses relate to each other, not by their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from crawler_checks.crawl.limits import Limits

REPEATED = re.compile(r"((?:/[^/]+){1,4}?)\1{2}(?=/|$)")
"""The same folders three times in a row: a relative link that grows with every page."""
YEAR = re.compile(r"[/=](\d{4})(?=(?:[/-](?:0?[1-9]|1[0-2]))?(?:[/&-]|$))")
MONTH = re.compile(
    r"[/=]\d{4}[/-](?:0?[1-9]|1[0-2])(?:[/&-]|$)|[?&](?:year|y|month|date|nian|riqi)=\d{4}", re.IGNORECASE
)
YEARS_AHEAD, BEFORE_YEARS, FIRST_YEAR, LAST_YEAR = 1, 1899, 1949, 2200
"""A calendar leads on into years in which nothing can have been published; numbers beyond are no years."""
SESSION = re.compile(r"(?<=/)(?:\([A-Z]\([^/()]+\)\)|(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{20,})(?=/)")
DIGITS = re.compile(r"\d+")
FEW_NEXT = 3
FEW_COMBINATIONS = 60
COMBINATIONS = 2
"""More addresses than so many times the values there are of all their parameters: every value with every other."""


@dataclass(slots=True)
class _Queries:
    count: int = 0
    values: set[str] = field(default_factory=set)


@dataclass
class _Page:
    """A page that leads to the next of its own shape, as the so-many-th of its chain, and to `others`."""

    shape: str
    all_links: Callable[[], Iterable[str]]
    length: int = 0

    @cached_property
    def others(self) -> int:
        """The hash of all it leads to that is of another shape."""
        return hash(frozenset([one for one in self.all_links() if _shape(one) != self.shape]))


class Traps:
    """Remembers what addresses a site has, and tells of the next whether it leads nowhere. `year` is this year's."""

    def __init__(self, limits: Limits, year: int | None) -> None:
        self._limits, self._year = limits, year
        self._queries: dict[str, _Queries] = {}
        self._sessions: dict[str, int] = {}
        self._chains: dict[str, _Page] = {}

    def is_endless(self, address: str) -> bool:
        """Whether this address, which is new, is one of a series without end."""
        path, mark, query = address.partition("?")
        segments = path.split("/")
        if len(segments) > self._limits.path_segments + 1:
            return True
        if len(set(segments)) < len(segments) and REPEATED.search(path):
            return True
        if self._year is not None and MONTH.search(address) and _is_out_of_time(address, self._year):
            return True
        if mark and self._is_combination(path, query):
            return True
        return bool(SESSION.search(path)) and self._is_another_session(path)

    def follow(self, address: str, all_links: Callable[[], Iterable[str]], new: list[str]) -> bool:
        """Whether what is new on the page at `address` is only the next of a barren chain.

        Barren is a page that leads to the next of its own kind, and otherwise to what the page before led to.
        """
        before = self._chains.pop(address, None)
        if not 0 < len(new) <= FEW_NEXT:
            return False
        shape = _shape(address)
        if any(_shape(one) != shape for one in new):
            return False
        here = _Page(shape, all_links)
        if before is not None and before.others == here.others:
            here.length = before.length + 1
        self._chains.update(dict.fromkeys(new, here))
        return here.length >= self._limits.barren_pages

    def _is_combination(self, path: str, query: str) -> bool:
        seen = self._queries.setdefault(path, _Queries())
        seen.count += 1
        pairs = query.split("&")
        seen.values.update(pairs)
        if seen.count > self._limits.queries_of_a_path:
            return True
        return len(pairs) > 1 and seen.count > max(FEW_COMBINATIONS, COMBINATIONS * len(seen.values))

    def _is_another_session(self, path: str) -> bool:
        """Whether the same path was met with very many other ids in the place of a session's."""
        shape = SESSION.sub("*", path)
        self._sessions[shape] = self._sessions.get(shape, 0) + 1
        return self._sessions[shape] > (3 if "(" in path else self._limits.queries_of_a_path)


def _is_out_of_time(address: str, this_year: int) -> bool:
    years = [int(year) for year in YEAR.findall(address)]
    return any(
        this_year + YEARS_AHEAD < year < LAST_YEAR or BEFORE_YEARS < year < FIRST_YEAR for year in years
    )


@lru_cache(maxsize=20_000)  # a page names mostly what its neighbours name
def _shape(address: str) -> str:
    return DIGITS.sub("#", address)
