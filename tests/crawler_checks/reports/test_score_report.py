"""The score sheet in each report: what is known and what is open are never mixed."""

import json
from dataclasses import replace
from decimal import Decimal

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.reports.score_report import points, score_data, score_html, score_text
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.score import Answer, Answers, score

SITE = "www.example.gov.cn/"
STALE = Finding("section_stale", Outcome.FAIL, "/zc.html", None, "policy", "超期", "late", "依据")
BROKEN = Finding("link_broken", Outcome.FAIL, "/", "/gone.html", None, "断链", "broken", "依据")
NATIONAL = load_rubric("national-2019")


def test_the_data_tells_machine_person_and_open_apart() -> None:
    answers = Answers({"d2.4.1": Answer(Decimal(1), "何晓岚", "截图")})

    data = json.loads(json.dumps(score_data(score(NATIONAL, [STALE, BROKEN], SITE, answers))))

    assert data["deducted"] == {"machine": 5, "person": 2}
    assert data["open"] == {"unanswered": 19, "untold": 0, "unknown_points": 1, "points": 3}
    assert (data["score"], data["grade"], data["is_final"]) == (93, None, False)
    [line] = [one for one in data["lines"] if one["id"] == "d2.4.1"]
    assert line == {
        "id": "d2.4.1", "item": "d2.4", "group": "d2", "label": "监测时间点前3个月内未更新", "state": "deducted",
        "judged_by": "person", "points": 2, "count": 0, "deducted": 2, "counted": 2,
        "source": f"{NATIONAL.source.document}扣分指标“办事服务”（不检查时其余各项得分乘以4/3，可知为25分）",
        "by": "何晓岚", "evidence": "截图", "findings": [],
    }  # fmt: skip
    [stale] = [one for one in data["lines"] if one["id"] == "d1.5.1"]
    assert stale["findings"] == [STALE.fingerprint(SITE)]


def test_the_text_says_that_an_open_sheet_is_not_final() -> None:
    lines = list(score_text(score(NATIONAL, [STALE], SITE)))

    assert lines[1:3] == [
        "巡检扣 5 分，评分人扣 0 分 / deducted: by the inspection 5, by a person 0",
        "按已知扣分为 95 分，还不是最终得分 / 95 by what is known; not final",
    ]


def test_the_text_of_a_daily_round_counts_what_is_not_clear() -> None:
    assert list(score_text(score(load_rubric("daily"), [BROKEN], SITE))) == [
        "—— 日常网上巡查 / Daily inspection ——",
        "  打不开的链接、图片、样式和脚本 [dead]：1",
        "50 项中 1 项有问题 / 1 of 50 lines are not clear",
    ]


def test_a_veto_stands_first() -> None:
    answers = Answers({"v1": Answer(Decimal(1))})

    assert next(line for line in score_text(score(NATIONAL, [], SITE, answers)) if "veto" in line).startswith(
        "单项否决 / veto [v1]：安全、泄密事故等严重问题"
    )


def test_markup_in_a_form_stays_text() -> None:
    rubric = replace(NATIONAL, label="<script>x</script>")

    page = score_html(score(rubric, [], SITE))

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_points_are_written_without_needless_zeros() -> None:
    assert [points(Decimal(one)) for one in ("100", "89.50", "0.00", "0.05")] == ["100", "89.5", "0", "0.05"]
