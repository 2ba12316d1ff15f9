"""Reminders about wording: what is said, and above all what is not."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.validate import validate

TODAY = date(2026, 3, 31)
BASE = Path(__file__).parents[3] / "examples" / "_base"
RECORD = """---
标题: 市财政局开展培训
发布机构: finance
发布日期: {day}
公开方式: 主动公开
审查人: 办公室
审查日期: {day}
---

{body}
"""


@pytest.fixture
def told(tmp_path):
    """The reminders about a text."""
    shutil.copytree(BASE, tmp_path / "content")

    def tell(body, day="2026-01-30"):
        file = tmp_path / "content" / "news" / "2026-0001.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(RECORD.format(body=body, day=day), encoding="utf-8")
        read = read_content(tmp_path / "content", TODAY)
        found = [problem for problem in validate(read.catalog, TODAY) if problem.file == "news/2026-0001.md"]
        assert all(problem.severity == "warning" for problem in found if problem.code.startswith("prose."))
        return [(problem.code, problem.line) for problem in found if problem.code.startswith("prose.")]

    return tell


@pytest.mark.parametrize(
    "body",
    [
        "霁川市财政国资局组织培训。",
        "会上，霁川市财政国资局局长讲话。",
        "第一段。\n\n由霁川市财政国资局负责。",
    ],
)
def test_a_former_name_of_an_organ_is_noticed(told, body):
    assert told(body) == [("prose.former-name", 10 + body.count("\n"))]


@pytest.mark.parametrize(
    "body",
    [
        "霁川市财政局组织培训。",
        "原霁川市财政国资局的职责划入霁川市财政局。",
        "废止《霁川市财政国资局关于培训的通知》。",
        "`霁川市财政国资局`",
    ],
)
def test_a_former_name_may_stand_in_titles_and_after_the_word_former(told, body):
    assert told(body) == []


def test_old_texts_keep_the_names_of_their_day(told):
    assert told("霁川市财政国资局组织培训。", day="2024-12-31") == []
    assert told("霁川市财政国资局组织培训。", day="2025-01-02") == [("prose.former-name", 10)]


def test_a_full_name_with_one_wrong_character_is_noticed(told):
    assert told("经霁川市人明政府同意，现予公布。") == [("prose.organ-misnamed", 10)]


@pytest.mark.parametrize(
    "body",
    [
        "霁川市人民政府同意。",
        "霁川市人民医院开诊。",
        "霁川市体育局组织比赛。",
        "霁川市人民政府办公室印发。",
        "《霁川市人明政府公报》",
    ],
)
def test_other_names_are_let_be(told, body):
    assert told(body) == []


@pytest.mark.parametrize(
    "link",
    [
        "[](https://jichuan.example/a)",
        "[点击这里](https://jichuan.example/a)",
        "[ ](https://jichuan.example/a)",
        "[here](https://jichuan.example/a)",
    ],
)
def test_a_link_that_does_not_say_where_it_leads_is_noticed(told, link):
    assert ("prose.link-without-words", 10) in told(f"详见{link}。")


@pytest.mark.parametrize(
    "link", ["[培训通知](https://jichuan.example/a)", "![](attachments/a.png)", "https://jichuan.example/a"]
)
def test_other_links_are_let_be(told, link):
    assert told(f"详见{link}。") == []


def test_a_short_name_that_is_never_used_is_noticed(told):
    assert told("霁川市培训中心（以下简称“培训中心”）举办讲座。") == [("prose.short-name-unused", 10)]
    assert told("霁川市培训中心（以下简称“中心”）举办讲座。\n\n中心负责人致辞。") == []


@pytest.mark.parametrize("body", ["会议&nbsp;结束。", "第一段。\n\n甲&#160;乙&nbsp;丙", "标准是 &lt;10 克。"])
def test_a_sign_of_web_code_left_in_a_text_is_noticed_once_a_line(told, body):
    assert told(body) == [("prose.character-entity", 10 + body.count("\n"))]


@pytest.mark.parametrize("body", ["研发（R&D）投入增长。", "写作 `&nbsp;` 的是代码。", "A&B；C 三项。"])
def test_a_sign_that_is_no_web_code_or_stands_in_code_is_well(told, body):
    assert told(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "采用PPP模式建设。",
        "第一段。\n\n由EPC单位负责。",
    ],
)
def test_letters_that_nobody_explained_are_told_once(told, body):
    assert [code for code, _ in told(f"{body}\n\n再说一次：{body[2:5]}。")] == [
        "prose.abbreviation-unexplained"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "采用政府和社会资本合作（PPP）模式。以后都用PPP。",
        "采用PPP（政府和社会资本合作）模式。",
        "政府和社会资本合作（以下简称“PPP”）。以后都用PPP。",
        "GDP增长5%，ISO标准，下载PDF。",
        "网址 https://www.jichuan.example/PPP/A.html，代码 `PPP`。",
        "标准号GB/T 18030，车牌ABC-123，邮箱A@JC.example。",
    ],
)
def test_letters_that_are_explained_or_known_or_no_name_are_left_alone(told, body):
    assert told(body) == []
