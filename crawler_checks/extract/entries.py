"""Elements of a page that can be read by themselves: entries of lists, paragraphs and headings, metas, the title.

They are most of an ordinary page, and a site repeats them. Runs of them are read by expressions; the rest of the page
goes to the parser with holes in their place (`runs.py`). Only what is written in the plainest way is read so: whatever
else there is, an entity, a link within a text, a script, is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from crawler_checks.crawl.address import SCHEME, Kind, plain_path
from crawler_checks.extract.concealment import LINKS_TO_HOSTS
from crawler_checks.extract.facts import FoundDate, Item, Link, Role
from crawler_checks.extract.list_items import SHORTEST_TITLE, entry_date

LONGEST_TEXT = 400
BLANK = r"[ \t\r\n\f]"
CLASS = rf'(?:{BLANK}+class="[^"<>&]*")?{BLANK}*'
OF_TEXT = rf'(?:{BLANK}+(?:id|class|align)="[^"<>&]*")*{BLANK}*'
OF_LINK = rf"""(?:{BLANK}+(?:href|title|target|class|rel)=(?:"[^"<>&]*"|[^\s"'<>&=`]+))+"""
ITEM = rf"""<li{CLASS}>\s*<a({OF_LINK}){BLANK}*>([^<>&]*)</a>\s*(?:<span{CLASS}>([^<>&]*)</span>\s*)?</li>"""
WITHIN = (
    rf'br{BLANK}*/?|a{BLANK}+name="[^"<>&]*"{BLANK}*></a|'
    rf'img(?:{BLANK}+(?:src|alt|class|width|height|border|align)="[^"<>&]*")+{BLANK}*/?|'
    rf"(?:strong>[^<>&]*</strong|b>[^<>&]*</b|span{CLASS}>[^<>&]*</span)"
)
"""What a paragraph may have in it."""
PARAGRAPH = rf"p{OF_TEXT}>[^<>&]*(?:<(?:{WITHIN})>[^<>&]*)*</p>"
HEADING = "|".join(rf"h{size}{OF_TEXT}>[^<>&]*</h{size}>" for size in range(1, 7))
TEXT = f"<(?:{PARAGRAPH}|{HEADING})"
META = (
    rf"""<meta{BLANK}+(?:name|property)="(?!\s*viewport)([^"<>&]*)"{BLANK}+content="([^"<>&]*)"{BLANK}*/?>"""
)
TITLE = "<title>([^<>&]*)</title>"


def _many(expression: str) -> str:
    """Of elements that stand one behind the other, all but the first sign, which is `<`."""
    one = re.sub(r"\((?!\?)", "(?:", expression).replace("<", "(?:", 1) + ")"
    return rf"({one}(?:\s*<{one})*)"


RUN = re.compile(rf"<(?:{_many(ITEM)}|{_many(TEXT)}|{_many(META)}|{_many(TITLE)})", re.IGNORECASE)
"""Elements of one kind that stand together: items, texts, metas or a title, by the number of the group."""
EACH_ITEM, EACH_META = (re.compile(one, re.IGNORECASE) for one in (ITEM, META))
ATTRIBUTE = re.compile(r"""([a-zA-Z]+)=(?:"([^"]*)"|([^\s>]+))""")
TAG = re.compile("<[^>]*>")
ID = re.compile(r'<[ph][1-6]?(?:\s+(?:class|align)="[^"]*")*\s+id="([^"]+)"', re.IGNORECASE)
NAME = re.compile(r'<a\s+name="([^"]+)"', re.IGNORECASE)
FIRST_HEADINGS = re.compile("<h[123][^>]*>([^<]*)<", re.IGNORECASE)
PICTURE = re.compile("<img([^>]*)>", re.IGNORECASE)
Raw = tuple[Role, str, str, str]
"""A link before it is resolved: its role, its href, its text and hint."""
MakeLink = Callable[[Role, str, str, str], Link]
"""The link that these make on a page at the root."""


class Entry(Struct, eq=False, gc=False):
    """A link, with what stands beside it. `raw` depends on the page it stands on; `found` is the date beside it.
    `to_host`: the link names a host, so that it matters whether it is hidden."""

    raw: Raw
    link: Link | None = None
    lines: tuple[str, ...] = ()
    found: tuple[FoundDate | None, str] | None = None
    item: Item | None = None
    to_host: bool = False


class Paragraphs(Struct, frozen=True, gc=False):
    """What paragraphs and headings hold."""

    lines: tuple[str, ...]
    anchors: list[str]
    headings: list[str]
    entries: list[Entry]
    without_text: list[str]


def read_item(written: str, words: str, beside: str, make_link: MakeLink) -> Entry | None:
    """A link alone in an entry of a list, with its attributes as `written`, and what stands behind it; None where it
    takes the parser."""
    pairs = ATTRIBUTE.findall(written)
    attributes = {name.lower(): quoted or bare for name, quoted, bare in pairs}
    href, text = attributes.get("href"), plain(words)
    if href is None or not text or len(pairs) != len(attributes):
        return None
    hint = attributes.get("title", "").strip()[:LONGEST_TEXT]
    raw = (Role.LINK, href, text, hint)
    link = make_link(*raw) if is_static(href) else None
    if link or plain_path("", href) is None:
        kind = (link or make_link(*raw)).kind
        if kind is not Kind.INSIDE and kind is not Kind.OUTSIDE:
            return None
    entry = Entry(raw, link, (text,) if words == text and not beside else lines_of(f"{words}\n{beside}"))
    if len(text) >= SHORTEST_TITLE or hint:
        entry.found = entry_date(text, hint, f"{words}\n{beside}" if beside else words)
        if entry.found is not None and entry.found[0] is None:
            return None  # headings around it may tell the year
    if link is not None:
        entry.item = Item(link, *entry.found) if entry.found else None
        entry.to_host = LINKS_TO_HOSTS.match(href) is not None
    return entry


def read_paragraphs(written: str, make_link: MakeLink) -> Paragraphs:
    """What paragraphs and headings hold, perhaps with pictures and places in them."""
    anchors = ID.findall(written) + NAME.findall(written) if '="' in written else []
    headings = [plain(text) for text in FIRST_HEADINGS.findall(written)]
    entries: list[Entry] = []
    without_text: list[str] = []
    for attributes in map(_attributes, PICTURE.findall(written)):
        source = attributes.get("src", "")
        if source:
            raw = (Role.IMAGE, source, "", "")
            entries.append(Entry(raw, make_link(*raw) if is_static(source) else None))
        if "alt" not in attributes:
            without_text.append(source)
    return Paragraphs(lines_of(TAG.sub("\n", written)), anchors, headings, entries, without_text)


def _attributes(written: str) -> dict[str, str]:
    """The first of each name counts."""
    return dict(reversed([(name.lower(), text) for name, text, _ in ATTRIBUTE.findall(written)]))


def is_static(href: str) -> bool:
    """Whether an href means the same on every page of a site that has no `<base>`."""
    plain = href.lstrip()
    return plain.isascii() and (plain.startswith("/") or SCHEME.match(plain) is not None)


def plain(text: str) -> str:
    """A text in one line, of bounded length."""
    return " ".join(text.split())[:LONGEST_TEXT]


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text."""
    return tuple([one for line in text.splitlines() if (one := " ".join(line.split()))])
