"""OPML 2.0: all feeds of the site in one file, for a reader to import at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed in the list: its name, its page, and its address in Atom."""

    title: str
    page: str
    feed: str


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """All feeds in groups."""

    title: str
    groups: Sequence[tuple[str, Sequence[Outline]]]


def opml(subscriptions: Subscriptions) -> bytes:
    """The list as OPML in UTF-8."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{escape(subscriptions.title)}</title></head>",
        "<body>",
    ]
    for label, outlines in subscriptions.groups:
        lines.append(f'<outline text="{escape(label)}">')
        lines += [
            f'<outline type="rss" version="ATOM" text="{escape(one.title)}" title="{escape(one.title)}"'
            f' xmlUrl="{escape(one.feed)}" htmlUrl="{escape(one.page)}"/>'
            for one in outlines
        ]
        lines.append("</outline>")
    return ("\n".join([*lines, "</body>", "</opml>"]) + "\n").encode()
