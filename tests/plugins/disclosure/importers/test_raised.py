"""Characters above and below the line, as plain text."""

import pytest

from plugins.disclosure.importers.raised import joined, on_the_line


@pytest.mark.parametrize(
    ("text", "position", "written"),
    [
        ("4", "raised", "⁴"),
        ("-3", "raised", "⁻³"),
        ("－3", "raised", "⁻³"),
        ("2", "lowered", "₂"),
        ("max", "lowered", "ₘₐₓ"),
        ("[1]", "raised", "[1]"),
        ("①", "raised", "①"),
        ("th", "raised", "th"),
        ("注", "raised", "（上标：注）"),
        ("2b", "raised", "（上标：2b）"),
        ("有效", "lowered", "（下标：有效）"),
        (" ", "raised", " "),
        ("4", "", "4"),
    ],
)
def test_a_raised_text_is_never_read_for_another_number(text, position, written):
    assert on_the_line(text, position)[0] == written


def test_what_has_no_characters_of_its_own_is_told():
    assert on_the_line("注", "raised")[1] == "（上标：注）"


def test_parts_in_one_position_are_one():
    assert list(joined([("10", ""), ("-", "raised"), ("3", "raised"), ("吨", "")])) == [
        ("10", ""),
        ("⁻³", ""),
        ("吨", ""),
    ]
