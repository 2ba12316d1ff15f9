"""Dates as Chinese documents write them, and what is none."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure.chinese_dates import date_at_start, find_dates, read_date


@pytest.mark.parametrize(
    "text",
    [
        "2015年4月23日",
        "2015年04月23日",
        "2015 年 4 月 23 日",
        "２０１５年４月２３日",
        "2015年4月23号",
        "二〇一五年四月二十三日",
        "二○一五年四月二十三日",
        "二零一五年四月廿三日",
        "二O一五年四月二十三日",
        "二〇一五年4月23日",
        "2015-04-23",
        "2015-4-23",
        "2015/4/23",
        "2015.4.23",
        "2015．4．23",
        "  2015-04-23\u3000",
        "2015年4月23日（星期四）",
        "2015-04-23 星期四",
    ],
)
def test_every_way_of_writing_a_day_is_the_same_day(text):
    reading = read_date(text)
    assert reading.as_date() == date(2015, 4, 23)
    assert (reading.precision, reading.at, reading.text) == ("day", None, text.strip())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二○一二年三月二十五日", date(2012, 3, 25)),
        ("二〇一二年十月十日", date(2012, 10, 10)),
        ("二〇一二年十二月卅一日", date(2012, 12, 31)),
        ("二〇一二年十二月三十一日", date(2012, 12, 31)),
        ("二〇一二年元月一日", date(2012, 1, 1)),
        ("2012年元月20日", date(2012, 1, 20)),
        ("一九九八年二月廿八日", date(1998, 2, 28)),
        ("2016年2月29日", date(2016, 2, 29)),
    ],
)
def test_numerals_of_every_kind_are_read(text, day):
    assert read_date(text).as_date() == day


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2015-04-23 16:23:00", time(16, 23)),
        ("2015-04-23 16:23", time(16, 23)),
        ("2015年04月23日 16:23:05", time(16, 23, 5)),
        ("2015年04月23日16：23", time(16, 23)),
        ("2015-04-23T16:23:00+08:00", time(16, 23)),
        ("2015-04-23 16:23:00.0", time(16, 23)),
        ("2015-04-23 星期四 16:23", time(16, 23)),
    ],
)
def test_a_time_of_day_is_kept(text, at):
    reading = read_date(text)
    assert (reading.as_date(), reading.at) == (date(2015, 4, 23), at)


@pytest.mark.parametrize(
    ("text", "precision", "year", "month"),
    [
        ("2015年4月", "month", 2015, 4),
        ("2015年4月份", "month", 2015, 4),
        ("二〇一五年四月", "month", 2015, 4),
        ("2015-04", "month", 2015, 4),
        ("2015/4", "month", 2015, 4),
        ("2015年", "year", 2015, None),
        ("二〇一五年", "year", 2015, None),
        ("2015年度", "year", 2015, None),
    ],
)
def test_a_text_without_a_day_says_how_much_it_gives(text, precision, year, month):
    reading = read_date(text)
    assert (reading.precision, reading.year, reading.month, reading.as_date()) == (
        precision,
        year,
        month,
        None,
    )


NO_DATES = [
    "",
    "无",
    "4月23日",
    "15年4月23日",
    "2015年13月1日",
    "2015年2月30日",
    "2015-02-29",
    "2015年4月二五日",
    "2015年4月0日",
    "1815年4月23日",
    "2115年4月23日",
    "2015-04-23 25:61",
    "2015-04-23T16:23:00Z",
    "2015-04-2316:23",
    "2015-04/23",
    "20150423",
    "2015",
    "2015-04-23至2015-05-01",
    "签于2015年4月23日",
    "霁政发〔2015〕32号",
    "0719-8651234",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_nothing_is_guessed(text):
    assert read_date(text) is None


def found(text):
    return [text[start:end] for start, end, _ in find_dates(text)]


@pytest.mark.parametrize(
    ("prose", "dates"),
    [
        ("于2015年4月23日印发，2015年5月起施行", ["2015年4月23日", "2015年5月"]),
        ("来源：本网 发布日期：2015-04-23 16:23:00", ["2015-04-23"]),
        ("二○一二年三月二十五日", ["二○一二年三月二十五日"]),
        ("(2017年7月1日—7月31日)", ["2017年7月1日"]),
        ("（2019年4月3日修订，2019年修订，2014版）", ["2019年4月3日"]),
        ("2015年全市要点，2017年底前，2018年初", []),
        ("2015年4月至6月", ["2015年4月"]),
        ("2015年2月30日", []),
        ("霁政发〔2015〕4号，2015年第4号公告", []),
        ("电话：0719-2015-4-23，传真2015-4-2345", []),
        ("000014349/2017-00110", []),
        ("http://zwgk.jichuan.example/2015/04/23/t2015-04-23_1.html", []),
        ("版本1.2015.4.23，地址192.168.2015.4.23", []),
        ("每年4月23日前", []),
        ("12015年4月23日", []),
    ],
)
def test_dates_in_prose_are_found_and_nothing_else(prose, dates):
    assert found(prose) == dates


CHINESE_DIGITS = "〇一二三四五六七八九"


def numeral(number):
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else CHINESE_DIGITS[tens] + "十"
    return ten + (CHINESE_DIGITS[ones] if ones else "")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_each_way_of_writing_it(day):
    in_words = "".join(CHINESE_DIGITS[int(digit)] for digit in str(day.year))
    spellings = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{in_words}年{numeral(day.month)}月{numeral(day.day)}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
    ]
    assert [read_date(text).as_date() for text in spellings] == [day] * 4
    assert [reading.as_date() for _, _, reading in find_dates("，".join(spellings))] == [day] * 4


@given(st.text(alphabet="2015年4月3日〇一二十元-/. :（星期", max_size=30))
def test_any_text_is_read_without_failing(text):
    read_date(text)
    assert all(text[start:end] == reading.text for start, end, reading in find_dates(text))


@given(st.text(alphabet="2015年4月3日〇一二十元-/. :（星期", max_size=30))
def test_a_date_at_the_start_is_the_first_that_is_found_there(text):
    first = next(((start, reading) for start, _, reading in find_dates(text)), (None, None))
    assert date_at_start(text) == (first[1] if first[0] == 0 else None)
