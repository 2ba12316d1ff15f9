"""OPML 2.0: all feeds of the site in one file, for a reader to import at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr


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
        lines.append(f"<outline text={quoteattr(label)}>")
        lines += [
            f'<outline type="rss" version="ATOM" text={quoteattr(one.title)} title={quoteattr(one.title)}'
            f" xmlUrl={quoteattr(one.feed)} htmlUrl={quoteattr(one.page)}/>"
            for one in outlines
        ]
        lines.append("</outline>")
    return ("\n".join([*lines, "</body>", "</opml>"]) + "\n").encode()
