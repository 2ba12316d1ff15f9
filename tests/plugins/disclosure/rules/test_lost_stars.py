"""Stars that hide a part of a name or a number are told where they would vanish, and nowhere else."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from plugins.disclosure.record import Record
from plugins.disclosure.rules.lost_stars import stars_lost
from plugins.portal.markdown_html import to_html


def lines_told(body):
    record = Record("policy", "2026-0001", {}, body, "policy/2026-0001.md", 1, {}, 11)
    found = list(stars_lost(SimpleNamespace(records=[record]), date(2026, 3, 31)))
    assert all(problem.code == "body.stars-lost" for problem in found)
    return [problem.line for problem in found]


def stars_shown(body):
    """The stars a reader of the page sees, and the marks of emphasis."""
    html = to_html(body, {}, "")
    return html.count("*"), re.findall("<(?:strong|em)>", html)


@pytest.mark.parametrize(
    "body",
    [
        "张*明、李*强",
        "张*、李*",
        "张*（男）、李*（女）",
        "张**、李**",
        "规格3*4*5毫米",
        "2*3=6，3*4=12",
        "138****1234和139****5678",
        "6201**********1234，6201**********4567",
        "带*的为必填项，有*的可不填",
        "*注：带*的必填",
        "张*明\n李*强",
        "- 张*明、李*强",
        "| 名单 |\n| --- |\n| 张*明、李*强 |",
    ],
)
def test_stars_that_would_vanish_are_told(body):
    assert len(lines_told(body)) == 1
    assert stars_shown(body)[1], "or nothing would be lost"


@pytest.mark.parametrize(
    "body",
    [
        "张*明",
        "张*明\n\n李*强",
        "- 张*明\n- 李*强",
        "| 甲 | 乙 |\n| --- | --- |\n| 张*明 | 李*强 |\n| 王*红 | 赵*刚 |",
        "张\\*明、李\\*强",
        "2 * 3 * 4",
        "手机138****1234",
        "`张*明、李*强`",
        "```\n张*明、李*强\n```",
        "* 身份证\n* 户口簿",
        "***\n\n甲\n\n***",
    ],
)
def test_stars_that_stay_are_not_told(body):
    assert lines_told(body) == []
    assert stars_shown(body)[1] == [], "nothing is lost"


@pytest.mark.parametrize(
    "body",
    [
        "申请**条件**说明",
        "**申请条件：**提交**材料**，**费用**。",
        "提交**身份证、户口簿**等材料",
        "按照**《条例》**执行",
        "*本表数据截至年底。*",
        "***重要***",
    ],
)
def test_emphasis_is_not_told(body):
    assert lines_told(body) == []
    shown, marks = stars_shown(body)
    assert shown == 0
    assert marks


def test_the_line_is_the_first_that_loses_a_star():
    assert lines_told("一段。\n\n名单如下：\n**甲组**：\n张*明、李*强\n王*红、赵*刚") == [15]
