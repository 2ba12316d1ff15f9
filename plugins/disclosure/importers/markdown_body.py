"""The lines of a document as Markdown that shows exactly the same text: no sign of it turns into formatting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plugins.disclosure.importers.headings import heading_of
from plugins.disclosure.importers.page_lines import Line

_LONGEST_HEADING, _LONGEST_SENTENCE = 60, 25


def markdown_of(body: Sequence[Line], enclosed: int | None) -> str:
    """Paragraphs, headings that stand on a line of their own, and tables whose cells were parted by tabs.

    `enclosed` is the place of the title of an enclosed text. A heading that runs on into its text stays with
    it in one paragraph: the words of a document are not rearranged.
    """
    return "\n\n".join(_blocks(body, enclosed)) + "\n"


def _blocks(body: Sequence[Line], enclosed: int | None) -> Iterator[str]:
    place = 0
    while place < len(body):
        rows = _rows_of_one_table(body, place) or _table_rows(body, place)
        if rows > 1 or (rows and body[place].table):
            yield _table(body[place : place + rows])
            place += rows
            continue
        yield _block(body[place], place == enclosed, enclosed is not None and place > enclosed)
        place += 1


def _block(line: Line, is_enclosed_title: bool, is_below_it: bool) -> str:
    text = line.text
    heading = heading_of(text)
    if is_enclosed_title:
        return f"## {escaped(text)}"
    if heading is None and line.heading and len(text) <= _LONGEST_HEADING:
        return f"{'#' * min(line.heading + (2 if is_below_it else 1), 6)} {escaped(text)}"
    if heading and heading.alone and heading.level <= 2 and _reads_as_heading(text):
        return f"{'#' * (heading.level + (2 if is_below_it else 1))} {escaped(text)}"
    return escaped(text)


def _reads_as_heading(text: str) -> bool:
    """一、加强领导,落实责任 and (一)加快整合。 do; a whole sentence with its full stop is an item of text."""
    if text[-1] in "。；;":
        return len(text) <= _LONGEST_SENTENCE and not re.search("[，,；;]", text[:-1])
    return len(text) <= _LONGEST_HEADING


def escaped(text: str) -> str:
    """One line whose Markdown means nothing but its own characters."""
    text = re.sub("([\\\\`*_\\[\\]{}])", r"\\\1", text)
    text = re.sub("&(?=#?[0-9A-Za-z]+;)", "&amp;", text)
    text = re.sub("^([#>+-])", r"\\\1", text)
    text = re.sub("^([0-9]+)([.)])(?=[ \u3000])", r"\1\\\2", text)
    return re.sub("^:(?=[ \u3000])", "&#58;", text)


def _rows_of_one_table(body: Sequence[Line], place: int) -> int:
    """How many lines from `place` on are rows of one table that the file itself marks; 0 if none is."""
    table = body[place].table
    count = 0
    while table and place + count < len(body) and body[place + count].table == table:
        count += 1
    return count


def _table_rows(body: Sequence[Line], place: int) -> int:
    """How many lines from `place` on are rows: several cells, and none has more than the first."""
    columns = len(body[place].cells)
    count = 0
    while columns > 1 and place + count < len(body) and 1 < len(body[place + count].cells) <= columns:
        count += 1
    return count


def _table(lines: Sequence[Line]) -> str:
    rows = [[escaped(cell).replace("|", "\\|") for cell in line.cells] for line in lines]
    columns = max(len(row) for row in rows)
    padded = [row + [""] * (columns - len(row)) for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in [padded[0], ["---"] * columns, *padded[1:]])
