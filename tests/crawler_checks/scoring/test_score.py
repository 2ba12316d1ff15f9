"""Score sheets equal those computed by hand, and say what is open instead of filling it in."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.rubric import Judge, Rubric
from crawler_checks.scoring.score import Answer, Answers, ScoreSheet, State, score
from crawler_checks.scoring.worksheet import questions

SITE = "www.example.gov.cn/"


def finding(
    check: str, section: str | None = None, *, object_: str | None = None, unknown: bool = False
) -> Finding:
    outcome = Outcome.UNKNOWN if unknown else Outcome.FAIL
    return Finding(check, outcome, f"/{section or 'page'}.html", object_, section, "问题", "A fault", "依据")


def all_answered(rubric: Rubric, given: Mapping[str, str], **others: bool) -> Answers:
    """Every question answered: no, none or no points, but for those given."""
    asked = {one.id: one for one in questions(rubric)}
    assert set(given) <= set(asked)
    return Answers(
        {
            id_: Answer(Decimal(given.get(id_, "0")), "评分人", stated=one.is_stated)
            for id_, one in asked.items()
            if id_ != "without_services"
        },
        **others,
    )


def by_machine_and_person(sheet: ScoreSheet) -> tuple[Decimal, Decimal]:
    return sheet.deducted_by_machine, sheet.deducted_by_person


def test_the_county_form_computed_by_hand() -> None:
    rubric = load_rubric("yueyang-2017-counties")
    findings = [
        finding("section_missing", "guide"),  # A06: no guide, 1
        finding("section_missing", "interpretation"),  # A08: no interpretation, 2
        finding("section_missing", "budget"),  # A10: 0.5 each, three sections: 1.5
        finding("section_empty", "fees"),
        finding("section_stale", "policy"),
        finding("section_empty", "policy"),  # the same section counts once
        finding("link_broken", object_="/x.html"),  # costs nothing in this form
    ]
    answers = all_answered(
        rubric,
        {"A02.2": "1", "A02.4": "1", "A04.3": "1", "A12.1": "3", "A36.1": "4", "A09.1": "1.25"},
    )  # 1 + 1 + 1 + 3 × 0.5 + 4 × 0.5 + 1.25 as stated

    sheet = score(rubric, findings, SITE, answers)

    assert by_machine_and_person(sheet) == (Decimal("4.5"), Decimal("7.75"))
    assert sheet.score == Decimal("87.75")
    assert not sheet.is_final  # what A10, A12 and A36 are worth is not known, and they were counted
    assert sheet.grade is None
    assert sheet.reasons == (
        (
            "项目 A10、A12、A36 的分值未核实，按个数扣分可能已超过上限。",
            "What items A10, A12, A36 are worth is not known; deductions for each may exceed it.",
        ),
    )


def test_the_department_form_computed_by_hand() -> None:
    rubric = load_rubric("yueyang-2017-departments")
    findings = [
        finding("section_empty", "guide"),  # B04: 1.5
        finding("section_stale", "annual_report"),  # B04: late, 0.5
    ]
    answers = all_answered(rubric, {"B02.1": "1", "B05.2": "1", "B14.2": "1", "B10.1": "2.5"})
    # 3 + 1 + 2 + 2.5 as stated

    sheet = score(rubric, findings, SITE, answers)

    assert by_machine_and_person(sheet) == (Decimal("2.0"), Decimal("8.5"))
    assert sheet.score == Decimal("89.50")
    assert sheet.is_final
    assert sheet.grade is not None
    assert sheet.grade.label == "良好"


def test_the_national_form_computed_by_hand() -> None:
    rubric = load_rubric("national-2019")
    findings = [finding("section_stale", "policy")]  # d1.5: 5
    answers = all_answered(
        rubric, {"d2.4.1": "1", "d3.2.1": "1", "d4.1.1": "1", "bonus": "12.5"}
    )  # 2 + 3 + 1

    sheet = score(rubric, findings, SITE, answers)

    assert by_machine_and_person(sheet) == (Decimal(5), Decimal(6))
    assert (sheet.score_before_bonus, sheet.bonus, sheet.score) == (
        Decimal(89),
        Decimal("12.5"),
        Decimal("101.5"),
    )
    assert sheet.is_final
    assert sheet.grade is not None
    assert sheet.grade.label == "合格"


def test_without_services_the_rest_counts_four_thirds() -> None:
    rubric = load_rubric("national-2019")
    findings = [finding("section_stale", "policy")]
    answers = all_answered(rubric, {"d2.4.1": "1", "d3.2.1": "1"}, without_services=True)

    sheet = score(rubric, findings, SITE, answers)

    # (100 - 25 - 5 - 3) × 4/3 = 89.333…; what services would cost is left out
    assert sheet.score_before_bonus == Decimal("89.33")
    assert {one.state for one in sheet.lines if one.group == "d2"} == {State.LEFT_OUT}


@pytest.mark.parametrize(
    ("lost", "before", "bonus", "total"),
    [
        ("19.99", "80.01", "30", "110.01"),
        ("20", "80", None, "80"),
        ("20.01", "79.99", None, "79.99"),
    ],
)
def test_the_bonus_is_entered_above_eighty_points_only(
    lost: str, before: str, bonus: str | None, total: str
) -> None:
    rubric = load_rubric("national-2019")

    sheet = score(rubric, [], SITE, all_answered(rubric, {"d4.1.1": lost, "bonus": "30"}))

    assert sheet.score_before_bonus == Decimal(before)
    assert sheet.bonus == (None if bonus is None else Decimal(bonus))
    assert sheet.score == Decimal(total)


@pytest.mark.parametrize(
    ("lost", "label"),
    [
        ("10", "优秀"),
        ("10.01", "良好"),
        ("20", "良好"),
        ("20.01", "合格"),
        ("40", "合格"),
        ("40.01", "不合格"),
    ],
)
def test_a_grade_begins_at_its_very_points(lost: str, label: str) -> None:
    rubric = load_rubric("yueyang-2017-departments")

    sheet = score(rubric, [], SITE, all_answered(rubric, {"B06.1": lost}))

    assert sheet.grade is not None
    assert sheet.grade.label == label


@pytest.mark.parametrize(("lost", "label"), [("40", "合格"), ("40.01", "不合格")])
def test_below_sixty_the_national_form_is_failed(lost: str, label: str) -> None:
    rubric = load_rubric("national-2019")

    sheet = score(rubric, [], SITE, all_answered(rubric, {"d4.1.1": lost}))

    assert sheet.grade is not None
    assert sheet.grade.label == label


@pytest.mark.parametrize(("sections", "state"), [(4, State.CLEAR), (5, State.MET), (6, State.MET)])
def test_five_blank_sections_are_a_veto_and_the_scoring_stops(sections: int, state: State) -> None:
    rubric = load_rubric("national-2019")
    names = ["guide", "policy", "functions", "plans", "statistics", "budget"][:sections]

    sheet = score(rubric, [finding("section_empty", name) for name in names], SITE, all_answered(rubric, {}))

    [blank] = [one for one in sheet.vetoes if one.veto.id == "v4.3"]
    assert (blank.state, blank.count, len(blank.findings)) == (state, sections, sections)
    if state is State.MET:
        assert (sheet.score, sheet.bonus, blank.judged_by) == (None, None, Judge.MACHINE)
        assert sheet.grade is not None
        assert sheet.grade.label == "不合格（单项否决）"
    else:
        assert sheet.score is not None


def test_a_home_page_without_news_for_two_weeks_is_a_veto() -> None:
    rubric = load_rubric("national-2019")

    stale, untold = (
        score(rubric, [finding("home_stale", unknown=unknown)], SITE, all_answered(rubric, {}))
        for unknown in (False, True)
    )

    assert [(one.veto.id, one.judged_by) for one in stale.vetoes if one.state is State.MET] == [
        ("v3", Judge.MACHINE)
    ]
    assert stale.score is None
    assert [one.veto.id for one in untold.vetoes if one.state is State.MET] == []


def test_what_a_machine_saw_of_a_grave_veto_is_shown_to_the_person_who_decides() -> None:
    rubric = load_rubric("national-2019")
    seen = [finding("link_concealed", object_="casino.example")]

    asked = {one.id: one.found for one in questions(rubric, seen, SITE)}

    assert asked["v1"] == "问题"
    assert asked["v5.1"] == "没有发现问题"
    assert [one.state for one in score(rubric, seen, SITE).vetoes if one.veto.id == "v1"] == [
        State.UNANSWERED
    ]


def test_a_person_can_say_that_a_veto_is_met_where_the_findings_do_not_reach() -> None:
    rubric = load_rubric("national-2019")

    sheet = score(rubric, [], SITE, all_answered(rubric, {"v4.3": "1"}))

    assert [(one.veto.id, one.judged_by) for one in sheet.vetoes if one.state is State.MET] == [
        ("v4.3", Judge.PERSON)
    ]


def test_a_machine_veto_that_might_be_met_is_not_called_clear() -> None:
    rubric = load_rubric("daily")
    names = ["guide", "policy", "functions", "plans"]
    findings = [
        *(finding("section_empty", name) for name in names),
        finding("section_empty", "budget", unknown=True),
    ]

    [blank] = [one for one in score(rubric, findings, SITE).vetoes if one.veto.id == "blank"]

    assert (blank.state, blank.count, blank.untold) == (State.UNTOLD, 4, 1)


def test_what_is_not_known_told_or_answered_stays_open_and_costs_nothing() -> None:
    rubric = load_rubric("national-2019")
    findings = [finding("link_broken", object_="/x.html"), finding("section_stale", "policy", unknown=True)]

    sheet = score(rubric, findings, SITE)

    assert sheet.score == Decimal(100)
    assert (sheet.is_final, sheet.grade) == (False, None)
    assert [one.line.id for one in sheet.open_lines(State.UNKNOWN_POINTS)] == ["d4.3.1"]
    assert [one.line.id for one in sheet.open_lines(State.UNTOLD)] == ["d1.5.1"]
    assert len(sheet.open_lines(State.UNANSWERED)) == sum(
        line.judge is Judge.PERSON for _, _, line in rubric.lines()
    )
    assert sheet.open_points == Decimal(10)  # 5 not told, 2 and 3 not answered
    assert [zh for zh, _ in sheet.reasons] == [
        "21 行等待评分人回答。",
        "1 行这次无法判断。",
        "1 行有问题，但扣多少分未核实。",
        "11 项单项否决还没有结论。",
    ]


def test_a_partial_run_gives_no_grade() -> None:
    rubric = load_rubric("yueyang-2017-departments")

    sheet = score(rubric, [], SITE, all_answered(rubric, {}), partial=True)

    assert (sheet.is_final, sheet.grade) == (False, None)


def test_a_daily_round_has_no_points_and_says_what_is_not_clear() -> None:
    rubric = load_rubric("daily")

    sheet = score(rubric, [finding("link_broken", object_=f"/{n}") for n in range(3)], SITE)

    assert sheet.score is None
    assert [(one.line.id, one.count) for one in sheet.lines if one.count] == [("dead", 3)]


def test_an_item_a_group_and_the_form_never_lose_more_than_they_have() -> None:
    rubric = load_rubric("yueyang-2017-departments")
    [group] = rubric.groups
    items = tuple(replace(item, points=Decimal(1) if item.id == "B07" else None) for item in group.items)
    limited = replace(rubric, groups=(replace(group, items=items, points=Decimal(100)),))
    findings = [finding("section_missing", name) for name in ("budget", "fees", "policy")]

    sheet = score(limited, findings, SITE, all_answered(limited, {"B06.1": "99.5"}))

    [open_information] = [one for one in sheet.lines if one.line.id == "B07.1"]
    assert (open_information.deducted, open_information.counted) == (Decimal("1.5"), Decimal("0.5"))
    assert sheet.score == Decimal(0)  # 99.5 stated, then only half a point is left to lose


def test_the_limit_of_an_item_holds_for_what_is_counted() -> None:
    rubric = load_rubric("yueyang-2017-departments")
    [group] = rubric.groups
    items = tuple(replace(item, points=Decimal(1) if item.id == "B07" else None) for item in group.items)
    limited = replace(rubric, groups=(replace(group, items=items),))
    findings = [finding("section_missing", name) for name in ("budget", "fees", "policy")]

    sheet = score(limited, findings, SITE, all_answered(limited, {}))

    assert sheet.score == Decimal(99)
    assert sheet.is_final  # the limit is known


def test_the_same_input_gives_the_same_sheet() -> None:
    rubric = load_rubric("national-2019")
    findings = [finding("link_broken", object_="/a"), finding("section_stale", "policy")]

    assert score(rubric, findings, SITE) == score(rubric, reversed(findings), SITE)


def test_the_factor_is_exact() -> None:
    rest = load_rubric("national-2019").without_services
    assert rest is not None
    assert rest.factor == Fraction(4, 3)
