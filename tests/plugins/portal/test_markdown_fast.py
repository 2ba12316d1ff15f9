"""The fast way gives the reference's document wherever it is taken, and is taken for most of what offices write."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.portal.markdown_fast import fast_html, is_plain
from plugins.portal.markdown_html import clean, reference_html

pytest.importorskip("comrak", reason="there is no comrak here: every body goes the reference way")

ROOT = Path(__file__).parents[3]
LINKS = {"霁川市停车管理办法": "policy/2024-0003.html", "霁政办发〔2025〕12号": "policy/2025-0012.html"}


def _document(html):
    """The tree as nested tuples; white space between blocks means nothing."""

    def walk(node):
        if isinstance(node, NavigableString):
            return str(node)
        kept = [
            c for c in node.children if not (isinstance(c, NavigableString) and not c.strip() and "\n" in c)
        ]
        children = [walk(child) for child in kept]
        return (node.name, tuple(sorted((k, str(v)) for k, v in node.attrs.items())), tuple(_tidy(children)))

    return walk(BeautifulSoup(html, "html.parser"))


def _tidy(children):
    """A line break at the end of a list item's text is white space too."""
    return [child.strip("\n") if isinstance(child, str) else child for child in children]


PLAIN = [
    "**申请条件：**提交材料。",
    "按照**《条例》**执行。",
    "凡**“应公开”**的，**一律**公开。",
    "**（一）范围。**全市。",
    "# 一、总则\n\n第一条 内容。\n\n### （一）目的\n\n## 二、分则",
    "一行\n又一行",
    "- 甲\n- 乙：**丙**\n\n接着写。",
    "1. 甲\n2. 乙\n3. 丙",
    "表1：名额\n\n| 县区 | 名额 |\n| --- | ---: |\n| 望岫区 | 3 |\n| 石砚县 | **4** |\n\n以上。",
    "| 县区 | 名额 | 备注 |\n|:---|:---:|---|\n| 望岫区 | 3 | 无 |",
    "依照霁政办发[2025]12号、霁政办发〔2025〕12号和《霁川市停车管理办法》、《别的办法》办理。",
    "见[附表](attachments/a.csv)和[网站](https://www.jichuan.example/a?b=1)。",
    "一、总体要求\n\n（一）目标。到2027年……\n\n1．第一项；\n2．第二项。",
    "2026年3月1日起施行。",
]


@pytest.mark.parametrize("text", PLAIN)
def test_both_ways_make_the_same_document(text):
    fast = fast_html(text, LINKS, "../")

    assert fast is not None
    assert _document(fast) == _document(reference_html(text, LINKS, "../"))


@pytest.mark.parametrize(
    "text",
    [
        "- 甲\n    - 乙",
        "段落\n- 紧跟的列表",
        "注[^1]\n\n[^1]: 注文",
        "<b>粗</b>",
        "`码`",
        "单*星*号",
        "a_b_c",
        "> 引用",
        "#没有空格",
        "1) 括号",
        "标题\n====",
        "---",
        "![图](attachments/a.png)",
        "[点](javascript:alert(1))",
        "&copy;",
        "词：\n: 解释",
        "- 甲\n\n- 乙",
        "2. 从二开始",
        "| 少 | 列 |\n|---|---|\n| 一 |",
        "　　全角空格开头",
        "行尾空格  \n换行",
        "***三个星***",
        "**“强”**2026年",
        "A**（一）**",
    ],
)
def test_anything_unusual_goes_the_reference_way(text):
    assert not is_plain(text)
    assert fast_html(text, {}, "") is None


WORDS = st.sampled_from(
    [
        *(
            "申请",
            "**重要：**",
            "《霁川市停车管理办法》",
            "霁政办发〔2025〕12号",
            "“引”",
            "（一）",
            "第3条",
            "2026年",
        ),
        *("**“强”**", "[表](attachments/a.csv)", "abc", "100%", "1.", "。", "，", "：", "、"),
        *("*", "[", "]", "(", ")", " ", "- ", "# ", "| ", "\n"),
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=8).map("".join)
BLOCKS = st.one_of(
    LINES,
    LINES.map(lambda line: f"## {line}"),
    st.lists(LINES, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(LINES, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    ),
    st.lists(LINES, min_size=2, max_size=4).map(
        lambda cells: "| 甲 | 乙 |\n|---|---:|\n" + "\n".join(f"| {cell} | 1 |" for cell in cells)
    ),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join))
def test_whatever_counts_as_plain_is_the_same_both_ways(text):
    fast = fast_html(text, LINKS, "../")
    if fast is not None:
        assert _document(fast) == _document(reference_html(text, LINKS, "../")), text


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join))
def test_cleaning_finds_nothing_to_clean_in_the_fast_ways_result(text):
    fast = fast_html(text, LINKS, "../")
    if fast is not None:
        assert _document(clean(fast)) == _document(fast)


def test_the_example_content_is_the_same_both_ways_and_mostly_plain():
    bodies = [
        path.read_text(encoding="utf-8").split("\n---\n", 1)[-1] for path in ROOT.glob("content/*/*.md")
    ]
    plain = [body for body in bodies if fast_html(body, LINKS, "../") is not None]

    assert len(bodies) > 100
    assert len(plain) > len(bodies) * 0.6
    different = [
        body
        for body in plain
        if _document(fast_html(body, LINKS, "../")) != _document(reference_html(body, LINKS, "../"))
    ]
    assert different == []
