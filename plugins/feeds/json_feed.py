"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from plugins.feeds.feed import LANGUAGE, Feed, FeedEntry

VERSION = "https://jsonfeed.org/version/1.1"
_NO_ITEMS = "[]\n}"
_encode = json.JSONEncoder(ensure_ascii=False, indent=1).encode


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON in UTF-8."""
    data = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.address,
        "feed_url": f"{feed.own_address}.json",
        "description": feed.subtitle,
        "language": LANGUAGE,
        "authors": [{"name": feed.author}],
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "items": [],
    }
    head = _encode(data)
    if feed.entries:
        items = ",\n  ".join(map(_written, feed.entries))
        head = f"{head.removesuffix(_NO_ITEMS)}[\n  {items}\n ]\n}}"
    return f"{head}\n".encode()


def _written(entry: FeedEntry) -> str:
    return _kept(entry) if entry.text is None else _kept.__wrapped__(entry)


@lru_cache(maxsize=4096)
def _kept(entry: FeedEntry) -> str:
    """An entry as it stands in any feed."""
    return _encode(_item(entry)).replace("\n", "\n  ")


def _item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        **({"content_html": entry.content, "summary": entry.summary} if entry.content else {}),
        **({} if entry.content else {"content_text": entry.summary}),
        "date_published": entry.published_at,
        "date_modified": entry.updated_at,
        "authors": [{"name": entry.author}],
    }
    if entry.categories:
        item["tags"] = list(entry.categories)
    if entry.enclosures:
        item["attachments"] = [
            {
                "url": file.address,
                "mime_type": file.media_type,
                "title": file.title,
                "size_in_bytes": file.size_bytes,
            }
            for file in entry.enclosures
        ]
    return item
