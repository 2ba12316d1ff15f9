"""A table written in one cell: rows by lines or semicolons, columns by bars, in the order of the kind or as named."""

import pytest

from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.readers.front_matter import read_entries
from plugins.disclosure.readers.table_text import table_of_text
from plugins.disclosure.readers.written import Entry, Place, Scalar

MATERIALS = load_kinds()["service"].field("materials")
STEPS = load_kinds()["service"].field("steps")
OPINIONS = load_kinds()["consultation"].field("feedback")


def read(text, table=MATERIALS):
    node = Scalar(text, 7)
    items, problems = table_of_text(Entry(table.label, 7, node), table, node, Place("service/a.csv", 7))
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


def found_in(text, table=STEPS):
    """What is wrong with a table that is written below its label, on line 2."""
    lines = [f"{table.label}: |", *(f"  {line}" for line in text.split("\n"))]
    entries, _ = read_entries(lines, 2, "service/a.md")
    _, problems = table_of_text(entries[0], table, entries[0].node, Place("service/a.md", 2))
    return [(problem.line, problem.code) for problem in problems]


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("环节｜承办机构｜办理时限", []),
        ("环节｜机构｜时限", ["field.table-heading"] * 2),
        ("环节｜谁来办｜多久", ["field.table-heading"] * 2),  # the first stands where it belongs
        ("承办机构｜机关｜办理时限", ["field.table-heading"]),  # most of them are names
        ("序号｜环节｜承办机构｜办理时限", ["field.table-heading"]),
        ("环节｜机构", ["field.table-heading"]),
        ("机构｜时限", []),  # in no place of its own, and no name of a column
        ("受理｜承办机构待定｜1个工作日", []),
        ("受理｜办理要求", []),  # what is done, not a heading
    ],
)
def test_a_first_line_that_names_columns_badly_is_told_and_not_published(heading, codes):
    found = found_in(f"{heading}\n受理｜登记科｜1个工作日")
    assert found == [(3, code) for code in codes]


def test_the_column_that_is_meant_is_named():
    _, problems = read("环节｜机构｜时限\n受理｜登记科｜1个工作日", STEPS)
    assert [problem.message_zh for problem in problems] == [
        "第一行写的是列名，没有“机构”这一列，整个表没有读。",
        "第一行写的是列名，没有“时限”这一列，整个表没有读。",
    ]
    assert [problem.hint.split("；")[0] for problem in problems] == [
        "是不是“承办机构”？请改正这一行",
        "是不是“办理时限”？请改正这一行",
    ]


def test_each_row_below_its_label_is_told_with_its_own_line():
    too_long = "受理｜登记科｜1个工作日\n\n审查｜登记科｜2个工作日｜要求｜多的"
    assert found_in(too_long) == [(5, "field.table-columns")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("受理，登记科，1个工作日\n审查,登记科,2个工作日", [3, 4]),
        ("受理，登记科，1个工作日", [3]),
        ("环节，承办机构\n受理，登记科", [3, 4]),
        ("受理｜登记科\n审查\t登记科", [4]),
        ("受理、初审\n审查，复核", []),  # two names in a cell
        ("受理，初审，复核", []),
        ("受理，初审，复核｜", []),
        ("受理，登记科，1个工作日｜", []),
        ("材料齐全的，当场受理；不齐的，一次告知，3日内补正", []),
    ],
)
def test_columns_between_commas_or_tabs_are_told_and_commas_within_a_cell_are_text(text, lines):
    assert found_in(text) == [(line, "field.table-bars") for line in lines]


def test_an_opinion_with_commas_is_one_cell():
    assert found_in("建议降低收费，增加网点，3月前公布\n建议延长时间，增加人手，方便群众", OPINIONS) == []


def test_commas_are_answered_with_the_row_as_it_should_be():
    _, problems = read("申请书，原件，1")
    assert problems[0].hint.startswith("请写成 申请书｜原件｜1，各列依次是：材料名称｜材料形式｜份数")
