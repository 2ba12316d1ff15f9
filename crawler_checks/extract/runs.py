"""A page cut into runs of elements that can be read by themselves, and the rest, with holes in the place of the runs.

What a block of a page holds is remembered when it is met again: menus and footers are read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct

from crawler_checks.extract.entries import (
    EACH_ITEM,
    EACH_META,
    RUN,
    TAG,
    Entry,
    MakeLink,
    lines_of,
    plain,
    read_item,
    read_paragraphs,
)
from crawler_checks.extract.facts import Item, Link, Part
from crawler_checks.extract.holes import FROM, hole
from crawler_checks.extract.met import Met
from crawler_checks.extract.page_text import NO_TEXT, Text, TextReader
from crawler_checks.extract.pieces import cut_into_blocks, cut_into_smaller_blocks

LEAST_ENTRIES = 8
"""A page with fewer is read as it is."""
IN_VAIN, NOW_AND_THEN = 8, 16
"""After so many such pages in a row only one of so many is looked at for entries."""
UNREADABLE = re.compile(r"<(?:base|plaintext|noframes|frameset|svg|math)\b", re.IGNORECASE)
SHORT = 12
"""Characters of a meta's content that many pages may have."""
WORTH_SHARING = 16
"""Links and lines of a stretch from which pages share what it holds."""


class Stretch(Struct, eq=False, gc=False):
    """What a stretch of a page holds, in its order. `part` is what pages that have it share."""

    links: list[Link] = msgspec.field(default_factory=list)
    anchors: list[str] = msgspec.field(default_factory=list)
    headings: list[str] = msgspec.field(default_factory=list)
    metas: list[tuple[str, str]] = msgspec.field(default_factory=list)
    items: list[Item] = msgspec.field(default_factory=list)
    pictures: list[str] = msgspec.field(default_factory=list)
    title: str = ""
    text: Text = NO_TEXT
    part: Part | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        several = (self.links, self.anchors, self.headings, self.metas, self.items, self.pictures, self.title)
        return not any(several) and self.text is NO_TEXT

    def share(self, shared: dict[int, Part]) -> None:
        """Have pages share what it holds, if it is worth it; then it is one of those that are `shared`."""
        if self.part is None and len(self.links) + len(self.text.lines) >= WORTH_SHARING:
            self.part = Part(tuple(self.links), tuple(self.anchors), self.text.marks)
            shared[id(self.part)] = self.part


NOTHING = Stretch()


class Run(Struct, eq=False, gc=False):
    """Elements of one kind that stand together, and how many. `entries` are its links where one depends on the page."""

    tag: str
    count: int
    stretch: Stretch
    entries: list[Entry] = msgspec.field(default_factory=list)
    to_host: bool = False

    def stretch_on(self, make_link: MakeLink) -> Stretch:
        """What it holds on one page, whose links `make_link` makes."""
        if not self.entries:
            return self.stretch
        links = [one.link or make_link(*one.raw) for one in self.entries]
        items = [
            one.item or Item(link, *one.found)
            for link, one in zip(links, self.entries, strict=True)
            if one.found
        ]
        own = self.stretch
        return Stretch(links, own.anchors, own.headings, own.metas, items, own.pictures, own.title, own.text)


Pieces = list[str | Run]
"""A text in its order: what is left to the parser, and runs."""


@dataclass(slots=True)
class RunReader:
    """Reads pages of one site. What is met again is remembered; most of a page's own never is. `shared` are the parts
    that pages have in common, by their identity."""

    make_link: MakeLink
    texts: TextReader
    shared: dict[int, Part] = field(default_factory=dict)
    _items: dict[tuple[str, str, str], Entry | None] = field(default_factory=dict)
    _known: dict[str, Pieces] = field(default_factory=dict)
    _met: Met = field(default_factory=Met)
    _words: dict[str, str] = field(default_factory=dict)
    _in_vain: int = 0

    def with_holes(self, html: str) -> tuple[str, list[Run]] | None:
        """A page with holes, and what stood in them, run by run; None when it is not worth it, or not safe."""
        if FROM in html:
            return None
        self._in_vain += 1
        if self._in_vain > IN_VAIN and self._in_vain % NOW_AND_THEN:
            return None
        rest: list[str] = []
        runs: list[Run] = []
        count = 0
        for block in cut_into_blocks(html):
            for piece in self._once(block, self._cut_smaller):
                if isinstance(piece, str):
                    rest.append(piece)
                else:
                    rest.append(hole(piece.tag, len(runs)))
                    runs.append(piece)
                    count += piece.count
        text = "".join(rest)
        if count < LEAST_ENTRIES or UNREADABLE.search(text):
            return None
        self._in_vain = 0
        return text, runs

    def _once(self, text: str, read: Callable[[str], Pieces]) -> Pieces:
        """The pieces of a text, which are remembered when it is met again."""
        found = self._known.get(text)
        if found is None:
            found = read(text)
            if self._met.again(text):
                self._known[text] = found
                for piece in found:
                    if isinstance(piece, Run) and not piece.entries:
                        piece.stretch.share(self.shared)
        return found

    def _cut_smaller(self, block: str) -> Pieces:
        """The pieces of a block that is not known as a whole."""
        parts = cut_into_smaller_blocks(block)
        if len(parts) == 1:
            return self._cut(block)
        return [piece for part in parts for piece in self._once(part, self._cut)]

    def _cut(self, block: str) -> Pieces:
        """The runs of a block and what stands between them."""
        pieces: Pieces = []
        at = 0
        for found in RUN.finditer(block):
            if found.start() > at:
                pieces.append(block[at : found.start()])
            at = found.end()
            match found.lastindex:
                case 1:
                    pieces += self._once(found[0], self._run_of_items)
                case 2:
                    pieces += self._once(found[0], self._run_of_texts)
                case 3:
                    pieces.append(self._run_of_metas(found[0]))
                case _:
                    lines = self.texts.text(lines_of(TAG.sub("", found[0])))
                    pieces.append(Run("title", 1, Stretch(title=plain(TAG.sub("", found[0])), text=lines)))
        if at < len(block):
            pieces.append(block[at:])
        return pieces

    def _run_of_items(self, written: str) -> Pieces:
        rows = EACH_ITEM.findall(written)
        entries = [self._item(row) for row in rows]
        if None in entries:
            return self._some_of_the_items(written)
        return [self._run("li", [one for one in entries if one is not None])]

    def _some_of_the_items(self, written: str) -> Pieces:
        """As many runs as there are between items that take the parser."""
        pieces: Pieces = []
        at = 0
        for found in EACH_ITEM.finditer(written):
            entry = self._item((found[1], found[2], found[3] or ""))
            if entry is not None:
                pieces.append(written[at : found.start()])
                pieces.append(self._run("li", [entry]))
                at = found.end()
        return [*pieces, written[at:]]

    def _item(self, row: tuple[str, str, str]) -> Entry | None:
        """What an entry of a list holds. One that is met again is remembered."""
        try:
            return self._items[row]
        except KeyError:
            entry = read_item(*row, self.make_link)
            if self._met.again(row):
                self._items[row] = entry
            return entry

    def _run(self, tag: str, entries: list[Entry]) -> Run:
        text = self.texts.text([line for entry in entries for line in entry.lines])
        to_host = any(entry.to_host for entry in entries)
        links = [entry.link for entry in entries if entry.link is not None]
        if len(links) < len(entries):
            return Run(tag, len(entries), Stretch(text=text), entries, to_host)
        items = [entry.item for entry in entries if entry.item is not None]
        return Run(tag, len(entries), Stretch(links, items=items, text=text), to_host=to_host)

    def _run_of_texts(self, written: str) -> Pieces:
        read = read_paragraphs(written, self.make_link)
        links = [entry.link for entry in read.entries if entry.link is not None]
        is_local = len(links) < len(read.entries)
        stretch = Stretch(
            [] if is_local else links,
            read.anchors,
            read.headings,
            pictures=read.without_text,
            text=self.texts.text(read.lines),
        )
        return [Run("p", written.count("</"), stretch, read.entries if is_local else [])]

    def _run_of_metas(self, written: str) -> Run:
        once, here = self._words.setdefault, dict[str, str]().setdefault
        metas = [
            (once(name, name), once(content, content) if len(content) <= SHORT else here(content, content))
            for name, content in (
                (name.strip().lower(), content.strip()) for name, content in EACH_META.findall(written)
            )
            if name
        ]
        return Run("meta", written.count("<"), Stretch(metas=metas))
