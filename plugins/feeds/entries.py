"""One entry of a feed as Atom and as RSS.

A record stands in many feeds and looks the same in each, so its entry is written once and kept. It is written as
feedgen writes it: a test holds both to the same bytes.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from plugins.feeds.feed import FeedEntry

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEPT = 4096


def atom_entry(item: FeedEntry) -> str:
    """The entry as Atom has it."""
    return _atom_entry(item) if item.text is None else _atom_entry.__wrapped__(item)


def rss_item(item: FeedEntry) -> str:
    """The entry as RSS has it, which has room for one enclosure: the first file."""
    return _rss_item(item) if item.text is None else _rss_item.__wrapped__(item)


@lru_cache(maxsize=_KEPT)
def _atom_entry(item: FeedEntry) -> str:
    links = [
        f'    <link href="{_quoted(file.address)}" length="{file.size_bytes}" rel="enclosure"'
        f' type="{_quoted(file.media_type)}" title="{_quoted(file.title)}"/>\n'
        for file in item.enclosures
    ]
    terms = [f'    <category term="{_quoted(term)}"/>\n' for term in item.categories]
    whole = f'    <content type="html">{_text(item.content)}</content>\n' if item.content else ""
    return (
        f"  <entry>\n    <id>{_text(item.id)}</id>\n    <title>{_text(item.title)}</title>\n"
        f"    <updated>{item.updated_at}</updated>\n"
        f"    <author>\n      <name>{_text(item.author)}</name>\n    </author>\n{whole}"
        f'    <link href="{_quoted(item.address)}" rel="alternate" type="text/html"/>\n'
        f"    <summary>{_text(item.summary)}</summary>\n"
        f"{''.join(terms)}"
        f"    <published>{item.published_at}</published>\n{''.join(links)}  </entry>\n"
    )


@lru_cache(maxsize=_KEPT)
def _rss_item(item: FeedEntry) -> str:
    files = [
        f'      <enclosure url="{_quoted(file.address)}" length="{file.size_bytes}"'
        f' type="{_quoted(file.media_type)}"/>\n'
        for file in item.enclosures[:1]
    ]
    permanent = "true" if item.id == item.address else "false"
    terms = [f"      <category>{_text(term)}</category>\n" for term in item.categories]
    whole = f"      <content:encoded>{_text(item.content)}</content:encoded>\n" if item.content else ""
    return (
        f"    <item>\n      <title>{_text(item.title)}</title>\n      <link>{_text(item.address)}</link>\n"
        f"      <description>{_text(item.summary)}</description>\n{whole}"
        f'      <guid isPermaLink="{permanent}">{_text(item.id)}</guid>\n'
        f"{''.join(terms)}{''.join(files)}      <pubDate>{_moment(item.published_at)}</pubDate>\n"
        f"      <dc:creator>{_text(item.author)}</dc:creator>\n    </item>\n"
    )


@lru_cache(maxsize=_KEPT)
def _moment(moment: str) -> str:
    return format_datetime(datetime.fromisoformat(moment))


def _text(text: str) -> str:
    """Text of an element. Raises ValueError for signs that XML cannot hold."""
    if not text.isprintable() and _NO_XML.search(text):
        raise ValueError(f"no XML: {text!r}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    """The value of an attribute."""
    return _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
