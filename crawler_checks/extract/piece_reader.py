"""What a piece of a page holds that asks for something or is a place on the page, read by itself and from its bytes.

Most pieces are written in the plainest way: one expression says so, and their links are simply taken out. The others
are gone through tag by tag. A piece may turn out to be unfinished, or to need a tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler_checks.extract.facts import Role
from crawler_checks.extract.page_links import element_addresses
from crawler_checks.extract.page_pass import SENDING, WRITING, is_scripted
from crawler_checks.extract.scripted_links import opened_by
from crawler_checks.extract.stylesheet import style_addresses
from crawler_checks.extract.tags import Attributes, NeedsTree, notable_tags

NOWHERE = ("javascript:", "mailto:", "tel:", "data:")
HARMLESS = (
    b"(?:a|p|li|ul|ol|div|span|h[1-6]|em|strong|b|i|u|small|font|center|dl|dd|dt|table|tbody|thead|tr|td|th|br|hr|meta"
    b"|section|article|main|nav|header|footer|aside|label)"
)
"""Elements that ask for nothing by themselves, but for `<a>`, and whose content is markup."""
DATA = b"data-(?![a-z]*(?:toggle|target))[a-z]+"
KNOWN = b"(?:href|title|class|id|target|rel|name|content|align|width|height|%b)" % DATA
PLAIN = re.compile(
    rb"""[^<]*(?:</?%b(?:\s+%b="[^"<>&]*")*\s*/?>[^<]*|<title>[^<]*</title>[^<]*)*""" % (HARMLESS, KNOWN)
)
AROUND = b"(?:li|p|dd|dt|td|tr|ul|div|span|em|strong|b|i|h[1-6])"
BESIDE = b'(?:\\s+(?:title|target|class|rel|%b)="[^"<>&]*")*' % DATA
ENTRY = re.compile(
    rb"""[^<]*(?:<%b%b>[^<]*)*<a%b\s+href="([^"<>&]+)"%b\s*>[^<]*(?:</?(?:a|%b)>[^<]*)*"""
    % (AROUND, BESIDE, BESIDE, BESIDE, AROUND)
)
"""A piece of the most common kind: one link, in elements that say nothing of what they hold."""
STATIC = re.compile("/|[a-z0-9_]+[./]|\\.\\.?/")
"""How an href begins that is certainly an address."""
TAG = re.compile(r"""<([a-z0-9]+)((?:\s+[a-z-]+="[^"]*")+)""")
ATTRIBUTE = re.compile(r"""([a-z-]+)="([^"]*)\"""")

Raw = tuple[Role, str, bool]
"""A link before it is resolved: its role, its href, and whether a script handles it."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What a piece holds. `writes`: a script in it writes parts of the page."""

    links: tuple[Raw, ...] = ()
    anchors: tuple[str, ...] = ()
    writes: bool = False


NOTHING = Holds()


def only_link(piece: bytes) -> str | None:
    """The href of a piece that is one link, written in the plainest way, and nothing else; None for all others.

    Raises UnicodeDecodeError.
    """
    entry = ENTRY.fullmatch(piece)
    if entry is None:
        return None
    piece.decode()
    href = entry[1].decode()
    return href if STATIC.match(href) and href[-1] != "#" else None


def read_piece(piece: bytes) -> Holds:
    """What a piece of a page in UTF-8 holds.

    Raises Incomplete, NeedsTree, UnicodeDecodeError.
    """
    text = piece.decode()
    if not PLAIN.fullmatch(piece):
        return _any(text)
    return _plain(text) if b"<a" in piece or b'id="' in piece else NOTHING


def _plain(text: str) -> Holds:
    links: list[Raw] = []
    anchors: list[str] = []
    for tag, written in TAG.findall(text):
        attributes: Attributes = dict(reversed(ATTRIBUTE.findall(written)))
        if anchor := attributes.get("id"):
            anchors.append(anchor)
        if tag == "a":
            if name := attributes.get("name"):
                anchors.append(name)
            links += _anchor(attributes)
    return Holds(tuple(links), tuple(anchors))


def _any(text: str) -> Holds:
    links: list[Raw] = []
    anchors: list[str] = []
    writes = False
    for tag, attributes, inside in notable_tags(text):
        if anchor := attributes.get("id"):
            anchors.append(anchor)
        if tag == "a":
            if name := attributes.get("name"):
                anchors.append(name)
            links += _anchor(attributes)
        else:
            links += _element(tag, attributes, inside)
            writes = writes or (tag == "script" and bool(WRITING.search(inside)))
    return Holds(tuple(links), tuple(anchors), writes) if links or anchors or writes else NOTHING


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
        found += [
            (Role.SCRIPTED, one["address"] or one["replacing"], False) for one in SENDING.finditer(inside)
        ]
    elif tag == "style":
        found += [
            (Role.STYLE if is_sheet else Role.IMAGE, href, False)
            for href, is_sheet in style_addresses(inside)
        ]
    return found
