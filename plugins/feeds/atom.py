"""An Atom 1.0 feed (RFC 4287)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feedgen.feed import FeedGenerator


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. `id` never changes, whatever the title; `published_at` carries a time zone."""

    id: str
    title: str
    address: str
    author: str
    summary: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `updated_at` is that of its newest entry, so that an unchanged feed has unchanged bytes."""

    id: str
    title: str
    subtitle: str
    address: str
    own_address: str
    author: str
    updated_at: datetime
    entries: tuple[FeedEntry, ...]


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document in UTF-8, newest entry first as given."""
    generator = FeedGenerator()
    generator.id(feed.id)
    generator.title(feed.title)
    generator.subtitle(feed.subtitle)
    generator.author({"name": feed.author})
    generator.link(href=feed.address, rel="alternate", type="text/html")
    generator.link(href=feed.own_address, rel="self", type="application/atom+xml")
    generator.language("zh-CN")
    generator.updated(feed.updated_at)
    generator.generator("gongkai")
    for item in feed.entries:
        entry = generator.add_entry(order="append")
        entry.id(item.id)
        entry.title(item.title)
        entry.link(href=item.address, rel="alternate", type="text/html")
        entry.author({"name": item.author})
        entry.summary(item.summary)
        entry.published(item.published_at)
        entry.updated(item.published_at)
    content: bytes = generator.atom_str(pretty=True)
    return content
