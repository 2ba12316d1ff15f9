"""What on a page stands in the way of people who cannot see it or cannot use a mouse, as far as the markup alone says."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

FIELDS = "input, select, textarea"
FILLED_IN = frozenset(("input", "select", "textarea"))
FRAMES = frozenset(("iframe", "frame"))
NO_FIELDS = frozenset(("hidden", "submit", "button", "reset", "image"))
NAMES = ("aria-label", "aria-labelledby", "title", "placeholder")
NO_ZOOM = re.compile(
    r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*1(?:\.0*)?\s*(?:,|;|$)", re.IGNORECASE
)
LONGEST = 80


class Barriers(Struct, frozen=True, gc=False):
    """`nameless_links` are links of nothing but pictures without a text, by href; `unlabelled_fields` fields to
    fill in, by name; `untitled_frames` frames, by address."""

    nameless_links: tuple[str, ...] = ()
    unlabelled_fields: tuple[str, ...] = ()
    untitled_frames: tuple[str, ...] = ()
    forbids_zoom: bool = False


NO_BARRIERS = Barriers()


def barriers_of(tree: LexborHTMLParser, tags: Set[str]) -> Barriers:
    """What stands in the way on one page, which has elements of these `tags`."""
    found = Barriers(
        tuple(dict.fromkeys(_nameless_links(tree))) if "img" in tags else (),
        tuple(dict.fromkeys(_unlabelled_fields(tree))) if not tags.isdisjoint(FILLED_IN) else (),
        tuple(dict.fromkeys(_untitled_frames(tree))) if not tags.isdisjoint(FRAMES) else (),
        _forbids_zoom(tree),
    )
    return NO_BARRIERS if found == NO_BARRIERS else found


def _nameless_links(tree: LexborHTMLParser) -> list[str]:
    """Links with a picture, all of whose pictures say `alt=""`, and with no other name."""
    found = []
    for picture in tree.css('a[href] img[alt=""]'):
        anchor = _around(picture, "a")
        if anchor is None or _is_named(anchor) or anchor.text(strip=True):
            continue
        pictures = anchor.css("img")
        if all(
            "alt" in one.attributes and not _is_named(one) and not one.attributes["alt"] for one in pictures
        ):
            found.append((anchor.attributes.get("href") or "")[:LONGEST])
    return found


def _unlabelled_fields(tree: LexborHTMLParser) -> list[str]:
    fields = [
        node for node in tree.css(FIELDS) if (node.attributes.get("type") or "").lower() not in NO_FIELDS
    ]
    if not fields:
        return []
    labelled = {node.attributes.get("for") for node in tree.css("label[for]")}
    found = []
    for field in fields:
        attributes = field.attributes
        if (
            (attributes.get("id") or "") in labelled
            or _is_named(field)
            or _around(field, "label") is not None
        ):
            continue
        if _is_hidden(field):
            continue
        found.append((attributes.get("name") or attributes.get("id") or field.tag or "")[:LONGEST])
    return found


def _untitled_frames(tree: LexborHTMLParser) -> list[str]:
    return [
        (node.attributes.get("src") or "")[:LONGEST]
        for node in tree.css("iframe, frame")
        if not _is_named(node) and not _is_hidden(node) and node.attributes.get("src")
    ]


def _forbids_zoom(tree: LexborHTMLParser) -> bool:
    return any(
        NO_ZOOM.search(node.attributes.get("content") or "") for node in tree.css('meta[name="viewport"]')
    )


def _is_named(node: LexborNode) -> bool:
    return any((node.attributes.get(name) or "").strip() for name in NAMES)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    sizes = (attributes.get("width"), attributes.get("height"))
    return (
        "hidden" in attributes or "display:none" in style or any(size in ("0", "1", "0px") for size in sizes)
    )


def _around(node: LexborNode, tag: str) -> LexborNode | None:
    parent = node.parent
    while parent is not None:
        if parent.tag == tag:
            return parent
        parent = parent.parent
    return None
