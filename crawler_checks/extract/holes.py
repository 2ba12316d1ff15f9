"""Holes in a page: where lines stood that were read by themselves, so that the parser need not see them again.

A hole is an element with a mark that no page can know, in the place of a run of lines, and of the same kind.
"""

from __future__ import annotations

from secrets import token_hex

from selectolax.lexbor import LexborNode

MARK = f"data-{token_hex(8)}"
FROM, TO = "\ue000", "\ue001"
"""Around the number of a hole, in the text of a page."""
PLAIN = frozenset(
    (
        "html",
        "head",
        "body",
        "div",
        "ul",
        "ol",
        "section",
        "main",
        "article",
        "nav",
        "header",
        "footer",
        "aside",
    )
)
"""What says nothing of what it holds."""


class ReadWhole(Exception):
    """The page can be read as a whole only: something outside a hole depends on what stands in it, or the reverse."""


def hole(tag: str, number: int) -> str:
    """What stands in a page in place of the run of that number, lines whose elements are `tag`."""
    if tag == "meta":
        return f'<meta {MARK}="{number}">\n'
    return f'<{tag} {MARK}="{number}">{FROM}{number}{TO}</{tag}>\n'


def number_in(line: str) -> int | None:
    """The number of the hole that a line of text stands for."""
    return int(line[1:-1]) if line.startswith(FROM) else None


def refuse_holes(text: str) -> None:
    """Raises ReadWhole where a text that is looked at has a hole in it."""
    if FROM in text:
        raise ReadWhole


def stands_plainly(node: LexborNode, known: set[int], *, also_seen: bool) -> bool:
    """Whether nothing around a hole changes what stands in it; with `also_seen` nothing hides it either.

    `known` remembers elements whose hole is well placed.
    """
    parent = node.parent
    if parent is None or (parent.mem_id in known and not also_seen):
        return parent is not None
    first = parent.mem_id
    while parent is not None and parent.tag != "-undef" and parent.tag != "-document":
        if parent.tag not in PLAIN:
            return False
        if also_seen and not {"style", "hidden"}.isdisjoint(parent.attributes):
            return False
        parent = parent.parent
    known.add(first)
    return True
