"""Every figure of a table made from data is headed by its own row and its own column, by the standard's algorithm."""

from bs4 import BeautifulSoup

from tests.theme.table_headers import Grid, Slotted, grid_of, headers_of

WRONG = """<table><thead><tr><th scope="colgroup" colspan="2">项目<th scope="col">件数</thead><tbody>
<tr><th scope="rowgroup" rowspan="2">（三）不予公开<th scope="row">1.国家秘密<td>1
<tr><th scope="row">2.其他<td>2
<tr><th scope="rowgroup" rowspan="1">（五）不予处理<th scope="row">1.信访<td>3</table>"""


def grids(html: str) -> list[Grid]:
    """The tables of a page that are made from data."""
    return [grid_of(table) for table in BeautifulSoup(html, "lxml").select("table.data-table")]


def own_headers(grid: Grid, cell: Slotted) -> set[Slotted]:
    """The headers in the body that cover the cell's row, and those in the head that cover its column."""
    return {
        one
        for (x, y), one in grid.slots.items()
        if one.tag.name == "th" and (x == cell.x if one.tag.find_parent("thead") else y == cell.y)
    }


def test_a_row_group_heads_all_rows_below_it_which_is_why_none_is_used() -> None:
    grid = grid_of(BeautifulSoup(WRONG, "lxml").table)

    last = grid.cells[-1]

    assert {one.text for one in headers_of(grid, last)} == {
        "（三）不予公开",
        "（五）不予处理",
        "1.信访",
        "件数",
    }


def test_complaints_are_headed_by_their_own_names_alone(example_site) -> None:
    page = (example_site.folder / "annual_report" / "government-2025.html").read_text(encoding="utf-8")
    grid = next(one for one in grids(page) if any("信访举报" in cell.text for cell in one.cells))
    row = next(cell.y for cell in grid.cells if cell.text == "1.信访举报投诉类申请")

    total = [cell for cell in grid.cells if cell.y == row and cell.tag.name == "td"][-1]

    assert total.text == "31"
    assert {one.text for one in headers_of(grid, total)} == {
        "三、本年度办理结果",
        "（五）不予处理",
        "1.信访举报投诉类申请",
        "申请人情况",
        "总计",
    }


def test_every_figure_of_reports_and_ledgers_has_its_own_headers_and_no_other(example_site) -> None:
    pages = sorted(
        [
            *example_site.folder.glob("annual_report/government-*.html"),
            *example_site.folder.glob("ledger/*.html"),
        ]
    )
    wrong, tried = [], 0
    for page in pages:
        for grid in grids(page.read_text(encoding="utf-8")):
            for cell in grid.cells:
                if cell.tag.name == "td":
                    tried += 1
                    if headers_of(grid, cell) != own_headers(grid, cell):
                        wrong.append((page.name, cell.y, cell.x, cell.text))

    assert tried > 500
    assert wrong == []
