"""What stands on many pages of a site: counted part by part, for pages share their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from itertools import chain
from typing import TypeVar

from crawler_checks.extract.facts import PageFacts, Part, Role

T = TypeVar("T", int, str)


def often(pages: Collection[PageFacts], held_by: Callable[[Part], Iterable[T]], least: float) -> dict[T, int]:
    """On how many pages stands what their parts hold, as far as it is on `least` of them."""
    held = {
        id(part): held_by(part) for part in {id(part): part for page in pages for part in page.parts}.values()
    }
    most = Counter(chain.from_iterable([held[key] for page in pages for key in map(id, page.parts)]))
    maybe = {one for one, count in most.items() if count >= least}  # a page may hold it in several parts
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
