"""Pages of links as plain values: parts and links that both sides know, or were told before, are numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crawler_checks.crawl.address import Kind
from crawler_checks.extract.facts import Encoding, Facts, Link, PageFacts, Part, Role
from crawler_checks.extract.link_reader import UTF_8, LinkReader

ROLES = {role.value: role for role in Role}
KINDS = {kind.value: kind for kind in Kind}


class LinkParcels:
    """Packs pages that a `LinkReader` has read, or opens them. Both sides begin with the same reader."""

    def __init__(self, reader: LinkReader) -> None:
        self._reader = reader
        parts, links = reader.known()
        self._parts, self._links = list(parts), list(links)
        self._number_of_part = {id(part): number for number, part in enumerate(self._parts)}
        self._number_of_link = {id(link): number for number, link in enumerate(self._links)}
        self._new_parts: list[tuple[tuple[int, ...], tuple[str, ...]]] = []
        self._new_links: list[tuple[str, str, str, str, str | None, bool]] = []

    def packed(self, facts: Facts) -> Any:
        """The facts of a page, as far as they are of its links."""
        if not isinstance(facts, PageFacts):
            return None
        encoding = facts.encoding
        return (
            tuple([self._number_of_part.get(id(part)) or self._numbered(part) for part in facts.parts]),
            None if encoding is UTF_8 else (encoding.charset, encoding.declared, encoding.is_false),
            facts.writes_by_script,
            facts.truncated,
            facts.digest,
            facts.status,
        )

    def news(self) -> Any:
        """Links and parts that were not known to the other side."""
        news = (self._new_links, self._new_parts)
        self._new_links, self._new_parts = [], []
        return news

    def learn(self, news: Any) -> None:
        """Take note of links and parts."""
        links, parts = news
        self._links += [
            self._reader.link(ROLES[role], href, KINDS[kind], address, fragment, scripted=scripted)
            for role, href, kind, address, fragment, scripted in links
        ]
        known = self._links.__getitem__
        self._parts += [Part(tuple(map(known, numbers)), anchors) for numbers, anchors in parts]

    def opened(self, address: str, packed: Any) -> PageFacts:
        """The facts as they were packed."""
        numbers, encoding, writes, truncated, digest, status = packed
        return PageFacts(
            address=address,
            encoding=Encoding(*encoding) if encoding else UTF_8,
            parts=tuple(map(self._parts.__getitem__, numbers)),
            writes_by_script=writes,
            truncated=truncated,
            digest=digest,
            status=status,
        )

    def _numbered(self, part: Part) -> int:
        """The number of a part, which is told if it is new."""
        number = self._number_of_part.get(id(part))
        if number is None:
            links = tuple(self._numbers(part.links))
            number = self._number_of_part[id(part)] = len(self._parts)
            self._parts.append(part)
            self._new_parts.append((links, part.anchors))
        return number

    def _numbers(self, links: Iterable[Link]) -> Iterable[int]:
        for link in links:
            number = self._number_of_link.get(id(link))
            if number is None:
                number = self._number_of_link[id(link)] = len(self._links)
                self._links.append(link)
                self._new_links.append(
                    (link.role.value, link.href, link.kind.value, link.address, link.fragment, link.scripted)
                )
            yield number
