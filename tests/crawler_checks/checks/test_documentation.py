"""The words at the head of a check's module, read apart."""

import re

import pytest

from crawler_checks.checks.documentation import CHINESE, ENGLISH, read_documentation

WRITTEN = """链接失效。

查什么：网页中的
每个链接，按 GET
方法访问。

合格      返回 200
不合格    返回 404，
          几次都是
不合格    返回 410

依据：某办法第一条。

A broken link.

What is asked: every link of
a page.

Of others nothing is asked.

PASS     200
FAIL     404
FAIL     410
"""


def test_both_languages_are_told_apart_and_broken_lines_joined_as_each_joins_them():
    written = read_documentation(WRITTEN, "link")

    assert written.chinese.summary == "链接失效。"
    assert written.chinese.asked == ("网页中的每个链接，按 GET 方法访问。",)
    assert written.chinese.examples == {"合格": ("返回 200",), "不合格": ("返回 404，几次都是", "返回 410")}
    assert written.basis == "某办法第一条。"
    assert written.english.asked == ("every link of a page.", "Of others nothing is asked.")
    assert written.english.examples == {"PASS": ("200",), "FAIL": ("404", "410")}


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        (CHINESE.asked, "查什么"),
        ("依据：", "依据"),
        (ENGLISH.asked, "What is asked"),
        ("PASS     ", "begins? with .*PASS"),
        ("合格      ", "begins? with .*合格"),
    ],
    ids=["asked", "basis", "asked in English", "PASS", "合格"],
)
def test_a_part_that_is_missing_is_named_with_the_module(part: str, missing: str):
    with pytest.raises(ValueError, match=f"^link: .*{missing}") as refused:
        read_documentation(re.sub(f"(?m)^{part}", "", WRITTEN), "link")

    assert str(refused.value).startswith("link: ")
