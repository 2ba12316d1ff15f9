"""Problems in the forms of other programs: what each of them asks for, and that nothing is lost on the way."""

import json
import re

import pytest

from plugins.disclosure.problem import error, warning
from plugins.disclosure.problem_formats import FORMATS, as_gitee, as_github, as_gitlab, as_sarif, fingerprint

BAD_DATE = error(
    "policy/甲 乙.md",
    3,
    "发布日期",
    "field.bad-date",
    "写作“1月”，缺少日。",
    "The day is missing.",
    "请补上。",
    "条例第二十六条",
)
LONG = warning("news/a,b:c.csv", 12, None, "body.long", "100%\n两行", "Two lines.")
WHOLE = warning("x.md", None, None, "file.stray", "没有读。", "Not read.")
PROBLEMS = [LONG, BAD_DATE, WHOLE, BAD_DATE]


def test_sarif_has_what_the_standard_requires():
    log = json.loads(as_sarif(PROBLEMS, "content"))
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    assert run["tool"]["driver"]["name"] == "gongkai"
    assert len(rules) == len(set(rules)) == 3
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
        assert result["partialFingerprints"]


def test_sarif_names_the_line_the_clause_and_the_advice():
    results = json.loads(as_sarif(PROBLEMS, "content"))["runs"][0]["results"]
    (result,) = (one for one in results if one["ruleId"] == "field.bad-date")
    place = result["locations"][0]["physicalLocation"]

    assert place["artifactLocation"]["uri"] == "content/policy/%E7%94%B2%20%E4%B9%99.md"
    assert place["region"] == {"startLine": 3}
    assert result["message"]["text"] == "“发布日期”：写作“1月”，缺少日。请补上。（依据：条例第二十六条）"
    assert result["properties"]["message_en"] == "The day is missing."


def test_a_problem_of_a_whole_file_has_no_line():
    results = json.loads(as_sarif([WHOLE], "content"))["runs"][0]["results"]

    assert "region" not in results[0]["locations"][0]["physicalLocation"]
    assert "line=" not in as_github([WHOLE], "content")
    assert json.loads(as_gitlab([WHOLE], "content"))[0]["location"]["lines"] == {"begin": 1}


def test_github_gets_one_command_a_line_with_its_signs_escaped():
    told = "“发布日期”：写作“1月”，缺少日。请补上。（依据：条例第二十六条）"
    lines = as_github(PROBLEMS, "content").splitlines()

    assert lines == [
        "::warning file=content/news/a%2Cb%3Ac.csv,line=12,title=body.long::100%25%0A两行",
        f"::error file=content/policy/甲 乙.md,line=3,title=field.bad-date::{told}",
        "::warning file=content/x.md,title=file.stray::没有读。",
    ]


def test_gitlab_gets_entries_with_different_fingerprints():
    again = warning("x.md", 9, None, "file.stray", "没有读。", "Not read.")
    entries = json.loads(as_gitlab([*PROBLEMS, again], "content"))

    assert [set(entry) for entry in entries] == [
        {"description", "check_name", "fingerprint", "severity", "location"}
    ] * 4
    assert len({entry["fingerprint"] for entry in entries}) == 4
    assert [entry["severity"] for entry in entries] == ["minor", "major", "minor", "minor"]


def test_gitee_gets_a_comment_that_shows_what_is_written():
    told = as_gitee([error("a.md", 1, None, "x", "写作“[甲](乙)*丙*”。", "x")], "content")

    assert "错误 1 处，提醒 0 处" in told
    assert r"- 错误：`content/a.md` 第 1 行：写作“\[甲\](乙)\*丙\*”。" in told


def test_a_long_comment_is_cut_and_says_so():
    many = [error("a.md", line, None, "x", f"第{line}处", "x") for line in range(130)]

    assert as_gitee(many, "content").count("\n- ") == 101
    assert "还有 30 处" in as_gitee(many, "content")


def test_a_fingerprint_stays_when_the_line_moves():
    moved = error(
        "policy/甲 乙.md", 99, "发布日期", "field.bad-date", "写作“1月”，缺少日。", "The day is missing."
    )

    assert fingerprint(moved) == fingerprint(BAD_DATE)
    assert fingerprint(WHOLE) != fingerprint(BAD_DATE)


@pytest.mark.parametrize("name", FORMATS)
def test_no_problems_are_a_result_too(name):
    told = FORMATS[name]([], "content")

    assert told in ("", "[]\n") or "0" in told


@pytest.mark.parametrize("name", FORMATS)
def test_a_content_folder_that_is_the_repository_itself_adds_nothing(name):
    assert "./x.md" not in FORMATS[name]([WHOLE], ".")
    assert "x.md" in FORMATS[name]([WHOLE], ".")
