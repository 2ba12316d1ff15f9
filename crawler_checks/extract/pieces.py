"""A page cut into pieces that pages of a site share: blocks, such as a menu, and the lines of a block.

The cuts are guesses of where pages repeat. Whoever reads the pieces must be right wherever they fall.
"""

from __future__ import annotations

BLOCKS = ("<div", "</ul", "</table")
TAGS = ("<li", "<meta", "<title", "<p")
DIV, *LISTS = (tag.encode() for tag in BLOCKS)
TAGS_IN_BYTES = tuple(tag.encode() for tag in TAGS)
LONG_LINES = 400
LONG_LINES_IN_BYTES = 1_000
"""Characters a line, on an average, from which a block is cut before tags too."""


def cut_into_blocks(html: str) -> list[str]:
    """The blocks of a page, in order; together they are the page, NULs left out."""
    if "\0" in html:
        html = html.replace("\0", "")
    for tag in BLOCKS:
        html = html.replace(tag, "\0" + tag)
    return html.split("\0")


def cut_bytes_into_blocks(page: bytes) -> list[bytes]:
    """As `cut_into_blocks`, of bytes, and coarser."""
    if b"\0" in page:
        page = page.replace(b"\0", b"")
    first, *others = page.split(DIV)
    return [first, *map(DIV.__add__, others)]


def cut_bytes_into_smaller_blocks(block: bytes) -> list[bytes]:
    """The smaller blocks of a block, for where it is not known as a whole."""
    for tag in LISTS:
        block = block.replace(tag, b"\0" + tag)
    return block.split(b"\0")


def cut_bytes_into_lines(block: bytes) -> list[bytes]:
    """As `cut_into_lines`, of bytes."""
    lines = block.splitlines(keepends=True)
    if len(block) <= LONG_LINES_IN_BYTES * len(lines):
        return lines
    for tag in TAGS_IN_BYTES:
        block = block.replace(tag, b"\0" + tag)
    return block.replace(b"\n", b"\n\0").split(b"\0")


def cut_into_lines(block: str) -> list[str]:
    """The lines of a block, in order, each with its end; of long lines their parts. Together they are the block."""
    lines = block.splitlines(keepends=True)
    if len(block) <= LONG_LINES * len(lines):
        return lines
    for tag in TAGS:
        block = block.replace(tag, "\0" + tag)
    return block.replace("\n", "\n\0").split("\0")
