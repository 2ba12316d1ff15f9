"""Stars that are meant to be seen and would vanish: 张*明、李*强 is published as 张明、李强, 3*4*5 as 345.

Between two stars Markdown emphasizes, also within a word. What stands for a hidden part of a name or a number, or for
“times”, is then lost; Chinese text is emphasized by two stars, so one alone within a word is hardly ever meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.record import Record
from plugins.disclosure.rules.body_text import prose_lines
from plugins.disclosure.rules.wording import body_line

_ESCAPED = re.compile(r"\\\*")
_ONE = re.compile(r"(?<!\*)\*(?![*\s])[^*]*(?<![*\s])\*(?!\*)")
_TWO = re.compile(r"(?<!\*)\*\*(?![*\s])[^*]*(?<![*\s])\*\*(?!\*)")
_MORE = re.compile(r"(?<=[^\W_])\*{4,}(?![*\s])[^*]*(?<![*\s])\*{4,}")
_MAY_BEGIN_BETWEEN = re.compile("\\*\\*[、，,；;。]")
_BEGINS_BETWEEN = "、，,；;。"
"""What bold text does not begin with, and what stands between two names of which a part is hidden."""

_NEW_BLOCK = re.compile(r"[ \t]*(?:[-*+>#]|[0-9]+[.)])[ \t]")
_ROUND = 6
"""Characters shown on both sides."""


def stars_lost(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """Stars within a word that would be taken for emphasis."""
    for record in catalog.records:
        if "*" in record.body and not _is_plainly_bold(record.body):
            yield from _in_text(record)


def _is_plainly_bold(body: str) -> bool:
    """Whether all stars stand in twos, as those around bold text, and none of these begins between two names."""
    in_twos = 2 * body.count("**") == body.count("*") and "***" not in body
    return in_twos and not _MAY_BEGIN_BETWEEN.search(body)


def _in_text(record: Record) -> Iterator[Problem]:
    found = [
        (first + text.count("\n", 0, match.start()), _shown(text, match))
        for first, text in _blocks(record.body)
        for match in _lost(text)
    ]
    if not found:
        return
    number, shown = min(found)
    count = f"（共 {len(found)} 处）" if len(found) > 1 else ""
    yield error(
        record.file,
        body_line(record, number),
        "正文",
        "body.stars-lost",
        f"{quoted(shown)}里的星号会被当作强调的记号，网页上看不见{count}。",
        f"The stars in {quoted_en(shown)} would be taken for emphasis and vanish ({len(found)} in all). "
        "Write \\* for each that is to be seen, × for times, and two stars on both sides for bold text.",
        "要显示星号，请在每个星号前加反斜杠，写成 \\*；表示乘的写 ×；要加粗的两边各写两个星号。",
    )


def _blocks(body: str) -> Iterator[tuple[int, str]]:
    """Each stretch of text within which two stars can belong together, with the number of its first line."""
    first, lines = 1, list[str]()
    for number, line in prose_lines(body):
        if lines and (not line.strip() or "|" in line or "|" in lines[-1] or _NEW_BLOCK.match(line)):
            yield from _parts(first, lines)
            lines = []
        if not lines:
            first = number
        lines.append(line)
    yield from _parts(first, lines)


def _parts(first: int, lines: list[str]) -> Iterator[tuple[int, str]]:
    text = "\n".join(lines)
    if text.count("*") > 1:
        text = _ESCAPED.sub("  ", _NEW_BLOCK.sub("", text, count=1) if _NEW_BLOCK.match(text) else text)
        yield from ((first, part) for part in text.split("|"))


def _lost(text: str) -> Iterator[re.Match[str]]:
    """Each pair of stars that are not there to emphasize, with what is between them."""
    for match in _TWO.finditer(text):
        if match.group()[2] in _BEGINS_BETWEEN and _in_word(text, match.start() - 1):
            yield match
    for match in _ONE.finditer(text):
        if _in_word(text, match.start() - 1) or _in_word(text, match.end()):
            yield match
    yield from _MORE.finditer(text)


def _in_word(text: str, place: int) -> bool:
    return 0 <= place < len(text) and text[place].isalnum()


def _shown(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _ROUND) : match.end() + _ROUND].replace("\n", " ").strip()
