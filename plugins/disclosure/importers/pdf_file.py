"""A PDF that holds text -> its lines: rows put together to paragraphs by their margins; a scan is refused.

A PDF knows where characters stand and nothing of paragraphs. A row goes on in the next where it reaches the
right margin and the next one begins at the left; Chinese paragraphs begin two characters further in.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pypdf import PageObject, PdfReader

from plugins.disclosure.importers.boilerplate import DECORATION, why_dropped
from plugins.disclosure.importers.imported import LeftOut, SourceLine
from plugins.disclosure.importers.page import Page
from plugins.disclosure.importers.page_lines import SPACES, Line, page_lines, spaced_out
from plugins.disclosure.importers.raised import Position, doubts_about_raised, on_the_line
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.word_file import MARGINS

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what a file has wrong is told in our words

_MOST_PAGES = 1_000
_FEWEST_ON_A_PAGE = 15
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\\(cid:[0-9]+\\)|/uni[0-9A-F]{4}")
_NEARLY_EM = 0.6
_SMALL, _SLIGHTLY = 0.8, 0.1
"""Of the size of the characters beside it: how small a raised character is at most, how far it stands off at least."""

_REPEATED_FROM = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a page: its text, where it begins and ends, and how large its characters are."""

    page: int
    text: str
    left: float
    right: float
    y: float
    size: float


def read_pdf(data: bytes) -> Page:
    """The document in these bytes. Raises Refusal, also for a scan and for fonts that give no text."""
    try:
        reader = PdfReader(io.BytesIO(data))
        _refuse_locked(reader)
        rows = [row for number, page in enumerate(reader.pages) for row in _rows(page, number)]
        pages, left_out = len(reader.pages), list(_left_out(reader))
    except Refusal:
        raise
    except Exception as fault:
        raise Refusal(
            "PDF 已经损坏或不完整，读不下去。请重新取得原件，或用阅读软件打开、另存一份再导入。",
            "The PDF is damaged or incomplete. Get it again, or open it in a reader and save a copy.",
        ) from fault
    _refuse_without_text(rows, pages)
    rows, unwritten = _with_raised(rows)
    kept, dropped = _without_margins(rows, pages)
    doubts = ["PDF 里的表格、图片和脚注只能读成一行一行的文字，删除线看不出来，请对照原件核对。"]
    doubts += doubts_about_raised(unwritten, 0)
    doubts += [f"有附带的文件没有带入：{thing.text}。" for thing in left_out if thing.what == "附件"]
    is_indented = any(_is_indented(row, kept) for row in kept)
    lines = _paragraphs(kept) if is_indented else page_lines("\n".join(row.text for row in kept))
    return Page(lines, (), dropped, left_out, doubts, "段")


def _refuse_locked(reader: PdfReader) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refusal(
            "PDF 加了密码，打不开。请去掉密码后再导入。",
            "The PDF is locked with a password. Remove it and import again.",
        )
    if len(reader.pages) > _MOST_PAGES:
        raise Refusal(
            f"PDF 有 {len(reader.pages)} 页，超过上限 {_MOST_PAGES} 页。请分成几个文件。",
            f"The PDF has {len(reader.pages)} pages, above the limit of {_MOST_PAGES}. Divide it.",
        )


def _rows(page: PageObject, number: int) -> list[_Row]:
    """The rows of a page as its text is written, with their places."""
    rows: list[_Row] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        for part in text.split("\n"):
            trimmed = part.strip(SPACES)
            if not trimmed:
                continue
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            em = abs(size * (tm[0] or tm[1]) * (cm[0] or cm[1])) or 1.0
            indent = _width(part) - _width(part.lstrip(SPACES))
            rows.append(_Row(number, trimmed, x + indent * em, x + _width(part) * em, y, em))

    page.extract_text(visitor_text=visit)
    return rows


def _width(text: str) -> float:
    """How wide a text is, in the width of a Chinese character."""
    return sum(0.5 if character < "\u2000" else 1.0 for character in text)


def _refuse_without_text(rows: Sequence[_Row], pages: int) -> None:
    text = "".join(row.text for row in rows)
    strange = len(_STRANGE.findall(text))
    if len(text) - strange < _FEWEST_ON_A_PAGE * pages and not strange:
        raise Refusal(
            f"{pages} 页里几乎没有文字，是扫描件或图片。请先识别成文字、对照原件改正，存成 .txt 再导入。",
            f"Hardly any text on {pages} pages: a scan. Recognise its text, correct it and save it as .txt.",
        )
    if strange * 20 > len(text):
        raise Refusal(
            "PDF 的字体没有写明各字是什么字，读出来是乱码。请用原来的 Word 文件导入，或识别成文字、改正后存成 .txt。",
            "The fonts of the PDF do not say which characters they show. Import the Word file, or recognise its text.",
        )


def _with_raised(rows: Sequence[_Row]) -> tuple[list[_Row], list[str]]:
    """The rows with the small characters above and below their line, and what goes on behind those, in one row.

    The second value is what was written in words.
    """
    whole: list[_Row] = []
    unwritten: list[str] = []
    goes_on = False
    for row in rows:
        position = _position(row, whole[-1]) if whole else ""
        if position:
            text, told = on_the_line(row.text, position)
            unwritten += [told] if told else []
        else:
            text = row.text
        if position or (goes_on and _is_level(row, whole[-1])):
            before = whole.pop()
            whole.append(replace(before, text=before.text + text, right=max(before.right, row.right)))
        else:
            whole.append(row)
        goes_on = bool(position)
    return whole, unwritten


def _position(row: _Row, before: _Row) -> Position:
    """Whether a piece of text stands small above or below the line of the one before it, and directly behind that."""
    rise = row.y - before.y
    is_small = row.size <= _SMALL * before.size and _SLIGHTLY * before.size < abs(rise) < before.size
    is_behind = row.page == before.page and abs(row.left - before.right) < 2 * before.size
    return ("raised" if rise > 0 else "lowered") if is_small and is_behind else ""


def _is_level(row: _Row, before: _Row) -> bool:
    level = abs(row.y - before.y) < _SLIGHTLY * before.size and abs(row.size - before.size) < 1
    return level and row.page == before.page


def _without_margins(rows: Sequence[_Row], pages: int) -> tuple[list[_Row], list[SourceLine]]:
    """Without page numbers, and without what stands at the same height of most pages."""
    by_page = groupby(rows, key=lambda row: row.page)
    outermost = [row for _, held in by_page for row in _outermost(list(held))]
    places = Counter((row.text, round(row.y / 4)) for row in outermost)
    kept: list[_Row] = []
    dropped: list[SourceLine] = []
    for row in rows:
        repeated = places[row.text, round(row.y / 4)]
        if why_dropped(row.text) == DECORATION or row.text == str(row.page + 1):
            dropped.append(SourceLine(len(kept), row.text, DECORATION))
        elif repeated >= _REPEATED_FROM and repeated * 2 > pages:
            dropped.append(SourceLine(len(kept), row.text, MARGINS))
        else:
            kept.append(row)
    return kept, dropped


def _outermost(rows: Sequence[_Row]) -> list[_Row]:
    """The first and the last rows of a page, where headers and footers stand."""
    return [*rows[:2], *rows[max(2, len(rows) - 2) :]]


def _margins(rows: Sequence[_Row]) -> tuple[float, float]:
    return min(row.left for row in rows), max(row.right for row in rows)


def _is_indented(row: _Row, rows: Sequence[_Row]) -> bool:
    """Whether a row begins as paragraphs do: two characters further in than the others."""
    left, right = _margins(rows)
    return abs(row.left - left - 2 * row.size) < _NEARLY_EM * row.size and row.right > right - 2 * row.size


def _paragraphs(rows: Sequence[_Row]) -> list[Line]:
    left, right = _margins(rows)
    texts: list[str] = []
    before: _Row | None = None
    for row in rows:
        goes_on = (
            before is not None
            and before.right > right - 1.6 * before.size
            and abs(row.left - left) < _NEARLY_EM * row.size
            and abs(row.size - before.size) < 1
        )
        if goes_on:
            texts[-1] += row.text
        else:
            texts.append(row.text)
        before = row
    shown = (spaced_out(text) for text in texts)
    return [Line(number, text, False, (text,)) for number, text in enumerate(shown, start=1)]


def _left_out(reader: PdfReader) -> Iterator[LeftOut]:
    author: Any = reader.metadata.author if reader.metadata else None
    if author and str(author).strip():
        yield LeftOut("作者", str(author).strip())
    for name in reader.attachments:
        yield LeftOut("附件", name)
