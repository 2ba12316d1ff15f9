"""The records of a built site, read back out of its search index, for engines that index them in their own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.search.entry import FACETS
from plugins.search.searching import StaticIndex
from plugins.search.second_look import Card


@dataclass(frozen=True, slots=True)
class Document:
    """A record with all it is searched and narrowed by. `text` is its text to the end."""

    card: Card
    text: str
    topics: tuple[str, ...]


def documents(index: StaticIndex) -> Iterator[Document]:
    """Every valid record of a site."""
    for segment in index.segments:
        topics: dict[int, list[str]] = {}
        for value in segment.facts["facets"]["topic"]:
            for record in segment.with_facet("topic", value).nonzero()[0].tolist():
                topics.setdefault(record, []).append(value)
        for record in segment.alive.nonzero()[0].tolist():
            card = segment.card(record)
            yield Document(card, segment.to_the_end(record), tuple(topics.get(record, ())))


def facets_of(document: Document) -> dict[str, tuple[str, ...]]:
    """The values of each facet."""
    card = document.card
    found = {
        "organ": (card.organ,),
        "kind": (card.kind,),
        "topic": document.topics,
        "validity": (card.validity,),
    }
    return {facet: tuple(value for value in found[facet] if value) for facet in FACETS}
