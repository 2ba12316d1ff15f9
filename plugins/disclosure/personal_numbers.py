"""Numbers that belong to a person, found in text: identity cards, mobile telephones, bank cards.

A number in the middle of a longer one is none; nor is one whose check digit does not hold. They are only ever handed
out masked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from plugins.disclosure.chinese_numerals import half_width

_NOT_BEFORE, _NOT_AFTER = "(?<![0-9A-Za-z.])", "(?![0-9A-Za-z])"
_GAP = "[ -]?"
_BIRTH = "(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = re.compile(f"{_NOT_BEFORE}[1-8][0-9]{{5}}{_GAP}{_BIRTH}{_GAP}[0-9]{{3}}[0-9Xx]{_NOT_AFTER}")
_OLD_IDENTITY = re.compile(
    f"(?:身份证|公民身份)[^0-9\n]{{0,8}}([1-8][0-9]{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{{3}}){_NOT_AFTER}"
)
_MOBILE = re.compile(f"{_NOT_BEFORE}1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}{_NOT_AFTER}")
_BANK_CARD = re.compile(
    f"{_NOT_BEFORE}62[0-9]{{2}}(?:{_GAP}[0-9]{{4}}){{3}}(?:{_GAP}[0-9]{{1,3}})?{_NOT_AFTER}"
)
_MANY_FIGURES = re.compile(
    "[0-9０-９](?:[ -]?[0-9０-９]){10}"
)  # begins with one class, which is found quickly
_FIGURES = bytes(0x30 if 0x30 <= byte <= 0x39 or 0x90 <= byte <= 0x99 else 0x2E for byte in range(256))
_BETWEEN = b"\xef\xbc -"
"""The last byte of a figure, full-width or not, and what stands before it: no other character is made of these."""
_ELEVEN = b"0" * 11
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A number as it may be shown: `masked`. `kind` is identity-card, bank-card or mobile."""

    kind: str
    name: str
    name_en: str
    masked: str


def may_hold_numbers(text: str) -> bool:
    """Whether a text has as many figures together as the shortest of them; most have not."""
    return _MANY_FIGURES.search(text) is not None


def file_may_hold_numbers(data: bytes) -> bool:
    """The same of a text in UTF-8, quickly; where it says no there are none."""
    return _ELEVEN in data.translate(_FIGURES, _BETWEEN)


def find_numbers(text: str) -> Iterator[PersonalNumber]:
    """All that are found in a text; each digit counts once."""
    if not may_hold_numbers(text):
        return
    text = half_width(text)
    for kind, name, name_en, pattern, holds in _KINDS:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            written = text[start:end]
            if holds(re.sub("[ -]", "", written)):
                yield PersonalNumber(kind, name, name_en, _masked(written))
                text = text[:start] + "#" * (end - start) + text[end:]


def _masked(number: str) -> str:
    digits = re.sub("[ -]", "", number)
    return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"


def _is_identity(number: str) -> bool:
    """Whether the birthday exists and the last character is the check digit of the rest (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper() and _is_day(number[6:14])


def _is_old_identity(number: str) -> bool:
    """Fifteen digits, as they were written until 1999: the birthday is all that can be checked."""
    return _is_day("19" + number[6:12])


def _is_day(figures: str) -> bool:
    try:
        date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
    except ValueError:
        return False
    return True


def _is_card(number: str) -> bool:
    """Whether the digits satisfy the check of bank cards (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _always(_number: str) -> bool:
    return True


_KINDS: tuple[tuple[str, str, str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("identity-card", "身份证号", "an identity card number", _IDENTITY, _is_identity),
    ("identity-card", "身份证号", "an identity card number", _OLD_IDENTITY, _is_old_identity),
    ("bank-card", "银行卡号", "a bank card number", _BANK_CARD, _is_card),
    ("mobile", "手机号", "a mobile telephone number", _MOBILE, _always),
)
