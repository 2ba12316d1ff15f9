"""An annual report's tables as they are drawn."""

from decimal import Decimal

from plugins.disclosure.annual_report import CellId, Tables, form_of_year
from plugins.disclosure.record import Record
from plugins.portal.models import Cell
from plugins.portal.views.annual_reports import report_parts

BODY = """现将有关情况报告如下。

## 一、总体情况

总的情况。

## 五、存在的主要问题及改进情况

有问题，也有改进。
"""


def _parts():
    form = form_of_year(2025)
    figures = {cell: number for number, cell in enumerate(c for table in form.tables for c in table.cells())}
    figures[CellId("part2", "fee_wan", "amount")] = Decimal("96171.60")
    record = Record("annual_report", "finance-2025", {"tables": Tables(form, figures)}, BODY, "x.md", 1, {})
    return report_parts(record)


def test_all_six_parts_are_there_with_their_text_after_what_stands_before_them():
    parts = _parts()

    assert [part.heading[:2] for part in parts] == ["", "一、", "二、", "三、", "四、", "五、", "六、"]
    assert parts[0].text == "现将有关情况报告如下。"
    assert parts[1].text == "总的情况。"
    assert parts[6].text == ""


def test_the_first_table_is_drawn_in_one_piece_for_each_item_of_article_20():
    tables = _parts()[2].tables

    assert [table.caption.rpartition("：")[2] for table in tables] == [
        "第二十条第（一）项",
        "第二十条第（五）项",
        "第二十条第（六）项",
        "第二十条第（八）项",
    ]
    assert [cell.text for cell in tables[0].body[1]] == ["行政规范性文件", "3", "4", "5"]
    assert tables[3].body[0][-1] == Cell("96171.60")


def test_every_row_and_every_head_of_the_second_table_covers_all_its_columns():
    """Counted as a browser does, with what spans from rows above."""
    (table,) = _parts()[3].tables
    rows = [*table.head, *table.body]
    covered = [0] * len(rows)
    for number, row in enumerate(rows):
        for cell in row:
            for below in range(cell.rowspan):
                covered[number + below] += cell.colspan

    assert len(table.head) == 3
    assert len(table.body) == 25
    assert set(covered) == {3 + 7}


def test_a_group_of_rows_is_headed_once():
    (table,) = _parts()[3].tables
    heads = [cell for row in table.body for cell in row if cell.head]

    assert [(cell.text, cell.rowspan) for cell in heads if cell.rowspan > 1] == [
        ("三、本年度办理结果", 22),
        ("（三）不予公开", 8),
        ("（四）无法提供", 3),
        ("（五）不予处理", 5),
        ("（六）其他处理", 3),
    ]
