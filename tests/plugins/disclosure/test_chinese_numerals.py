"""Numbers written with Chinese characters."""

import pytest

from plugins.disclosure.chinese_numerals import half_width, read_any_number, read_digits, read_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("九", 9),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十五", 25),
        ("廿五", 25),
        ("廿", 20),
        ("卅一", 31),
        ("卅", 30),
        ("九十九", 99),
        ("一百", 100),
        ("一百零三", 103),
        ("一百一十", 110),
        ("二百三十四", 234),
    ],
)
def test_a_well_formed_numeral_is_read(text, number):
    assert read_numeral(text) == number


MALFORMED = "零 〇 百 十十 二五 二十零 零十 一百三 一百零 百十 三十二人"


@pytest.mark.parametrize("text", MALFORMED.split())
def test_a_malformed_numeral_is_not_guessed(text):
    assert read_numeral("") is None
    assert read_numeral(text) is None


def test_digits_spelt_one_by_one_accept_each_zero():
    assert [read_digits(text) for text in ("二〇一五", "二○一五", "二零一五")] == [2015, 2015, 2015]


@pytest.mark.parametrize("text", ["", "二O一五", "十五"])
def test_other_characters_are_not_digits(text):
    assert read_digits(text) is None


def test_any_number_reads_the_three_ways_of_writing():
    assert [read_any_number(text) for text in ("711", "７１１", "四十九", "第一")] == [711, 711, 49, None]


def test_half_width_leaves_punctuation_alone():
    assert half_width("〔２０１５〕３２号：Ａ") == "〔2015〕32号：A"
