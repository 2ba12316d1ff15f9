"""Links that a page shows to machines and hides from people: by style, by size, out of sight, in the colour of the ground.

Only links to other hosts are gathered: menus that fold away and links to skip to the text lead inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from selectolax.lexbor import LexborHTMLParser, LexborNode

LINKS_TO_HOSTS = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
STYLE_RULE = re.compile(r"([^{}]{1,200})\{([^{}]{1,400})\}")
CLASS = re.compile(r"^[.#][\w-]+$")
CLIMB = 6
NUMBER = r"-\s*(?:\d{3,}(?:px|em|%)?|\d{2,}(?:em|rem))"


class Trick(StrEnum):
    """How links are hidden."""

    FOLDED = "folded"  # display:none, visibility:hidden: menus do this too
    OUT_OF_SIGHT = "out_of_sight"
    NO_SIZE = "no_size"
    SAME_COLOUR = "same_colour"
    NO_SCRIPT = "no_script"


AWAY = r"(?:text-indent|left|top|right|margin-left|margin-top)"
SMALL = r"(?<![-\w])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|$)"
STYLES = (
    (Trick.FOLDED, re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)),
    (Trick.OUT_OF_SIGHT, re.compile(rf"{AWAY}\s*:\s*{NUMBER}", re.IGNORECASE)),
    (
        Trick.NO_SIZE,
        re.compile(rf"font-size\s*:\s*0|{SMALL}|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)", re.IGNORECASE),
    ),
)
COLOUR = re.compile(r"(?<![-\w])color\s*:\s*([^;!]+)", re.IGNORECASE)
GROUND = re.compile(r"background(?:-color)?\s*:\s*(#[0-9a-f]{3,6}|[a-z]+|rgb\([^)]*\))", re.IGNORECASE)
WHITE = {"#fff", "#ffffff", "white", "rgb(255,255,255)"}


def concealed_anchors(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, Trick]]:
    """Each `<a>` to another host that visitors do not see, with how it is hidden."""
    anchors = [
        node for node in tree.css("a[href]") if LINKS_TO_HOSTS.match(node.attributes.get("href") or "")
    ]
    if not anchors:
        return
    rules = _rules_of(tree)
    for anchor in anchors:
        trick = _trick(anchor, rules)
        if trick:
            yield anchor, trick


def _rules_of(tree: LexborHTMLParser) -> dict[str, Trick]:
    """The classes and ids that the page's own style blocks hide."""
    found: dict[str, Trick] = {}
    for block in tree.css("style"):
        for selector, style in STYLE_RULE.findall(block.text()):
            trick = _of_style(style)
            for one in selector.split(","):
                if trick and CLASS.match(one.strip()):
                    found[one.strip()] = trick
    return found


def _trick(anchor: LexborNode, rules: dict[str, Trick]) -> Trick | None:
    """The surest way in which the anchor or something around it is hidden."""
    folded: Trick | None = None
    node: LexborNode | None = anchor
    for _ in range(CLIMB):
        if node is None or node.tag in ("body", "html"):
            break
        trick = _of_node(node, rules)
        if trick is Trick.FOLDED:
            folded = trick
        elif trick:
            return trick
        node = node.parent
    return folded


def _of_node(node: LexborNode, rules: dict[str, Trick]) -> Trick | None:
    if node.tag == "noscript":
        return Trick.NO_SCRIPT
    attributes = node.attributes
    if node.tag == "marquee" and any(
        (attributes.get(name) or "").rstrip("px") in ("0", "1", "2") for name in ("width", "height")
    ):
        return Trick.NO_SIZE
    if (style := attributes.get("style")) and (trick := _of_style(style)):
        return trick
    names = [f".{one}" for one in (attributes.get("class") or "").split()] + [f"#{attributes.get('id')}"]
    if trick := next((rules[name] for name in names if name in rules), None):
        return trick
    return Trick.FOLDED if "hidden" in attributes else None


def _of_style(style: str) -> Trick | None:
    found = {trick for trick, pattern in STYLES if pattern.search(style)}
    colour, ground = COLOUR.search(style), GROUND.search(style)
    if colour and ground and _same(colour[1], ground[1]):
        return Trick.SAME_COLOUR
    for trick in (Trick.OUT_OF_SIGHT, Trick.NO_SIZE, Trick.FOLDED):
        if trick in found:
            return trick
    return None


def _same(first: str, second: str) -> bool:
    one, other = ("".join(colour.lower().split()) for colour in (first, second))
    return one == other or (one in WHITE and other in WHITE)
