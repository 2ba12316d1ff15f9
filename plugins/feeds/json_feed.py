"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import Any

from plugins.feeds.feed import LANGUAGE, Feed, FeedEntry

VERSION = "https://jsonfeed.org/version/1.1"


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
        "items": [_item(entry) for entry in feed.entries],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


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
