"""What other sites tell of what they published: Atom, RSS, JSON Feed, and the records of a site like ours.

All of it is written by strangers: nothing is followed, expanded or run, and what is too large or damaged is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError
from zoneinfo import ZoneInfo

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from plugins.disclosure.importers.html_page import decode_page
from plugins.disclosure.importers.refusal import Refusal

LARGEST_BYTES = 20_000_000
MOST_ENTRIES = 2_000
LONGEST_TITLE = 300

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WEB = re.compile(r"https?://[^\s/@<>\"'\\]+(?:/[^\s<>\"'\\]*)?", re.ASCII)
_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DUBLIN_CORE_DATE = "{http://purl.org/dc/elements/1.1/}date"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@dataclass(frozen=True, slots=True)
class UpstreamItem:
    """One thing that was published elsewhere. `id` is what its site knows it by; `published_at` has a zone, or is
    None where the day or the time is not told (`day` then has the day, if that is told). The text is HTML or Markdown."""

    id: str
    title: str
    address: str
    author: str
    published_at: datetime | None
    day: str = ""
    summary: str = ""
    html: str = ""
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Upstream:
    """What a site tells of itself and of what it published, newest first where it says so."""

    title: str
    items: tuple[UpstreamItem, ...]


def read_upstream(data: bytes, address: str, zone: ZoneInfo) -> Upstream:
    """What the bytes of a feed or of an interface say. `address` is where they come from, if that is known; `zone`
    is that of moments which name none. Raises Refusal."""
    if len(data) > LARGEST_BYTES:
        raise Refusal("文件太大，不像一份订阅。", "The file is too large for a feed.")
    text = decode_page(data).lstrip("\ufeff \t\r\n")
    if not text:
        raise Refusal("内容是空的。", "It is empty.")
    found = _read_json(text, zone) if text[0] in "{[" else _read_xml(text, zone)
    items = [
        one
        for one in _with_whole_addresses(found.items, address)
        if one.title and _WEB.fullmatch(one.address)
    ]
    if not items:
        raise Refusal(
            "里面没有带标题和网址的条目。请写明 Atom、RSS、JSON Feed，或本程序生成的 .json、.ndjson。",
            "It holds no entries with a title and an address. Name an Atom, RSS or JSON feed, or .json or .ndjson as "
            "this program makes them.",
        )
    return Upstream(found.title, tuple(items[:MOST_ENTRIES]))


def _with_whole_addresses(items: tuple[UpstreamItem, ...], base: str) -> Iterator[UpstreamItem]:
    for one in items:
        address = one.address if "//" in one.address[:8] else urljoin(base, one.address)
        yield UpstreamItem(
            one.id or address, one.title, address, one.author, one.published_at, one.day, one.summary, one.html,
            one.markdown,
        )  # fmt: skip


# ---- Atom and RSS ----


def _read_xml(text: str, zone: ZoneInfo) -> Upstream:
    try:
        root: Element = fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text), forbid_dtd=True)
    except DefusedXmlException as fault:
        raise Refusal(
            "里面有 DTD 或 XML 实体，可能有害，没有读取。",
            "It holds a DTD or XML entities, which may be harmful; it was not read.",
        ) from fault
    except (ParseError, ValueError, LookupError, RecursionError) as fault:
        raise Refusal(
            "不是完整的 XML，读不下去。", "It is no whole XML document and cannot be read."
        ) from fault
    if root.tag == f"{_ATOM}feed":
        title = _plain(root.findtext(f"{_ATOM}title"))
        author = _plain(root.findtext(f"{_ATOM}author/{_ATOM}name"))
        return Upstream(
            title, tuple(_atom_entry(one, author, zone) for one in root.iterfind(f"{_ATOM}entry"))
        )
    # RSS 2.0 has its items in the channel; RSS 1.0 beside it, in a namespace.
    items = [one for one in root.iter() if _local(one) == "item"]
    channel = next((one for one in root.iter() if _local(one) == "channel"), root)
    return Upstream(_plain(_child(channel, "title")), tuple(_rss_item(one, zone) for one in items))


def _atom_entry(entry: Element, author: str, zone: ZoneInfo) -> UpstreamItem:
    links = entry.findall(f"{_ATOM}link")
    pages = [one.get("href", "") for one in links if one.get("rel", "alternate") == "alternate"]
    content = entry.find(f"{_ATOM}content")
    has_html = content is not None and content.get("type", "text") in ("html", "text/html")
    return UpstreamItem(
        id=_plain(entry.findtext(f"{_ATOM}id")),
        title=_plain(entry.findtext(f"{_ATOM}title")),
        address=next(iter(pages), "").strip(),
        author=_plain(entry.findtext(f"{_ATOM}author/{_ATOM}name")) or author,
        published_at=_moment(entry.findtext(f"{_ATOM}published"), zone)
        or _moment(entry.findtext(f"{_ATOM}updated"), zone),
        summary=_plain(entry.findtext(f"{_ATOM}summary")),
        html=(content.text or "") if content is not None and has_html else "",
    )


def _rss_item(item: Element, zone: ZoneInfo) -> UpstreamItem:
    description = _child(item, "description")
    guid = next((one for one in item if _local(one) == "guid"), None)
    is_link = guid is not None and guid.get("isPermaLink", "true") == "true"
    return UpstreamItem(
        id=_plain(guid.text if guid is not None else ""),
        title=_plain(_child(item, "title")),
        address=(_child(item, "link") or (guid.text if guid is not None and is_link else "") or "").strip(),
        author=_plain(item.findtext(_CREATOR) or _child(item, "author")),
        published_at=_moment(_child(item, "pubDate"), zone)
        or _moment(item.findtext(_DUBLIN_CORE_DATE), zone),
        summary=_plain(description),
        html=item.findtext(_CONTENT) or (description if "<p" in description.lower() else ""),
    )


def _child(parent: Element, name: str) -> str:
    """The text of a child of RSS, whose elements stand in no namespace (2.0) or in one of their own (1.0)."""
    return next((one.text or "" for one in parent if one.tag == name or one.tag == _RSS_1 + name), "")


_RSS_1 = "{http://purl.org/rss/1.0/}"


def _local(element: Element) -> str:
    return str(element.tag).removeprefix(_RSS_1)


# ---- JSON ----


def _read_json(text: str, zone: ZoneInfo) -> Upstream:
    try:
        data = _lines_or_one(text)
    except (ValueError, RecursionError) as fault:
        raise Refusal("不是完整的 JSON，读不下去。", "It is no whole JSON and cannot be read.") from fault
    match data:
        case {"version": str(), "items": [*items]}:
            author = _plain(_first(data.get("authors")).get("name"))
            found = [_feed_item(one, author, zone) for one in items if isinstance(one, dict)]
            return Upstream(_plain(data.get("title")), tuple(found))
        case {"records": [*records]}:
            return Upstream("", tuple(_listed(one) for one in records if isinstance(one, dict)))
        case [*records]:
            return Upstream("", tuple(_record(one, zone) for one in records if isinstance(one, dict)))
    return Upstream("", ())


def _lines_or_one(text: str) -> Any:
    """One document; or a list of those that stand a line each, as a record's own does too."""
    try:
        data = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return [data] if isinstance(data, dict) and "fields" in data else data


def _feed_item(item: Mapping[str, Any], author: str, zone: ZoneInfo) -> UpstreamItem:
    return UpstreamItem(
        id=_plain(item.get("id")),
        title=_plain(item.get("title")),
        address=_text(item.get("url") or item.get("external_url")).strip(),
        author=_plain(_first(item.get("authors")).get("name")) or author,
        published_at=_moment(item.get("date_published"), zone),
        summary=_plain(item.get("summary") or item.get("content_text")),
        html=_text(item.get("content_html")),
    )


def _listed(record: Mapping[str, Any]) -> UpstreamItem:
    """A record in a list of our interface, which tells the day alone."""
    address, day = _text(record.get("address")), _text(record.get("published_on"))
    return UpstreamItem(address, _plain(record.get("title")), address, "", None, day)


def _record(record: Mapping[str, Any], zone: ZoneInfo) -> UpstreamItem:
    """A record's own JSON, or a line of a dump."""
    address, fields = _text(record.get("address")), record.get("fields")
    fields = fields if isinstance(fields, dict) else {}
    issuer = fields.get("issuer")
    day, clock = _text(fields.get("published_on")), _text(fields.get("published_time"))
    return UpstreamItem(
        id=address,
        title=_plain(record.get("title")),
        address=address,
        author=_plain(issuer.get("label")) if isinstance(issuer, dict) else "",
        published_at=_moment(f"{day}T{clock}", zone) if day and clock else None,
        day=day,
        summary=_plain(fields.get("summary")),
        markdown=_text(record.get("body")),
    )


def _first(value: Any) -> Mapping[str, Any]:
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}


# ---- values ----


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _plain(value: Any) -> str:
    """One line without tags and without signs that nobody sees."""
    text = _TAG.sub(" ", unescape(_text(value)))
    return " ".join(_NOT_SHOWN.sub(" ", text).split())


def _moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """A moment in the zone; None for what is none, a day without a time among it."""
    text = _text(value).strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        if len(text) <= len("2026-01-31"):
            return None
        try:
            found = read(text)
            found = found if found.tzinfo else found.replace(tzinfo=zone)
            return found.astimezone(zone)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None
