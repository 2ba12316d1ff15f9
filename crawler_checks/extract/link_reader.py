"""The links and anchors of pages, and nothing else, for inspections that ask only whether links hold.

Pages of a site are much alike. Each is cut into blocks, and these into lines (see `pieces.py`), and what they hold is
remembered: menus, footers and list entries are read once. A page of which some piece cannot be read by itself goes to
the reader that makes a tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from zlib import adler32, crc32

from crawler_checks.crawl.address import SCHEME, Joiner, Kind
from crawler_checks.crawl.answer import Response, Want
from crawler_checks.extract.decode import decode
from crawler_checks.extract.facts import Encoding, Link, PageFacts, Role, made_again
from crawler_checks.extract.page import PageReader
from crawler_checks.extract.page_links import element_addresses
from crawler_checks.extract.page_pass import SENDING, WRITING, is_scripted
from crawler_checks.extract.pieces import cut_into_blocks, cut_into_lines
from crawler_checks.extract.scripted_links import opened_by
from crawler_checks.extract.stylesheet import style_addresses
from crawler_checks.extract.tags import Attributes, Incomplete, NeedsTree, notable_tags

NOWHERE = ("javascript:", "mailto:", "tel:", "data:")
SPECIAL = re.compile(
    r"<(?:!--|script|style|title|textarea|iframe|noframes|noembed|xmp|plaintext|base)", re.IGNORECASE
)
"""Comments, elements whose content is no markup, and what changes the rest of a page."""
AROUND = r"(?:li|p|dd|dt|td|tr|ul|div|span|em|strong|b|i|h[1-6])"
ENTRY = re.compile(
    rf"""[^<=]*(?:<{AROUND}(?:\ class="[^"<>&]*")?>[^<=]*)*"""
    r"""<a((?:\s+[a-z]+="[^"<>&]*")+)\s*>"""
    rf"""[^<=]*(?:</?(?:a|{AROUND})>[^<=]*)*"""
)
"""A line of the most common kind: one link, in elements that have a class at most."""
ATTRIBUTE = re.compile(r"""([a-z]+)="([^"]*)\"""")


@made_again
@dataclass(frozen=True, slots=True, eq=False)
class LinkFacts(PageFacts):
    """A page of which links and anchors were read. `fresh` is where it leads that no page before led to."""

    fresh: tuple[tuple[str, Want], ...] = ()

    @property
    def leads_to(self) -> Iterable[tuple[str, Want]]:
        """The addresses of the target's host that were not met before."""
        return self.fresh


Raw = tuple[Role, str, bool]
"""A link before it is resolved: its role, its href, and whether a script handles it."""


@dataclass(slots=True)
class _Piece:
    """What a piece of a page holds. `local` are links that depend on the page they stand on; `fresh` where the others
    lead, until that has been told."""

    links: tuple[Link, ...] = ()
    local: tuple[Raw, ...] = ()
    anchors: tuple[str, ...] = ()
    writes: bool = False
    fresh: tuple[tuple[str, Want], ...] = ()


NOTHING = _Piece()
UNFINISHED = _Piece()
TREE = _Piece()


@dataclass(slots=True)
class LinkReader:
    """Reads pages of one site."""

    joiner: Joiner
    _trees: PageReader = field(init=False)
    _pieces: dict[int, _Piece] = field(default_factory=dict)
    _blocks: dict[int, _Piece] = field(default_factory=dict)
    _met: set[int] = field(default_factory=set)
    _anchors: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    _links: dict[tuple[Role, str, str, str | None, bool], Link] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._trees = PageReader(self.joiner)

    def read(self, response: Response) -> PageFacts:
        """The links and anchors of an HTML page."""
        decoded = decode(response.body, response.content_type, truncated=response.truncated)
        held = self._held(decoded.text)
        if held is None:
            return self._trees.read(response)
        links: list[Link] = []
        fresh: list[tuple[str, Want]] = []
        anchors: list[str] = []
        writes = False
        for piece in held:
            links += piece.links
            anchors += piece.anchors
            writes = writes or piece.writes
            if piece.fresh:
                fresh += piece.fresh
                piece.fresh = ()
            for role, href, scripted in piece.local:
                link = self._link(response.address, decoded.charset, role, href, scripted=scripted)
                links.append(link)
                if link.kind is Kind.INSIDE:
                    fresh.append((link.address, link.want))
        return LinkFacts(
            address=response.address,
            encoding=Encoding(decoded.charset, decoded.declared, decoded.is_false),
            links=tuple(links),
            anchors=self._anchors.setdefault(found := frozenset(anchors), found),
            writes_by_script=writes,
            truncated=response.truncated,
            digest=crc32(response.body) << 32 | adler32(response.body),
            status=response.status,
            fresh=tuple(fresh),
        )

    def _held(self, html: str) -> list[_Piece] | None:
        """What the blocks of a page hold, those that hold nothing left out; None when a tree is needed."""
        held: list[_Piece] = []
        open_ = ""
        for text in cut_into_blocks(html):
            block = self._block(open_ + text if open_ else text)
            if block is TREE:
                return None
            open_ = open_ + text if block is UNFINISHED else ""
            if block is not UNFINISHED and block is not NOTHING:
                held.append(block)
        return None if open_ else held

    def _block(self, text: str) -> _Piece:
        """What a block holds. One that is met again is remembered as a whole."""
        key = hash(text)
        known = self._blocks.get(key)
        if known is None:
            pieces = self._lines(text)
            known = pieces if isinstance(pieces, _Piece) else _together(pieces)
            if key in self._met:
                self._blocks[key] = known
            self._met.add(key)
        return known

    def _lines(self, block: str) -> list[_Piece] | _Piece:
        """What the lines of a block hold, those that hold nothing left out; UNFINISHED or TREE for the whole."""
        known = self._pieces
        held: list[_Piece] = []
        piece = NOTHING
        text = ""
        for line in cut_into_lines(block):
            text = text + line if piece is UNFINISHED else line
            piece = known.get(hash(text)) or self._remembered(text)
            if piece is NOTHING or piece is UNFINISHED:
                continue
            if piece is TREE:
                return TREE
            held.append(piece)
        return UNFINISHED if piece is UNFINISHED else held

    def _remembered(self, text: str) -> _Piece:
        piece = self._pieces[hash(text)] = self._piece(text)
        return piece

    def _piece(self, text: str) -> _Piece:
        if "=" not in text and text.rfind("<") <= text.rfind(">") and not SPECIAL.search(text):
            return NOTHING
        found: list[Raw] = []
        anchors: list[str] = []
        writes = False
        if entry := ENTRY.fullmatch(text):
            attributes: Attributes = dict(reversed(ATTRIBUTE.findall(entry[1])))
            anchors += [anchor for name in ("id", "name") if (anchor := attributes.get(name))]
            return self._holding(_anchor(attributes), anchors, writes=False)
        try:
            for tag, attributes, inside in notable_tags(text):
                if anchor := attributes.get("id"):
                    anchors.append(anchor)
                if tag == "a":
                    if name := attributes.get("name"):
                        anchors.append(name)
                    found += _anchor(attributes)
                else:
                    found += _element(tag, attributes, inside)
                    writes = writes or (tag == "script" and bool(WRITING.search(inside)))
        except Incomplete:
            return UNFINISHED
        except NeedsTree:
            return TREE
        return self._holding(found, anchors, writes=writes)

    def _holding(self, found: list[Raw], anchors: list[str], *, writes: bool) -> _Piece:
        if not found and not anchors and not writes:
            return NOTHING
        links: list[Link] = []
        local: list[Raw] = []
        for raw in found:
            role, href, scripted = raw
            if _is_static(href):
                links.append(self._link("/", "utf-8", role, href, scripted=scripted))
            else:
                local.append(raw)
        fresh = tuple((link.address, link.want) for link in links if link.kind is Kind.INSIDE)
        return _Piece(tuple(links), tuple(local), tuple(anchors), writes, fresh)

    def _link(self, base: str, charset: str, role: Role, href: str, *, scripted: bool) -> Link:
        kind, address, fragment = self.joiner.join(base, href, charset)
        key = (role, address or href, kind, fragment, scripted)
        link = self._links.get(key)
        if link is None:
            link = self._links[key] = Link(role, href, kind, address, fragment, scripted=scripted)
        return link


def _together(pieces: list[_Piece]) -> _Piece:
    """One piece that holds what these hold."""
    if len(pieces) <= 1:
        return pieces[0] if pieces else NOTHING
    whole = _Piece(
        tuple(chain.from_iterable([piece.links for piece in pieces])),
        tuple(chain.from_iterable([piece.local for piece in pieces])),
        tuple(chain.from_iterable([piece.anchors for piece in pieces])),
        any(piece.writes for piece in pieces),
        tuple(chain.from_iterable([piece.fresh for piece in pieces])),
    )
    for piece in pieces:
        piece.fresh = ()
    return whole


def _is_static(href: str) -> bool:
    """Whether an href means the same on every page."""
    plain = href.lstrip()
    return plain.isascii() and (plain.startswith("/") or SCHEME.match(plain) is not None)


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
