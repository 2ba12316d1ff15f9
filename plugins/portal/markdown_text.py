"""What `markdown_structure` does to a tree, done to the text of a plain body's HTML: the same document, without a tree.

It takes what comrak makes of a body in which nothing is cited, linked or signed.
"""

from __future__ import annotations

import re
from html import escape, unescape

from plugins.portal.markdown_structure import ADDRESSEES, CAPTION, column_breadth

_CELL = re.compile(r'<t([hd])(?: align="(\w+)")?>')
_CELLS = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)
_HEAD = re.compile(r'<th scope="col"(?: class="(\w+)")?>')
_TAG = re.compile(r"<[^>]*>")


def structured_text(html: str, part: int = 0) -> str:
    """The body's HTML in shape: heading levels and ids, table frames, the addressees of a letter."""
    within = f"{part}-" if part else ""
    html = _headings(html.replace("&quot;", '"').strip(), 3 if part else 2, within)
    html = _addressees(html)
    return _tables(html, within) if "<table>" in html else html


def _headings(html: str, top: int, within: str) -> str:
    """The body's highest heading gets the level `top`; no level is skipped; each gets an id."""
    before, *pieces = html.split("<h")
    ranks = [int(piece[0]) for piece in pieces]
    shallowest = min(ranks, default=0)
    level = top - 1
    made = [before]
    for number, (rank, piece) in enumerate(zip(ranks, pieces, strict=True), 1):
        level = min(rank - shallowest + top, level + 1, 6)
        if level != rank:
            text, _, after = piece.partition("</h")
            piece = f"{level}{text[1:]}</h{level}{after[1:]}"
        made.append(f'<h{level} id="p{within}{number}"{piece[1:]}')
    return "".join(made)


def _addressees(html: str) -> str:
    """Say by a class to whom a letter goes, which stands in its first paragraph."""
    first = html[3 : html.find("</p>")] if html.startswith("<p>") else ""
    if "：" in first and ADDRESSEES.fullmatch(unescape(_TAG.sub("", first)).strip()):
        return f'<p class="addressees">{html[3:]}'
    return html


def _tables(html: str, within: str) -> str:
    """Each table in a frame that scrolls by itself; a paragraph 表1：… before it becomes its caption."""
    first, *pieces = html.split("<table>")
    made = [first]
    for number, piece in enumerate(pieces, 1):
        table, _, after = piece.partition("</table>")
        before, caption = _caption(made[-1])
        named, inside = f'aria-label="表格 {within}{number}"', ""
        if caption:
            name, text = f"t{within}{number}", escape(caption, quote=False)
            named, inside = f'aria-labelledby="{name}"', f'\n<caption id="{name}">{text}</caption>'
            table = table.removeprefix("\n")
        cells = _heads(_CELL.sub(_cell, table))
        frame = f'<div class="table-frame" role="region" tabindex="0" {named}>'
        made[-1] = before
        made += [f"{frame}<table>{inside}{cells}</table></div>", after]
    return "".join(made)


def _heads(table: str) -> str:
    """The head of a column says by a class whether its cells are short or long."""
    rows = [
        [unescape(_TAG.sub("", cell)).strip() for cell in _CELLS.findall(row)] for row in table.split("<tr>")
    ]
    breadths = map(column_breadth, zip(*rows[1:], strict=False))
    return _HEAD.sub(lambda head: _head(head, next(breadths, "")), table)


def _head(head: re.Match[str], breadth: str) -> str:
    classes = " ".join(filter(None, (head[1], breadth)))
    return f'<th scope="col" class="{classes}">' if classes else '<th scope="col">'


def _caption(before: str) -> tuple[str, str]:
    """What stands before a table without the paragraph that is its caption, and the caption; empty where there is none."""
    start = before.rfind("<p>")
    if start < 0 or not before.endswith("</p>\n"):
        return before, ""
    paragraph = before[start + 3 : -5]
    found = CAPTION.match(unescape(paragraph).strip()) if "<" not in paragraph else None
    return (before[:start], found["text"]) if found else (before, "")


def _cell(found: re.Match[str]) -> str:
    """A head says that it heads a column; a class says how the column stands, since no style is inline."""
    name, side = found.groups()
    scope = ' scope="col"' if name == "h" else ""
    stands = f' class="{side}"' if side else ""
    return f"<t{name}{scope}{stands}>"
