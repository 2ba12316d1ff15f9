"""Numbers written with Chinese characters, as headings, dates and old document numbers write them.

Strict: what is not a well-formed number is None, never the nearest one.
"""

import unicodedata

DIGITS = {"〇": 0, "○": 0, **{character: value for value, character in enumerate("零一二三四五六七八九")}}
"""○ is the geometric circle that most typists use for 〇."""

NUMERAL_CHARACTERS = "一二三四五六七八九十百廿卅"


def read_numeral(text: str) -> int | None:
    """The number from 1 to 999 that `text` writes (十二, 二十五, 廿五, 卅一, 一百零三), else None."""
    hundreds, found, rest = text.rpartition("百")
    if not found:
        return _below_hundred(text)
    above = DIGITS.get(hundreds, 0)
    if above == 0:
        return None
    if rest == "":
        return above * 100
    if rest[0] == "零":
        below = DIGITS.get(rest[1:], 0)
    else:
        below = _below_hundred(rest) or 0
        below = below if below >= 10 else 0
    return above * 100 + below if below else None


def read_digits(text: str) -> int | None:
    """The number whose digits are spelt one by one (二〇一五 = 2015), else None."""
    if not text or any(character not in DIGITS for character in text):
        return None
    return int("".join(str(DIGITS[character]) for character in text))


def read_any_number(text: str) -> int | None:
    """A number in ASCII or full-width digits, or in Chinese characters."""
    plain = half_width(text)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    return read_numeral(text)


def half_width(text: str) -> str:
    """Full-width digits and letters as ASCII; all else, punctuation included, stays."""
    return text.translate(_NARROW)


_NARROW = {
    code: narrow
    for code in range(ord("\uff10"), ord("\uff5a") + 1)
    if (narrow := unicodedata.normalize("NFKC", chr(code))).isalnum()
}


def _below_hundred(text: str) -> int | None:
    text = text.replace("廿", "二十", 1) if text.startswith("廿") else text
    text = text.replace("卅", "三十", 1) if text.startswith("卅") else text
    tens, found, ones = text.partition("十")
    if not found:
        return DIGITS.get(text) or None
    ten = DIGITS.get(tens, 0) if tens else 1
    one = DIGITS.get(ones, 0) if ones else 0
    if ten == 0 or (ones and one == 0):
        return None
    return ten * 10 + one
