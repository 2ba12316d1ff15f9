"""Feeds among the outputs: every list in three formats, the directory of them, a calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from plugins.disclosure.site import WHOLE
from plugins.feeds.atom import atom, rss
from plugins.feeds.calendar_file import calendar
from plugins.feeds.feed import Feed, FeedEntry
from plugins.feeds.json_feed import json_feed
from plugins.feeds.opml import opml
from plugins.portal import addresses
from plugins.portal.markdown_html import to_html
from plugins.portal.plan import Later, Output
from plugins.portal.renderer import Renderer, function_output
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board
from plugins.portal.views.lists import Listing
from plugins.portal.views.subscriptions import Newsstand, feeds_page, subscriptions

_RELATIVE = re.compile(r'\b(href|src)="(?![A-Za-z][A-Za-z0-9+.-]*:)([^"]*)"')


def whole_atom(feed: Feed) -> bytes:
    """The feed with whole texts as an Atom document."""
    return atom(_with_content(feed))


def whole_rss(feed: Feed) -> bytes:
    """The feed with whole texts as an RSS document."""
    return rss(_with_content(feed))


def whole_json(feed: Feed) -> bytes:
    """The feed with whole texts as JSON."""
    return json_feed(_with_content(feed))


Formats = Sequence[tuple[str, Callable[[Feed], bytes]]]
FORMATS: Formats = ((".atom", atom), (".rss", rss), (".json", json_feed))
WHOLE_FORMATS: Formats = ((".atom", whole_atom), (".rss", whole_rss), (".json", whole_json))


def feed_outputs(
    desk: Desk, board: Board, renderer: Renderer, listings: Sequence[Listing]
) -> Iterator[Output]:
    """Every feed of the site, and the page that names them. `listings` are the lists of the planned pages."""
    stand = Newsstand(desk, board)
    formats = WHOLE_FORMATS if desk.site.feed_text == WHOLE else FORMATS
    slices = [*stand.slices(listing for listing in listings if listing.has_feed)]
    for one in slices:
        feed = Later(stand.feed, (one,))
        yield from (function_output(one.address + ending, call, feed) for ending, call in formats)
    days = stand.calendar()
    if days is not None:
        yield function_output(addresses.CALENDAR, calendar, days)
    yield function_output(addresses.OPML, opml, subscriptions(desk, slices))
    directory = feeds_page(desk, slices, has_calendar=days is not None)
    yield renderer.output(addresses.FEEDS, "feeds.html", directory)


def _with_content(feed: Feed) -> Feed:
    return replace(feed, entries=tuple(map(_with_text, feed.entries)))


def _with_text(entry: FeedEntry) -> FeedEntry:
    """The entry with HTML that is read far from the site: its links are whole addresses."""
    text = entry.text
    if text is None:
        return entry
    html = to_html(text.markdown, text.links, "")
    return replace(entry, content=_RELATIVE.sub(lambda link: _absolute(link, text.root, entry.address), html))


def _absolute(link: re.Match[str], root: str, page: str) -> str:
    name, address = link.groups()
    return f'{name}="{page if address.startswith("#") else root}{address}"'
