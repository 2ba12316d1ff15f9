"""What is done to the text of a plain body's HTML is what is done to its tree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from plugins.portal import markdown_fast
from plugins.portal.markdown_fast import fast_html
from plugins.portal.markdown_structure import structure

pytest.importorskip("comrak", reason="there is no comrak here: every body goes the reference way")

BLOCKS = st.sampled_from(
    [
        "各县区人民政府，市级各部门：",
        "凡**“应公开”**的：",
        '写着"引号"、a > b 的一行\n又一行。',
        "# 一、总则",
        "### （一）**目的**",
        "###### 深",
        "- 甲\n- **乙**",
        "1. 甲\n2. 乙",
        '表1：名额 "甲" > 乙',
        "**表2：名额**",
        "| 县区 | 名额 |\n| --- | ---: |\n| 望岫区 | **3** |",
        "| 甲 | 乙 | 丙 |\n|:---|:---:|---|\n| 一 | 二 | 三 |",
        "霁川市人民政府",
        "2026年3月1日",
    ]
)


def by_tree(text: str, part: int) -> str:
    convert = markdown_fast._comrak()
    root = etree.fromstring(f"<div>{convert(text)}</div>")
    structure(root, {}, "../", part)
    parts = [root.text or "", *(etree.tostring(child, method="html", encoding="unicode") for child in root)]
    return "".join(parts).strip()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(BLOCKS, min_size=1, max_size=6).map("\n\n".join), st.integers(0, 2))
def test_both_ways_write_the_same_bytes(text, part):
    fast = fast_html(text, {}, "../", part)
    if fast is not None:
        assert fast == by_tree(text, part)


def test_a_signed_letter_with_a_table_goes_by_the_tree():
    text = "各县区：\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n霁川市财政局\n\n2026年3月1日"
    assert 'class="signature">霁川市财政局' in (fast_html(text, {}, "") or "")
