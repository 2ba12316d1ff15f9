"""A line break within a cell begins a paragraph, and leaves together what belongs together in Markdown."""

import pytest

from plugins.disclosure.readers.cell_text import paragraphs_of

TOGETHER = {
    "a list": "- 身份证\n- 户口簿",
    "a numbered list": "1. 受理\n2. 审核\n10. 办结",
    "what is below an item": "- 身份证\n  原件和复印件",
    "a table": "| 项目 | 金额 |\n| --- | ---: |\n| 救助 | 30 |",
    "a quotation": "> 第一行\n> 第二行",
    "a heading with its line": "基本情况\n----",
    "a break that was asked for": "市民广场1号  \n邮编 000000",
    "a break by a backslash": "市民广场1号\\\n邮编 000000",
    "code": "```\n第一行\n第二行\n```",
    "paragraphs as they should be": "第一段。\n\n第二段。",
    "one line": "一段。",
    "nothing": "",
}


@pytest.mark.parametrize("cell", TOGETHER.values(), ids=TOGETHER.keys())
def test_what_belongs_together_stays_so(cell):
    assert paragraphs_of(cell) == cell


@pytest.mark.parametrize(
    ("cell", "made"),
    [
        ("第一段。\n第二段。\n第三段。", "第一段。\n\n第二段。\n\n第三段。"),
        ("第一段。\n　　第二段。", "第一段。\n\n　　第二段。"),
        ("材料如下：\n1. 身份证\n2. 户口簿\n请带原件。", "材料如下：\n\n1. 身份证\n2. 户口簿\n\n请带原件。"),
        (
            "金额如下：\n| 甲 |\n| --- |\n| 1 |\n单位：万元",
            "金额如下：\n\n| 甲 |\n| --- |\n| 1 |\n\n单位：万元",
        ),
        ("## 一、总体情况\n全年公开 30 条。", "## 一、总体情况\n\n全年公开 30 条。"),
    ],
)
def test_every_other_line_is_a_paragraph(cell, made):
    assert paragraphs_of(cell) == made
    assert paragraphs_of(made) == made
