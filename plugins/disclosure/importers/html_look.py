"""How a page shows an element: as a block, hidden, crossed out, above or below its line; what is never shown."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag

from plugins.disclosure.importers.raised import Position, on_the_line


def words(listed: str) -> frozenset[str]:
    """The names in a list."""
    return frozenset(listed.split())


SILENT = words("script style noscript template svg math canvas object embed iframe head colgroup")
BLOCKS = words(
    "address article aside blockquote body center caption dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot "
    "th thead tr ul"
)
_FARTHEST = 50
"""So many elements above one are asked whether they are raised themselves."""


def is_hidden(tag: Tag) -> bool:
    """Whether the page does not show the element."""
    style = _style(tag)
    return tag.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style


def is_struck(tag: Tag) -> bool:
    """Whether the page shows the element crossed out."""
    return tag.name in ("s", "strike", "del") or "line-through" in _style(tag)


def write_out_raised(soup: BeautifulSoup) -> list[str]:
    """Put raised and lowered text on the line. Returned is what no characters of its own could be found for."""
    unwritten: list[str] = []
    for tag in soup.find_all(True):
        position = _position(tag)
        if not position or any(
            above.name in SILENT or _position(above) for above in islice(tag.parents, _FARTHEST)
        ):
            continue
        text, told = on_the_line(tag.get_text(), position)
        strings = list(tag.find_all(string=True))
        if text != tag.get_text():
            strings[0].replace_with(text)
            for string in strings[1:]:
                string.extract()
        unwritten += [told] if told else []
    return unwritten


def _position(tag: Tag) -> Position:
    """Where the element stands; a block or a cell that is set high in its row is not raised."""
    if tag.name in BLOCKS or tag.name == "img":
        return ""
    style = _style(tag)
    if tag.name == "sup" or "vertical-align:super" in style:
        return "raised"
    return "lowered" if tag.name == "sub" or "vertical-align:sub" in style else ""


def _style(tag: Tag) -> str:
    return re.sub("\\s", "", str(tag.get("style") or "")).lower()
