"""The prose of an annual report: six parts in order, and figures that agree with the tables."""

import pytest

from plugins.disclosure.annual_report import CellId, Tables, form_of_year
from plugins.disclosure.annual_report_text import check_parts, check_text, split_parts

FORM = form_of_year(2024)
HEADINGS = [part.heading for part in FORM.parts]
BODY = """\
## 一、总体情况

全年主动公开信息 120 条。

## 二、主动公开政府信息情况

## 三、收到和处理政府信息公开申请情况

## 四、政府信息公开行政复议、行政诉讼情况

## 五、存在的主要问题及改进情况

存在的问题是更新不及时；下一步将按月检查。

## 六、其他需要报告的事项

本年度没有收取信息处理费。
"""
KNOWN = {
    CellId("part3", "new_received", "total"): 3119,
    CellId("part3", "carried_over", "total"): 34,
    CellId("part3", "carried_forward", "total"): 103,
    CellId("part4", "review", "total"): 351,
    CellId("part4", "direct", "total"): 26,
    CellId("part4", "after_review", "total"): 20,
}
TABLES = Tables(FORM, {cell: 0 for table in FORM.tables for cell in table.cells()} | KNOWN)


def saying(sentence: str) -> str:
    return BODY.replace("全年主动公开信息 120 条。", sentence)


def test_a_report_in_order_has_no_fault():
    assert check_parts(BODY, FORM) == []
    assert check_text(BODY, TABLES) == []


def test_the_parts_are_told_apart_with_their_lines():
    parts = split_parts("前言一句。\n\n" + BODY, FORM)
    assert [part.form.heading if part.form else None for part in parts] == [None, *HEADINGS]
    assert [part.line for part in parts] == [1, 3, 7, 9, 11, 13, 17]
    assert parts[0].text == "前言一句。"
    assert parts[1].text == "全年主动公开信息 120 条。"
    assert parts[2].text == ""


@pytest.mark.parametrize(
    "written",
    ["# 一、总体情况", "**一、总体情况**", "一、 总体情况", "### 一、总体情况：", "## **一、总体情况** ##"],
)
def test_a_heading_may_be_marked_in_any_way(written):
    assert check_parts(BODY.replace("## 一、总体情况", written), FORM) == []


@pytest.mark.parametrize("written", ["## 一、总体概况", "## 1.总体情况", "## 总体情况", "一、总体情况是好的"])
def test_a_heading_in_other_words_is_missing(written):
    [fault] = check_parts(BODY.replace("## 一、总体情况", written), FORM)
    assert (fault.id, fault.severity) == ("ar.six", "error")
    assert fault.message_zh == "正文缺少“一、总体情况”这一部分。"
    assert fault.hint == "请单独写一行“## 一、总体情况”，一字不改。"


def test_a_heading_that_stands_twice_is_told_at_its_second_place():
    [fault] = check_parts(BODY + "\n## 六、其他需要报告的事项\n", FORM)
    assert (fault.message_zh, fault.line) == ("标题“六、其他需要报告的事项”出现了两次。", 19)


def test_parts_out_of_order_are_told():
    swapped = BODY.replace(HEADINGS[1], "X").replace(HEADINGS[2], HEADINGS[1]).replace("X", HEADINGS[2])
    [fault] = check_parts(swapped, FORM)
    assert fault.message_zh == f"“{HEADINGS[1]}”排在了“{HEADINGS[2]}”之后。"
    assert fault.line == 7


def test_an_older_form_asks_for_no_parts():
    assert check_parts("随便怎么写。", form_of_year(2016)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "本年新收政府信息公开申请3119件，上年结转34件。",
        "本年度新收申请 3,119 件；结转下年度继续办理１０３件。",
        "全市共收到政府信息公开申请3119件。",
        "全年受理申请共计3153件，",  # with what was carried over
        "行政复议351件，行政诉讼46件，其中行政复议维持72件。",
        "引发行政复议、行政诉讼46件。",
        "本年新收和上年结转申请共3153件。",
        "网上收到申请200件。",  # part of the whole
        "主动公开规范性文件 8 件，废止 26 件。",
    ],
)
def test_prose_that_agrees_with_the_tables_or_speaks_of_something_else_passes(sentence):
    assert check_text(saying(sentence), TABLES) == []


@pytest.mark.parametrize(
    ("sentence", "code", "message"),
    [
        ("本年新收政府信息公开申请3118件。", "ar.text-new", "正文说本年新收申请 3118 件，表格是 3119 件。"),
        ("上年结转43件。", "ar.text-over", "正文说上年结转申请 43 件，表格是 34 件。"),
        ("结转下年度继续办理13件。", "ar.text-next", "正文说结转下年度申请 13 件，表格是 103 件。"),
        (
            "共受理政府信息公开申请3000件。",
            "ar.text-total",
            "正文说收到申请总数 3000 件，表格是 3119 或 3153 件。",
        ),
        ("发生行政复议350件。", "ar.text-review", "正文说行政复议 350 件，表格是 351 件。"),
        ("行政诉讼26件。", "ar.text-review", "正文说行政诉讼 26 件，表格是 46 件。"),
    ],
)
def test_prose_that_contradicts_the_tables_is_told(sentence, code, message):
    [fault] = check_text(saying(sentence), TABLES)
    assert (fault.id, fault.severity, fault.message_zh, fault.line) == (code, "warning", message, 3)


def test_each_wrong_figure_is_told_on_its_own_line():
    faults = check_text(saying("本年新收申请1件。\n本年新收申请3119件。\n本年新收申请2件。"), TABLES)
    assert [(fault.line, fault.left) for fault in faults] == [(3, 1), (5, 2)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("无", "“五、存在的主要问题及改进情况”只有 1 个字。"),
        ("问题不多，会改进。", "“五、存在的主要问题及改进情况”只有 9 个字。"),
        (
            "一年来各项工作进展顺利，今后将继续加强管理。",
            "“五、存在的主要问题及改进情况”没有写到存在的问题。",
        ),
        (
            "存在的问题是个别栏目更新不及时，未按月检查。",
            "“五、存在的主要问题及改进情况”没有写到改进的措施。",
        ),
    ],
)
def test_part_five_must_name_problems_and_what_is_done_about_them(text, message):
    [fault] = check_text(BODY.replace("存在的问题是更新不及时；下一步将按月检查。", text), TABLES)
    assert (fault.id, fault.message_zh, fault.line) == ("ar.sec5", message, 11)


def test_a_part_with_a_heading_alone_is_told():
    overview = BODY.split("\n")[2]
    [fault] = check_text(BODY.replace(overview, ""), TABLES)
    assert (fault.id, fault.message_zh, fault.line) == ("ar.sec1", "“一、总体情况”下面没有文字。", 1)


def test_part_six_must_speak_of_fees_even_when_there_are_none():
    [fault] = check_text(BODY.replace("本年度没有收取信息处理费。", "没有其他事项。"), TABLES)
    assert (fault.id, fault.line) == ("ar.sec6-fee", 15)
    assert fault.message_zh == "“六、其他需要报告的事项”没有写到收取信息处理费的情况。"
