"""Whole pages as plain values: links, and parts that pages share, are told once, and are numbers from then on."""

from __future__ import annotations

from array import array
from typing import Any

from crawler_checks.crawl.address import Kind
from crawler_checks.crawl.telling import Teller, Told
from crawler_checks.extract.facts import Facts, Link, PageFacts, Part, Role
from crawler_checks.extract.page import PageReader

ROLES = {role.value: role for role in Role}
KINDS = {kind.value: kind for kind in Kind}


class PageParcels:
    """Packs pages that a `PageReader` has read, or opens them. Both sides begin with the same reader."""

    def __init__(self, reader: PageReader) -> None:
        self._links_of = reader.links
        self._shared = reader.shared_parts
        self._known: list[Link | Part] = [*self._links_of.known(), *self._shared.values()]
        self._numbers = {id(one): number for number, one in enumerate(self._known)}
        self._news: list[Any] = []
        self._teller, self._told = Teller(self._number), Told(self._known.__getitem__)

    def packed(self, facts: Facts) -> Any:
        """The facts of a page."""
        return self._teller.frame(facts) if isinstance(facts, PageFacts) else None

    def news(self) -> Any:
        """Links and parts that were not known to the other side, in the order of their numbers."""
        news, self._news = self._news, []
        return news

    def learn(self, news: Any) -> None:
        """Take note of links and parts."""
        known = self._known
        for one in news:
            if len(one) == 3:
                numbers, anchors, lines = one
                links: Any = tuple([known[number] for number in numbers])
                known.append(Part(links, anchors, array("Q", lines)))
            else:
                role, kind, *others = one
                known.append(self._links_of.same(Link(ROLES[role], others[0], KINDS[kind], *others[1:])))

    def opened(self, _: str, packed: Any) -> PageFacts:
        """The facts as they were packed."""
        facts: PageFacts = self._told.read(packed)
        return facts

    def _number(self, value: object) -> int | None:
        """The number of a link or of a part that pages share, which is told if it is new."""
        if type(value) is Link:
            number = self._numbers.get(id(value))
            return self._numbered(value, _of_link(value)) if number is None else number
        if type(value) is Part and id(value) in self._shared:
            number = self._numbers.get(id(value))
            if number is None:
                numbers = tuple([self._number(link) for link in value.links])
                number = self._numbered(value, (numbers, value.anchors, value.lines.tobytes()))
            return number
        return None

    def _numbered(self, value: Link | Part, told: Any) -> int:
        number = self._numbers[id(value)] = len(self._known)
        self._known.append(value)
        self._news.append(told)
        return number


def _of_link(link: Link) -> tuple[object, ...]:
    return (
        link.role.value, link.kind.value, link.href, link.address, link.fragment, link.text, link.hint, link.hidden,
        link.scripted,
    )  # fmt: skip
