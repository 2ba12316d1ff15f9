"""Which pages are made by one template: those whose named elements lie within each other alike.

A template writes the classes and ids; what an editor writes into it seldom has any. So a page is known by the set of
its named elements, each with the one around it; pages whose sets are nearly the same are of one template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

LANDMARKS = frozenset(
    (
        "header",
        "nav",
        "main",
        "aside",
        "footer",
        "form",
        "table",
        "iframe",
        "video",
        "ul",
        "ol",
        "dl",
        "article",
    )
)
ALIKE = 0.7
"""Of all the parts of two pages they share so many."""
NUMBERS = re.compile(r"\d+")
MOST_PARTS = 400
MOST_GROUPS = 300

Shape = frozenset[str]


@dataclass(frozen=True, slots=True)
class Template:
    """The pages made alike; `example` is the first, by address, of those that are most alike."""

    example: str
    pages: tuple[str, ...]


def shape_of(html: str) -> Shape:
    """What a page is known by."""
    body = LexborHTMLParser(html).body
    parts: set[str] = set()
    if body is None:
        return frozenset()
    waiting: list[tuple[LexborNode, str]] = [(body, "body")]
    while waiting and len(parts) < MOST_PARTS:
        node, around = waiting.pop()
        for child in node.iter():
            name = _name(child)
            if name:
                parts.add(f"{around}>{name}")
            waiting.append((child, name or around))
    return frozenset(parts)


def templates_of(shapes: Iterable[tuple[str, Shape]], most: int) -> tuple[Template, ...]:
    """The templates of pages given by address and shape, those with most pages first; at most so many."""
    by_shape: dict[Shape, list[str]] = {}
    for address, shape in sorted(shapes):
        by_shape.setdefault(shape, []).append(address)
    groups: list[tuple[Shape, list[str]]] = []
    for shape, addresses in sorted(by_shape.items(), key=lambda one: (-len(one[1]), one[1][0])):
        group = next((held for known, held in groups if _likeness(known, shape) >= ALIKE), None)
        if group is None and len(groups) < MOST_GROUPS:
            groups.append((shape, list(addresses)))
        elif group is not None:
            group += addresses
    groups.sort(key=lambda one: (-len(one[1]), min(one[1])))
    return tuple(Template(held[0], tuple(sorted(held))) for _, held in groups[:most])


def _likeness(one: Shape, other: Shape) -> float:
    together = len(one | other)
    return len(one & other) / together if together else 1.0


def _name(node: LexborNode) -> str:
    """A tag with its first class or its id, without the numbers in them; "" for what an editor may have written."""
    attributes = node.attributes
    tag = node.tag or ""
    written = (attributes.get("class") or "").split()
    is_frame = tag in LANDMARKS or tag in ("div", "section")
    id_ = attributes.get("id") if is_frame else None
    mark = f".{written[0]}" if written else f"#{id_}" if id_ else ""
    if not mark and tag not in LANDMARKS:
        return ""
    return tag + NUMBERS.sub("", mark)
