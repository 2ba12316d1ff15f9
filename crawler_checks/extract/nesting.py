"""Pages nested without end are cut before they are parsed: the parser's time grows with the square of the depth."""

from __future__ import annotations

import re
from collections import Counter

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
FEW_TAGS = 5_000
DEEPEST = 2_000
CLOSED_BY_ITSELF = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
    }
    | {"param", "source", "tbody", "td", "th", "thead", "tr", "track", "wbr"}
)


def within_depth(html: str) -> tuple[str, bool]:
    """The page up to where more elements stand open than any honest page has; and whether something was cut."""
    if html.count("<") <= FEW_TAGS:
        return html, False
    depth = 0
    still_open: Counter[str] = Counter()
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        if name in CLOSED_BY_ITSELF:
            continue
        if not tag[1]:
            still_open[name] += 1
            depth += 1
            if depth > DEEPEST:
                return html[: tag.start()], True
        elif still_open[name]:
            still_open[name] -= 1
            depth -= 1
    return html, False
