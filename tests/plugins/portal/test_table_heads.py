"""Which heads a screen reader tells for a cell, by the algorithm of the HTML standard (forming relationships)."""

import re

from bs4 import BeautifulSoup, Tag


def grid_of(table: Tag) -> dict[tuple[int, int], Tag]:
    """Each slot of a table by row and column."""
    slots: dict[tuple[int, int], Tag] = {}
    for row, line in enumerate(table.select("tr")):
        column = 0
        for cell in line.find_all(["th", "td"], recursive=False):
            while (row, column) in slots:
                column += 1
            for down in range(int(cell.get("rowspan", 1))):
                for across in range(int(cell.get("colspan", 1))):
                    slots[row + down, column + across] = cell
    return slots


def heads_of_row(slots: dict[tuple[int, int], Tag], row: int, column: int) -> list[str]:
    """The heads of a row that apply to a slot: those to its left, and of groups of rows all from theirs on."""
    found: dict[int, Tag] = {}
    for (y, x), cell in slots.items():
        if cell.name != "th" or x >= column:
            continue
        if (cell["scope"] == "row" and y == row) or (cell["scope"] == "rowgroup" and y <= row):
            found[id(cell)] = cell
    return [re.sub(r"\s+", "", cell.get_text()) for cell in found.values()]


def test_each_figure_of_an_annual_report_has_the_heads_of_its_own_row_alone(example_site) -> None:
    page = BeautifulSoup(
        (example_site.folder / "annual_report/government-2025.html").read_text(encoding="utf-8"), "lxml"
    )
    table = next(one for one in page.select("table") if "本年度办理结果" in one.get_text())
    slots = grid_of(table)
    cells = {place: cell for place, cell in slots.items() if cell.name == "td"}
    named = {}
    for row, column in cells:
        heads = heads_of_row(slots, row, column)
        own = [cell for (y, x), cell in slots.items() if y == row and x < column and cell.name == "th"]
        assert heads == list(dict.fromkeys(re.sub(r"\s+", "", one.get_text()) for one in own))
        named[heads[-1]] = heads
    assert len(cells) > 150
    complaint = next(heads for last, heads in named.items() if "信访举报投诉类" in last)
    assert [head[:6] for head in complaint[:2]] == ["三、本年度办", "（五）不予处"]
    assert len(complaint) == 3
    carried = next(heads for last, heads in named.items() if "结转下年度" in last)
    assert len(carried) == 1
