"""What the index is told of a record."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as search sees it. Facets and facts are written as readers see them.

    `published_on` is 2026-01-31, empty for what has no date. `facts` are further short facts to be found by
    (索引号, keywords, dates); `text` is the body as plain text.
    """

    key: str
    address: str
    title: str
    number: str
    organ: str
    kind: str
    topics: tuple[str, ...]
    published_on: str
    validity: str
    facts: str
    text: str

    @property
    def searched_facts(self) -> str:
        """All facts, one a line."""
        return "\n".join((self.number, self.organ, self.kind, *self.topics, self.published_on, self.facts))

    @property
    def fingerprint(self) -> str:
        """Changes with anything search shows of the record or finds it by."""
        return blake2b(json.dumps(astuple(self), ensure_ascii=False).encode(), digest_size=12).hexdigest()


FACETS = ("organ", "kind", "topic", "validity")


def facet_values(entry: Entry, facet: str) -> tuple[str, ...]:
    """An entry's values of one facet; a topic counts with all that stand above it (财政、金融、审计\\财政)."""
    match facet:
        case "topic":
            paths = [topic.split("\\") for topic in entry.topics]
            return tuple(
                sorted({"\\".join(path[:depth]) for path in paths for depth in range(1, len(path) + 1)})
            )
        case "organ":
            value = entry.organ
        case "kind":
            value = entry.kind
        case _:
            value = entry.validity
    return (value,) if value else ()


def in_order(entries: list[Entry]) -> list[Entry]:
    """Newest first; ties by key. A record's place in this order is its number in the index."""
    by_key = sorted(entries, key=lambda entry: entry.key)
    return sorted(by_key, key=lambda entry: entry.published_on, reverse=True)
