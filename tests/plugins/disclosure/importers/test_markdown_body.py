"""The body's Markdown shows exactly the text that was pasted."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure.importers import read_notice
from plugins.disclosure.importers.markdown_body import escaped, markdown_of
from plugins.disclosure.importers.page_lines import page_lines
from plugins.disclosure.importers.page_parts import cut_page
from plugins.portal.markdown_html import to_html

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.txt"))


def shown(markdown):
    """What a reader sees of it, without any space."""
    return "".join(html.unescape(re.sub("<[^>]+>", "", to_html(markdown, {}, ""))).split())


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_every_character_of_the_text_and_no_other(name):
    text = (PAGES / f"{name}.txt").read_text(encoding="utf-8")
    body = cut_page(page_lines(text)).body
    wanted = "".join("".join(re.sub("[|｜]", "", line.text).split()) for line in body)
    assert shown(read_notice(text, name).body).replace("|", "").replace("｜", "") == wanted


@pytest.mark.parametrize(
    "line",
    [
        "1. 第一项",
        "1) 第一项",
        "# 不是标题",
        "- 不是列表",
        "+ 不是列表",
        "> 不是引用",
        "*不是强调*、_也不是_、__init__",
        "[不是链接](http://x.example)、![图](a.png)",
        "`不是代码`、反斜杠\\、{: .class}",
        "<十堰市重点建设项目>、<b>、<script>alert(1)</script>",
        "&nbsp;&lt;&#58; A&B",
        "脚注[^1]",
        ": 不是定义",
        "---",
        "***",
        "===",
        "~~~",
        "```",
        "***加粗***  ",
        "〔2014〕57号 [2015]3号",
        "第1条|第2条",
    ],
)
def test_signs_of_markdown_in_a_text_are_shown_as_they_are(line):
    assert shown(escaped(line)) == "".join(line.split())


@given(st.text(alphabet="政府1.)#*_-+>|[](){}`\\<>&;:=~!^ ab", min_size=1, max_size=24))
def test_any_line_is_shown_as_it_is(text):
    text = text.strip()
    assert shown("前\n\n" + escaped(text)) == "前" + "".join(text.split())


def test_lines_with_tabs_become_a_table():
    lines = page_lines("序号\t名称\t单位\n1\t望岫河\n2\t霁东湖\t霁东区政府\n说明如上。")
    assert markdown_of(lines, None) == (
        "| 序号 | 名称 | 单位 |\n| --- | --- | --- |\n| 1 | 望岫河 |  |\n| 2 | 霁东湖 | 霁东区政府 |\n\n说明如上。\n"
    )


def test_a_heading_on_its_own_line_is_a_heading_and_one_that_runs_on_stays_in_its_paragraph():
    lines = page_lines(
        "一、任务\n（一）登记。逐户登记。\n（二）公示\n二、各单位应当在十日内完成，并报告结果。"
    )
    assert markdown_of(lines, None) == (
        "## 一、任务\n\n（一）登记。逐户登记。\n\n### （二）公示\n\n二、各单位应当在十日内完成，并报告结果。\n"
    )
