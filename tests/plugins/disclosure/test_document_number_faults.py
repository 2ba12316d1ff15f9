"""What is wrong with how a 文号 is written: all at once, in two languages, with what to write."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure.document_number import is_right, parse
from plugins.disclosure.document_number_faults import fault_of, lint


def codes_of(text, signed_on=None):
    return [fault.code.removeprefix("document-number.") for fault in lint(text, signed_on)]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("霁政办发〔2015〕32号", []),
        ("国务院令第711号", []),
        ("市政府令39号", []),
        ("国办发明电〔2021〕11号", []),
        ("2024年第12号", []),
        ("财政部 税务总局公告2023年第12号", []),
        ("（2024）霁01行初5号", []),
        ("霁政办发[2015]32号", ["bracket"]),
        ("霁政办发〔２０１５〕32号", ["full-width"]),
        ("霁政办发〔2015〕第32号", ["ordinal"]),
        ("霁政办发〔2015〕032号", ["leading-zero"]),
        ("霁政办发〔2015〕０３２号", ["full-width", "leading-zero"]),
        ("霁政办发〔2015〕32", ["missing-hao"]),
        ("霁政办发〔2015年〕32号", ["year-word"]),
        ("霁政办发〔2015〕 32号", ["space"]),
        ("霁政办发(2015)第05", ["bracket", "ordinal", "leading-zero", "missing-hao"]),
        ("霁政办发〔15〕32号", ["malformed"]),
        ("2026年第03号公告", ["leading-zero"]),
    ],
)
def test_every_fault_of_a_number_is_told_at_once(written, codes):
    assert codes_of(written) == codes


def test_a_fault_says_what_to_write_in_chinese_and_in_english():
    (fault,) = lint("霁政办发[2015]32号")
    assert fault.message_zh == (
        "文号写作“霁政办发[2015]32号”：年份要放在六角括号〔〕里。请写成“霁政办发〔2015〕32号”。"
    )
    assert fault.message_en == (
        'Document number "霁政办发[2015]32号": the year stands in the brackets 〔〕. '
        'Write "霁政办发〔2015〕32号".'
    )
    assert fault.suggestion == "霁政办发〔2015〕32号"


def test_a_number_of_another_year_than_the_document_is_reported_without_a_guess():
    assert codes_of("霁政办发〔2015〕32号", date(2015, 1, 1)) == []
    assert codes_of("霁政办发〔2015〕32号", date(2015, 12, 31)) == []
    (fault,) = lint("霁政办发〔2015〕32号", date(2016, 1, 1))
    assert (fault.code, fault.suggestion) == ("document-number.other-year", None)
    assert codes_of("国务院令第711号", date(2019, 4, 3)) == []


@given(
    st.text(alphabet="霁政发第文件按·", max_size=6),
    st.text(alphabet="〔〕（[ 2015", max_size=7),
    st.text(alphabet="01０第号 ", max_size=5),
)
def test_nothing_is_wrong_with_a_number_that_is_right_and_all_else_is_told(code, year, serial):
    for text in (f"{code}〔2015〕{serial}号", f"{code}{year}{serial}"):
        if is_right(text):
            assert lint(text) == []
            assert fault_of(text) is None
        elif parse(text) is None:
            assert codes_of(text) == ["malformed"]
