"""Differences are told in whole words, so that a person reads them without looking twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.versions.word_difference import difference, words


def marked(before: str, after: str) -> str:
    """The difference on one line: [-gone-]{+new+}."""
    signs = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
    return "".join(signs[one.kind][0] + one.text + signs[one.kind][1] for one in words(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("请于5月10日前报送。", "请于5月15日前报送。", "请于5月[-10-]{+15+}日前报送。"),
        ("补贴标准为1.5万元", "补贴标准为2.5万元", "补贴标准为[-1.5-]{+2.5+}万元"),
        ("霁政办发〔2025〕12号", "霁政办发〔2026〕8号", "霁政办发〔[-2025-]{+2026+}〕[-12-]{+8+}号"),
        ("由市民政局负责。", "由市民政局、市财政局负责。", "由市民政局{+、市财政局+}负责。"),
        ("由市民政局、市财政局负责。", "由市民政局负责。", "由市民政局[-、市财政局-]负责。"),
        ("同一段话。", "同一段话。", "同一段话。"),
        ("", "新的一段。", "{+新的一段。+}"),
    ],
)
def test_a_change_is_shown_as_a_person_would_mark_it(before: str, after: str, shown: str) -> None:
    assert marked(before, after) == shown


def test_a_word_is_not_shown_as_scattered_characters() -> None:
    assert marked("养老服务机构", "养育中心机构") in (
        "养[-老服务-]{+育中心+}机构",
        "[-养老服务-]{+养育中心+}机构",
    )


def test_paragraphs_are_paired_before_words_are() -> None:
    found = difference(
        "第一段，讲申请条件。\n\n第二段，讲办理时限。",
        "新写的开头。\n\n第一段，讲申请材料。\n\n第二段，讲办理时限。",
    )

    assert [[piece.kind for piece in one.pieces] for one in found] == [
        ["new"],
        ["same", "gone", "new", "same"],
        ["same"],
    ]
    assert [one.changed for one in found] == [True, True, False]


@given(st.text("甲乙丙0123 \n，。", max_size=40), st.text("甲乙丙0123 \n，。", max_size=40))
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(
    before: str, after: str
) -> None:
    found = words(before, after)

    assert "".join(one.text for one in found if one.kind != "new") == before
    assert "".join(one.text for one in found if one.kind != "gone") == after
