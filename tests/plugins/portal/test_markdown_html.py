"""Markdown to safe HTML, with Chinese emphasis, captions and citations."""

import re

import pytest
from bs4 import BeautifulSoup

from plugins.portal.markdown_html import citations, linked_keys, plain_text, reference_html, to_html

LINKS = {
    "霁川市停车管理办法": "policy/2024-0003.html",
    "霁政办发〔2025〕12号": "policy/2025-0012.html",
    "policy/2025-0012": "policy/2025-0012.html",
}


def _soup(text, root="../"):
    return BeautifulSoup(to_html(text, LINKS, root), "html.parser")


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("**申请条件：**提交材料", "申请条件："),
        ("按照**《条例》**执行", "《条例》"),
        ("凡**“应公开”**的", "“应公开”"),
        ("共**3件**。", "3件"),
    ],
)
def test_emphasis_beside_full_width_punctuation_is_emphasis(text, strong):
    assert _soup(text).strong.get_text() == strong


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<div onclick="steal()">请看</div>',
        "[点这里](javascript:alert(1))",
        "[点这里](data:text/html;base64,PHNjcmlwdD4=)",
        "[点这里](vbscript:x)",
        '![图](javascript:alert(1) "x")',
        "<svg><script>alert(1)</script></svg>",
        "<!-- --><style>*{}</style>",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
    ],
)
def test_nothing_in_a_body_can_run(text):
    soup = _soup(text)
    addresses = [element.get("href") or element.get("src") or "" for element in soup.find_all(["a", "img"])]

    assert soup.find(["script", "style", "svg", "iframe", "object"]) is None
    assert not [
        tag for tag in soup.find_all() for name in tag.attrs if name.startswith("on") or name == "style"
    ]
    assert not [
        address
        for address in addresses
        if address.split(":")[0].lower() in ("javascript", "data", "vbscript")
    ]


def test_raw_html_is_shown_as_the_text_it_is():
    assert "<b>粗</b>" in _soup("这里写了 <b>粗</b>").get_text()


def test_headings_begin_below_the_pages_own_and_skip_no_level():
    soup = _soup("# 一、总则\n\n### （一）目的\n\n## 二、分则\n")

    assert [(h.name, h["id"]) for h in soup.find_all(["h1", "h2", "h3", "h4"])] == [
        ("h2", "p1"),
        ("h3", "p2"),
        ("h3", "p3"),
    ]


def test_a_paragraph_before_a_table_becomes_its_caption():
    soup = _soup("表1：各县区名额\n\n| 县区 | 名额 |\n|---|---:|\n| 望岫区 | 3 |\n")

    assert soup.caption.get_text() == "各县区名额"
    assert soup.find("div", class_="table-frame")["aria-labelledby"] == soup.caption["id"]
    assert [th["scope"] for th in soup.find_all("th")] == ["col", "col"]
    assert soup.find("td", class_="right").get_text() == "3"
    assert "表1" not in soup.get_text()


@pytest.mark.parametrize("convert", [to_html, reference_html])
def test_the_head_of_a_column_says_how_long_its_cells_are(convert):
    long = "申请人应当在窗口当面提出，也可以通过信函或者网上平台提交。"
    html = convert(
        f"| 序号 | 事项 | 说明 |\n|---:|---|---|\n| 12 | 备案 | {long} |\n| 3 | 撤销备案 | 无 |\n", {}, "../"
    )

    heads = [th.get("class") for th in BeautifulSoup(html, "lxml").find_all("th")]

    assert heads == [["right", "short"], None, ["long"]]


def test_an_uncaptioned_table_keeps_the_paragraph_before_it():
    soup = _soup("名额见下。\n\n| 县区 | 名额 |\n|---|---|\n| 望岫区 | 3 |\n")

    assert soup.p.get_text() == "名额见下。"
    assert soup.find("div", class_="table-frame")["aria-label"] == "表格 1"


@pytest.mark.parametrize(
    ("text", "anchor", "address"),
    [
        ("按照霁政办发〔2025〕12号办理", "霁政办发〔2025〕12号", "../policy/2025-0012.html"),
        ("按照霁政办发[2025]12号办理", "霁政办发[2025]12号", "../policy/2025-0012.html"),
        ("见《霁川市停车管理办法》第三条", "《霁川市停车管理办法》", "../policy/2024-0003.html"),
        ("**按照《霁川市停车管理办法》**", "《霁川市停车管理办法》", "../policy/2024-0003.html"),
        ("- 见《霁川市停车管理办法》", "《霁川市停车管理办法》", "../policy/2024-0003.html"),
        ("[办法](policy/2025-0012)", "办法", "../policy/2025-0012.html"),
    ],
)
def test_a_document_of_this_site_is_linked_where_it_is_cited(text, anchor, address):
    assert [(a.get_text(), a["href"]) for a in _soup(text).find_all("a")] == [(anchor, address)]


@pytest.mark.parametrize(
    "text", ["见《霁川市绿化条例》", "霁政发〔2025〕12号", "`霁政办发〔2025〕12号`", "12号"]
)
def test_what_is_not_on_this_site_is_not_linked(text):
    assert _soup(text).find("a") is None


def test_linking_never_alters_the_text():
    text = "依照《霁川市停车管理办法》和霁政办发〔2025〕12号、霁政办发[2025]12号，第十二条不变。"

    assert _soup(text).get_text().strip() == text


def test_a_citation_inside_a_link_is_not_linked_twice():
    soup = _soup("[关于《霁川市停车管理办法》的说明](https://www.jichuan.example/)")

    assert [a["href"] for a in soup.find_all("a")] == ["https://www.jichuan.example/"]


def test_what_a_body_cites_and_links_is_found_before_it_is_rendered():
    text = "依照《霁川市停车管理办法》和霁政办发[2025]12号，见[原文](policy/2025-0012)。"

    assert citations(text) == {"霁川市停车管理办法", "霁政办发〔2025〕12号"}
    assert linked_keys(text) == {"policy/2025-0012"}


def test_a_summary_is_plain_and_ends_with_a_sentence():
    table = "| 表 | 格 |\n|---|---|\n"
    text = f"# 标题\n\n**第一句**讲清[目的](https://a.example)。第二句讲范围。\n\n{table}\n- 第三句很长很长很长很长很长。"

    assert plain_text(text, 18) == "第一句讲清目的。第二句讲范围。"
    assert plain_text("没有句号的一长串文字没有句号的一长串文字", 10) == "没有句号的一长串文字"[:10] + "……"


@pytest.mark.parametrize(
    "text",
    [
        "报名表发至 bgs_xc_2026@jichuan.example，编号 LX_2026_01。",
        "见 https://www.jichuan.example/a_b_c/ ，变量 __init__ 与 snake_case_name。",
        "甲大于乙写作 3 > 2，面积 * 单价。",
        "**申请条件：**提交***重要***材料，*注意*期限，_此处_不算，**未完。",
        r"面积 3\*4\*5 平方米，\_不是强调\_。",
        "> 引用的话。\n\n命令是 `a_b * c`。",
    ],
)
def test_a_summary_says_what_the_page_says(text: str) -> None:
    def without_blanks(words: str) -> str:
        return "".join(words.split())

    assert without_blanks(plain_text(text, 500)) == without_blanks(_soup(text).get_text())


def test_the_parts_of_a_letter_are_told_from_its_text():
    letter = (
        "各县（区）人民政府，市政府各部门：\n\n现将有关事项通知如下。\n\n霁川市财政局\n\n霁川市教育局\n\n"
        "二〇二五年三月十二日\n\n---\n\n**霁川市校舍维修办法**\n\n**第一条**　为了维修校舍，制定本办法。"
    )

    paragraphs = [" ".join(paragraph.get("class", [])) for paragraph in _soup(letter).find_all("p")]

    assert paragraphs == ["addressees", "", "signature", "signature", "signature", "attached-title", ""]


def test_a_date_in_a_sentence_is_no_signature():
    assert "signature" not in to_html("截止日期：\n\n2025年3月12日前报送\n\n自2025年3月12日起施行。", {}, "")


def test_a_part_of_a_page_has_lower_headings_and_ids_of_its_own():
    part = to_html("## 主动公开\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |", {}, "", 3)

    assert '<h3 id="p3-1">主动公开</h3>' in part
    assert 'aria-label="表格 3-1"' in part


def test_notes_of_two_parts_of_a_page_have_ids_of_their_own() -> None:
    text = "正文有注[^1]，再说一次[^1]。\n\n[^1]: 注文内容。\n"
    alone, first, second = (to_html(text, {}, "", part) for part in (0, 1, 2))

    ids = [re.findall(r'id="([^"]+)"', html) for html in (alone, first, second)]
    assert ids[0] == ["fnref:1", "fnref2:1", "fn:1"]
    assert not set(ids[1]) & set(ids[2])
    for html, own in zip((alone, first, second), ids, strict=True):
        assert set(re.findall(r'href="#([^"]+)"', html)) == set(own)
