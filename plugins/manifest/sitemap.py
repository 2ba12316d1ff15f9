"""sitemap.xml (sitemaps.org protocol 0.9), split where one file would grow large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

MOST_ADDRESSES = 10_000
"""The protocol has a file hold up to 50,000; smaller ones are made side by side, and an edit touches less."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its absolute address, and the day its record last changed, empty where there is none."""

    address: str
    changed_on: str


def urlset(places: Sequence[Place]) -> bytes:
    """One sitemap of at most MOST_ADDRESSES pages."""
    return _document("urlset", "url", places)


def index(sitemaps: Sequence[Place]) -> bytes:
    """The index of several sitemaps."""
    return _document("sitemapindex", "sitemap", sitemaps)


def _document(outer: str, inner: str, places: Sequence[Place]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<{outer} {_NAMESPACE}>"]
    for place in places:
        changed = f"<lastmod>{place.changed_on}</lastmod>" if place.changed_on else ""
        lines.append(f"<{inner}><loc>{escape(place.address)}</loc>{changed}</{inner}>")
    return ("\n".join([*lines, f"</{outer}>"]) + "\n").encode()
