"""Feeds among the outputs: every list in three formats, the directory of them, a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.feeds.atom import atom, rss
from plugins.feeds.calendar_file import calendar
from plugins.feeds.json_feed import json_feed
from plugins.feeds.opml import opml
from plugins.portal import addresses
from plugins.portal.models import ListPage
from plugins.portal.plan import Output
from plugins.portal.renderer import Renderer, function_output
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board
from plugins.portal.views.subscriptions import Newsstand, feeds_page, subscriptions

FORMATS = ((".atom", atom), (".rss", rss), (".json", json_feed))


def feed_outputs(desk: Desk, board: Board, renderer: Renderer, pages: Sequence[Output]) -> Iterator[Output]:
    """Every feed of the site, and the page that names them. `pages` are the planned pages with their lists."""
    stand = Newsstand(desk, board)
    lists = [
        page.inputs
        for page in pages
        if isinstance(page.inputs, ListPage) and page.inputs.newest is None and page.inputs.head.feed
    ]
    slices = [*stand.slices(lists)]
    for one in slices:
        yield from (function_output(one.address + ending, call, one.feed) for ending, call in FORMATS)
    days = stand.calendar()
    if days is not None:
        yield function_output(addresses.CALENDAR, calendar, days)
    yield function_output(addresses.OPML, opml, subscriptions(desk, slices))
    directory = feeds_page(desk, slices, has_calendar=days is not None)
    yield renderer.output(addresses.FEEDS, "feeds.html", directory)
