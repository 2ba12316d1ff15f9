"""What a piece of a page holds that asks for something or is a place on the page, read by itself, tag by tag.

A piece may turn out to be unfinished, or to need a tree.
"""

from __future__ import annotations

from msgspec import Struct

from crawler_checks.extract.facts import Role
from crawler_checks.extract.menus_in_scripts import menu_entries
from crawler_checks.extract.page_links import element_addresses
from crawler_checks.extract.scripted_links import is_scripted, opened_by, sent_to, writes
from crawler_checks.extract.stylesheet import style_addresses
from crawler_checks.extract.tags import Attributes, NeedsTree, notable_tags, read_plain_tag

NOWHERE = ("javascript:", "mailto:", "tel:", "data:")
Raw = tuple[Role, str, bool]
"""A link before it is resolved: its role, its href, and whether a script handles it."""


class Holds(Struct, frozen=True, gc=False):
    """What a piece holds. `writes`: a script in it writes parts of the page. `base` is what links are meant from, as a
    `<base>` says it; it stands before all that depends on it."""

    links: tuple[Raw, ...] = ()
    anchors: tuple[str, ...] = ()
    writes: bool = False
    base: str = ""


NOTHING = Holds()


def read_piece(text: str) -> Holds:
    """What a piece of a page holds.

    Raises Incomplete, NeedsTree.
    """
    links: list[Raw] = []
    anchors: list[str] = []
    is_written = False
    base = ""
    for tag, attributes, inside in notable_tags(text):
        if tag == "base" and not base:
            base = attributes.get("href") or ""
            if base and links:
                raise NeedsTree
        _note(tag, attributes, inside, links, anchors)
        is_written = is_written or (tag == "script" and writes(inside))
    held = Holds(tuple(links), tuple(anchors), is_written, base)
    return NOTHING if held == NOTHING else held


def read_tag(tag: str) -> Holds | None:
    """What one tag of those holds that can be told at one look; None where its content has to be looked at.

    Raises NeedsTree.
    """
    if tag.startswith('"'):
        return Holds(((Role.LINK, tag[1:-1], False),))
    read = read_plain_tag(tag)
    if read is None:
        return None
    links: list[Raw] = []
    anchors: list[str] = []
    tag, attributes = read
    _note(tag, attributes, "", links, anchors)
    held = Holds(tuple(links), tuple(anchors), base=(attributes.get("href") or "") if tag == "base" else "")
    return NOTHING if held == NOTHING else held


def _note(tag: str, attributes: Attributes, inside: str, links: list[Raw], anchors: list[str]) -> None:
    if anchor := attributes.get("id"):
        anchors.append(anchor)
    if tag == "a":
        if name := attributes.get("name"):
            anchors.append(name)
        links += _anchor(attributes)
    elif attributes or inside:
        links += _element(tag, attributes, inside)


def _anchor(attributes: Attributes) -> list[Raw]:
    href = attributes.get("href")
    if href is None:
        return []
    plain = href.strip().lower()
    if not plain or plain.endswith("#") or plain.startswith(NOWHERE):
        for script in (attributes.get("onclick") or "", href if plain.startswith("javascript:") else ""):
            if script and (opened := opened_by(script)):
                return [(Role.LINK if opened[1] else Role.SCRIPTED, opened[0], True)]
    return [(Role.LINK, href, is_scripted(attributes))]


def _element(tag: str, attributes: Attributes, inside: str) -> list[Raw]:
    """What an element other than `<a>` asks for."""
    if (tag == "select" and "onchange" in attributes) or (
        "onclick" in attributes and opened_by(attributes.get("onclick") or "")
    ):
        raise NeedsTree
    found: list[Raw] = [(role, href, False) for role, href in element_addresses(tag, attributes)]
    if tag == "script" and inside:
        found += [(Role.SCRIPTED, address, False) for address in sent_to(inside)]
        found += [(Role.SCRIPTED, address, False) for address, _ in menu_entries(inside)]
    elif tag == "style":
        found += [
            (Role.STYLE if is_sheet else Role.IMAGE, href, False)
            for href, is_sheet in style_addresses(inside)
        ]
    return found
