"""The numbers that Word counts itself (一、 （一） 1.): they stand in no paragraph's text and are made again here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from plugins.disclosure.importers.word_styles import Styles, W, value_at

_DIGITS = "零一二三四五六七八九"
_LEVELS = 9
_MOST = 9999


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, part: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for abstract in part.findall(f"{W}abstractNum") if part is not None else ():
            levels = {_number(level.get(f"{W}ilvl")): _level(level) for level in abstract.findall(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for one in part.findall(f"{W}num") if part is not None else ():
            self._lists[one.get(f"{W}numId", "")] = value_at(one, "abstractNumId") or ""

    def next(self, properties: Element | None, styles: Styles) -> str:
        """The number in front of this paragraph, which counts on; empty for one without, and for bullets."""
        if properties is None:
            return ""
        places = [
            properties,
            *(found for style in styles.of(properties) if (found := style.find(f"{W}pPr")) is not None),
        ]
        named = next((value for place in places if (value := value_at(place, "numPr/numId"))), None)
        depth = next((value for place in places if (value := value_at(place, "numPr/ilvl"))), None)
        abstract = self._lists.get(named or "", "")
        levels = self._levels.get(abstract, {})
        level = _number(depth)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        return _shown(levels, counts, level)


def _level(level: Element) -> _Level:
    start = _number(value_at(level, "start"), 1)
    return _Level(value_at(level, "numFmt") or "decimal", value_at(level, "lvlText") or "", start)


def _number(value: str | None, otherwise: int = 0) -> int:
    return min(int(value), _MOST) if value and value.isdigit() and len(value) < 8 else otherwise


def _shown(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    """`第%1章`, `%1.%2` with the counts of their levels put in."""
    if levels[level].format in ("bullet", "none"):
        return ""

    def count(match: re.Match[str]) -> str:
        place = int(match["level"]) - 1
        one = levels.get(place, levels[level])
        return _FORMATS.get(one.format, str)(counts.get(place, one.start))

    text = re.sub("%(?P<level>[1-9])", count, levels[level].text)
    return f"{text} " if text and text[-1].isdigit() else text


def chinese_number(number: int) -> str:
    """一, 十, 十一, 二十, 一百零二."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


def _letter(first: str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + (number - 1) % 26) * (1 + min((number - 1) // 26, 3))


def _roman(number: int) -> str:
    signs = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in signs:
        while number >= value and len(text) < 20:
            text, number = text + sign, number - value
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
            *(
                "taiwaneseCountingThousand",
                "ideographDigital",
                "japaneseDigitalTenThousand",
                "koreanCounting",
            ),
        ),
        chinese_number,
    ),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _letter("a"),
    "upperLetter": _letter("A"),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalZero": lambda number: f"{number:02d}",
}
