"""Waivers: what they let stand, for how long, and that none is forgotten."""

from dataclasses import replace
from datetime import date

import pytest

from plugins.disclosure.problem import error, warning
from plugins.disclosure.waivers import Waiver, read_waivers, without_waived

TODAY = date(2026, 3, 31)
REMINDER = warning("news/a.md", 3, "正文", "prose.former-name", "“甲”是“乙”的曾用名。", "x")
FAULT = error("news/a.md", 3, "正文", "prose.former-name", "“甲”是“乙”的曾用名。", "x")
HEADING = "规则,文件,内容,理由,截止日期\n"


def waiver(**changed):
    given = {"code": "prose.former-name", "file": "news/a.md", "words": "", "reason": "史料", "row": 2}
    return Waiver(**{**given, "until": date(2026, 12, 31), **changed})


def codes(problems):
    return [problem.code for problem in problems]


@pytest.fixture
def rows(tmp_path):
    """The codes of what is wrong with rows, and how many count."""

    def read(text):
        (tmp_path / "waivers.csv").write_text(text, encoding="utf-8")
        found, problems = read_waivers(tmp_path)
        return len(found), codes(problems)

    return read


@pytest.mark.parametrize("words", ["", "“甲”"])
def test_a_reminder_that_is_waived_is_not_told(words):
    assert without_waived([REMINDER], [waiver(words=words)], TODAY) == []


def test_a_waiver_holds_to_its_last_day_and_says_when_it_has_run_out():
    assert without_waived([REMINDER], [waiver(until=TODAY)], TODAY) == []
    told = without_waived([REMINDER], [waiver(until=date(2026, 3, 30))], TODAY)
    assert codes(told) == ["prose.former-name", "waiver.run-out"]


@pytest.mark.parametrize("changed", [{"code": "prose.other"}, {"file": "news/b.md"}, {"words": "“丙”"}])
def test_a_waiver_of_something_else_lets_nothing_stand_and_is_reported(changed):
    assert codes(without_waived([REMINDER], [waiver(**changed)], TODAY)) == [
        "prose.former-name",
        "waiver.not-needed",
    ]


def test_an_error_is_never_waived():
    assert codes(without_waived([FAULT], [waiver()], TODAY)) == ["prose.former-name", "waiver.not-needed"]


def test_what_only_looks_like_a_persons_number_or_a_mark_can_be_waived_though_it_is_an_error():
    for code in ("privacy.identity-card", "secrecy.marked"):
        fault = replace(FAULT, code=code)
        assert codes(without_waived([fault], [waiver(code=code)], TODAY)) == []


def test_a_folder_without_waivers_has_none(tmp_path):
    assert read_waivers(tmp_path) == ([], [])


@pytest.mark.parametrize(
    ("text", "count", "told"),
    [
        (HEADING + "prose.former-name,news/a.md,,史料,2026-12-31\n", 1, []),
        ("规则,文件,理由,截止日期\nprivacy.mobile,news/a.md,公务电话,2026-12-31\n", 1, []),
        (HEADING + "prose.former-name,news/a.md,,,2026-12-31\n", 0, ["waiver.incomplete"]),
        (HEADING + "prose.former-name,news/a.md,,史料,\n", 0, ["waiver.incomplete"]),
        (HEADING + "field.missing,news/a.md,,史料,2026-12-31\n", 0, ["waiver.not-waivable"]),
        (HEADING + "prose.former-name,news/a.md,,史料,2026/12/31\n", 0, ["waiver.bad-date"]),
        (HEADING + "prose.former-name,news/a.md,,史料,20261231\n", 0, ["waiver.bad-date"]),
        ("规则,文件\nprose.former-name,news/a.md\n", 0, ["waiver.heading"]),
        ("", 0, ["csv.empty"]),
    ],
)
def test_a_row_counts_only_when_it_is_complete(rows, text, count, told):
    assert rows(text) == (count, told)
