"""A record as others name it."""

import pytest

from plugins.disclosure.record import Record


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("霁川市停车管理办法", "《霁川市停车管理办法》"),
        ("《霁川市停车管理办法》解读", "《〈霁川市停车管理办法〉解读》"),
        ("关于印发《甲办法》《乙办法》的通知", "《关于印发〈甲办法〉〈乙办法〉的通知》"),
    ],
)
def test_a_title_stands_in_marks_and_marks_within_are_single(title, marked):
    assert Record("policy", "1", {"title": title}, "", "policy/1.md", 1, {}).marked_title == marked
