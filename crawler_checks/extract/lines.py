"""Lines of text as small numbers, to be counted over a whole site without keeping its text.

A line becomes `checksum << 16 | length`; equal lines have equal marks, and the length can be had back.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

LONGEST = 0xFFFF
LONGEST_SHARED = 24
"""Longer lines are hardly ever on several pages: what is known of them is not worth its memory."""


def mark(line: str) -> int:
    """The mark of one line."""
    return marks((line,))[0]


def marks(lines: Iterable[str]) -> list[int]:
    """The marks of many."""
    return [crc32(line.encode("utf-8", "surrogatepass")) << 16 | min(len(line), LONGEST) for line in lines]


def length(marked: int) -> int:
    """How many characters the line had."""
    return marked & LONGEST
