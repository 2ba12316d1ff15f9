"""What stands on many pages of a site: counted part by part, for pages share their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from itertools import chain, islice
from typing import TypeVar

from crawler_checks.extract.facts import PageFacts, Part, Role

T = TypeVar("T", int, str)
AT_ONCE = 1_000
"""So many pages are counted at once, for most of what they hold is their own."""


def often(pages: Collection[PageFacts], held_by: Callable[[Part], Iterable[T]], least: float) -> dict[T, int]:
    """On how many pages stands what their parts hold, as far as it is on `least` of them."""
    parts = {id(part): part for page in pages for part in page.parts}
    held = {key: held_by(part) for key, part in parts.items()}
    maybe: set[T] = set()
    waiting = iter(pages)
    while some := list(islice(waiting, AT_ONCE)):
        counted = Counter(chain.from_iterable([held[key] for page in some for key in map(id, page.parts)]))
        least_here = int(least * len(some) / len(pages))  # what is often on all is often on some
        maybe.update([one for one, count in counted.items() if count >= least_here])
    hits = {key: hit for key, ones in held.items() if (hit := maybe.intersection(ones))}
    alike = Counter(tuple([key for key in map(id, page.parts) if key in hits]) for page in pages)
    found: Counter[T] = Counter()
    for keys, count in alike.items():
        for one in set[T]().union(*map(hits.__getitem__, keys)):
            found[one] += count
    return {one: count for one, count in found.items() if count >= least}


def linked_from(part: Part) -> list[str]:
    """The addresses that visitors can go to from a part."""
    return [link.address for link in part.links if link.role is Role.LINK]
