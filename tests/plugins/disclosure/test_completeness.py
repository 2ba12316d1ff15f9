"""Organ by duty: what is there, missing, overdue or not owed, and how that was found."""

from collections.abc import Mapping
from datetime import date

import pytest

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.completeness import Cell, counts, judge_completeness
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.profile import load_profile, load_regime
from plugins.disclosure.record import Record
from plugins.disclosure.site import Site
from plugins.disclosure.vocabulary import load_vocabularies

CATEGORIES = {
    "city": "government",
    "west": "county",
    "money": "department",
    "tax": "vertical",
    "bus": "public_unit",
    "stone": "township",
}
FIELDS = ("functions", "structure", "office_address", "office_hours", "office_phone", "head")


def organ(id_: str, line: int, **values) -> Record:
    superior = {} if id_ == "city" else {"superior": "city"}
    filled = dict.fromkeys(FIELDS, "有")
    return Record(
        "organ",
        id_,
        {"category": CATEGORIES[id_], **superior, **filled, **values},
        "",
        "organs.csv",
        line,
        {},
    )


ORGANS = [organ(id_, line) for line, id_ in enumerate(CATEGORIES, start=2)]


def record(kind: str, id_: str, issuer: str, published_on: date, **values) -> Record:
    return Record(kind, id_, {"issuer": issuer, "published_on": published_on, **values}, "", "x", 1, {})


def report(issuer: str, year: int, published_on: date) -> Record:
    return record("annual_report", f"{issuer}-{year}", issuer, published_on, report_year=year)


def budget(issuer: str, published_on: date, id_: str = "b") -> Record:
    return record("information", id_, issuer, published_on, section="budget")


def judged(
    today: date,
    *records: Record,
    organs: list[Record] = ORGANS,
    declared: Mapping[tuple[str, str], str] | None = None,
    profile: str = "cn-2019",
    portal_of: str = "city",
):
    site = Site("某站", "某市", "https://x.example/", portal_of, "cn", "", "", "", "", "", "", "", "", "", "")
    catalog = Catalog(
        site,
        load_kinds(),
        load_vocabularies(),
        load_regime("cn"),
        today,
        [*organs, *records],
        {},
        declared or {},
    )
    return judge_completeness(catalog, load_profile(profile), today)


def cell(organ_id: str, duty: str, today: date, *records: Record, **more) -> Cell:
    found = judged(today, *records, **more).cell(organ_id, duty)
    assert found is not None
    return found


def test_every_organ_has_a_cell_for_every_duty():
    result = judged(date(2026, 4, 1))
    assert len(result.cells) == len(ORGANS) * len(load_profile("cn-2019").obligations)
    assert [c.organ for c in result.cells][:: len(load_profile("cn-2019").obligations)] == list(CATEGORIES)
    assert sum(counts(result.cells).values()) == len(result.cells)


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2026, 1, 30), "present"), (date(2026, 1, 31), "present"), (date(2026, 2, 1), "overdue")],
)
def test_a_departments_report_is_overdue_the_day_after_the_end_of_january(today, state):
    found = cell("money", "annual_report.department", today, report("money", 2024, date(2025, 1, 20)))
    assert (found.state, found.due, found.newest.key) == (
        state,
        date(2026, 1, 31),
        "annual_report/money-2024",
    )
    assert found.severity == ("error" if state == "overdue" else None)


@pytest.mark.parametrize(("today", "state"), [(date(2026, 3, 31), "present"), (date(2026, 4, 1), "overdue")])
def test_a_governments_report_is_overdue_the_day_after_the_end_of_march(today, state):
    assert (
        cell("west", "annual_report.government", today, report("west", 2024, date(2025, 3, 1))).state == state
    )


def test_a_report_published_late_does_not_stand_for_the_next_year():
    late = report("money", 2024, date(2026, 1, 15))
    found = cell("money", "annual_report.department", date(2026, 2, 1), late)
    assert found.state == "overdue"
    assert found.reason == "最近的是2024年度，2026-01-15 公开；2025年度的应于 2026-01-31 前公开，至今没有。"
    assert str(found.source) == "政府信息公开条例（国务院令第711号，2019年修订）第四十九条第一款"


def test_a_gap_in_the_years_is_told_though_the_newest_is_there():
    reports = [report("money", year, date(year + 1, 1, 20)) for year in (2020, 2021, 2024)]
    found = cell("money", "annual_report.department", date(2025, 6, 1), *reports)
    assert (found.state, found.missing_years) == ("present", (2022, 2023))
    assert found.reason.endswith("其间缺 2022、2023 年度。")


def test_a_report_on_a_year_to_come_does_not_count():
    wrong = report("money", 2062, date(2026, 1, 20))
    assert cell("money", "annual_report.department", date(2026, 3, 1), wrong).state == "missing"


@pytest.mark.parametrize(
    ("today", "due"), [(date(2026, 1, 31), date(2025, 1, 31)), (date(2026, 2, 1), date(2026, 1, 31))]
)
def test_a_missing_report_names_the_day_it_was_last_due(today, due):
    found = cell("money", "annual_report.department", today)
    assert (found.state, found.due, found.severity) == ("missing", due, "error")
    assert found.reason == f"还没有公开过这一项，最近一次期限为 {due}。"


def test_under_the_older_rules_everybody_reported_by_the_end_of_march():
    made = report("money", 2013, date(2014, 1, 20))
    states = [
        cell("money", "annual_report", day, made, profile="cn-2008").state
        for day in (date(2015, 3, 31), date(2015, 4, 1))
    ]
    assert states == ["present", "overdue"]


def test_a_unit_of_a_higher_level_is_only_reminded():
    assert cell("tax", "annual_report.department", date(2026, 6, 1)).severity == "warning"


def test_who_does_not_owe_a_duty_is_told_so():
    found = cell("bus", "guide", date(2026, 6, 1))
    assert (found.state, found.severity) == ("not_applicable", None)
    assert found.reason == "规则没有要求“公共企事业单位”公开此项。"


@pytest.mark.parametrize(("portal_of", "severity"), [("city", "warning"), ("west", "error")])
def test_a_county_owes_on_its_own_portal_what_a_city_does(portal_of, severity):
    found = cell("west", "art20.03", date(2026, 2, 20), portal_of=portal_of)
    assert (found.state, found.severity) == ("missing", severity)


def test_a_county_owes_the_form_of_the_website_on_its_own_portal_alone():
    on = date(2026, 2, 20)
    assert cell("west", "website_report", on).state == "not_applicable"
    assert cell("west", "website_report", on, portal_of="west").state == "missing"


@pytest.mark.parametrize("superior", [{"superior": "west"}, {}])
def test_what_a_department_publishes_answers_for_the_county_whose_portal_it_is(superior):
    department = Record("organ", "money", {"category": "department", **superior}, "", "organs.csv", 3, {})
    found = cell(
        "west",
        "art20.07",
        date(2026, 2, 20),
        budget("money", date(2026, 2, 10)),
        organs=[ORGANS[1], department],
        portal_of="west",
    )
    assert found.state == "present"


@pytest.mark.parametrize(
    ("duty", "severity"),
    [("guide", "error"), ("art20.02.contact", "error"), ("institution", "warning"), ("art20.07", "warning")],
)
def test_a_township_on_a_portal_of_those_above_owes_what_every_organ_does(duty, severity):
    nothing = Record("organ", "stone", {"category": "township"}, "", "organs.csv", 3, {})
    found = cell("stone", duty, date(2026, 2, 20), organs=[ORGANS[0], nothing])
    assert (found.state, found.severity) == ("missing", severity)


def test_a_township_owes_no_yearly_report_of_its_own():
    assert cell("stone", "annual_report.government", date(2026, 5, 20)).state == "not_applicable"
    assert cell("stone", "annual_report.department", date(2026, 5, 20)).state == "not_applicable"


def test_a_declared_reason_takes_the_place_of_a_gap():
    declared = {("money", "art20.08"): "本机关没有收费项目。"}
    found = cell("money", "art20.08", date(2026, 6, 1), declared=declared)
    assert (found.state, found.reason, found.is_gap) == ("not_applicable", "本机关没有收费项目。", False)
    assert cell("money", "art20.08", date(2026, 6, 1)).state == "missing"


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2026, 2, 9), "present"), (date(2026, 2, 10), "present"), (date(2026, 2, 11), "overdue")],
)
def test_a_budget_of_more_than_a_year_ago_is_overdue(today, state):
    found = cell("money", "art20.07", today, budget("money", date(2025, 2, 10)))
    assert (found.state, found.due) == (state, date(2026, 2, 10))


def test_a_period_that_only_one_county_uses_is_a_reminder():
    found = cell("money", "art20.07", date(2026, 2, 20), budget("money", date(2025, 2, 10)))
    assert (found.severity, found.source.evidence) == ("warning", "local")
    assert found.reason == "最近一条公开于 2025-02-10，应在 365 天内更新，期限为 2026-02-10，已超过 10 天。"


def test_a_missing_budget_is_a_fault_of_the_department():
    found = cell("money", "art20.07", date(2026, 2, 20))
    assert (found.state, found.severity, found.source.clause) == ("missing", "error", "第二十条第（七）项")


def test_what_a_department_publishes_answers_for_its_government():
    found = cell("city", "art20.07", date(2026, 2, 20), budget("money", date(2026, 2, 10)))
    assert (found.state, found.newest.issuer) == ("present", "money")


def test_what_a_county_publishes_does_not_answer_for_the_city():
    assert cell("city", "art20.07", date(2026, 2, 20), budget("west", date(2026, 2, 10))).state == "missing"


def test_what_a_department_publishes_of_its_own_rules_does_not_answer_for_its_government():
    made = record("policy", "p", "money", date(2026, 2, 10))
    assert cell("city", "art20.01", date(2026, 2, 20), made).state == "missing"
    assert cell("money", "art20.01", date(2026, 2, 20), made).state == "present"


def test_a_record_of_another_kind_in_the_section_does_not_answer():
    stray = record("notice", "n", "money", date(2026, 2, 10), section="guide")
    assert cell("money", "guide", date(2026, 2, 20), stray).state == "missing"


def test_a_standing_duty_never_grows_old():
    made = record("guide", "g", "money", date(2009, 2, 10))
    found = cell("money", "guide", date(2026, 2, 20), made)
    assert (found.state, found.due) == ("present", None)
    assert found.reason == "最近一条公开于 2009-02-10；规则没有规定更新期限。"


def test_the_newest_record_is_named():
    days = {"a": date(2025, 8, 20), "b": date(2026, 2, 10), "c": date(2024, 2, 10)}
    made = [budget("money", day, id_) for id_, day in days.items()]
    found = cell("money", "art20.07", date(2026, 2, 20), *made)
    assert (found.newest.key, found.newest_on) == ("information/b", date(2026, 2, 10))


def test_what_is_not_published_yet_does_not_count():
    made = budget("money", date(2026, 2, 21))
    assert cell("money", "art20.07", date(2026, 2, 20), made).state == "missing"
    assert cell("money", "art20.07", date(2026, 2, 21), made).state == "present"


@pytest.mark.parametrize(
    ("field", "duty", "label"),
    [
        ("functions", "functions", "机关职能"),
        ("structure", "structure", "机构设置"),
        ("office_address", "address", "办公地址"),
        ("office_hours", "hours", "办公时间"),
        ("office_phone", "contact", "联系电话"),
        ("head", "head", "负责人姓名"),
    ],
)
def test_each_fact_about_an_organ_is_a_duty_of_its_own(field, duty, label):
    organs = [organ("city", 2), organ("money", 3, **{field: ""})]
    result = judged(date(2026, 2, 20), organs=organs)
    own = [c for c in result.of_organ("money") if c.obligation.id.startswith("art20.02.")]
    assert [c.obligation.id for c in own if c.is_gap] == [f"art20.02.{duty}"]
    assert result.cell("money", f"art20.02.{duty}").reason == f"机构名录中没有填写“{label}”。"
    assert all(c.newest is organs[1] for c in own if not c.is_gap)


def test_gaps_are_all_that_is_missing_or_overdue():
    result = judged(date(2026, 2, 20), budget("money", date(2025, 2, 10)))
    assert {c.state for c in result.gaps} == {"missing", "overdue"}
    how_many = counts(result.cells)
    assert len(result.gaps) == how_many["missing"] + how_many["overdue"]


def test_judging_twice_gives_the_same():
    made = [report("money", 2024, date(2025, 1, 20)), budget("money", date(2025, 2, 10))]
    first, second = (judged(date(2026, 2, 20), *order) for order in (made, made[::-1]))
    assert first.cells == second.cells
