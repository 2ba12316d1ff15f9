"""The links and anchors of pages, and nothing else, for inspections that ask only whether links hold.

Pages of a site are much alike. Each is cut into blocks (see `pieces.py`), and what they hold is remembered: menus and
footers are read once, from bytes, and a page holds no more than pointers to its parts. In a new block all tags are told
at one look, or, where they are not written plainly, line by line. A page of which some piece cannot be read by itself
goes to the reader that makes a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from crawler_checks.crawl.address import SCHEME, Joiner, Kind, folder_of, guessed, plain_path
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.decode import decode, is_plainly_utf8
from crawler_checks.extract.facts import Encoding, Link, PageFacts, Part, Role, digest_of
from crawler_checks.extract.piece_reader import NOTHING, Holds, Raw, read_piece, read_tag
from crawler_checks.extract.pieces import (
    cut_bytes_into_blocks,
    cut_bytes_into_lines,
    cut_bytes_into_smaller_blocks,
)
from crawler_checks.extract.tags import Incomplete, NeedsTree, plain_tags

if TYPE_CHECKING:
    from crawler_checks.extract.page import PageReader  # few pages need it, and much comes with it


class _Piece(Struct, eq=False, gc=False):
    """What a piece of a page holds. `local` are links that depend on the page they stand on, or on `base`, which comes
    before them."""

    part: Part
    local: tuple[Raw, ...] = ()
    writes: bool = False
    base: str = ""


UTF_8 = Encoding()
NO_PART = Part()
EMPTY = _Piece(NO_PART)
UNFINISHED = _Piece(NO_PART)
TREE = _Piece(NO_PART)
DAMAGED = _Piece(NO_PART)
NOT_PLAIN = _Piece(NO_PART)
"""What whole pieces, and the last one what single tags may turn out to be."""
WORTH_KEEPING = 80
"""Characters of a tag that may come again; longer ones bear texts of their own."""


@dataclass(slots=True)
class LinkReader:
    """Reads pages of one site."""

    joiner: Joiner
    _pieces: dict[int, _Piece] = field(default_factory=dict)
    _blocks: dict[int, _Piece] = field(default_factory=dict)
    _met: set[int] = field(default_factory=set)
    _tags: dict[str, _Piece | Link] = field(default_factory=dict)
    _plain_links: dict[str, Link] = field(default_factory=dict)
    _links: dict[tuple[Role, str, str, str | None, bool], Link] = field(default_factory=dict)
    _trees: PageReader | None = None

    def read(self, response: Response) -> PageFacts:
        """The links and anchors of an HTML page."""
        body, encoding = response.body, UTF_8
        held = self._held(body) if is_plainly_utf8(body, response.content_type) else DAMAGED
        if held is DAMAGED:
            decoded = decode(body, response.content_type, truncated=response.truncated)
            encoding = Encoding(decoded.charset)
            held = self._held(decoded.text.encode("utf-8", "replace"))
        base = None if isinstance(held, _Piece) else self._base(response.address, encoding.charset, held)
        if isinstance(held, _Piece) or base is None:
            return self._with_a_tree(response)
        return self._page(response, encoding, held, base)

    def known(self) -> tuple[Iterable[Part], Iterable[Link]]:
        """The parts and links that are remembered, in the order in which they were read."""
        pieces = chain(self._blocks.values(), self._pieces.values())
        return (piece.part for piece in pieces), chain(self._plain_links.values(), self._links.values())

    def _base(self, address: str, charset: str, held: list[_Piece]) -> str | None:
        """The address that links of a page are meant from; None where that takes a tree."""
        based = [number for number, piece in enumerate(held) if piece.base]
        if not based:
            return address
        if any(piece.local for piece in held[: based[0]]):
            return None
        kind, base, _ = self.joiner.join(address, held[based[0]].base, charset)
        return base if kind is Kind.INSIDE else None

    def _with_a_tree(self, response: Response) -> PageFacts:
        if self._trees is None:
            self._trees = with_trees(self.joiner)
        return self._trees.read(response)

    def _page(self, response: Response, encoding: Encoding, held: list[_Piece], base: str) -> PageFacts:
        parts: list[Part] = []
        local: list[Link] = []
        writes = False
        folder = folder_of(base)
        known = self._plain_links
        for piece in held:
            if piece.part is not NO_PART:
                parts.append(piece.part)
            if piece.writes:
                writes = True
            for role, href, scripted in piece.local:
                link = None
                if role is Role.LINK and not scripted and folder is not None:
                    link = known.get(guessed(folder, href))
                local.append(link or self._link(base, encoding.charset, role, href, scripted=scripted))
        if local:
            parts.append(Part(tuple(local)))
        return PageFacts(
            address=response.address,
            encoding=encoding,
            parts=tuple(parts),
            writes_by_script=writes,
            truncated=response.truncated,
            digest=digest_of(response.body),
            status=response.status,
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
        try:
            at_once = self._at_once(block.decode())
        except UnicodeDecodeError:
            return DAMAGED
        except NeedsTree:
            return TREE
        if at_once is not None:
            return at_once
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

    def _piece(self, piece: bytes) -> _Piece:
        try:
            text = piece.decode()
            return self._at_once(text) or self._made(read_piece(text))
        except Incomplete:
            return UNFINISHED
        except NeedsTree:
            return TREE
        except UnicodeDecodeError:
            return DAMAGED

    def _at_once(self, text: str) -> _Piece | None:
        """What a piece holds, told by its tags alone; None where that cannot be.

        Raises NeedsTree.
        """
        tags = plain_tags(text)
        if tags is None:
            return None
        links: list[Link] = []
        anchors: list[str] = []
        local: list[Raw] = []
        base = ""
        for tag, known in zip(tags, map(self._tags.get, tags), strict=True):
            held = known or self._told(tag)
            if isinstance(held, Link):
                links.append(held)
                continue
            if held is EMPTY:
                continue
            if held is NOT_PLAIN:
                return None
            if held.base and not base:
                base = held.base
                if local:
                    raise NeedsTree
            links += held.part.links
            anchors += held.part.anchors
            local += held.local
        if not (links or anchors or local or base):
            return EMPTY
        part = Part(tuple(links), tuple(anchors)) if links or anchors else NO_PART
        return _Piece(part, tuple(local), base=base)

    def _told(self, tag: str) -> _Piece | Link:
        """What a tag holds; a link that means the same on every page is told as itself."""
        held: _Piece | Link
        if tag.startswith('"'):
            held = self._plain(tag[1:-1])
        else:
            holds = read_tag(tag)
            held = NOT_PLAIN if holds is None else self._made(holds)
        if len(tag) <= WORTH_KEEPING:
            self._tags[tag] = held
        return held

    def _plain(self, href: str) -> _Piece | Link:
        if href[0] != "/" or not href.isascii():
            return _Piece(NO_PART, ((Role.LINK, href, False),))
        if plain_path("", href) is not None:
            return self._inside(href, href)
        return self._link("/", "utf-8", Role.LINK, href, scripted=False)

    def _inside(self, address: str, href: str) -> Link:
        """The link to an address of the target's host that names no place there, as it was first written."""
        link = self._plain_links.get(address)
        if link is None:
            link = self._plain_links[address] = Link(Role.LINK, href, Kind.INSIDE, address)
        return link

    def _made(self, holds: Holds) -> _Piece:
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
        return _Piece(Part(tuple(links), holds.anchors), tuple(local), holds.writes, holds.base)

    def _link(self, base: str, charset: str, role: Role, href: str, *, scripted: bool) -> Link:
        return self.link(role, href, *self.joiner.join(base, href, charset), scripted=scripted)

    def link(
        self, role: Role, href: str, kind: Kind, address: str, fragment: str | None, *, scripted: bool
    ) -> Link:
        """The one link of all that are alike."""
        if role is Role.LINK and fragment is None and kind is Kind.INSIDE and not scripted:
            return self._inside(address, href)
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
    based = [number for number, piece in enumerate(pieces) if piece.base]
    if based and any(piece.local for piece in pieces[: based[0]]):
        return TREE
    return _Piece(
        Part(
            tuple(chain.from_iterable([part.links for part in parts])),
            tuple(chain.from_iterable([part.anchors for part in parts])),
        ),
        tuple(chain.from_iterable([piece.local for piece in pieces])),
        any(piece.writes for piece in pieces),
        pieces[based[0]].base if based else "",
    )


def _is_static(href: str) -> bool:
    """Whether an href means the same on every page."""
    plain = href.lstrip()
    return plain.isascii() and (plain.startswith("/") or SCHEME.match(plain) is not None)


def with_trees(joiner: Joiner) -> PageReader:
    """The reader of whole pages, with which much is loaded."""
    from crawler_checks.extract.page import PageReader

    return PageReader(joiner)
