"""A table written in one cell: rows by lines or semicolons, columns by bars, in the order of the kind or as named."""

import pytest

from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.readers.table_text import table_of_text
from plugins.disclosure.readers.written import Entry, Place, Scalar

MATERIALS = load_kinds()["service"].field("materials")


def read(text):
    node = Scalar(text, 7)
    items, problems = table_of_text(Entry("申请材料", 7, node), MATERIALS, node, Place("service/a.csv", 7))
    rows = [{entry.name: entry.node.text for entry in row.entries if entry.node.text} for row in items.items]
    return rows, problems


@pytest.mark.parametrize(
    "text",
    [
        "申请书｜原件｜1\n身份证｜复印件",
        "申请书|原件|1\n\n 身份证 | 复印件 ",  # the bar of the keyboard, an empty line, spaces
        "申请书｜原件｜1；身份证｜复印件",
        "材料形式｜材料名称｜份数\n原件｜申请书｜1\n复印件｜身份证｜",
    ],
)
def test_a_row_is_a_line_and_a_column_stands_between_bars(text):
    rows, problems = read(text)
    assert problems == []
    assert rows == [
        {"材料名称": "申请书", "材料形式": "原件", "份数": "1"},
        {"材料名称": "身份证", "材料形式": "复印件"},
    ]


def test_a_semicolon_within_lines_is_text():
    rows, _ = read("申请书；加盖公章｜原件\n身份证")
    assert rows[0]["材料名称"] == "申请书；加盖公章"


def test_one_name_alone_is_a_row_and_not_a_heading():
    rows, _ = read("材料名称")
    assert rows == [{"材料名称": "材料名称"}]


def test_too_many_columns_are_reported_with_the_order_that_is_wanted():
    rows, problems = read("申请书｜原件｜1｜自备｜必要｜无｜多的")
    assert rows == []
    assert [problem.code for problem in problems] == ["field.table-columns"]
    assert "材料名称｜材料形式｜份数｜来源｜必要性｜示范文本" in problems[0].hint
