"""The links and anchors of pages, and nothing else, for inspections that ask only whether links hold.

Pages of a site are much alike. Each is cut into pieces, at line ends and before a few common tags, and what a piece
holds is remembered: menus, footers and list entries are read once. A page of which some piece cannot be read by
itself goes to the reader that makes a tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from zlib import adler32, crc32

from crawler_checks.crawl.address import SCHEME, Joiner, Kind
from crawler_checks.crawl.answer import Response, Want
from crawler_checks.extract.decode import decode
from crawler_checks.extract.facts import Encoding, Link, PageFacts, Role
from crawler_checks.extract.page import SENDING, WRITING, PageReader, is_scripted
from crawler_checks.extract.page_links import element_addresses
from crawler_checks.extract.scripted_links import opened_by
from crawler_checks.extract.stylesheet import style_addresses
from crawler_checks.extract.tags import Attributes, Incomplete, NeedsTree, notable_tags

CUTS = ("<li", "<div", "<meta", "<title")
NOWHERE = ("javascript:", "mailto:", "tel:", "data:")
LONG_LINES = 400
"""Characters a line, on an average, from which a page is cut before tags too."""


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
    """What a piece of a page holds. `local` are links that depend on the page they stand on."""

    links: tuple[Link, ...] = ()
    local: tuple[Raw, ...] = ()
    anchors: tuple[str, ...] = ()
    writes: bool = False
    is_new: bool = True


NOTHING = _Piece()
UNFINISHED = _Piece()
TREE = _Piece()


@dataclass(slots=True)
class LinkReader:
    """Reads pages of one site."""

    joiner: Joiner
    _trees: PageReader = field(init=False)
    _pieces: dict[int, _Piece] = field(default_factory=dict)
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
        anchors: set[str] = set()
        writes = False
        for piece in held:
            if piece.links:
                links += piece.links
                if piece.is_new:
                    piece.is_new = False
                    fresh += [(link.address, link.want) for link in piece.links if link.kind is Kind.INSIDE]
            for role, href, scripted in piece.local:
                link = self._link(response.address, decoded.charset, role, href, scripted=scripted)
                links.append(link)
                if link.kind is Kind.INSIDE:
                    fresh.append((link.address, link.want))
            if piece.anchors:
                anchors.update(piece.anchors)
            writes = writes or piece.writes
        return LinkFacts(
            address=response.address,
            encoding=Encoding(decoded.charset, decoded.declared, decoded.is_false),
            links=tuple(links),
            anchors=frozenset(anchors),
            writes_by_script=writes,
            truncated=response.truncated,
            digest=crc32(response.body) << 32 | adler32(response.body),
            status=response.status,
            fresh=tuple(fresh),
        )

    def _held(self, html: str) -> list[_Piece] | None:
        """What the pieces of a page hold, those that hold nothing left out; None when a tree is needed."""
        pieces = _cut(html)
        known = self._pieces
        held: list[_Piece] = []
        number, count = 0, len(pieces)
        while number < count:
            text = pieces[number]
            number += 1
            piece = known.get(hash(text))
            if piece is None:
                piece = self._remembered(text)
            while piece is UNFINISHED and number < count:
                text += pieces[number]
                number += 1
                piece = known.get(hash(text))
                if piece is None:
                    piece = self._remembered(text)
            if piece is TREE or piece is UNFINISHED:
                return None
            if piece is not NOTHING:
                held.append(piece)
        return held

    def _remembered(self, text: str) -> _Piece:
        piece = self._pieces[hash(text)] = self._piece(text)
        return piece

    def _piece(self, text: str) -> _Piece:
        found: list[Raw] = []
        anchors: list[str] = []
        writes = False
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
        if not found and not anchors and not writes:
            return NOTHING
        static = [raw for raw in found if _is_static(raw[1])]
        links = tuple(
            self._link("/", "utf-8", role, href, scripted=scripted) for role, href, scripted in static
        )
        local = tuple(raw for raw in found if not _is_static(raw[1]))
        return _Piece(links, local, tuple(anchors), writes)

    def _link(self, base: str, charset: str, role: Role, href: str, *, scripted: bool) -> Link:
        kind, address, fragment = self.joiner.join(base, href, charset)
        key = (role, address or href, kind, fragment, scripted)
        link = self._links.get(key)
        if link is None:
            link = self._links[key] = Link(role, href, kind, address, fragment, scripted=scripted)
        return link


def _cut(html: str) -> list[str]:
    """The pieces of a page, in order; together they are the page."""
    cut = html.replace("\0", "").replace("\n", "\n\0")
    if len(html) > LONG_LINES * (cut.count("\0") + 1):
        for tag in CUTS:
            cut = cut.replace(tag, "\0" + tag)
    return cut.split("\0")


def _is_static(href: str) -> bool:
    """Whether an href means the same on every page."""
    plain = href.lstrip()
    return (
        plain.startswith("/") or (SCHEME.match(plain) is not None and plain.isascii())
        if plain.isascii()
        else False
    )


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
