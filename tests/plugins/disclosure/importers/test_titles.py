"""Which line of a page is the title."""

import pytest

from plugins.disclosure.importers.page_facts import facts_of
from plugins.disclosure.importers.page_lines import page_lines
from plugins.disclosure.importers.titles import (
    cleaned,
    find_title,
    genre_of,
    looks_official,
    number_in_title,
    organ_in_title,
)

TITLE = "霁川市财政局关于公布收费目录的通知"


def title_of(text):
    lines = page_lines(text)
    title = find_title(lines, facts_of(lines)[0])
    return (title.text, title.inferred) if title else None


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        f"首页\n通知公告\n{TITLE}",
        f"{TITLE}_霁川市财政局网站\n首页\n{TITLE}",
        f"标　　题：{TITLE}\n索引号：",
        "霁川市财政局\n关于公布收费目录的通知\n霁财发〔2024〕1号",
        "霁川市财政局关于公布\n收费目录的通知",
        f"• {TITLE}",
        f"{TITLE}（霁财发〔2024〕1号）",
        f"{TITLE} [2024-05-06]",
        f"霁川市财政局文件\n霁财发〔2024〕1号\n{TITLE}",
    ],
)
def test_an_official_title_is_found_wherever_it_stands(text):
    assert title_of(text) == (TITLE, False)


def test_a_news_title_stands_right_above_the_line_with_the_date():
    assert title_of("霁川政务网\n霁川市举行植树活动\n2024-03-12 来源：霁川日报") == (
        "霁川市举行植树活动",
        False,
    )


def test_a_line_that_only_stands_first_is_an_inferred_title():
    assert title_of("霁川市举行植树活动\n") == ("霁川市举行植树活动", True)


@pytest.mark.parametrize(
    "text", ["首页\n政务公开", "霁财发〔2024〕1号", "2024-05-06", "各县区：", "霁川市人民政府令\n第39号"]
)
def test_menus_numbers_and_dates_are_no_titles(text):
    assert title_of(text) is None


def test_two_organs_keep_the_space_between_them_and_spaced_characters_lose_theirs():
    assert (
        cleaned("霁川市财政局 霁川市教育局 关于调整标准的通知")
        == "霁川市财政局 霁川市教育局关于调整标准的通知"
    )
    assert cleaned("关 于 印 发") == "关于印发"


def test_what_a_title_says_of_its_document():
    assert genre_of(TITLE) == "通知"
    assert genre_of("霁川市收费管理办法（试行）") is None
    assert organ_in_title(TITLE) == "霁川市财政局"
    assert organ_in_title("霁川市财政局2025年政府信息公开工作年度报告") == "霁川市财政局"
    assert organ_in_title("霁川市财政局政府信息公开指南") == "霁川市财政局"
    assert organ_in_title("霁川市财政局2026年度部门预算") == "霁川市财政局"
    assert organ_in_title("霁川市财政局公告") == "霁川市财政局"
    assert organ_in_title("2026年政府信息公开要点") is None
    assert organ_in_title("关于公布收费目录的通知") is None
    assert organ_in_title("《办法》关于收费的解读") is None
    assert looks_official(TITLE)
    assert not looks_official("霁川市举行植树活动")
    assert number_in_title("关于注销许可的公告（2024年第18号）") == "2024年第18号"
    assert number_in_title("关于贯彻霁财发〔2024〕1号的通知") is None
