"""The links and anchors of pages, and nothing else, for inspections that ask only whether links hold.

Pages of a site are much alike. Each is cut into blocks, and these into lines (see `pieces.py`), and what they hold is
remembered: menus, footers and list entries are read once, from bytes, and a page holds no more than pointers to its
parts. A page of which some piece cannot be read by itself goes to the reader that makes a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain

from crawler_checks.crawl.address import SCHEME, Joiner, Kind
from crawler_checks.crawl.answer import Response, Want
from crawler_checks.extract.decode import decode, is_plainly_utf8
from crawler_checks.extract.facts import Encoding, Link, PageFacts, Part, Role, made_again
from crawler_checks.extract.page import PageReader, digest_of
from crawler_checks.extract.piece_reader import NOTHING, Raw, only_link, read_piece
from crawler_checks.extract.pieces import (
    cut_bytes_into_blocks,
    cut_bytes_into_lines,
    cut_bytes_into_smaller_blocks,
)
from crawler_checks.extract.tags import Incomplete, NeedsTree


@made_again
@dataclass(frozen=True, slots=True, eq=False)
class LinkFacts(PageFacts):
    """A page of which links and anchors were read. `fresh` is where it leads that no page before led to."""

    fresh: tuple[tuple[str, Want], ...] = ()

    @property
    def leads_to(self) -> Iterable[tuple[str, Want]]:
        """The addresses of the target's host that were not met before."""
        return self.fresh


@dataclass(slots=True, eq=False)
class _Piece:
    """What a piece of a page holds. `local` are links that depend on the page they stand on; `fresh` where the others
    lead, until that has been told."""

    part: Part
    local: tuple[Raw, ...] = ()
    writes: bool = False
    fresh: tuple[tuple[str, Want], ...] = ()


UTF_8 = Encoding()
NO_PART = Part()
EMPTY = _Piece(NO_PART)
UNFINISHED = _Piece(NO_PART)
TREE = _Piece(NO_PART)
DAMAGED = _Piece(NO_PART)


@dataclass(slots=True)
class LinkReader:
    """Reads pages of one site."""

    joiner: Joiner
    _trees: PageReader = field(init=False)
    _pieces: dict[int, _Piece] = field(default_factory=dict)
    _blocks: dict[int, _Piece] = field(default_factory=dict)
    _met: set[int] = field(default_factory=set)
    _links_from_root: dict[str, Link] = field(default_factory=dict)
    _links: dict[tuple[Role, str, str, str | None, bool], Link] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._trees = PageReader(self.joiner)

    def read(self, response: Response) -> PageFacts:
        """The links and anchors of an HTML page."""
        body, encoding = response.body, UTF_8
        held = self._held(body) if is_plainly_utf8(body, response.content_type) else DAMAGED
        if held is DAMAGED:
            decoded = decode(body, response.content_type, truncated=response.truncated)
            encoding = Encoding(decoded.charset)
            held = self._held(decoded.text.encode("utf-8", "replace"))
        if isinstance(held, _Piece):
            return self._trees.read(response)
        return self._page(response, encoding, held)

    def _page(self, response: Response, encoding: Encoding, held: list[_Piece]) -> PageFacts:
        parts: list[Part] = []
        fresh: list[tuple[str, Want]] = []
        local: list[Link] = []
        writes = False
        for piece in held:
            if piece.part is not NO_PART:
                parts.append(piece.part)
            if piece.writes:
                writes = True
            if piece.fresh:
                fresh += piece.fresh
                piece.fresh = ()
            for role, href, scripted in piece.local:
                link = self._link(response.address, encoding.charset, role, href, scripted=scripted)
                local.append(link)
                if link.kind is Kind.INSIDE:
                    fresh.append((link.address, link.want))
        if local:
            parts.append(Part(tuple(local)))
        return LinkFacts(
            address=response.address,
            encoding=encoding,
            parts=tuple(parts),
            writes_by_script=writes,
            truncated=response.truncated,
            digest=digest_of(response.body),
            status=response.status,
            fresh=tuple(fresh),
        )

    def _held(self, body: bytes) -> list[_Piece] | _Piece:
        """What the blocks of a page hold, those that hold nothing left out; TREE or DAMAGED for the whole."""
        held = self._of_each(cut_bytes_into_blocks(body), self._block)
        return TREE if held is UNFINISHED else held

    def _block(self, text: bytes) -> list[_Piece] | _Piece:
        smaller = cut_bytes_into_smaller_blocks(text)
        return self._of_each(smaller, self._lines) if len(smaller) > 1 else self._lines(text)

    def _of_each(
        self, texts: Iterable[bytes], read: Callable[[bytes], list[_Piece] | _Piece]
    ) -> list[_Piece] | _Piece:
        """What blocks hold, those that hold nothing left out; UNFINISHED, TREE or DAMAGED for the whole."""
        held: list[_Piece] = []
        blocks = self._blocks
        open_ = b""
        for text in texts:
            whole = open_ + text if open_ else text
            block = blocks.get(hash(whole)) or self._remembered_block(whole, read(whole))
            open_ = b""
            if block is UNFINISHED:
                open_ = whole
            elif block is TREE or block is DAMAGED:
                return block
            elif block is not EMPTY:
                held.append(block)
        return UNFINISHED if open_ else held

    def _remembered_block(self, text: bytes, pieces: list[_Piece] | _Piece) -> _Piece:
        """What a block holds. One that is met again is remembered as a whole."""
        block = pieces if isinstance(pieces, _Piece) else _together(pieces)
        key = hash(text)
        if key in self._met:
            self._blocks[key] = block
        self._met.add(key)
        return block

    def _lines(self, block: bytes) -> list[_Piece] | _Piece:
        """What the lines of a block hold, those that hold nothing left out; UNFINISHED, TREE or DAMAGED for the
        whole."""
        lines = cut_bytes_into_lines(block)
        held: list[_Piece] = []
        open_ = b""
        for line, known in zip(lines, map(self._pieces.get, map(hash, lines)), strict=True):
            if open_:
                line = open_ + line
                known = self._pieces.get(hash(line))
                open_ = b""
            piece = known or self._remembered(line)
            if piece is EMPTY:
                continue
            if piece is UNFINISHED:
                open_ = line
            elif piece is TREE or piece is DAMAGED:
                return piece
            else:
                held.append(piece)
        return UNFINISHED if open_ else held

    def _remembered(self, text: bytes) -> _Piece:
        piece = self._pieces[hash(text)] = self._piece(text)
        return piece

    def _piece(self, text: bytes) -> _Piece:
        try:
            if b"<a" in text and (href := only_link(text)) is not None:
                return self._entry(href)
            holds = read_piece(text)
        except Incomplete:
            return UNFINISHED
        except NeedsTree:
            return TREE
        except UnicodeDecodeError:
            return DAMAGED
        if holds is NOTHING:
            return EMPTY
        links: list[Link] = []
        local: list[Raw] = []
        for raw in holds.links:
            role, href, scripted = raw
            if _is_static(href):
                links.append(self._link("/", "utf-8", role, href, scripted=scripted))
            else:
                local.append(raw)
        fresh = tuple([(link.address, link.want) for link in links if link.kind is Kind.INSIDE])
        return _Piece(Part(tuple(links), holds.anchors), tuple(local), holds.writes, fresh)

    def _entry(self, href: str) -> _Piece:
        if not (href[0] == "/" and href.isascii()):
            return _Piece(NO_PART, ((Role.LINK, href, False),))
        link = self._links_from_root.get(href)
        if link is None:
            link = self._links_from_root[href] = self._link("/", "utf-8", Role.LINK, href, scripted=False)
        return _Piece(Part((link,)), fresh=((link.address, link.want),) if link.kind is Kind.INSIDE else ())

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
        return pieces[0] if pieces else EMPTY
    parts = [piece.part for piece in pieces]
    whole = _Piece(
        Part(
            tuple(chain.from_iterable([part.links for part in parts])),
            tuple(chain.from_iterable([part.anchors for part in parts])),
        ),
        tuple(chain.from_iterable([piece.local for piece in pieces])),
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
