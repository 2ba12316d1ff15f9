"""The profiles load, every rule in them has its authority, and freshness counts the last day as in time."""

from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.profile import (
    HERE,
    MaxAge,
    Standing,
    YearlyBy,
    is_stale,
    load_profile,
    load_regime,
    profile_ids,
    profile_on,
)
from plugins.disclosure.vocabulary import load_vocabularies

EVERY_PROFILE = pytest.mark.parametrize("id_", ["cn-2008", "cn-2019", "cn-township"])


def test_the_chinese_profiles_are_there():
    assert profile_ids() == ["cn-2008", "cn-2019", "cn-township"]


@pytest.mark.parametrize(
    ("day", "profile"),
    [
        (date(2007, 1, 1), "cn-2008"),  # before any rule, the first one
        (date(2015, 4, 23), "cn-2008"),
        (date(2019, 5, 14), "cn-2008"),
        (date(2019, 5, 15), "cn-2019"),
        (date(2020, 6, 1), "cn-2019"),
    ],
)
def test_a_day_is_judged_by_the_rules_in_force_on_it(day, profile):
    assert load_regime("cn").on(day).id == profile
    assert profile_on("cn", day).id == profile


def test_one_profile_alone_is_taken_whatever_the_day():
    assert profile_on("cn-2008", date(2026, 1, 1)).id == "cn-2008"
    assert profile_on("cn-township", date(2007, 1, 1)).id == "cn-township"


def test_rules_that_name_their_documents_first_are_found_too(tmp_path):
    for id_ in ("cn-2008", "cn-2019"):
        head, documents, rest = (HERE / id_ / "profile.yaml").read_text("utf-8").partition("\ndocuments:")
        before, _, after = rest.partition("\nsections:")
        (tmp_path / id_).mkdir()
        text = f"{documents}{before}\n{head}\nsections:{after}"
        (tmp_path / id_ / "profile.yaml").write_text(text, encoding="utf-8")

    assert profile_on("cn", date(2019, 5, 14), tmp_path).id == "cn-2008"
    assert profile_on("cn", date(2019, 5, 15), tmp_path).id == "cn-2019"


def test_rules_that_nobody_knows_are_answered_with_the_ones_there_are():
    with pytest.raises(FileNotFoundError, match="cn-2008、cn-2019"):
        profile_on("de", date(2026, 1, 1))


def test_a_regime_may_be_one_profile_alone():
    assert [profile.id for profile in load_regime("cn-2008").profiles] == ["cn-2008"]


def test_an_unknown_profile_is_answered_with_the_ones_there_are():
    with pytest.raises(FileNotFoundError, match="cn-2008、cn-2019"):
        load_profile("de-2006")


def test_one_profile_ends_the_day_before_the_next_begins():
    older, newer = load_regime("cn").profiles
    assert (newer.in_force_from - older.in_force_to).days == 1


@EVERY_PROFILE
def test_every_rule_names_its_document_clause_and_day(id_):
    profile = load_profile(id_)
    sources = [
        profile.source,
        *(rule.source for rule in (*profile.sections, *profile.obligations, *profile.clocks)),
    ]
    sources += [section.freshness_source for section in profile.sections if section.freshness]
    assert len(sources) > 20
    for source in sources:
        assert source.document
        assert source.clause
        assert isinstance(source.checked_on, date)


@EVERY_PROFILE
def test_what_is_only_remembered_is_never_a_hard_failure(id_):
    profile = load_profile(id_)
    remembered = [
        d for d in (*profile.obligations, *profile.clocks) if d.source.evidence in ("memory", "proposal")
    ]
    assert [duty.id for duty in remembered if duty.severity == "error"] == []


@EVERY_PROFILE
def test_sections_know_only_kinds_that_exist_and_hold_each_kind_by_default(id_):
    profile, kinds = load_profile(id_), load_kinds()
    assert {kind for section in profile.sections for kind in section.kinds} <= set(kinds)
    for kind in kinds.values():
        section = profile.section(profile.shelf(kind.id, kind.section))
        assert section is not None, kind.id
        assert kind.id in section.kinds


@EVERY_PROFILE
def test_duties_and_clocks_speak_of_fields_and_categories_that_exist(id_):
    profile, kinds = load_profile(id_), load_kinds()
    categories = {term.id for term in load_vocabularies()["organ_category"].terms}
    for duty in profile.obligations:
        assert {*duty.applies_to, *duty.expected_of, *duty.from_below} <= categories, duty.id
        assert not set(duty.applies_to) & set(duty.expected_of), duty.id
        assert all(kinds["organ"].field(key) for key in duty.organ_fields), duty.id
        assert all(kinds[kind].section == duty.section for kind in duty.kinds), duty.id
    for clock in profile.clocks:
        kind = kinds[clock.kind]
        ends = [k for k in kinds.values() if k.field(clock.through)] if clock.through else [kind]
        assert kind.field(clock.start), clock.id
        assert ends, clock.id
        assert all(k.field(clock.end) for k in ends), clock.id
        assert clock.when is None or kind.field(clock.when), clock.id


@EVERY_PROFILE
def test_every_section_says_what_its_page_must_say_of_itself(id_):
    types = {"概况信息", "政务动态", "政策文件", "信息公开", "办事服务", "互动交流"}
    for section in load_profile(id_).sections:
        assert section.description, section.id
        assert section.keywords, section.id
        assert section.column_type in types, section.id


def test_the_four_columns_stand_in_their_order():
    assert [section.label for section in load_profile("cn-2019").columns] == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
    ]


def test_requests_are_an_entry_of_the_platform_but_not_a_column():
    profile = load_profile("cn-2019")
    assert [s.id for s in profile.entries] == ["guide", "institution", "statutory", "annual_report", "apply"]
    assert profile.section("apply").column is None


def test_the_older_rules_have_no_fixed_columns_yet():
    profile = load_profile("cn-2008")
    assert profile.columns == ()
    assert [s.label for s in profile.entries] == [
        "政府信息公开指南",
        "政府信息公开目录",
        "政府信息公开制度",
        "政府信息公开年报",
        "依申请公开",
    ]


def test_every_item_of_article_20_is_owed_by_somebody():
    profile = load_profile("cn-2019")
    items = {duty.id[: len("art20.00")] for duty in profile.obligations if duty.id.startswith("art20.")}
    assert items == {f"art20.{number:02}" for number in range(1, 16)}
    assert len([duty for duty in profile.obligations if duty.id.startswith("art20.02.")]) == 6


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("信息公开指南", "guide"),
        ("政府信息公开工作年度报告", "annual_report"),
        ("年度报告", "annual_report"),
        ("规范性文件", "policy"),
        (" 依申请公开 ", "apply"),
        ("statutory", "statutory"),
        ("办事指南", "services"),  # how to get a licence, not the guide to disclosure
        ("政府网站工作年度报表", "website_reports"),  # not the annual report
    ],
)
def test_a_section_is_found_by_any_name_a_site_gives_it(name, section):
    found = load_profile("cn-2019").find_section(name)
    assert (found.id if found else None) == section


def test_departments_report_by_the_end_of_january_and_governments_by_the_end_of_march():
    rhythms = {duty.id: duty.rhythm for duty in load_profile("cn-2019").obligations}
    assert rhythms["annual_report.department"] == YearlyBy(1, 31)
    assert rhythms["annual_report.government"] == YearlyBy(3, 31)
    assert {duty.id: duty.rhythm for duty in load_profile("cn-2008").obligations}[
        "annual_report"
    ] == YearlyBy(3, 31)


def test_a_duty_that_depends_on_powers_is_a_reminder_for_those_who_may_lack_them():
    fees = next(duty for duty in load_profile("cn-2019").obligations if duty.id == "art20.08")
    grades = {
        category: fees.severity_for(category) for category in ("government", "department", "public_unit")
    }
    assert grades == {"government": "error", "department": "warning", "public_unit": None}


@pytest.mark.parametrize(
    ("rule", "newest", "today", "stale"),
    [
        (MaxAge(14), date(2026, 3, 1), date(2026, 3, 14), False),
        (MaxAge(14), date(2026, 3, 1), date(2026, 3, 15), False),
        (MaxAge(14), date(2026, 3, 1), date(2026, 3, 16), True),
        (YearlyBy(3, 31), date(2025, 3, 20), date(2026, 3, 30), False),
        (YearlyBy(3, 31), date(2025, 3, 20), date(2026, 3, 31), False),
        (YearlyBy(3, 31), date(2025, 3, 20), date(2026, 4, 1), True),
        (Standing(), date(2009, 1, 1), date(2026, 4, 1), False),
    ],
)
def test_a_deadline_is_met_on_the_day_itself(rule, newest, today, stale):
    assert is_stale(rule, newest, today) is stale


PROFILE = """
id: xx
label: 某规则
label_en: Some rules
regime: xx
in_force_from: 2020-01-01
source: {of: law, clause: 第一条}
documents:
  law: {document: 某法, checked_on: 2026-01-01, evidence: text}
  idea: {document: 设想, checked_on: 2026-01-01, evidence: proposal}
sections:
  - id: news
    label: 动态
    label_en: News
    description: 动态
    keywords: [动态]
    column_type: 政务动态
    place: site
    source: {of: law, clause: 第二条}
obligations:
  - id: news
    label: 动态
    label_en: News
    section: news
    applies_to: [government]
    rhythm: standing
    severity: error
    source: {of: law, clause: 第三条}
clocks: []
"""


@pytest.mark.parametrize(
    ("was", "is_now", "message"),
    [
        ("id: xx\n", "id: yy\n", "it must be the folder's name"),
        ("{of: law, clause: 第二条}", "{of: treaty, clause: 第二条}", "no such document 'treaty'"),
        ("{of: law, clause: 第二条}", "{of: law}", "the source lacks clause"),
        ("place: site", "place: site\n    freshness: {days: 14}", "the freshness has no source"),
        ("place: site", "place: site\n    freshness: standing", "freshness needs days or yearly_by"),
        ("place: site", "place: site\n    parent: home", "no such parent: 'home'"),
        ("place: site", "place: site\n    aliases: [动态]", "stand twice: 动态"),
        ("section: news", "section: notice", "no section 'notice'"),
        ("applies_to: [government]", "applies_to: []", "applies to nobody"),
        ("rhythm: standing", "rhythm: often", "'often' is none of"),
        ("{of: law, clause: 第三条}", "{of: idea, clause: 草稿}", "rests on proposal; make it a warning"),
        ("clocks: []", "clocks: []\nclocks: []", "stands twice"),
    ],
)
def test_a_faulty_profile_is_refused_with_its_fault_named(tmp_path: Path, was, is_now, message):
    (tmp_path / "xx").mkdir()
    file = tmp_path / "xx" / "profile.yaml"
    file.write_text(PROFILE, encoding="utf-8")
    assert load_profile("xx", tmp_path).id == "xx"
    load_profile.cache_clear()
    assert was in PROFILE
    file.write_text(PROFILE.replace(was, is_now, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_profile("xx", tmp_path)
