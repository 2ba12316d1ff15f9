"""Dates of web pages: where they stand, how sure they are, and what is none."""

from datetime import date

import pytest

from crawler_checks.extract.dates import cell_date, date_after_title, looks_dated, page_dates
from crawler_checks.extract.facts import Confidence, DateSource, Meaning

DAY = date(2015, 4, 23)


def read(text: str = "", address: str = "/a.html", **metas: str) -> list[tuple[date, str, str, str]]:
    return [
        (found.day, found.meaning.value, found.source.value, found.confidence.value)
        for found in page_dates(metas, text, address)
    ]


@pytest.mark.parametrize("value", ["2015-04-23", "2015-04-23 16:23", "2015年4月23日", "2015/04/23 16:23:00"])
def test_the_pubdate_tag_is_a_certain_date_of_publication(value: str) -> None:
    assert read(pubdate=value) == [(DAY, Meaning.PUBLISHED, DateSource.META, Confidence.CERTAIN)]


@pytest.mark.parametrize(
    "text",
    [
        "发布时间：2015-04-23",
        "发布时间:2015-04-23 16:23",
        "发布日期：2015年4月23日",
        "发布日期：\n2015年04月23日 16:23:00",
        "【发布时间】 2015/4/23",
        "发表时间：２０１５年４月２３日",
        "公开日期: 二〇一五年四月二十三日",
        "来源：市财政局　发布时间　2015.04.23　点击数：12",
        "发布于 2015-04-23",
    ],
)
def test_a_labelled_date_is_certain(text: str) -> None:
    assert read(text) == [(DAY, Meaning.PUBLISHED, DateSource.LABEL, Confidence.CERTAIN)]


@pytest.mark.parametrize(
    "text", ["成文日期：2015年4月23日", "印发日期：二○一五年四月二十三日", "生成日期: 2015-04-23"]
)
def test_writing_and_publishing_are_kept_apart(text: str) -> None:
    assert read(text) == [(DAY, Meaning.WRITTEN, DateSource.LABEL, Confidence.CERTAIN)]


@pytest.mark.parametrize("text", ["时间：2015-04-23", "更新时间：2015-04-23", "日期: 2015-04-23"])
def test_a_label_that_may_mean_any_date_is_only_likely(text: str) -> None:
    assert read(text) == [(DAY, Meaning.PUBLISHED, DateSource.LABEL, Confidence.LIKELY)]


@pytest.mark.parametrize(
    "address",
    [
        "/xxgk/201504/t20150423_12345.html",
        "/2015-04/23/content_1.htm",
        "/art/2015/4/23/art_1_2.html",
        "/2015/0423/1.html/../x" if False else "/n/20150423/1.html",
    ],
)
def test_a_date_in_the_address_is_likely(address: str) -> None:
    assert read(address=address) == [(DAY, Meaning.PUBLISHED, DateSource.ADDRESS, Confidence.LIKELY)]


def test_a_date_alone_on_the_last_line_is_the_signature() -> None:
    text = "根据《条例》（2007年4月5日公布）\n市人民政府\n2014年1月1日\n二○一五年四月二十三日\n联系电话：0990-5550101"
    assert read(text) == [(DAY, Meaning.WRITTEN, DateSource.SIGNATURE, Confidence.LIKELY)]


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开条例（2007年4月5日国务院令第492号公布）",
        "联系电话：0719-2015423",
        "版权所有 © 2010-2015",
        "会议时间定于2015年4月23日",
        "办公时间：8:30-12:00",
        "发布时间：",
        "发布时间：4月23日",
        "发布时间：2015年13月1日",
        "霁政发〔2015〕32号",
        "邮编：201504",
    ],
)
def test_law_years_telephones_and_copyright_are_no_dates_of_the_page(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "address", ["/20151342/1.html", "/a/201504/1.html", "/2015/list.html", "/t2015042_1.html"]
)
def test_figures_in_addresses_are_not_always_dates(address: str) -> None:
    assert read(address=address) == []


def test_two_dates_are_kept_as_two() -> None:
    found = read("发布时间：2015-04-23", pubdate="2014-01-01")
    assert [one[0] for one in found] == [date(2014, 1, 1), DAY]


@pytest.mark.parametrize(
    "lines",
    [
        ["2015-04-23"],
        ["[2015-04-23]"],
        ["【2015年4月23日】"],
        ["(2015/4/23)"],
        ["2015.04.23"],
        ["２０１５年４月２３日"],
        ["二○一五年四月二十三日"],
        ["2015-04-23 16:23:00"],
        ["市财政局", "2015-04-23"],
        ["[2015-04-23] 来源：市财政局"],
        ["发布日期：2015-04-23"],
        ["来源：市财政局 2015-04-23"],
        ["23", "2015-04"],
        ["2015年4月", "23"],
        ["2015.04", "23日"],
    ],
)
def test_a_date_of_its_own_in_a_cell_is_the_items(lines: list[str]) -> None:
    found = cell_date(lines)
    assert found is not None
    assert found[0] is not None
    assert (found[0].day, found[0].source) == (DAY, DateSource.CELL)


def test_a_time_element_comes_first() -> None:
    found = cell_date(["4月23日"], "2015-04-23T08:00:00+08:00")
    assert found is not None
    assert found[0] is not None
    assert found[0].day == DAY


@pytest.mark.parametrize(
    "lines",
    [
        ["04-23"],
        ["[4月23日]"],
        ["15-04-23"],
        ["3天前"],
        ["今天 09:12"],
        ["昨天"],
        ["刚刚"],
        ["2015-04"],
        ["2015年4月"],
    ],
)
def test_half_a_date_is_seen_but_names_no_day(lines: list[str]) -> None:
    found = cell_date(lines)
    assert found is not None
    assert found[0] is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["市财政局"],
        ["浏览 1024 次"],
        [
            "根据2015年4月23日市政府常务会议精神，现就有关工作安排如下，请各单位认真贯彻执行，不得有误，如有问题及时报告"
        ],
        ["2015-04-23至2015-05-23"],
        ["12"],
    ],
)
def test_other_words_in_a_cell_are_no_date(lines: list[str]) -> None:
    assert cell_date(lines) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于停水的通知（2015-04-23）", DAY),
        ("关于停水的通知 2015-04-23", DAY),
        ("关于停水的通知[2015年4月23日]", DAY),
        ("关于2015年4月23日停水的通知", None),
        ("2015年4月23日", None),
        ("2015年工作要点", None),
    ],
)
def test_a_date_at_the_end_of_a_title_may_be_the_items(title: str, expected: date | None) -> None:
    found = date_after_title(title)
    assert (found[0].day if found and found[0] else None) == expected


@pytest.mark.parametrize("text", ["2015年4月", "二○一五年四月", "2015-4-3", "20150423", "3天前", "04-23"])
def test_whatever_looks_like_a_date_is_noticed(text: str) -> None:
    assert looks_dated(f"前文\n{text}\n后文")


def test_plain_prose_does_not_look_dated() -> None:
    assert not looks_dated("共有 12 项，电话 5550101，第二条规定如下")
