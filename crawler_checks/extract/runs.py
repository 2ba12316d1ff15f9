"""A page cut into runs of elements that can be read by themselves, and the rest, with holes in the place of the runs.

What a block of a page holds is remembered when it is met again: menus and footers are read once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler_checks.extract.entries import ELEMENT, LONGEST_TEXT, OTHER, Entry, MakeLink, read_entry
from crawler_checks.extract.facts import Item, Link, Part
from crawler_checks.extract.holes import FROM, hole
from crawler_checks.extract.page_text import NO_TEXT, Text, TextReader
from crawler_checks.extract.pieces import cut_into_blocks

LEAST_ENTRIES = 8
"""A page with fewer is read as it is."""
IN_VAIN, NOW_AND_THEN = 8, 16
"""After so many such pages in a row only one of so many is looked at for entries."""
UNREADABLE = re.compile(r"<(?:base|plaintext|noframes|frameset|svg|math)\b", re.IGNORECASE)
WORTH_SHARING = 8
"""Links and lines of a stretch from which pages share what it holds."""


@dataclass(slots=True, eq=False)
class Stretch:
    """What a stretch of a page holds, in its order. `part` is what pages that have it share."""

    links: list[Link] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    title: str = ""
    text: Text = NO_TEXT
    part: Part | None = None

    def share(self) -> None:
        """Have pages share what it holds, if it is worth it."""
        if len(self.links) + len(self.text.lines) >= WORTH_SHARING:
            self.part = Part(tuple(self.links), tuple(self.anchors), self.text.marks)


@dataclass(slots=True, eq=False)
class Run:
    """Elements of one kind that stand together. `stretch` is None where their links depend on the page."""

    tag: str
    entries: list[Entry]
    text: Text
    to_host: bool
    stretch: Stretch | None

    def stretch_on(self, make_link: MakeLink) -> Stretch:
        """What it holds on one page, whose links `make_link` makes."""
        return self.stretch or _stretch(self.entries, self.text, make_link)


@dataclass(slots=True)
class RunReader:
    """Reads pages of one site. What is met again is remembered; most of a page's own never is."""

    make_link: MakeLink
    texts: TextReader
    _entries: dict[str, Entry] = field(default_factory=dict)
    _blocks: dict[str, list[str | Run]] = field(default_factory=dict)
    _met: set[int] = field(default_factory=set)
    _in_vain: int = 0

    def with_holes(self, html: str) -> tuple[str, list[Run]] | None:
        """A page with holes, and what stood in them, run by run; None when it is not worth it, or not safe."""
        if FROM in html or UNREADABLE.search(html):
            return None
        self._in_vain += 1
        if self._in_vain > IN_VAIN and self._in_vain % NOW_AND_THEN:
            return None
        rest: list[str] = []
        runs: list[Run] = []
        blocks = self._blocks
        for block in cut_into_blocks(html):
            for piece in blocks.get(block) or self._block(block):
                if isinstance(piece, str):
                    rest.append(piece)
                else:
                    rest.append(hole(piece.tag, len(runs)))
                    runs.append(piece)
        if sum([len(run.entries) for run in runs]) < LEAST_ENTRIES:
            return None
        self._in_vain = 0
        return "".join(rest), runs

    def _block(self, block: str) -> list[str | Run]:
        """The runs of a block and what stands between them."""
        key = hash(block)
        is_met = key in self._met
        self._met.add(key)
        cut: list[str | Run] = []
        entries: list[Entry] = []
        at = 0
        for found in ELEMENT.finditer(block):
            entry = self._entry(found)
            if entry is OTHER:
                continue
            start = found.start()
            between = block[at:start] if start > at else ""
            if entries and (entry.tag != entries[0].tag or (between and not between.isspace())):
                cut.append(self._run(entries, is_shared=is_met))
                entries = []
            if between:
                cut.append(between)
            entries.append(entry)
            at = found.end()
        if entries:
            cut.append(self._run(entries, is_shared=is_met))
        if at < len(block):
            cut.append(block[at:])
        if is_met:
            self._blocks[block] = cut
        return cut

    def _entry(self, found: re.Match[str]) -> Entry:
        """What an element holds. One that is met again is remembered."""
        written = found[0]
        if len(written) > LONGEST_TEXT:
            return read_entry(found, self.make_link)
        entry = self._entries.get(written)
        if entry is None:
            entry, key = read_entry(found, self.make_link), hash(written)
            if key in self._met:
                self._entries[written] = entry
            else:
                self._met.add(key)
        return entry

    def _run(self, entries: list[Entry], *, is_shared: bool) -> Run:
        text = self.texts.text([line for entry in entries for line in entry.lines])
        stretch = None
        if not any(entry.raws for entry in entries):
            stretch = _stretch(entries, text, self.make_link)
            if is_shared:
                stretch.share()
        return Run(entries[0].tag, entries, text, any(entry.to_host for entry in entries), stretch)


def _stretch(entries: list[Entry], text: Text, make_link: MakeLink) -> Stretch:
    """What these elements hold together."""
    held = Stretch(text=text)
    for entry in entries:
        if entry.links:
            held.links += entry.links
            if entry.item is not None:
                held.items.append(entry.item)
        elif entry.raws:
            links = [make_link(*raw) for raw in entry.raws]
            held.links += links
            if entry.found:
                held.items.append(Item(links[0], *entry.found))
        if entry.anchors:
            held.anchors += entry.anchors
        if entry.heading is not None:
            held.headings.append(entry.heading)
        if entry.pictures:
            held.pictures += entry.pictures
        if entry.meta:
            held.metas.append(entry.meta)
        elif entry.title and not held.title:
            held.title = entry.title
    return held
