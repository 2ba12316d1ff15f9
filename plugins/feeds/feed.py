"""What a feed is made from, whatever its format.

Moments are text with their distance from UTC (`2026-01-31T09:30:00+08:00`), so that they print as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGE = "zh-CN"
GENERATOR = "gongkai"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an entry."""

    address: str
    title: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. `id` never changes, whatever the title; `updated_at` moves only when its standing does."""

    id: str
    title: str
    address: str
    author: str
    summary: str
    published_at: str
    updated_at: str
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, newest entry first. `updated_at` comes from its entries, so an unchanged feed has unchanged bytes.

    `address` is the page it follows; `own_address` its own without the ending, and `root` the way from there
    back to the site's root.
    """

    id: str
    title: str
    subtitle: str
    address: str
    own_address: str
    root: str
    author: str
    updated_at: str
    entries: tuple[FeedEntry, ...]
