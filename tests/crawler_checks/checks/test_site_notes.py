"""Notes on a site: what they say, and what is wrong with them by line."""

from datetime import date
from pathlib import Path

import pytest

from crawler_checks.checks.site_notes import FaultyNotes, SiteNotes, read_notes
from plugins.disclosure.profile import MaxAge, load_profile

TODAY = date(2026, 11, 22)
PROFILE = load_profile("cn-2019")


def read(folder: Path, text: str) -> SiteNotes:
    path = folder / "notes.yaml"
    path.write_text(text, "utf-8")
    return read_notes(path, PROFILE, TODAY)


def test_chinese_and_english_names_say_the_same(tmp_path: Path) -> None:
    in_chinese = read(
        tmp_path,
        "依据: 栏目维护责任表\n栏目:\n  政府信息公开年报: /nb/\n更新期限:\n  办事动态: 30\n  其他栏目: 365\n打开时间: 1.5\n",
    )
    in_english = read(
        tmp_path,
        "basis: 栏目维护责任表\nsections:\n  annual_report: /nb/\ndays:\n  办事动态: 30\n  others: 365\npage_seconds: 1.5\n",
    )
    assert in_chinese == in_english
    assert in_chinese.sections == {"annual_report": "/nb/"}
    assert (in_chinese.days, in_chinese.other_days) == ({"办事动态": 30}, 365)
    assert in_chinese.page_seconds == 1.5
    assert str(in_chinese.basis) == "栏目维护责任表"


def test_nothing_noted_changes_nothing(tmp_path: Path) -> None:
    notes = read(tmp_path, "栏目:\n")
    assert notes == SiteNotes()
    assert notes.in_force(PROFILE) is PROFILE


def test_a_period_for_a_section_of_the_profile_takes_the_place_of_its_own(tmp_path: Path) -> None:
    notes = read(tmp_path, "依据: 责任表\n更新期限: {政府信息公开制度: 365}\n")
    rules = notes.in_force(PROFILE)
    before, after = PROFILE.section("institution"), rules.section("institution")
    assert before is not None
    assert after is not None
    assert (before.freshness, after.freshness) == (None, MaxAge(365))
    assert str(after.freshness_source) == "责任表"
    assert [one.id for one in rules.sections] == [one.id for one in PROFILE.sections]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- 栏目\n", 1, "应当写成"),
        ("依据: [\n", 1, "不是写得对的 YAML"),
        ("依据: a\n期限: 3\n", 2, "没有“期限”这一项"),
        ("栏目:\n  政府信息公开年报: nb/\n", 2, "请写以 / 开头的地址"),
        ("栏目:\n  政府信息公开年报: //other.example/\n", 2, "请写以 / 开头的地址"),
        ("栏目:\n  政府信息公开年报: javascript:alert(1)\n", 2, "请写以 / 开头的地址"),
        ("栏目:\n  guide: /zn/\n  政府信息年报表: /nb/\n", 3, "政府信息公开年报"),
        ("栏目: /nb/\n", 1, "一行一个栏目"),
        ("依据: a\n更新期限:\n  动态: 两周\n", 3, "请写天数"),
        ("依据: a\n更新期限:\n  动态: 0\n", 3, "请写天数"),
        ("依据: a\n更新期限:\n  动态: true\n", 3, "请写天数"),
        ("更新期限:\n  动态: 14\n", 1, "写明期限出自哪份文件"),
        ("打开时间: 快\n", 1, "请写秒数"),
        ("打开时间: 0\n", 1, "请写秒数"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_what_to_write(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    with pytest.raises(FaultyNotes) as faulty:
        read(tmp_path, text)
    assert faulty.value.message_zh.startswith(f"notes.yaml 第 {line} 行：")
    assert words in faulty.value.message_zh
    assert faulty.value.message_en.startswith(f"notes.yaml line {line}: ")
