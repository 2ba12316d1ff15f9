"""Time limits in working days: the day before, the day, the day after, and what is not known yet."""

from datetime import date, timedelta

import pytest

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.clocks import clocks_of, clocks_that_may_be_missed, run_clock
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.profile import load_profile, load_regime
from plugins.disclosure.record import Record
from plugins.disclosure.site import Site
from plugins.disclosure.vocabulary import load_vocabularies
from plugins.disclosure.workdays import Calendar, default_calendar

CALENDAR = default_calendar()
CLOCKS = {clock.id: clock for clock in load_profile("cn-2019").clocks}
PROACTIVE, INTERPRETATION = CLOCKS["proactive"], CLOCKS["interpretation"]


def policy(id_="a", **values) -> Record:
    return Record("policy", id_, values, "", f"policy/{id_}.md", 1, {})


def interpretation(id_, published_on, of="policy/a") -> Record:
    values = {"published_on": published_on, "interprets": (of,)}
    return Record("interpretation", id_, values, "", f"interpretation/{id_}.md", 1, {})


def proactive(signed_on, published_on, today=date(2026, 6, 1), calendar=CALENDAR):
    record = policy(signed_on=signed_on, published_on=published_on)
    return run_clock(PROACTIVE, record, [record], calendar, today)


def interpreted(published_on, *ends, today=date(2026, 6, 1)):
    record = policy(published_on=published_on, needs_interpretation=True)
    return run_clock(INTERPRETATION, record, [interpretation(str(d), d) for d in ends], CALENDAR, today)


@pytest.mark.parametrize(
    ("done_on", "state", "taken", "late"),
    [
        (date(2024, 9, 29), "in_time", 1, 0),  # a Sunday that works in place of the holiday
        (date(2024, 10, 7), "in_time", 2, 0),
        (date(2024, 10, 8), "in_time", 3, 0),  # the last day itself
        (date(2024, 10, 9), "late", 4, 1),
        (date(2024, 10, 10), "late", 5, 2),
    ],
)
def test_the_last_working_day_is_in_time_and_the_next_is_late(done_on, state, taken, late):
    reading = interpreted(date(2024, 9, 27), done_on)
    assert reading.due == date(2024, 10, 8)
    assert (reading.state, reading.workday_count, reading.late_workdays) == (state, taken, late)


def test_a_late_record_says_by_how_many_working_days():
    reading = interpreted(date(2024, 9, 27), date(2024, 10, 9))
    assert reading.message_zh == "逾期 1 个工作日：期限 3 个工作日（至 2024-10-08），2024-10-09 才解读。"
    assert reading.message_en == "Late by 1 working days: due by 2024-10-08, done on 2024-10-09."
    assert reading.ended_by.key == "interpretation/2024-10-09"


def test_the_days_are_shown_as_they_were_counted():
    assert interpreted(date(2024, 9, 27), date(2024, 10, 8)).days == (
        "2024-09-28 星期六 不计（周末）",
        "2024-09-29 星期日 第 1 个工作日（调休上班）",
        "2024-09-30 星期一 第 2 个工作日",
        "2024-10-01 星期二 不计（国庆节）",
        "2024-10-02 星期三 不计（国庆节）",
        "2024-10-03 星期四 不计（国庆节）",
        "2024-10-04 星期五 不计（国庆节）",
        "2024-10-05 星期六 不计（国庆节）",
        "2024-10-06 星期日 不计（国庆节）",
        "2024-10-07 星期一 不计（国庆节）",
        "2024-10-08 星期二 第 3 个工作日",
    )


def test_a_day_off_right_after_the_last_day_is_late_by_no_working_day():
    reading = interpreted(date(2025, 5, 13), date(2025, 5, 17))  # due on a Friday, done on the Saturday
    assert (reading.due, reading.state, reading.late_workdays) == (date(2025, 5, 16), "late", 0)
    assert reading.message_zh.startswith("逾期 1 天（非工作日）：")


def test_the_first_interpretation_ends_the_clock():
    reading = interpreted(date(2025, 5, 13), date(2025, 6, 20), date(2025, 5, 14))
    assert (reading.state, reading.end) == ("in_time", date(2025, 5, 14))


def test_an_interpretation_of_the_same_day_took_no_working_day():
    reading = interpreted(date(2025, 5, 13), date(2025, 5, 13))
    assert (reading.state, reading.workday_count) == ("in_time", 0)


@pytest.mark.parametrize(
    ("today", "state", "message"),
    [
        (date(2025, 5, 15), "running", "期限内：还有 1 个工作日（至 2025-05-16）。"),
        (date(2025, 5, 16), "running", "期限内：今天是最后一天（至 2025-05-16）。"),
        (
            date(2025, 5, 17),
            "overdue",
            "已逾期 1 天（非工作日）：期限 3 个工作日（至 2025-05-16），至今没有解读。",
        ),
        (date(2025, 5, 19), "overdue", "已逾期 1 个工作日：期限 3 个工作日（至 2025-05-16），至今没有解读。"),
    ],
)
def test_what_is_not_done_runs_until_the_last_day_and_is_overdue_after_it(today, state, message):
    reading = interpreted(date(2025, 5, 13), today=today)
    assert (reading.state, reading.message_zh, reading.end) == (state, message, None)


def test_a_policy_that_needs_no_interpretation_has_no_clock_running():
    record = policy(published_on=date(2025, 5, 13))
    reading = run_clock(INTERPRETATION, record, [], CALENDAR, date(2026, 1, 1))
    assert (reading.state, reading.message_zh) == ("not_applicable", "没有标明需要，不计时限。")


@pytest.mark.parametrize(
    ("published_on", "state"), [(date(2016, 11, 14), "not_applicable"), (date(2016, 11, 15), "overdue")]
)
def test_a_limit_binds_from_the_day_it_became_known(published_on, state):
    assert interpreted(published_on).state == state


def test_without_a_start_nothing_is_counted():
    record = policy(published_on=date(2025, 5, 13))
    reading = run_clock(PROACTIVE, record, [record], CALENDAR, date(2026, 1, 1))
    assert (reading.state, reading.days) == ("not_applicable", ())


@pytest.mark.parametrize(
    ("published_on", "state", "late"),
    [
        (date(2025, 3, 28), "in_time", 0),
        (date(2025, 3, 31), "in_time", 0),
        (date(2025, 4, 1), "late", 1),
    ],
)
def test_twenty_working_days_to_publish(published_on, state, late):
    reading = proactive(date(2025, 3, 3), published_on)
    assert (reading.due, reading.state, reading.late_workdays) == (date(2025, 3, 31), state, late)


KNOWN_TO_2025 = Calendar(
    frozenset(range(2020, 2026)),
    {day: name for day, name in CALENDAR.days_off.items() if day.year < 2026},
    {day: name for day, name in CALENDAR.made_up.items() if day.year < 2026},
)


def test_a_limit_that_runs_into_an_unknown_year_is_an_estimate():
    reading = proactive(date(2025, 12, 22), date(2026, 1, 21), calendar=KNOWN_TO_2025)
    assert (reading.state, reading.due, reading.count.estimated) == ("estimate", date(2026, 1, 19), True)
    assert reading.message_zh == "预估期限为 2026-01-19：节假日安排尚不完整，只按周末推算，不作判断。"


def test_what_was_done_before_the_unknown_year_is_in_time_for_certain():
    reading = proactive(date(2025, 12, 22), date(2025, 12, 31), calendar=KNOWN_TO_2025)
    assert reading.state == "in_time"
    assert "预估至 2026-01-19" in reading.message_zh


def test_what_still_runs_before_the_unknown_year_runs_for_certain():
    record = policy(signed_on=date(2025, 12, 22))
    states = {
        day: run_clock(PROACTIVE, record, [record], KNOWN_TO_2025, day).state
        for day in (date(2025, 12, 31), date(2026, 1, 2))
    }
    assert states == {date(2025, 12, 31): "running", date(2026, 1, 2): "estimate"}


def test_lateness_is_certain_when_the_last_day_lies_in_a_known_year():
    reading = proactive(date(2025, 11, 3), date(2026, 1, 12), calendar=KNOWN_TO_2025)
    assert (reading.state, reading.due) == ("late", date(2025, 12, 1))


def catalog(*records: Record) -> Catalog:
    site = Site("某站", "某市", "https://x.example/", "g", "cn", "", "", "", "", "", "", "", "", "", "")
    return Catalog(
        site, load_kinds(), load_vocabularies(), load_regime("cn"), date(2026, 6, 1), records, {}, {}
    )


def test_each_clock_is_that_of_the_rules_in_force_when_it_started():
    old = policy("old", signed_on=date(2015, 4, 23), published_on=date(2015, 5, 25))
    new = policy("new", signed_on=date(2020, 4, 23), published_on=date(2020, 5, 25))
    all_ = catalog(old, new)
    clauses = {
        record.id: [
            r.clock.source.clause for r in clocks_of(all_, record, CALENDAR, date(2026, 6, 1)) if r.due
        ]
        for record in (old, new)
    }
    assert clauses == {"old": ["第十八条"], "new": ["第二十六条"]}


def test_a_catalogs_policy_finds_its_interpretations():
    act = policy("a", signed_on=date(2025, 5, 6), published_on=date(2025, 5, 13), needs_interpretation=True)
    all_ = catalog(act, interpretation("i", date(2025, 5, 20)))
    readings = {r.clock.id: r for r in clocks_of(all_, act, CALENDAR, date(2026, 6, 1))}
    assert readings["proactive"].state == "in_time"
    assert readings["interpretation"].state == "late"
    assert readings["interpretation"].ended_by.key == "interpretation/i"


def test_no_late_clock_is_among_those_that_need_no_counting():
    act = policy("a", signed_on=date(2025, 4, 25), published_on=date(2025, 4, 28), needs_interpretation=True)
    days = [date(2025, 4, 25) + timedelta(days=number) for number in range(40)]
    for day in days:  # over the holidays of May
        late = policy("b", signed_on=date(2025, 4, 25), published_on=day, needs_interpretation=True)
        all_ = catalog(act, late, interpretation("i", day))
        for record in (act, late):
            for today in (days[0], day, date(2026, 6, 1)):
                found = clocks_that_may_be_missed(all_, record, CALENDAR, today)
                wanted = clocks_of(all_, record, CALENDAR, today)
                assert _late(found) == _late(wanted)


def _late(readings):
    return [(r.clock, r.message_zh, r.ended_by) for r in readings if r.state in ("late", "overdue")]


def test_a_kind_without_clocks_has_none():
    note = Record("news", "n", {"published_on": date(2025, 5, 13)}, "", "news/n.md", 1, {})
    assert clocks_of(catalog(note), note, CALENDAR, date(2026, 6, 1)) == ()


def test_a_clock_does_not_run_before_its_start():
    reading = interpreted(date(2026, 6, 2), today=date(2026, 6, 1))
    assert (reading.state, reading.message_zh) == ("not_applicable", "起算日期还没有到，不能计算时限。")


def test_a_day_that_has_not_come_yet_ends_nothing():
    reading = interpreted(date(2025, 5, 13), date(2025, 5, 16), today=date(2025, 5, 15))
    assert (reading.state, reading.end) == ("running", None)


def test_a_reply_is_given_and_not_published():
    clock = CLOCKS["request_reply"]
    record = Record(
        "request_reply",
        "a",
        {"received_on": date(2025, 5, 13), "replied_on": date(2025, 5, 20)},
        "",
        "request_reply/a.md",
        1,
        {},
    )
    reading = run_clock(clock, record, [record], CALENDAR, date(2026, 6, 1))
    assert reading.message_zh == "按时：2025-05-20 答复，用了 5 个工作日，期限 20 个工作日（至 2025-06-11）。"
