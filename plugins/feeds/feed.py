"""What a feed is made from, whatever its format.

Moments are text with their distance from UTC (`2026-01-31T09:30:00+08:00`), so that they print as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
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
class FullText:
    """The whole text of an entry in Markdown, with the addresses of what it cites, below the absolute `root`.

    Whoever writes the feed makes HTML of it.
    """

    markdown: str
    links: Mapping[str, str]
    root: str


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
    text: FullText | None = None
    content: str = ""  # the whole text as HTML whose links are absolute; empty where the summary must do


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, newest entry first. `updated_at` comes from its entries, so an unchanged feed has unchanged bytes.

    `address` is the page it follows; `own_address` its own without the ending, and `root` the way from there
    back to the site's root. `hub` is told when the feed changes and tells its subscribers (WebSub); empty for none.
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
    hub: str = ""
