"""A number as a spreadsheet shows it: 5 with the format 0"元/户" is 5元/户, 7 with 000 is 007.

Literal text, leading zeros, thousands, currencies, percentages and the sections for negative numbers and nothing are
read. A format with anything else (fractions, exponents, Chinese numerals) is not: then nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_PLAIN = ("", "general", "@", "g/通用格式")
_TOKEN = re.compile(
    '"(?P<quoted>[^"]*)"|\\\\(?P<escaped>.)|[_*](?P<space>.)|\\[\\$(?P<currency>[^\\]-]*)(?:-[^\\]]*)?\\]'
    "|\\[(?P<condition>[<>=]+-?[0-9.]+)\\]|\\[(?P<colour>[A-Za-z]+ ?[0-9]*|[黑蓝绿红白黄]色?|蓝绿|洋红)\\]"
    "|(?P<general>General|G/通用格式)|(?P<digit>[0#?])|(?P<point>\\.)|(?P<comma>,)|(?P<percent>%)"
    '|(?P<literal>[^"\\\\_*\\[\\]0#?.,%A-Za-z/;@])',
    re.IGNORECASE,
)
_SECTIONS = re.compile('(?:"[^"]*"|\\\\.|[_*].|\\[[^\\]]*\\]|[^;"\\\\_*\\[])*')
_CONDITION = re.compile("(?P<sign>[<>=]+)(?P<limit>-?[0-9.]+)")
_NOT_COLOURS = re.compile("dbnum|h|m|s", re.IGNORECASE)
_PLACES_OF_A_FLOAT = Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """What the cell shows, and whether nothing was rounded away for it."""

    text: str
    exact: bool


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four formats between semicolons: its parts by kind, and for which numbers it is."""

    parts: tuple[tuple[str, str], ...]
    condition: str

    def count(self, kind: str) -> int:
        return sum(one == kind for one, _ in self.parts)


def plain_number(value: float) -> str:
    """The number with as many places as it has."""
    return str(int(value)) if float(value).is_integer() else repr(round(float(value), 10))


def shown_number(value: float, format_: str) -> ShownNumber | None:
    """The number as its cell shows it; None for a format that is not understood."""
    if format_.strip().lower() in _PLAIN:
        return ShownNumber(plain_number(value), exact=True)
    sections = [_section(text) for text in _split(format_)[:3]]
    known = [section for section in sections if section is not None]
    if len(known) < len(sections):
        return None
    number = Decimal(plain_number(value))
    section, has_sign = _chosen(known, number)
    if section is None:
        return None
    return _shown(-number if has_sign and number < 0 else number, section)


def _split(format_: str) -> list[str]:
    parts, place = [], 0
    while place <= len(format_):
        found = _SECTIONS.match(format_, place)
        end = found.end() if found else place
        parts.append(format_[place:end])
        if end < len(format_) and format_[end] != ";":
            return [*parts[:-1], format_[place:]]  # a quotation mark that nobody closed
        place = end + 1
    return parts


def _section(text: str) -> _Section | None:
    parts: list[tuple[str, str]] = []
    condition, place = "", 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            return None
        kind = str(found.lastgroup)
        value = found[kind]
        place = found.end()
        if kind == "colour" and _NOT_COLOURS.match(value):
            return None
        if kind == "condition":
            condition = value
        elif kind in ("quoted", "escaped", "currency", "literal"):
            parts.append(("text", value))
        elif kind not in ("space", "colour"):
            parts.append((kind, value))
    return _Section(tuple(parts), condition)


def _chosen(sections: Sequence[_Section], number: Decimal) -> tuple[_Section | None, bool]:
    """The section that a number is shown by, and whether that itself says that the number is negative."""
    if any(section.condition for section in sections):
        for section in sections:
            if not section.condition or _meets(number, section.condition):
                return section, False
        return None, False
    if len(sections) > 1 and number < 0:
        return sections[1], True
    if len(sections) > 2 and number == 0:
        return sections[2], True
    return sections[0], False


def _meets(number: Decimal, condition: str) -> bool:
    found = _CONDITION.fullmatch(condition)
    if found is None or found["limit"].count(".") > 1:
        return False
    limit = Decimal(found["limit"])
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }.get(found["sign"], False)


def _shown(number: Decimal, section: _Section) -> ShownNumber | None:
    if section.count("general"):
        shown = plain_number(float(abs(number)))
        text = "".join(shown if kind == "general" else value for kind, value in section.parts)
        return ShownNumber(f"{'-' if number < 0 else ''}{text}", exact=True)
    if not section.count("digit"):
        text = "".join(value for _, value in section.parts).strip()
        return ShownNumber(text, exact=number == 0) if text else None
    whole, fraction = _placeholders(section)
    scaled = number * 100 ** section.count("percent") / 1000 ** _commas(section)[1]
    rounded = abs(scaled).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    while after and fraction[len(after) - 1] != "0" and after[-1] == "0":
        after = after[:-1]
    text = _filled(section, before, after, len(whole)).strip()
    sign = "-" if number < 0 and rounded else ""
    exact = abs(abs(scaled) - rounded) < _PLACES_OF_A_FLOAT
    return ShownNumber(sign + text, exact) if text else None


def _placeholders(section: _Section) -> tuple[str, str]:
    """The places for digits before and behind the point."""
    kinds = [kind for kind, _ in section.parts]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    digits = [
        "".join(value for kind, value in parts if kind == "digit")
        for parts in (section.parts[:point], section.parts[point:])
    ]
    return digits[0], digits[1]


def _commas(section: _Section) -> tuple[bool, int]:
    """Whether there is a comma between places for digits, and how many stand behind the last: each means thousands."""
    kinds = [kind for kind, _ in section.parts]
    whole = kinds[: kinds.index("point")] if "point" in kinds else kinds
    last_of_whole, last = (
        max((place for place, kind in enumerate(some) if kind == "digit"), default=-1)
        for some in (whole, kinds)
    )
    behind = {place for place in (last_of_whole, last) if place >= 0}
    return "comma" in whole[: max(last_of_whole, 0)], sum(
        _run_of_commas(kinds[place + 1 :]) for place in behind
    )


def _run_of_commas(kinds: Sequence[str]) -> int:
    return next((place for place, kind in enumerate(kinds) if kind != "comma"), len(kinds))


def _filled(section: _Section, before: str, after: str, places: int) -> str:
    """The parts of the format with digits in their places; those that find none stand before the first."""
    grouped = _commas(section)[0]
    surplus = max(len(before) - places, 0)
    blanks = max(places - len(before), 0)
    text, met, behind = "", 0, False
    for kind, value in section.parts:
        if kind == "point":
            behind = True
            text += f".{after}" if after else ""
        elif kind == "digit" and not behind:
            if met == 0:
                text += _with_commas(before[:surplus], len(before), 0, grouped)
            place = met - blanks + surplus
            if met >= blanks:
                text += _with_commas(before[place], len(before), place, grouped)
            met += 1
        elif kind in ("text", "percent"):
            text += value
    return text


def _with_commas(digits: str, length: int, first: int, grouped: bool) -> str:
    """Some digits of a number of so many, with the commas that stand behind thousands."""
    shown = ""
    for place, digit in enumerate(digits, start=first):
        left = length - place - 1
        shown += digit + ("," if grouped and left and left % 3 == 0 else "")
    return shown
