"""Raised and lowered characters (10⁴, CO₂) as plain text that cannot be read for something else.

Where Unicode has all of the characters, they are written with them; else the words say what stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

Position = Literal["", "raised", "lowered"]

STRUCK = "加了删除线的文字"
"""Why a text that is crossed out does not stand in the body."""

_RAISED = str.maketrans("0123456789+-=()ni−－–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ⁻⁻⁻")
_LOWERED = str.maketrans("0123456789+-=()aeoxhklmnpstijruv−－–", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ₋₋₋")
_TABLES = {"raised": (_RAISED, "上标"), "lowered": (_LOWERED, "下标")}
_APART = re.compile("[\\[〔［【(（].*[\\]〕］】)）]|[①-⓿㈠-㈩*＊※†‡§]+|st|nd|rd|th|TM|SM|[°℃®™©]")
"""What reads the same on the line: a mark in brackets, a number in a circle, the end of 5th."""


def on_the_line(text: str, position: Position) -> tuple[str, str]:
    """The text as it may stand on the line, and what the editor must be told; mostly nothing."""
    words = text.strip()
    if not position or not words or _APART.fullmatch(words):
        return text, ""
    table, name = _TABLES[position]
    if all(ord(character) in table for character in words):
        return text.translate(table), ""
    written = f"（{name}：{words}）"
    return written, written


def joined(parts: Iterable[tuple[str, Position]]) -> Iterator[tuple[str, str]]:
    """As `on_the_line`, for a text in parts: those next to each other in the same position are one."""
    for position, some in groupby(parts, key=lambda part: part[1]):
        yield on_the_line("".join(text for text, _ in some), position)


def doubts_about_raised(unwritten: Iterable[str], struck: int) -> Iterator[str]:
    """What the editor must look at: what has no characters of its own, and what was crossed out."""
    if places := list(unwritten):
        yield (
            f"有 {len(places)} 处上标、下标没有对应的字符，写成了{'、'.join(dict.fromkeys(places))}，"
            "请对照原件改成读者看得懂的写法。"
        )
    if struck:
        yield f"有 {struck} 处加了删除线的文字没有带入，列在“略去的行”里，请与定稿核对。"
