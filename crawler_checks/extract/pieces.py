"""A page cut into pieces that pages of a site share: blocks, such as a menu, and the lines of a block.

The cuts are guesses of where pages repeat. Whoever reads the pieces must be right wherever they fall.
"""

from __future__ import annotations

import re
from typing import AnyStr

DIV = re.compile("<div")
END_OF_LIST = re.compile("</(?:ul|table)")
TAGS = ("<li", "<meta", "<title", "<p")
DIV_IN_BYTES = re.compile(DIV.pattern.encode())
END_OF_LIST_IN_BYTES = re.compile(END_OF_LIST.pattern.encode())
TAGS_IN_BYTES = tuple(tag.encode() for tag in TAGS)
LONG_LINES_IN_BYTES = 1_000
"""Bytes a line, on an average, from which a block is cut before tags too."""


def cut_into_blocks(page: str) -> list[str]:
    """The blocks of a page, in order; together they are the page, NULs left out."""
    if "\0" in page:
        page = page.replace("\0", "")
    return _cut_before(page, DIV)


def cut_into_smaller_blocks(block: str) -> list[str]:
    """The smaller blocks of a block, for where it is not known as a whole."""
    return _cut_before(block, END_OF_LIST)


def cut_bytes_into_blocks(page: bytes) -> list[bytes]:
    """As `cut_into_blocks`, of bytes."""
    if b"\0" in page:
        page = page.replace(b"\0", b"")
    return _cut_before(page, DIV_IN_BYTES)


def cut_bytes_into_smaller_blocks(block: bytes) -> list[bytes]:
    """As `cut_into_smaller_blocks`, of bytes."""
    return _cut_before(block, END_OF_LIST_IN_BYTES)


def cut_bytes_into_lines(block: bytes) -> list[bytes]:
    """The lines of a block, in order, each with its end; of long lines their parts. Together they are the block."""
    lines = block.splitlines(keepends=True)
    if len(block) <= LONG_LINES_IN_BYTES * len(lines):
        return lines
    for tag in TAGS_IN_BYTES:
        block = block.replace(tag, b"\0" + tag)
    return block.replace(b"\n", b"\n\0").split(b"\0")


def _cut_before(block: AnyStr, tags: re.Pattern[AnyStr]) -> list[AnyStr]:
    cuts: list[int] = [found.start() for found in tags.finditer(block)]
    if not cuts:
        return [block]
    return [block[begin:end] for begin, end in zip([0, *cuts], [*cuts, None], strict=True)]
