"""Which headers a cell of a table has: the algorithm of the HTML standard, for tables without `headers` and `colgroup`.

HTML Living Standard, 4.9.12.2 Forming relationships between data cells and header cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag


@dataclass(frozen=True, slots=True)
class Slotted:
    """A cell and the slots it covers: from `x` and `y`, so many wide and high."""

    tag: Tag
    x: int
    y: int
    width: int
    height: int

    @property
    def text(self) -> str:
        return str(self.tag.get_text()).strip()

    @property
    def scope(self) -> str:
        return str(self.tag.get("scope", "auto")) if self.tag.name == "th" else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells by the slots they cover, and the last row of the row group that each row is in."""

    slots: dict[tuple[int, int], Slotted] = field(default_factory=dict)
    group_ends: dict[int, int] = field(default_factory=dict)

    @property
    def cells(self) -> list[Slotted]:
        return list(dict.fromkeys(self.slots.values()))


def grid_of(table: Tag) -> Grid:
    """The table model: which cell covers which slots."""
    grid = Grid()
    y = 0
    for group in table.find_all(["thead", "tbody", "tfoot"]):
        rows = group.find_all("tr")
        for row in rows:
            grid.group_ends[y] = y - rows.index(row) + len(rows) - 1
            x = 0
            for tag in row.find_all(["td", "th"]):
                while (x, y) in grid.slots:
                    x += 1
                cell = Slotted(tag, x, y, int(tag.get("colspan", 1)), int(tag.get("rowspan", 1)))
                grid.slots.update(
                    {
                        (x + right, y + down): cell
                        for right in range(cell.width)
                        for down in range(cell.height)
                    }
                )
            y += 1
    return grid


def headers_of(grid: Grid, cell: Slotted) -> set[Slotted]:
    """The headers of a data cell, as the standard assigns them."""
    found: list[Slotted] = []
    for y in range(cell.y, cell.y + cell.height):
        found += _scanned(grid, cell, cell.x, y, (-1, 0))
    for x in range(cell.x, cell.x + cell.width):
        found += _scanned(grid, cell, x, cell.y, (0, -1))
    found += [
        other
        for other in grid.cells
        if other.scope == "rowgroup"
        and other.y <= cell.y + cell.height - 1 <= grid.group_ends[other.y]
        and other.x <= cell.x + cell.width - 1
    ]
    return {other for other in found if other is not cell and other.text}


def _scanned(grid: Grid, cell: Slotted, x: int, y: int, step: tuple[int, int]) -> Iterator[Slotted]:
    """The headers met on the way up or to the left; those before a data cell hide others like them behind it."""
    opaque: list[Slotted] = []
    block: list[Slotted] = []
    in_block = cell.tag.name == "th"
    if in_block:
        block.append(cell)
    while True:
        x, y = x + step[0], y + step[1]
        if x < 0 or y < 0:
            return
        current = grid.slots.get((x, y))
        if current is None:
            continue
        if current.tag.name == "th":
            in_block = True
            block.append(current)
            if step[0]:
                alike = any((one.y, one.height) == (current.y, current.height) for one in opaque)
                blocked = alike or not _heads_a_row(grid, current)
            else:
                alike = any((one.x, one.width) == (current.x, current.width) for one in opaque)
                blocked = alike or not _heads_a_column(grid, current)
            if not blocked:
                yield current
        elif in_block:
            in_block = False
            opaque += block
            block = []


def _heads_a_column(grid: Grid, cell: Slotted) -> bool:
    if cell.scope == "auto":
        beside = [one for (_, y), one in grid.slots.items() if cell.y <= y < cell.y + cell.height]
        return all(one.tag.name == "th" for one in beside)
    return cell.scope == "col"


def _heads_a_row(grid: Grid, cell: Slotted) -> bool:
    if cell.scope == "auto":
        below = [one for (x, _), one in grid.slots.items() if cell.x <= x < cell.x + cell.width]
        return not _heads_a_column(grid, cell) and all(one.tag.name == "th" for one in below)
    return cell.scope == "row"
