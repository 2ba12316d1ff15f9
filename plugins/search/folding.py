"""Folding: one way to write each character, and which characters words are made of.

Each character is folded by itself, so that a place in the folded text leads back to a place in the text.
`theme/static/search.js` holds the same rules; tests hold both equal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
TRADITIONAL = HERE / "data" / "traditional.txt"

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LETTER = "0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u1fff\u3041-\u3096\u30a1-\u30fa\u3105-\u312f\ua000-\ud7a3"
"""Both are the inside of a character class. What is in neither parts words, and is not searched for."""

SPACE = "[ \\t\\n\\r\\f\\v\\u001c-\\u001f\\u0085\\u00a0\\u2028\\u2029]+"
"""White space as both languages see it once it is folded."""

IGNORED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
ZEROS = dict.fromkeys("○◯", "〇")


@cache
def traditional() -> dict[str, str]:
    """Traditional characters and variants, each with its simplified one. Each line of the data begins with the latter."""
    lines = TRADITIONAL.read_text(encoding="utf-8").splitlines()
    return {other: line[0] for line in lines for other in line[1:]}


@cache
def fold_character(character: str) -> str:
    """The character as it is searched for: half-width, small, simplified; nothing for one that is not seen."""
    if character in IGNORED:
        return ""
    if not _is_folded(ord(character)):
        return character
    plain = unicodedata.normalize("NFKC", character).lower()
    simplified = traditional()
    return "".join(ZEROS.get(one) or simplified.get(one, one) for one in plain)


def may_fold() -> Iterator[str]:
    """Every character of the first plane that folds to another, and perhaps some that do not."""
    yield from (*traditional(), *IGNORED, *ZEROS)
    characters = [chr(code) for code in range(0x10000) if code != ord("\n") and not 0x3400 <= code < 0xA000]
    characters = [one for one in characters if not "\uac00" <= one < "\ue000"]  # Korean and surrogates
    plain = unicodedata.normalize("NFKC", "\n".join(characters)).lower().split("\n")
    yield from (one for one, other in zip(characters, plain, strict=True) if one != other)


def fold(text: str) -> str:
    """The text with each character folded; signs stay, so that numbers and dates can still be read."""
    return "".join(map(fold_character, text))


def _is_folded(code: int) -> bool:
    """Whether Unicode's folding of a character is used.

    Blocks that newer versions of Unicode still add letters to are left alone, so that an index does not depend
    on the version of Python that wrote it or of the browser that reads it.
    """
    if code < 0x10000:
        return not (0x1C80 <= code < 0x1C90 or 0xA640 <= code < 0xA800 or 0xD800 <= code < 0xE000)
    return 0x1D400 <= code < 0x1D800 or 0x1F100 <= code < 0x1F200 or 0x2F800 <= code < 0x2FA20


def is_han(character: str) -> bool:
    """Whether it is a Chinese character (々〆〇 included)."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x3005 <= code <= 0x3007
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


def ranges(class_: str) -> Iterator[tuple[int, int]]:
    """The first and last code point of each range of HAN or LETTER."""
    for first, last in zip(class_[::3], class_[2::3], strict=True):
        yield ord(first), ord(last)
