"""Numbers of persons in what is about to be public: identity cards, mobile telephones, bank cards.

Numbers are shown masked in the messages, which others may read. A number in the middle of a longer one is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.chinese_numerals import half_width
from plugins.disclosure.problem import Problem, warning
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import basis, body_line

_NOT_BEFORE, _NOT_AFTER = "(?<![0-9A-Za-z.])", "(?![0-9A-Za-z])"
_GAP = "[ -]?"
_IDENTITY = re.compile(
    f"{_NOT_BEFORE}[1-9][0-9]{{5}}{_GAP}(?:18|19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]){_GAP}"
    f"[0-9]{{3}}[0-9Xx]{_NOT_AFTER}"
)
_MOBILE = re.compile(f"{_NOT_BEFORE}1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}{_NOT_AFTER}")
_BANK_CARD = re.compile(
    f"{_NOT_BEFORE}62[0-9]{{2}}(?:{_GAP}[0-9]{{4}}){{3}}(?:{_GAP}[0-9]{{1,3}})?{_NOT_AFTER}"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def personal_number(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A number that belongs to a person stands in a text or a field."""
    for record in catalog.records:
        for line, label, text in _texts(catalog, record):
            for code, zh, en, number in _numbers(text):
                yield warning(
                    record.file,
                    line,
                    label,
                    f"privacy.{code}",
                    f"有{zh} {number}，公开前要处理。",
                    f"This holds {en}, {number}. Mask it before it is public, or leave it out.",
                    f"请用星号遮去中间几位，或者删去{'；确需公开的公务电话不必改' if code == 'mobile' else ''}。",
                    basis("privacy"),
                )


def _texts(catalog: Catalog, record: Record) -> Iterator[tuple[int, str, str]]:
    """Every line of text that readers will see, with its place and the label of its field."""
    for field in catalog.kind(record).fields:
        value = record.values.get(field.key)
        if field.public and field.type in ("text", "long_text") and value is not None:
            for text in value if isinstance(value, tuple) else (value,):
                yield record.line_of(field.key), field.label, text
    for number, line in enumerate(record.body.split("\n"), start=1):
        yield body_line(record, number), "正文", line


def _numbers(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Code, Chinese and English name, and the masked number, of all that are found; each digit counts once."""
    if not re.search("[0-9０-９]{4}", text):
        return
    text = half_width(text)
    for code, zh, en, pattern, holds in _KINDS:
        for match in pattern.finditer(text):
            if holds(re.sub("[ -]", "", match.group())):
                yield code, zh, en, _masked(match.group())
                text = text[: match.start()] + "#" * len(match.group()) + text[match.end() :]


def _masked(number: str) -> str:
    digits = re.sub("[ -]", "", number)
    return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"


def _is_identity(number: str) -> bool:
    """Whether the last character is the check digit of the rest (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


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
    ("bank-card", "银行卡号", "a bank card number", _BANK_CARD, _is_card),
    ("mobile", "手机号", "a mobile telephone number", _MOBILE, _always),
)
