"""A file of the site says which of its inputs changed since it was made last."""

from datetime import date

import pytest

from plugins.portal.build import build_site
from plugins.portal.why import NAMES, changed, told

TODAY = date(2026, 11, 20)


def _why(office, address):
    return build_site(office.content, office.output, TODAY, workers=1, why=address).why


@pytest.fixture
def built(office):
    office.build()
    return office


def test_an_edited_text_is_named_with_the_file_it_stands_in(built):
    built.policy(2, body="第2件事，改过了。")
    why = _why(built, "policy/2025-0002.html")

    assert (why.state, why.sources) == ("changed", ("content/policy/2025-0002.md",))
    assert why.changed == ("head", "body")


def test_a_new_title_reaches_its_neighbour_as_the_record_beside_it(built):
    built.policy(2, title="另一个标题")

    assert _why(built, "policy/2025-0001.html").changed == ("next",)


def test_a_list_says_that_what_it_lists_changed(built):
    built.policy(2, title="另一个标题")

    assert "rows" in _why(built, "section/policy.html").changed


def test_what_is_as_it_was_new_gone_or_unknown_is_said_to_be(built):
    assert _why(built, "index.html").state == "same"
    built.policy(9)
    assert _why(built, "policy/2025-0009.html").state == "new"
    built.withdraw("policy/2025-0003")
    assert _why(built, "policy/nothing.html").state == "unknown"


def test_a_part_nobody_named_goes_by_its_own_name():
    assert told("body") == " / ".join(NAMES["body"])
    assert told("new_part") == "new_part / new part"


def test_parts_that_cannot_be_told_apart_are_the_content():
    assert changed(["maker", "body"], b"aaaabbbb", b"aaaacccc") == ["body"]
    assert changed(["maker", "body"], b"aaaabbbbdddd", b"aaaacccc") == ["values"]
    assert changed([], b"", b"") == []
