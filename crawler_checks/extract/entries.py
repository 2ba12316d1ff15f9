"""Elements of a page that can be read by themselves: entries of lists, paragraphs and headings, metas, the title.

They are most of an ordinary page, and a site repeats them. Each is read by expressions; the rest of the page goes to
the parser with holes in their place (`runs.py`). Only what is written in the plainest way is read so: whatever else
there is, an entity, a link within a text, a script, is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from crawler_checks.crawl.address import SCHEME, Kind
from crawler_checks.extract.concealment import LINKS_TO_HOSTS
from crawler_checks.extract.facts import FoundDate, Item, Link, Role
from crawler_checks.extract.list_items import SHORTEST_TITLE, entry_date

LONGEST_TEXT = 400
BLANK = r"[ \t\r\n\f]"
CLASS = rf'(?:{BLANK}+class="[^"<>&]*")?{BLANK}*'
WITHIN = (
    rf'br{BLANK}*/?|a{BLANK}+name="[^"<>&]*"{BLANK}*></a|'
    rf'img(?:{BLANK}+(?:src|alt|class|width|height|border|align)="[^"<>&]*")+{BLANK}*/?|'
    rf"(?:strong>[^<>&]*</strong|b>[^<>&]*</b|span{CLASS}>[^<>&]*</span)"
)
"""What a paragraph may have in it."""
ELEMENT = re.compile(
    rf"""<(?:li{CLASS}>\s*<a((?:{BLANK}+(?:href|title|target|class|rel)=(?:"[^"<>&]*"|[^\s"'<>&=`]+))+){BLANK}*>"""
    rf"""([^<>&]*)</a>\s*(?:<span{CLASS}>([^<>&]*)</span>\s*)?</li"""
    rf"""|p((?:{BLANK}+(?:id|class|align)="[^"<>&]*")*){BLANK}*>([^<>&]*(?:<(?:{WITHIN})>[^<>&]*)*)</p"""
    rf"""|(h[1-6])((?:{BLANK}+(?:id|class|align)="[^"<>&]*")*){BLANK}*>([^<>&]*)</\6"""
    rf"""|meta{BLANK}+(?:name|property)="([^"<>&]*)"{BLANK}+content="([^"<>&]*)"{BLANK}*/?"""
    rf"""|title>([^<>&]*)</title)>""",
    re.IGNORECASE,
)
LI, P, H, META, TITLE = 3, 5, 8, 10, 11
"""The last group of each kind of element."""
KINDS = {2: LI, 3: LI, 5: P, 8: H, 10: META, 11: TITLE}
ATTRIBUTE = re.compile(r"""([a-zA-Z]+)=(?:"([^"]*)"|([^\s>]+))""")
TAG = re.compile(r"<(/?[a-zA-Z]+)([^>]*)>")
UNUSUAL = ("", "viewport")
HEADINGS = frozenset(("h1", "h2", "h3"))
Raw = tuple[Role, str, str, str]
"""A link before it is resolved: its role, its href, its text and hint."""
MakeLink = Callable[[Role, str, str, str], Link]
"""The link that these make on a page at the root."""


@dataclass(slots=True, eq=False)
class Entry:
    """What one element holds. `raws` are links that depend on the page they stand on; `found` is the date beside a
    link. `to_host`: a link names a host, so that it matters whether it is hidden."""

    tag: str
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    raws: tuple[Raw, ...] = ()
    found: tuple[FoundDate | None, str] | None = None
    item: Item | None = None
    to_host: bool = False
    anchors: tuple[str, ...] = ()
    heading: str | None = None
    meta: tuple[str, str] | None = None
    title: str = ""
    pictures: tuple[str, ...] = ()


OTHER = Entry("")


def read_entry(found: re.Match[str], make_link: MakeLink) -> Entry:
    """What an element that `ELEMENT` found holds; OTHER where it takes the parser."""
    match KINDS[found.lastindex or LI]:
        case 3:
            return _item(found[1], found[2], found[3] or "", make_link)
        case 5:
            return _text(found[4], found[5], make_link)
        case 8:
            name = found[6].lower()
            heading = plain(found[8]) if name in HEADINGS else None
            return Entry("p", lines_of(found[8]), anchors=_ids(found[7]), heading=heading)
        case 10:
            name = found[9].strip().lower()
            return Entry("meta", meta=(name, found[10].strip())) if name not in UNUSUAL else OTHER
        case _:
            return Entry("title", lines_of(found[11]), title=plain(found[11]))


def _item(written: str, words: str, beside: str, make_link: MakeLink) -> Entry:
    """A link alone in an entry of a list, and what stands behind it."""
    pairs = ATTRIBUTE.findall(written)
    attributes = {name.lower(): quoted or bare for name, quoted, bare in pairs}
    href, text = attributes.get("href"), plain(words)
    if href is None or not text or len(pairs) != len(attributes):
        return OTHER
    hint = attributes.get("title", "").strip()[:LONGEST_TEXT]
    link = make_link(Role.LINK, href, text, hint)
    if link.kind is not Kind.INSIDE and link.kind is not Kind.OUTSIDE:
        return OTHER
    entry = Entry("li", lines_of(words) + lines_of(beside) if beside else lines_of(words))
    if len(text) >= SHORTEST_TITLE or hint:
        entry.found = entry_date(link, f"{words}\n{beside}")
        if entry.found is not None and entry.found[0] is None:
            return OTHER  # headings around it may tell the year
    if is_static(href):
        entry.links = (link,)
        entry.item = Item(link, *entry.found) if entry.found else None
        entry.to_host = LINKS_TO_HOSTS.match(href) is not None
    else:
        entry.raws = ((Role.LINK, href, text, hint),)
    return entry


def _text(written: str, inside: str, make_link: MakeLink) -> Entry:
    """A paragraph, perhaps with pictures and places in it."""
    anchors = _ids(written) if written else ()
    if "<" not in inside:
        return Entry("p", lines_of(inside), anchors=anchors)
    raws: list[Raw] = []
    pictures: list[str] = []
    for tag, rest in TAG.findall(inside):
        attributes = dict(reversed([(name.lower(), text) for name, text, _ in ATTRIBUTE.findall(rest)]))
        if tag in ("a", "A") and (name := attributes["name"]):
            anchors += (name,)
        elif tag.lower() == "img":
            source = attributes.get("src", "")
            if source:
                raws.append((Role.IMAGE, source, "", ""))
            if "alt" not in attributes:
                pictures.append(source)
    entry = Entry("p", lines_of(TAG.sub("\n", inside)), anchors=anchors, pictures=tuple(pictures))
    if all(is_static(href) for _, href, _, _ in raws):
        entry.links = tuple([make_link(*raw) for raw in raws])
    else:
        entry.raws = tuple(raws)
    return entry


def _ids(written: str) -> tuple[str, ...]:
    pairs = ((name.lower(), text) for name, text, _ in ATTRIBUTE.findall(written))
    first = dict(reversed(list(pairs))).get("id")
    return (first,) if first else ()


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
