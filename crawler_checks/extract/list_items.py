"""Entries of lists: links with a date beside them, however the list is built.

A link's cell is the largest element around it that holds no other title: a list item, a table row, a box. The
date is a piece of text of its own in that cell, in a `<time>`, in the link's hover text, behind its title, or
in the element or text that follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from crawler_checks.extract.dates import cell_date, date_after_title, labelled_date
from crawler_checks.extract.facts import FoundDate, Item, Link
from crawler_checks.extract.holes import refuse_holes

CELLS = frozenset(("li", "tr", "p", "dl", "article"))
ALONE = frozenset(("li", "tr"))
"""Cells that hold all of their entry; of others a date may stand behind them."""
FOLLOWERS = frozenset(("dd", "span", "td", "em", "i", "time", "div", "font", "b"))
OUTERMOST = frozenset(
    ("body", "html", "main", "ul", "ol", "table", "tbody", "form", "section", "nav", "-undef")
)
CLIMB = 4
SHORTEST_TITLE = 4
LONGEST_CELL = 600
LONGEST_FOLLOWER = 40


def list_items(titles: Sequence[tuple[LexborNode, Link]]) -> Iterator[tuple[int, Item, LexborNode]]:
    """The entries among a page's links, each with its place among them and its cell.

    `titles` are the page's `<a>` elements with text, in order.
    """
    titled = [
        (number, node, link)
        for number, (node, link) in enumerate(titles)
        if len(link.text) >= SHORTEST_TITLE or link.hint
    ]
    climbs = [_ancestors(node) for _, node, _ in titled]
    holds = _titles_held(climbs, [link.address for _, _, link in titled])
    for (number, node, link), ancestors in zip(titled, climbs, strict=True):
        cell = _cell(node, ancestors, holds)
        found = _hover_date(link.hint) or _date_beside(link, cell)
        if found is not None:
            day, text = found
            yield number, Item(link, day, text), cell


def entry_date(title: str, hint: str, text: str) -> tuple[FoundDate | None, str] | None:
    """The date of an entry that is alone in a cell with this text; see `cell_date`."""
    found = _hover_date(hint)
    if found or len(text) > LONGEST_CELL:
        return found
    rest = [line for line in _lines(text) if line != title] if text != title else []
    return (cell_date(rest) if rest else None) or date_after_title(title)


def _ancestors(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    while len(found) < CLIMB:
        parent = node.parent
        if parent is None or parent.tag in OUTERMOST:
            break
        found.append(parent)
        if parent.tag in CELLS and parent.tag != "p":
            break
        node = parent
    return found


def _titles_held(climbs: list[list[LexborNode]], addresses: list[str]) -> Counter[int]:
    """How many different addresses the titles inside each element lead to."""
    pairs = {
        (node.mem_id, address) for climb, address in zip(climbs, addresses, strict=True) for node in climb
    }
    return Counter(element for element, _ in pairs)


def _cell(node: LexborNode, ancestors: list[LexborNode], holds: Counter[int]) -> LexborNode:
    cell = node
    for ancestor in ancestors:
        if holds[ancestor.mem_id] > 1:
            break
        cell = ancestor
    return cell


def _hover_date(hint: str) -> tuple[FoundDate | None, str] | None:
    found = labelled_date(hint) if "\n" in hint or "：" in hint else None
    return (found, found.text) if found else None


def _date_beside(link: Link, cell: LexborNode) -> tuple[FoundDate | None, str] | None:
    text = cell.text(separator="\n")
    refuse_holes(text)
    if len(text) > LONGEST_CELL:
        return None
    rest = [line for line in _lines(text) if line != link.text]
    if cell.tag not in ALONE:
        rest += _following(cell)
    moment = cell.css_first("time") if rest else None
    datetime = (moment.attributes.get("datetime") or "") if moment else ""
    found = cell_date(rest, datetime) if rest else None
    return found or date_after_title(link.text)


def _following(cell: LexborNode) -> list[str]:
    """Short texts behind the cell, up to the next element that holds a link."""
    lines: list[str] = []
    following = cell.next
    while following is not None and len(lines) < 3:
        if following.is_element_node and (following.tag not in FOLLOWERS or following.css_first("a")):
            break
        text = following.text(separator="\n").strip()
        refuse_holes(text)
        if len(text) > LONGEST_FOLLOWER:
            break
        lines += _lines(text)
        following = following.next
    return lines


def _lines(text: str) -> list[str]:
    return [plain for line in text.splitlines() if (plain := line.strip())]
