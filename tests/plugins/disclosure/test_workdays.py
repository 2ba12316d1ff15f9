"""工作日 over the real holidays: what counts, what does not, and what is not known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure.workdays import (
    CountedDay,
    HolidayFileFault,
    SkippedDay,
    UnknownYear,
    default_calendar,
)

CALENDAR = default_calendar()
YEARS = range(min(CALENDAR.years), max(CALENDAR.years) + 1)
UNKNOWN = max(CALENDAR.years) + 1


def test_three_working_days_over_national_day_2024_end_on_8_october():
    issued_on = date(2024, 9, 27)
    due_on = CALENDAR.add_workdays(issued_on, 3)
    assert due_on == date(2024, 10, 8)
    around = [due_on - timedelta(days=1), due_on, due_on + timedelta(days=1)]
    assert [CALENDAR.workdays_between(issued_on, day) for day in around] == [2, 3, 4]


def test_an_explanation_lists_each_counted_and_each_skipped_day_with_its_reason():
    count = CALENDAR.explain(date(2024, 9, 27), 3)
    assert count.counted == (
        CountedDay(date(2024, 9, 29), 1, "调休上班"),
        CountedDay(date(2024, 9, 30), 2, ""),
        CountedDay(date(2024, 10, 8), 3, ""),
    )
    assert count.skipped == (
        SkippedDay(date(2024, 9, 28), "周末"),
        *(SkippedDay(date(2024, 10, day), "国庆节") for day in range(1, 8)),
    )
    assert (count.end, count.workday_count, count.estimated, count.mark) == (date(2024, 10, 8), 3, False, "")


def test_the_day_after_the_trigger_is_day_one_also_when_the_trigger_is_a_holiday():
    assert CALENDAR.add_workdays(date(2024, 3, 4), 1) == date(2024, 3, 5)
    assert CALENDAR.add_workdays(date(2024, 10, 3), 1) == date(2024, 10, 8)
    assert CALENDAR.add_workdays(date(2024, 3, 8), 1) == date(2024, 3, 11)


def test_a_term_of_none_ends_where_it_begins_and_a_negative_one_is_refused():
    assert CALENDAR.add_workdays(date(2024, 10, 3), 0) == date(2024, 10, 3)
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_workdays(date(2024, 10, 3), -1)


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert CALENDAR.workdays_between(date(2024, 3, 5), date(2024, 3, 5)) == 0
    assert CALENDAR.workdays_between(date(2024, 3, 5), date(2024, 3, 1)) == 0


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 9, 28), False),
        (date(2024, 9, 29), True),
        (date(2024, 9, 30), True),
        (date(2024, 10, 1), False),
        (date(2015, 9, 3), False),
        (date(2018, 12, 29), True),
        (date(2018, 12, 31), False),
    ],
)
def test_days_of_the_published_holidays(day, works):
    assert CALENDAR.is_workday(day) is works


def test_an_unknown_year_is_refused_by_name_with_what_to_add():
    with pytest.raises(UnknownYear) as refusal:
        CALENDAR.is_workday(date(UNKNOWN, 3, 5))
    assert refusal.value.year == UNKNOWN
    assert refusal.value.message_zh == (
        f"没有 {UNKNOWN} 年的节假日安排，不能计算工作日。"
        f"请在国务院办公厅公布 {UNKNOWN} 年安排之后，新增节假日文件 {UNKNOWN}.yaml。"
    )
    assert f"Add the holiday file {UNKNOWN}.yaml" in refusal.value.message_en
    with pytest.raises(UnknownYear):
        CALENDAR.add_workdays(date(UNKNOWN - 1, 12, 25), 20)
    with pytest.raises(UnknownYear):
        CALENDAR.workdays_between(date(UNKNOWN - 1, 12, 25), date(UNKNOWN, 1, 1))


def test_a_term_that_ends_before_the_unknown_year_needs_no_estimate():
    assert CALENDAR.add_workdays(date(UNKNOWN - 1, 12, 1), 5).year == UNKNOWN - 1
    assert not CALENDAR.explain(date(UNKNOWN - 1, 12, 1), 5, estimate=True).estimated


def test_an_estimate_knows_weekends_only_and_is_marked():
    unknown = max(CALENDAR.years) + 2
    count = CALENDAR.explain(date(unknown, 9, 26), 10, estimate=True)
    assert count.mark == "预估"
    assert {day.reason for day in count.skipped} == {"周末"}
    assert count.end == date(unknown, 9, 26) + timedelta(days=14)
    assert CALENDAR.explain_between(date(unknown, 9, 26), count.end, estimate=True).workday_count == 10


def write_year(folder, text, name=f"{UNKNOWN}.yaml"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


FILE = f"""
year: {UNKNOWN}
source: {{document: 关于部分节假日安排的通知, checked_on: 2024-11-20}}
holidays:
  元旦: [{UNKNOWN}-01-01..{UNKNOWN}-01-03]
  国庆节: {UNKNOWN}-10-01
"""


def weekend_in(year, month):
    return next(day for day in (date(year, month, number) for number in range(10, 17)) if day.weekday() == 5)


def test_a_file_adds_its_year(tmp_path):
    works = weekend_in(UNKNOWN, 4)
    folder = write_year(tmp_path, f"{FILE}workdays:\n  元旦: [{works}]\n")
    calendar = default_calendar(folder)
    assert calendar.years == CALENDAR.years | {UNKNOWN}
    assert not calendar.is_workday(date(UNKNOWN, 1, 2))
    assert not calendar.is_workday(date(UNKNOWN, 10, 1))
    assert calendar.is_workday(works)
    assert calendar.explain(date(UNKNOWN, 9, 30), 0).end == date(UNKNOWN, 9, 30)
    assert calendar.is_workday(date(2024, 9, 29))


def test_a_file_takes_the_place_of_all_that_was_known_of_its_year(tmp_path):
    text = "year: 2024\nsource: {document: 通知, checked_on: 2024-01-05}\nholidays: {元旦: 2024-01-01}\n"
    calendar = default_calendar(write_year(tmp_path, text, "2024.yaml"))
    assert calendar.is_workday(date(2024, 10, 1))
    assert not calendar.is_workday(date(2024, 9, 29))
    assert not calendar.is_workday(date(2023, 10, 1))


def test_a_file_may_reach_into_the_december_before(tmp_path):
    december = weekend_in(UNKNOWN - 1, 12) + timedelta(days=14)
    folder = write_year(tmp_path, f"{FILE}workdays:\n  元旦: [{december}]\n")
    assert default_calendar(folder).is_workday(december)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("year: [", "不是规范的 YAML"),
        ("year: 2024\n", "要有 year、source、holidays"),
        (FILE + "weekends: {}\n", "要有 year、source、holidays"),
        (FILE.replace(f"year: {UNKNOWN}", "year: 2024"), "要与文件名中的年份相同"),
        (FILE.replace(f"{UNKNOWN}-10-01", "十月一日"), "“十月一日”不是日期"),
        (FILE.replace(f"{UNKNOWN}-10-01", "2024-10-01"), "“2024-10-01”不在"),
        (FILE + f"workdays: {{元旦: {UNKNOWN}-01-02}}\n", "既写作放假又写作上班"),
        (FILE.replace("holidays:", "holidays: [2024-01-01]\nworkdays:"), "要写成“节日名: [日期, …]”"),
        (FILE.replace(", checked_on: 2024-11-20", ""), "source 要写明"),
    ],
)
def test_a_file_that_is_not_well_formed_is_refused_by_name(tmp_path, text, told):
    with pytest.raises(HolidayFileFault) as refusal:
        default_calendar(write_year(tmp_path, text))
    assert refusal.value.message_zh.startswith(f"节假日文件 {UNKNOWN}.yaml：")
    assert told in refusal.value.message_zh


def test_a_weekday_among_the_make_up_days_is_refused(tmp_path):
    weekday = weekend_in(UNKNOWN, 4) + timedelta(days=2)
    with pytest.raises(HolidayFileFault, match="不是周末"):
        default_calendar(write_year(tmp_path, f"{FILE}workdays: {{元旦: {weekday}}}\n"))


def test_the_known_years_have_no_gap():
    assert list(YEARS) == sorted(CALENDAR.years)


DAYS = st.dates(date(min(YEARS), 1, 1), date(max(YEARS) - 1, 6, 30))


@given(DAYS, st.integers(1, 60))
def test_counting_forth_and_back_agree_and_every_day_is_listed_once(start, n):
    count = CALENDAR.explain(start, n)
    assert CALENDAR.workdays_between(start, count.end) == n
    assert CALENDAR.is_workday(count.end)
    listed = sorted([*(day.day for day in count.counted), *(day.day for day in count.skipped)])
    assert listed == [start + timedelta(days=number) for number in range(1, (count.end - start).days + 1)]
    assert [day.ordinal for day in count.counted] == list(range(1, n + 1))
