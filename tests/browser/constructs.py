"""What a page is made of, so that a few pages can stand for all: those on which every construct is to be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

SPOKEN = ("role", "type", "rel", "scope", "lang")
"""The attributes of which the values matter and are few; of the classes it is the first, which says what a thing is."""

Construct = tuple[str, ...]


def constructs(page: bytes, part: str = "html") -> set[Construct]:
    """The elements of a part of a page by what they are inside of and what they carry; two of one name are one more."""
    found: set[Construct] = set()
    names: Counter[str | None] = Counter()
    root = LexborHTMLParser(page).css_first(part)
    for node in root.traverse():
        attributes = node.attributes
        says = (f"{name}={attributes[name]}" for name in SPOKEN if name in attributes)
        found.add((*_kind(node.parent), *_kind(node), *sorted(attributes), *says))
        names[attributes.get("id")] += 1
    found.update(("twice", name) for name, times in names.items() if name and times > 1)
    return found


def _kind(node: LexborNode | None) -> tuple[str, str]:
    if node is None:
        return "", ""
    return node.tag or "", (node.attributes.get("class") or "").partition(" ")[0]


def showing_all(pages: Mapping[str, set[Construct]], *shown: str) -> list[str]:
    """A few pages on which every construct is to be seen: `shown`, and of the others those with most first."""
    seen = set().union(*(pages[name] for name in shown))
    chosen = [*shown]
    for name, has in sorted(pages.items(), key=lambda one: (-len(one[1]), one[0])):
        if not has <= seen:
            chosen.append(name)
            seen |= has
    return chosen
