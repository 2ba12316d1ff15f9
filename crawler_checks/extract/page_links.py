"""Every address an element of a page asks for, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crawler_checks.extract.facts import Role
from crawler_checks.extract.stylesheet import style_addresses

Attributes = Mapping[str, str | None]

SIMPLE = {
    "area": ("href", Role.LINK),
    "iframe": ("src", Role.FRAME),
    "frame": ("src", Role.FRAME),
    "script": ("src", Role.SCRIPT),
    "embed": ("src", Role.MEDIA),
    "object": ("data", Role.MEDIA),
    "audio": ("src", Role.MEDIA),
    "track": ("src", Role.MEDIA),
    "bgsound": ("src", Role.MEDIA),
    "body": ("background", Role.IMAGE),
    "table": ("background", Role.IMAGE),
    "td": ("background", Role.IMAGE),
    "image": ("href", Role.IMAGE),
}
RELS = {
    "stylesheet": Role.STYLE,
    "icon": Role.IMAGE,
    "apple-touch-icon": Role.IMAGE,
    "manifest": Role.OTHER,
    "alternate": Role.OTHER,
    "next": Role.LINK,
    "prev": Role.LINK,
    "preload": Role.OTHER,
}
REFRESH = re.compile(
    r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?(?P<quote>[\"']?)(?P<address>[^\"']+)", re.IGNORECASE
)
CANDIDATE = re.compile(r"\s*(?P<address>[^\s,]\S*)(?P<size>[^,]*),?")


def element_addresses(tag: str, attributes: Attributes) -> Iterator[tuple[Role, str]]:
    """What an element other than `<a>` asks for: hrefs as written, each with its role."""
    style = attributes.get("style")
    if style and "url" in style:
        for address, _ in style_addresses(style):
            yield Role.IMAGE, address
    if tag in SIMPLE:
        name, role = SIMPLE[tag]
        yield from ((role, value) for value in (attributes.get(name),) if value)
    elif tag == "img" or (tag == "input" and attributes.get("type") == "image"):
        yield from _image(attributes)
    elif tag in ("video", "source"):
        yield from _media(attributes)
    elif tag == "link":
        yield from _relation(attributes)
    elif tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
        yield from _refresh(attributes.get("content") or "")


def _image(attributes: Attributes) -> Iterator[tuple[Role, str]]:
    if address := attributes.get("src"):
        yield Role.IMAGE, address
    yield from _candidates(attributes)


def _media(attributes: Attributes) -> Iterator[tuple[Role, str]]:
    if address := attributes.get("src"):
        yield Role.MEDIA, address
    if address := attributes.get("poster"):
        yield Role.IMAGE, address
    yield from _candidates(attributes)


def _candidates(attributes: Attributes) -> Iterator[tuple[Role, str]]:
    """The addresses of a srcset."""
    candidates = attributes.get("srcset")
    if not candidates or "data:" in candidates:
        return
    for found in CANDIDATE.finditer(candidates):
        yield Role.IMAGE, found["address"].rstrip(",")


def _relation(attributes: Attributes) -> Iterator[tuple[Role, str]]:
    address = attributes.get("href")
    relations = (attributes.get("rel") or "").lower().split()
    role = next((RELS[relation] for relation in relations if relation in RELS), None)
    if address and role:
        yield role, address


def _refresh(content: str) -> Iterator[tuple[Role, str]]:
    found = REFRESH.fullmatch(content.strip().rstrip("\"'"))
    if found and not found["address"].strip().replace(".", "").isdigit():
        yield Role.REFRESH, found["address"]
