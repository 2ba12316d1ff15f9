"""索引号: three forms, and what is wrong with the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure.index_number import IndexNumber, lint, normalise, parse


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("000014349/2017-00110", IndexNumber("organ_code", "000014349", 2017, 110)),
        ("MB0000014/2024-00001", IndexNumber("organ_code", "MB0000014", 2024, 1)),
        ("11441700007280420Y/2021-00050", IndexNumber("credit_code", "11441700007280420Y", 2021, 50)),
        ("113708280043326001/2024-02411", IndexNumber("credit_code", "113708280043326001", 2024, 2411)),
        ("0142768-8/2022-00185", IndexNumber("dashed_organ_code", "0142768-8", 2022, 185)),
        ("00001434-9/2022-00185", IndexNumber("dashed_organ_code", "00001434-9", 2022, 185)),
    ],
)
def test_each_of_the_three_forms_is_read_and_written_back(text, number):
    assert parse(text) == number
    assert number.canonical == text


@pytest.mark.parametrize(
    "text",
    [
        "00001434９／2017—00110",
        " 000014349 / 2017 - 00110 ",
        "000014349/2017–00110",
        "000014349／２０１７－００１１０",
    ],
)
def test_careless_spellings_are_the_same_number(text):
    assert normalise(text) == "000014349/2017-00110"
    assert [fault.suggestion for fault in lint(text)] == ["000014349/2017-00110"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "000014349",
        "000014349/2017-110",
        "000014349/2017-000110",
        "000014349/1817-00110",
        "00001434/2017-00110",
        "0000143490/2017-00110",
        "0-00014349/2017-00110",
        "000014349/201700110",
        "霁政发〔2024〕5号",
        "000014349/2017-00110 000014349/2017-00111",
    ],
)
def test_anything_else_is_no_index_number_and_says_how_one_looks(text):
    assert parse(text) is None
    (fault,) = lint(text)
    assert (fault.code, fault.suggestion) == ("index-number.malformed", None)
    assert f"“{text}”" in fault.message_zh
    assert "000000000/2024-00012" in fault.message_zh


def test_lower_case_letters_are_reported_with_the_right_spelling():
    (fault,) = lint("11441700007280420y/2021-00050")
    assert fault.code == "index-number.spelling"
    assert fault.message_zh == (
        "索引号写作“11441700007280420y/2021-00050”：要用半角大写字母和数字，中间不留空格。"
        "请写成“11441700007280420Y/2021-00050”。"
    )


def test_a_dash_in_the_code_is_reported_and_dropped_only_where_nine_characters_stay():
    (whole,) = lint("00001434-9/2022-00185")
    (short,) = lint("0142768-8/2022-00185")
    assert (whole.code, whole.suggestion) == ("index-number.dashed-code", "000014349/2022-00185")
    assert (short.code, short.suggestion) == ("index-number.dashed-code", None)
    assert "漏了一位" in short.message_zh


@given(st.from_regex(r"\A([0-9A-Z]{9}|[0-9A-Z]{18})/(19|20)[0-9]{2}-[0-9]{5}\Z"))
def test_a_number_of_the_national_form_has_no_fault_and_stays_as_it_is(text):
    assert lint(text) == []
    assert normalise(text) == text
