"""Atom 1.0 (RFC 4287) and RSS 2.0: the feed by feedgen, its entries as `entries.py` keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from plugins.feeds.entries import atom_entry, rss_item
from plugins.feeds.feed import GENERATOR, LANGUAGE, Feed

STYLE = "static/feed.css"
_DECLARATION_ENDS = b"?>\n"


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document in UTF-8."""
    head: bytes = _generator(feed, "application/atom+xml", ".atom").atom_str(pretty=True)
    return _filled(head, b"</feed>", map(atom_entry, feed.entries), feed.root)


def rss(feed: Feed) -> bytes:
    """The feed as an RSS document in UTF-8."""
    generator = _generator(feed, "application/rss+xml", ".rss")
    generator.load_extension("dc", atom=False, rss=True)  # an author of RSS itself must be a mail address
    generator.register_extension("hub", _Hub, atom=False, rss=True)
    generator.hub.address = feed.hub
    head: bytes = generator.rss_str(pretty=True)
    return _filled(head, b"  </channel>", map(rss_item, feed.entries), feed.root)


class _Hub(BaseExtension):  # type: ignore[misc]
    """The hub of a feed in RSS, where feedgen writes no link but the feed's own."""

    address = ""

    def extend_rss(self, feed: Any) -> Any:
        """Name the hub, if there is one."""
        if self.address:
            xml_elem("{http://www.w3.org/2005/Atom}link", feed.find("channel"), href=self.address, rel="hub")
        return feed


def _generator(feed: Feed, media_type: str, ending: str) -> FeedGenerator:
    generator = FeedGenerator()
    generator.id(feed.id)
    generator.title(feed.title)
    generator.subtitle(feed.subtitle)
    generator.author({"name": feed.author})
    generator.link(href=feed.own_address + ending, rel="self", type=media_type)
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")
    generator.link(
        href=feed.address, rel="alternate", type="text/html"
    )  # RSS names the last link as its page
    generator.language(LANGUAGE)
    updated_at = datetime.fromisoformat(feed.updated_at)
    generator.updated(updated_at)
    generator.lastBuildDate(updated_at)
    generator.generator(GENERATOR)
    return generator


def _filled(head: bytes, end: bytes, entries: Iterable[str], root: str) -> bytes:
    """A document without entries, with them, and with a stylesheet named, so that a browser shows it kindly."""
    declaration, rest = head.split(_DECLARATION_ENDS, 1)
    style = f'<?xml-stylesheet href="{root}{STYLE}" type="text/css"?>\n'.encode()
    before, after = rest.rsplit(end, 1)
    return b"".join([declaration, _DECLARATION_ENDS, style, before, "".join(entries).encode(), end, after])
