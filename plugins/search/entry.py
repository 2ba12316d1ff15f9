"""What the index is told of a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
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
        told = [self.key, self.address, self.title, self.number, self.organ, self.kind, *self.topics]
        told += [self.published_on, self.validity, self.facts, self.text]
        sizes = ",".join([str(len(one)) for one in told])
        return blake2b("".join([sizes, *told]).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    @property
    def version(self) -> Version:
        """What stands for the entry where it need not be read."""
        return Version(self.key, self.published_on, self.fingerprint)


@dataclass(frozen=True, slots=True)
class Version:
    """Which state a record is in. `mark` changes with anything search shows of it or finds it by."""

    key: str
    published_on: str
    mark: str


FACETS = ("organ", "kind", "topic", "validity")


def facet_values(entry: Entry, facet: str) -> tuple[str, ...]:
    """An entry's values of one facet; a topic counts with all that stand above it (财政、金融、审计\\财政)."""
    match facet:
        case "topic":
            return _with_those_above(entry.topics)
        case "organ":
            value = entry.organ
        case "kind":
            value = entry.kind
        case _:
            value = entry.validity
    return (value,) if value else ()


def in_order(versions: Iterable[Version]) -> list[Version]:
    """Newest first; ties by key. A record's place in this order is its number in the index."""
    by_key = sorted(versions, key=lambda version: version.key)
    return sorted(by_key, key=lambda version: version.published_on, reverse=True)


@lru_cache(1 << 12)
def _with_those_above(topics: tuple[str, ...]) -> tuple[str, ...]:
    paths = [topic.split("\\") for topic in topics]
    return tuple(sorted({"\\".join(path[:depth]) for path in paths for depth in range(1, len(path) + 1)}))
