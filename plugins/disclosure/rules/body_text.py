"""The text of a record as rules look at it: lines without code, and the links in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(" {0,3}(`{3,}|~{3,})")
_INLINE_CODE = re.compile("(`+)(?!`)(.+?)(?<!`)\\1(?!`)")
_LINK = re.compile("(!?)\\[([^\\[\\]]*)\\]\\(\\s*(<[^<>]*>|[^()\\s]*(?:\\([^()\\s]*\\)[^()\\s]*)*)")
_TITLE = re.compile("\\s+(?:\"[^\"]*\"|'[^']*'|\\([^()]*\\))\\s*$")
_LONGEST = 300
_DEFINITION = re.compile(" {0,3}\\[(?!\\^)[^\\[\\]]+\\]:\\s*(\\S*)")
_FULL_WIDTH = re.compile("(!?)\\[([^\\[\\]]*)\\]（\\s*([^（）\\s]*[./][^（）\\s]*)\\s*）")


@dataclass(frozen=True, slots=True)
class BodyLink:
    """One link or image: the line of the body it stands on (the first is 1), what it shows and where it leads.

    `written` is the whole of it, `full_width` says that its parentheses are （）, which make no link, `spaced` that
    there are blanks in `target`, which make none either.
    """

    line: int
    text: str
    target: str
    image: bool
    written: str
    full_width: bool = False
    spaced: bool = False


def prose_lines(body: str) -> Iterator[tuple[int, str]]:
    """The lines of the body, counted from 1, with everything that is code left out."""
    fence = ""
    for number, line in enumerate(body.split("\n"), start=1):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
            continue
        if mark and "`" not in line[mark.end() :]:
            fence = mark[1]
            continue
        yield number, _INLINE_CODE.sub("", line) if "`" in line else line


def links(body: str) -> Iterator[BodyLink]:
    """All links and images of a body, in order."""
    if "]" not in body:
        return
    for number, line in prose_lines(body):
        if "]" not in line:
            continue
        for match in _LINK.finditer(line):
            target = match[3].removeprefix("<").removesuffix(">").strip()
            rest = (
                ""
                if match[3].startswith("<")
                else _behind_a_blank(line[match.end() : match.end() + _LONGEST])
            )
            written = f"{match[0]}{rest})"
            yield BodyLink(number, match[2], target + rest, bool(match[1]), written, spaced=bool(rest))
        for match in _FULL_WIDTH.finditer(line):
            yield BodyLink(number, match[2], match[3], bool(match[1]), match[0], full_width=True)
        if definition := _DEFINITION.match(line):
            yield BodyLink(number, "", definition[1], False, definition[0].strip())


def _behind_a_blank(rest: str) -> str:
    """What goes on where a blank has ended an address, up to the parenthesis that was meant to; a title is none of it."""
    if not rest.startswith((" ", "\t")):
        return ""
    depth = 0
    for place, sign in enumerate(rest):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            return _TITLE.sub("", rest[:place]).rstrip()
    return ""
