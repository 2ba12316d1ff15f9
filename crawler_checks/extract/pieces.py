"""A page cut into pieces that pages of a site share: blocks, such as a menu, and the lines of a block.

The cuts are guesses of where pages repeat. Whoever reads the pieces must be right wherever they fall.
"""

from __future__ import annotations

BLOCKS = ("<div", "</ul", "</table")
TAGS = ("<li", "<meta", "<title", "<p")
LONG_LINES = 400
"""Characters a line, on an average, from which a block is cut before tags too."""


def cut_into_blocks(html: str) -> list[str]:
    """The blocks of a page, in order; together they are the page, NULs left out."""
    if "\0" in html:
        html = html.replace("\0", "")
    for tag in BLOCKS:
        html = html.replace(tag, "\0" + tag)
    return html.split("\0")


def cut_into_lines(block: str) -> list[str]:
    """The lines of a block, in order, each with its end; of long lines their parts. Together they are the block."""
    lines = block.splitlines(keepends=True)
    if len(block) <= LONG_LINES * len(lines):
        return lines
    for tag in TAGS:
        block = block.replace(tag, "\0" + tag)
    return block.replace("\n", "\n\0").split("\0")
