"""What is said of a check to whoever asks."""

import re
from datetime import date
from functools import cache

import pytest

from crawler_checks import explain
from crawler_checks.checks.registry import CHECKS
from crawler_checks.explain import NoSuchCheck, explain_check

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module", autouse=True)
def read_once():
    """The rules and the rubrics, which are asked for every check, are read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explain, "load_regime", cache(explain.load_regime))
        patch.setattr(explain, "load_rubric", cache(explain.load_rubric))
        yield


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_tells_its_rule_basis_examples_and_limits(check) -> None:  # type: ignore[no-untyped-def]
    said = explain_check(check.id, TODAY)
    chinese, english = said.split("\n\n\n")

    assert chinese.startswith(f"{check.title_zh} [{check.id}]\n\n")
    assert english.startswith(f"{check.title_en} [{check.id}]\n\n")
    for part in ("查什么：", "合格：", "依据：", check.basis, "现行参数：", "cn-2019", "计入哪些评分标准："):
        assert part in chinese
    for part in (
        "What is asked:",
        "PASS:",
        "Basis:",
        "Parameters in force:",
        "cn-2019",
        "Counted by rubrics:",
    ):
        assert part in english


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_who_reads_chinese_is_told_everything_in_chinese(check) -> None:  # type: ignore[no-untyped-def]
    said = explain_check(check.id, TODAY, in_english_too=False)

    assert check.title_en not in said.splitlines()
    in_our_words = re.sub("“[^”]*”", "", said)
    assert re.search(r"PASS|FAIL|UNKNOWN|[a-z]{2,} [a-z]{2,} [a-z]{2,}", in_our_words) is None


def test_the_limits_are_those_of_the_rules_in_force_on_the_day() -> None:
    today, before = explain_check("section_stale", TODAY), explain_check("section_stale", date(2015, 1, 1))
    assert "政务动态：按规定每 14 天至少更新一次（政府网站与政务新媒体检查指标" in today
    assert "cn-2008" in before
    assert "政府信息公开指南" in explain_check("section_missing", TODAY)


def test_a_chinese_title_will_do_and_the_rubrics_that_count_it_are_named() -> None:
    said = explain_check("空白栏目", TODAY)
    assert "[section_empty]" in said
    assert "  日常网上巡查（daily）\n    empty：应有的栏目，空白栏目\n" in said


def test_what_is_no_check_is_answered_with_those_there_are() -> None:
    with pytest.raises(NoSuchCheck) as refused:
        explain_check("freshness", TODAY)
    assert refused.value.message_zh.startswith("没有检查项“freshness”。现有：栏目缺失 section_missing、")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("暗连", "“暗链”"),  # one character is another
        ("断链", "“链接失效”"),  # what inspectors say
        ("附件", "“附件无法下载”、“附件类型不符”"),  # a piece of titles
        ("身份证", "“泄露个人信息”"),  # a word of the question
    ],
)
def test_a_name_that_is_nearly_one_is_asked_about(name, meant):
    with pytest.raises(NoSuchCheck) as refused:
        explain_check(name, TODAY)

    assert refused.value.message_zh.startswith(f"没有检查项“{name}”。是不是{meant}？")
