"""The text of a pasted page as lines: trimmed, numbered as the editor sees them, hard line breaks undone."""

from __future__ import annotations

import re
from dataclasses import dataclass

SPACES = " \t\u3000\xa0\u2002\u2003\u2009\u202f"
ENDS_A_PARAGRAPH = "。！？；：…!?;:”’」』）)】〕》"
"""A line that ends so was not broken in the middle of a sentence."""

_NUMBERING = re.compile(
    "[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]{1,2}[.．、](?![0-9])|第[一二三四五六七八九十百]+[章节条编]"
)
_SPACED_OUT = re.compile("(?:[\u4e00-\u9fff][ \u3000\xa0]+)+[\u4e00-\u9fff]")
"""霁 川 市 人 民 政 府: a letterhead, spaced for its looks."""

_SHORTEST_BROKEN_LINE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank. `number` counts from 1; `cells` are its parts between tabs or upright bars.

    Where a file says so itself: `table` numbers the table whose row this is, `heading` is the level of a
    heading. Both are 0 for text.
    """

    number: int
    text: str
    blank_before: bool
    cells: tuple[str, ...]
    table: int = 0
    heading: int = 0


def page_lines(text: str) -> list[Line]:
    """The lines of a page that say something, with paragraphs put together that were broken at a fixed width."""
    lines: list[Line] = []
    blank = False
    for number, raw in enumerate(text.split("\n"), start=1):
        trimmed = raw.strip(SPACES)
        if not trimmed:
            blank = True
            continue
        trimmed = spaced_out(trimmed)
        cells = tuple(cell.strip(SPACES) for cell in re.split("[\t|｜]", trimmed.strip("|｜")))
        lines.append(Line(number, trimmed.replace("\t", " "), blank, cells))
        blank = False
    return _unbroken(lines)


def spaced_out(text: str) -> str:
    """A letterhead without the spaces between its characters; any other text as it is."""
    return "".join(text.split()) if _SPACED_OUT.fullmatch(text) else text


def squeezed(text: str) -> str:
    """`text` without any space: two spellings of one title are equal so."""
    return "".join(text.split())


def begins_with_number(text: str) -> bool:
    """Whether the line begins as a numbered heading or item does."""
    return _NUMBERING.match(text) is not None


def _unbroken(lines: list[Line]) -> list[Line]:
    """Join lines again where the whole text was broken at one width, as text copied from a print is."""
    long = [number for number, line in enumerate(lines) if len(line.text) >= _SHORTEST_BROKEN_LINE]
    broken = [number for number in long if _seems_broken(lines, number)]
    if len(broken) < 4 or len(broken) * 2 < len(long):
        return lines
    lengths = sorted(len(lines[number].text) for number in broken)
    width = lengths[len(lengths) // 2]
    if lengths[-1] > width + 8:
        return lines
    joined: list[Line] = []
    previous = -1
    for number, line in enumerate(lines):
        if joined and number - 1 == previous:
            last = joined[-1]
            joined[-1] = Line(last.number, last.text + line.text, last.blank_before, (last.text + line.text,))
        else:
            joined.append(line)
        if _seems_broken(lines, number) and len(line.text) >= width - 4:
            previous = number
    return joined


def _seems_broken(lines: list[Line], number: int) -> bool:
    """Whether a sentence runs on from this line into the next."""
    line = lines[number]
    following = lines[number + 1] if number + 1 < len(lines) else None
    return (
        following is not None
        and not following.blank_before
        and len(line.text) >= _SHORTEST_BROKEN_LINE
        and line.text[-1] not in ENDS_A_PARAGRAPH
        and not begins_with_number(following.text)
        and len(line.cells) == 1
    )
