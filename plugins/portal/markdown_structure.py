"""What we do to a converted body: heading levels and ids, table frames, the parts of a letter, links to this site.

It works on an element tree, whichever library made it (`xml.etree` or lxml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins.disclosure.cited_numbers import find_all

QUOTED_TITLE = re.compile(r"《([^《》\n]{4,120})》")
CAPTION = re.compile(r"^表(?:\s*\d+)?\s*[：:．. 　]\s*(?P<text>.+)$")
_HEADING = re.compile(r"h[1-6]")
DATE = (
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_DATE = re.compile(DATE)
_SIGNER = re.compile(r"[^。；：！？，、]{2,40}")
ADDRESSEES = re.compile(r"[^。；！？]{2,200}：")
_OUTSIDE = re.compile(r"https?://(?![^/:]*\.gov\.cn(?:[:/]|$))", re.I)
"""A link away from this site that does not lead to a government's: readers are told before they follow it."""
SHORT_CELL, LONG_CELL = 2, 24
"""Up to so many characters a cell is short; beyond so many it is long."""
_SIDES = {"right": "right", "center": "center"}

Node = Any
"""An element of either library; they have the same methods and no common type."""


def structure(root: Node, links: Mapping[str, str], to_root: str, part: int = 0) -> None:
    """Bring a body's tree into shape, in place.

    `links` maps what may be cited (a canonical 文号, a full title, a record's key) to addresses from the
    site's root; `to_root` is the way there from the page. A body that is one `part` of a page, below that part's
    own h2, has its headings one level lower and ids of its own.
    """
    within = f"{part}-" if part else ""
    _headings(root, 3 if part else 2, within)
    for number, (parent, table, before) in enumerate(list(_tables(root)), 1):
        _frame(parent, table, before, f"{within}{number}")
    _letter(root)
    if links:
        _cite(root, links, to_root)
    _addresses(root, links, to_root)


def cited_places(text: str, links: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where a text names something on this site: start, end, address; from left to right, never overlapping."""
    found = [(m.start(), m.end(), links.get(m[1])) for m in QUOTED_TITLE.finditer(text)]
    found += [(start, end, links.get(number.canonical)) for start, end, number in find_all(text)]
    last = 0
    for start, end, address in sorted(found, key=lambda place: place[:2]):
        if address is not None and start >= last:
            yield start, end, address
            last = end


def _headings(root: Node, top: int, within: str) -> None:
    """The body's highest heading gets the level `top`; no level is skipped; each gets an id."""
    headings = [element for element in root.iter() if _HEADING.fullmatch(element.tag)]
    shallowest = min((int(heading.tag[1]) for heading in headings), default=top)
    level = top - 1
    for number, heading in enumerate(headings, 1):
        level = min(int(heading.tag[1]) - shallowest + top, level + 1, 6)
        heading.tag = f"h{level}"
        heading.set("id", f"p{within}{number}")


def _tables(parent: Node) -> Iterator[tuple[Node, Node, Node | None]]:
    """Each table with what holds it and the paragraph right before it, if one is."""
    before: Node | None = None
    for child in parent:
        if child.tag == "table":
            yield parent, child, before
        else:
            yield from _tables(child)
        before = child if child.tag == "p" else None


def _frame(parent: Node, table: Node, before: Node | None, number: str) -> None:
    """Put a table into a frame that scrolls by itself; a paragraph 表1：… before it becomes its caption."""
    for cell in table.iter():
        if cell.tag in ("th", "td"):
            _cell(cell)
    _columns(table)
    frame = parent.makeelement("div", {"class": "table-frame", "role": "region", "tabindex": "0"})
    place = list(parent).index(table)
    parent.remove(table)
    match = CAPTION.match((before.text or "").strip()) if before is not None and not len(before) else None
    if match is not None:
        parent.remove(before)
        place -= 1
        caption = parent.makeelement("caption", {"id": f"t{number}"})
        caption.text = match["text"]
        table.insert(0, caption)
        frame.set("aria-labelledby", f"t{number}")
    else:
        frame.set("aria-label", f"表格 {number}")
    frame.append(table)
    frame.tail, table.tail = table.tail, None
    parent.insert(place, frame)


def _cell(cell: Node) -> None:
    """A head says that it heads a column; a class says how the column stands, since no style is inline."""
    if cell.tag == "th":
        cell.set("scope", "col")
    side = cell.attrib.pop("align", "") or cell.attrib.pop("style", "").rpartition(":")[2].strip(" ;")
    if side:
        cell.set("class", _SIDES.get(side, "left"))


def column_breadth(texts: Iterable[str]) -> str:
    """How a column with these texts stands in a wide table: `short` ones may be narrow, `long` ones never are."""
    longest = max(map(len, texts), default=0)
    return "short" if longest <= SHORT_CELL else "long" if longest > LONG_CELL else ""


def _columns(table: Node) -> None:
    """The head of a column says by a class whether its cells are short or long."""
    rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    for cells in zip(*rows, strict=False):
        breadth = column_breadth("".join(cell.itertext()).strip() for cell in cells)
        if breadth:
            cells[0].set("class", f"{cells[0].get('class', '')} {breadth}".strip())


def _letter(root: Node) -> None:
    """Say by a class which paragraphs are the addressees, who signed and when, and the title of what is attached."""
    blocks = list(root)
    texts = ["".join(block.itertext()).strip() if block.tag == "p" else "" for block in blocks]
    if texts and ADDRESSEES.fullmatch(texts[0]):
        blocks[0].set("class", "addressees")
    for place, block in enumerate(blocks):
        if place and blocks[place - 1].tag == "hr" and _is_strong(block):
            block.set("class", "attached-title")
        if _DATE.fullmatch(texts[place]):
            while place >= 0 and (blocks[place] is block or _SIGNER.fullmatch(texts[place])):
                blocks[place].set("class", "signature")
                place -= 1


def _is_strong(block: Node) -> bool:
    """Whether all of a paragraph is emphasised."""
    return (
        block.tag == "p"
        and len(block) == 1
        and block[0].tag == "strong"
        and not (block.text or block[0].tail)
    )


def _cite(parent: Node, links: Mapping[str, str], to_root: str) -> None:
    """A quoted title or a number that is on this site becomes a link; its text stays as written."""
    if parent.tag in ("a", "code", "pre"):
        return
    children = list(parent)
    for child in children:
        _cite(child, links, to_root)
    place = len(parent)
    for child in reversed(children):
        child.tail = _link(parent, place, child.tail, links, to_root)
        place -= 1
    parent.text = _link(parent, 0, parent.text, links, to_root)


def _link(parent: Node, place: int, text: str | None, links: Mapping[str, str], to_root: str) -> str | None:
    """Put anchors for what `text` cites into `parent` from `place` on; what is before the first stays text."""
    found = list(cited_places(text, links)) if text else []
    if text is None or not found:
        return text
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    for (start, end, address), until in zip(reversed(found), reversed(ends), strict=True):
        anchor = parent.makeelement("a", {"class": "citation", "href": to_root + address})
        anchor.text = text[start:end]
        anchor.tail = text[end:until]
        parent.insert(place, anchor)
    return text[: found[0][0]]


def _addresses(root: Node, links: Mapping[str, str], to_root: str) -> None:
    """Links to records by key and to attachments become ways from this page."""
    for anchor in root.iter("a"):
        target = anchor.get("href", "").removesuffix(".html")
        if target in links:
            anchor.set("href", to_root + links[target])
        elif _OUTSIDE.match(target):
            anchor.set("class", "outside")
    for name, attribute in (("a", "href"), ("img", "src")):
        for element in root.iter(name):
            address = element.get(attribute, "")
            if address.startswith("attachments/"):
                element.set(attribute, to_root + address)
