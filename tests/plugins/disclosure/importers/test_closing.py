"""Signature, date, 主题词, 印发: what stands at the end of a document."""

from datetime import date

import pytest

from plugins.disclosure.importers.closing import attachments_named, closing_of, days_that_are_not
from plugins.disclosure.importers.page_lines import page_lines

TEXT = "现将有关事项通知如下，请认真落实。\n"


def closing(end, title=""):
    return closing_of(page_lines(TEXT + end), title)


@pytest.mark.parametrize(
    ("end", "signers", "day"),
    [
        ("霁川市财政局\n2024年5月6日", ("霁川市财政局",), date(2024, 5, 6)),
        ("霁川市财政局\n二〇二四年五月六日", ("霁川市财政局",), date(2024, 5, 6)),
        ("霁川市财政局　2024年5月6日", ("霁川市财政局",), date(2024, 5, 6)),
        ("霁川市财政局\n霁川市教育局\n2024年5月6日", ("霁川市财政局", "霁川市教育局"), date(2024, 5, 6)),
        ("霁川市财政局　　霁川市教育局\n2024年5月6日", ("霁川市财政局", "霁川市教育局"), date(2024, 5, 6)),
        ("霁川市财政局\n2024-05-06", ("霁川市财政局",), date(2024, 5, 6)),
        ("2024年5月6日", (), date(2024, 5, 6)),
    ],
)
def test_a_signature_is_read_with_all_who_sign(end, signers, day):
    found = closing(end)
    assert (found.signers, found.signed[1].as_date()) == (signers, day)


@pytest.mark.parametrize(
    "end", ["2024-05-06", "会议于2024年5月6日召开。", "2024年5月", "截止时间：2024年5月6日"]
)
def test_another_date_is_no_signature(end):
    assert closing(end).signed is None


def test_the_first_date_on_its_own_line_is_that_of_the_signature():
    found = closing("霁川市财政局\n2024年5月6日\n收费方案\n甲局\n2024年6月1日")
    assert found.signed[1].as_date() == date(2024, 5, 6)


def test_keywords_printing_date_and_disclosure_are_read():
    found = closing("（此件公开发布）\n主题词：财政　收费　通知\n霁川市财政局办公室　2024年5月7日印发")
    assert found.keywords == ("财政", "收费", "通知")
    assert found.printed[1].as_date() == date(2024, 5, 7)
    assert found.disclosure == "主动公开"


@pytest.mark.parametrize(
    ("mark", "disclosure"),
    [
        ("（此件主动公开）", "主动公开"),
        ("（此件依申请公开）", "依申请公开"),
        ("公开方式：不予公开", "不予公开"),
        ("（此件传阅）", ""),
    ],
)
def test_the_mark_of_disclosure_is_read(mark, disclosure):
    assert closing(mark).disclosure == disclosure


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("2024年5月6日\n霁川市收费管理方案\n一、总则", True),
        ("2024年5月6日\n附件\n收费目录清单", True),
        ("2024年5月6日\n（联系人：李四）\n霁川市收费管理方案", True),
        ("2024年5月6日\n抄送：市委办公室。\n共印50份", False),
        ("霁川市收费管理方案", False),
    ],
)
def test_the_title_of_an_enclosed_text_stands_below_the_date(end, found):
    assert (closing(end).enclosed is not None) is found


def test_attachments_are_listed_by_their_names():
    lines = page_lines("请落实。\n附件：1.收费目录\n2.办事指南\n霁川市财政局\n1.不是附件。")
    assert attachments_named(lines) == ["收费目录", "办事指南"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2026年2月28日", False),
        ("2026年2月29日", True),
        ("2024年2月29日", False),
        ("二〇二六年二月三十日", True),
        ("二〇二六年二月二十日", False),
        ("2026年13月1日", True),
        ("2026 年 4 月 31 日", True),
        ("截止到2026年4月31日。", False),
    ],
)
def test_a_day_that_no_calendar_has_is_told_where_it_stands_alone(line, told):
    assert [one.text for one in days_that_are_not(page_lines(TEXT + line))] == ([line] if told else [])
