"""Lines of a page that can be read by themselves: entries of lists, paragraphs and headings of plain text, metas.

They are most of an ordinary page, and a site repeats them. Each is read once; the rest of the page goes to the parser
with holes in their place (`holes.py`). Only what is written in the plainest way is read so: whatever else there is, an
entity, a picture, a script, is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from crawler_checks.crawl.address import SCHEME, Kind
from crawler_checks.extract.concealment import LINKS_TO_HOSTS
from crawler_checks.extract.facts import FoundDate, Item, Link
from crawler_checks.extract.holes import FROM, hole
from crawler_checks.extract.list_items import SHORTEST_TITLE, entry_date
from crawler_checks.extract.pieces import cut_into_lines

LEAST_ENTRIES = 8
"""A page with fewer is read as it is."""
IN_VAIN, NOW_AND_THEN = 8, 16
"""After so many such pages in a row only one of so many is looked at for entries."""
LONGEST_LINE = 20_000
LONGEST_TEXT = 400
UNREADABLE = re.compile(r"<(?:base|plaintext|noframes|frameset|svg|math)\b", re.IGNORECASE)
ENTRY = re.compile(
    r"""\s*<li(?:\s+class="[^"<>&]*")?\s*>\s*"""
    r"""<a((?:\s+(?:href|title|target|class|rel)="[^"<>&]*")+)\s*>([^<>&]*)</a>\s*"""
    r"""(?:<span(?:\s+class="[^"<>&]*")?\s*>([^<>&]*)</span>\s*)?</li>\s*"""
)
TEXT = re.compile(r"""<(p|h[1-6])((?:\s+(?:id|class|align)="[^"<>&]*")*)\s*>([^<>&]*)</\1>""")
TEXTS = re.compile(
    r"""\s*(?:<(?P<tag>p|h[1-6])(?:\s+(?:id|class|align)="[^"<>&]*")*\s*>[^<>&]*</(?P=tag)>\s*)+"""
)
META = re.compile(
    r"""\s*<meta\s+(?:name|property)="([^"<>&]*)"\s+content="([^"<>&]*)"\s*/?>\s*""", re.IGNORECASE
)
ATTRIBUTE = re.compile(r"""([a-z]+)="([^"]*)\"""")
UNUSUAL = ("", "viewport")
HEADINGS = frozenset(("h1", "h2", "h3"))
MakeLink = Callable[[str, str, str], Link]
"""The link that an href with its text and hint makes, on a page at the root."""


@dataclass(slots=True)
class Entry:
    """What one line holds. `raw` is a link that depends on the page it stands on: href, text and hint; `found` the date
    beside a link. `to_host`: the link names a host, so that it matters whether it is hidden."""

    tag: str
    lines: tuple[str, ...] = ()
    link: Link | None = None
    raw: tuple[str, str, str] | None = None
    found: tuple[FoundDate | None, str] | None = None
    item: Item | None = None
    to_host: bool = False
    anchors: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    meta: tuple[str, str] | None = None


OTHER = Entry("")
Runs = list[list[Entry]]


@dataclass(slots=True)
class EntryReader:
    """Reads lines of one site. One that is met again is remembered; most of a page's own never are."""

    make_link: MakeLink
    _known: dict[str, Entry] = field(default_factory=dict)
    _met: set[int] = field(default_factory=set)
    _in_vain: int = 0

    def with_holes(self, html: str) -> tuple[str, Runs] | None:
        """A page with holes, and what stood in them, run by run; None when it is not worth it, or not safe."""
        if FROM in html or UNREADABLE.search(html):
            return None
        self._in_vain += 1
        if self._in_vain > IN_VAIN and self._in_vain % NOW_AND_THEN:
            return None
        known = self._known
        rest: list[str] = []
        runs: Runs = []
        tag = ""
        count = 0
        for line in cut_into_lines(html):
            entry = known.get(line)
            if entry is None:
                entry = self._remembered(line)
            if entry is OTHER:
                rest.append(line)
                tag = tag if line.isspace() else ""
                continue
            count += 1
            if entry.tag == tag:
                runs[-1].append(entry)
            else:
                tag = entry.tag
                rest.append(hole(tag, len(runs)))
                runs.append([entry])
        if count < LEAST_ENTRIES:
            return None
        self._in_vain = 0
        return "".join(rest), runs

    def _remembered(self, line: str) -> Entry:
        entry, key = self._read(line), hash(line)
        if key in self._met:
            self._known[line] = entry
        else:
            self._met.add(key)
        return entry

    def _read(self, line: str) -> Entry:
        if len(line) > LONGEST_LINE:
            return OTHER
        start = line.lstrip()[:3].lower()
        if start == "<li":
            found = ENTRY.fullmatch(line)
            return self._entry(found) if found else OTHER
        if start == "<me":
            found = META.fullmatch(line)
            name = found[1].strip().lower() if found else ""
            return Entry("meta", meta=(name, found[2].strip())) if found and name not in UNUSUAL else OTHER
        return _texts(line) if start[:2] in ("<p", "<h") and TEXTS.fullmatch(line) else OTHER

    def _entry(self, found: re.Match[str]) -> Entry:
        pairs = ATTRIBUTE.findall(found[1])
        attributes = dict(reversed(pairs))
        href, text = attributes.get("href"), plain(found[2])
        if href is None or not text or len(pairs) != len(attributes):
            return OTHER
        hint = (attributes.get("title") or "").strip()[:LONGEST_TEXT]
        link = self.make_link(href, text, hint)
        if link.kind not in (Kind.INSIDE, Kind.OUTSIDE) or link.fragment == "":
            return OTHER
        entry = Entry("li", lines_of(found[2]) + lines_of(found[3] or ""))
        if len(text) >= SHORTEST_TITLE or hint:
            entry.found = entry_date(link, f"{found[2]}\n{found[3] or ''}")
            if entry.found is not None and entry.found[0] is None:
                return OTHER  # headings around it may tell the year
        if href.isascii() and (href.startswith("/") or SCHEME.match(href)):
            entry.link = link
            entry.item = Item(link, *entry.found) if entry.found else None
            entry.to_host = LINKS_TO_HOSTS.match(href) is not None
        else:
            entry.raw = (href, text, hint)
        return entry


def _texts(line: str) -> Entry:
    anchors: list[str] = []
    headings: list[str] = []
    lines: tuple[str, ...] = ()
    for tag, written, text in TEXT.findall(line):
        attributes = dict(reversed(ATTRIBUTE.findall(written)))
        if anchor := attributes.get("id"):
            anchors.append(anchor)
        if tag in HEADINGS:
            headings.append(plain(text))
        lines += lines_of(text)
    return Entry("p", lines, anchors=tuple(anchors), headings=tuple(headings))


def plain(text: str) -> str:
    """A text in one line, of bounded length."""
    return " ".join(text.split())[:LONGEST_TEXT]


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text."""
    return tuple([one for line in text.splitlines() if (one := " ".join(line.split()))])
