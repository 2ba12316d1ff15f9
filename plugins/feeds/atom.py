"""Atom 1.0 (RFC 4287) and RSS 2.0, both by feedgen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from plugins.feeds.feed import GENERATOR, LANGUAGE, Enclosure, Feed, FeedEntry

STYLE = "static/feed.css"
_DECLARATION_ENDS = b"?>\n"


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document in UTF-8."""
    generator = _generator(feed, "application/atom+xml", ".atom")
    for item in feed.entries:
        entry = _add(generator, item)
        entry.author({"name": item.author})
        entry.register_extension("links", _Links, atom=True, rss=False)
        entry.links.enclosures = item.enclosures
        if item.content:
            entry.content(item.content, type="html")
    content: bytes = generator.atom_str(pretty=True)
    return _styled(content, feed.root)


def rss(feed: Feed) -> bytes:
    """The feed as an RSS document in UTF-8. RSS has room for one enclosure an entry: the first file."""
    generator = _generator(feed, "application/rss+xml", ".rss")
    generator.load_extension("dc", atom=False, rss=True)  # an author of RSS itself must be a mail address
    generator.register_extension("hub", _Hub, atom=False, rss=True)
    generator.hub.address = feed.hub
    for item in feed.entries:
        entry = _add(generator, item)
        entry.dc.dc_creator(item.author)
        for file in item.enclosures[:1]:
            entry.enclosure(file.address, str(file.size_bytes), file.media_type)
        if item.content:
            entry.content(item.content)
    content: bytes = generator.rss_str(pretty=True)
    return _styled(content, feed.root)


class _Links(BaseEntryExtension):  # type: ignore[misc]
    """An Atom entry's links with what they are: feedgen writes the links of entries by their address alone."""

    enclosures: tuple[Enclosure, ...] = ()

    def extend_atom(self, feed: Any) -> Any:
        """Complete the one link of the entry and add its files."""
        page = feed.find("link")
        page.set("rel", "alternate")
        page.set("type", "text/html")
        for file in self.enclosures:
            facts = {"rel": "enclosure", "type": file.media_type, "title": file.title}
            xml_elem("link", feed, href=file.address, length=str(file.size_bytes), **facts)
        return feed


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


def _add(generator: FeedGenerator, item: FeedEntry) -> FeedGenerator:
    entry = generator.add_entry(order="append")
    entry.guid(item.id, permalink=item.id == item.address)
    entry.title(item.title)
    entry.link(href=item.address, rel="alternate", type="text/html")
    entry.summary(item.summary)
    entry.published(datetime.fromisoformat(item.published_at))
    entry.updated(datetime.fromisoformat(item.updated_at))
    for category in item.categories:
        entry.category(term=category)
    return entry


def _styled(content: bytes, root: str) -> bytes:
    """The document with a stylesheet named in its head, so that a browser shows it kindly."""
    declaration, rest = content.split(_DECLARATION_ENDS, 1)
    style = f'<?xml-stylesheet href="{root}{STYLE}" type="text/css"?>\n'.encode()
    return declaration + _DECLARATION_ENDS + style + rest
