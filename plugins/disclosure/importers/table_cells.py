"""Cells that span rows and columns -> a plain grid, as Markdown and spreadsheets have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class MergedCell:
    """One cell and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def grid_of(rows: Sequence[Sequence[MergedCell]]) -> list[list[str]]:
    """A cell over several rows is repeated in each, so that every row says what it is about.

    One over several columns stands in the first; the others are empty.
    """
    grid: list[list[str]] = []
    from_above: dict[int, tuple[str, int]] = {}
    for row in rows:
        line: list[str] = []
        for cell in row:
            _fill_from_above(line, from_above)
            for column in range(cell.columns):
                text = "" if column else cell.text
                if cell.rows > 1:
                    from_above[len(line)] = (text, cell.rows - 1)
                line.append(text)
            del line[_MOST_COLUMNS:]
        _fill_from_above(line, from_above)
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [line + [""] * (width - len(line)) for line in grid]


def _fill_from_above(line: list[str], from_above: dict[int, tuple[str, int]]) -> None:
    while len(line) in from_above and len(line) < _MOST_COLUMNS:
        column = len(line)
        text, left = from_above.pop(column)
        if left > 1:
            from_above[column] = (text, left - 1)
        line.append(text)
