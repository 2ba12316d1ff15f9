"""Numbers of persons: what is one, what only looks like one, and how it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure.personal_numbers import file_may_hold_numbers, find_numbers, may_hold_numbers


def kinds(text: str) -> list[str]:
    return [number.kind for number in find_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "身份证号：11010519491231002x。",
        "１１０１０５１９４９１２３１００２Ｘ",
        "身份证 110105491231002",
    ],
)
def test_a_number_with_a_birthday_and_its_check_digit_is_an_identity_card(text: str) -> None:
    assert kinds(text) == ["identity-card"]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # the check digit is wrong
        "110105194913310028",  # there is no such month
        "110105********002X",
        "91110105MA01234567",  # a company's credit code
        "流水号2026112200110105194912310020",
        "110105491231002",  # fifteen figures that nobody calls an identity card
        "0990-5550101",
        "1.3800000000",
    ],
)
def test_other_long_numbers_are_none(text: str) -> None:
    assert kinds(text) == []


def test_what_is_handed_out_is_masked() -> None:
    [number] = find_numbers("联系人身份证11010519491231002X")
    assert number.masked == "110*************2X"


@given(st.text(alphabet="0129 -－，０９。号\n", max_size=60))
def test_a_file_without_long_numbers_has_no_text_with_one(text: str) -> None:
    assert file_may_hold_numbers(text.encode()) or not may_hold_numbers(text)
