"""The words of labels: each group has a source, and the eight key elements are marked."""

from pathlib import Path

import pytest

from plugins.disclosure.page_labels import load_page_labels


def test_the_eight_key_elements_of_a_service_guide_are_marked() -> None:
    group = load_page_labels().groups["service"]
    assert [label.id for label in group.labels if label.is_key] == [
        "name",
        "basis",
        "conditions",
        "materials",
        "place",
        "hours",
        "phone",
        "process",
    ]
    assert len(group.labels) == 23, "the twenty-two of one city's list, and the conditions"


def test_a_guide_to_disclosure_has_the_nine_of_article_12_and_seven_more() -> None:
    named = [element.source.clause for element in load_page_labels().guide]
    assert (named.count("第十二条第二款"), len(named)) == (9, 16)


def test_a_document_that_is_not_listed_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "labels.yaml"
    file.write_text(
        "documents: {}\ngroups:\n  record: {source: {of: law, clause: x}, labels: []}\nguide: []\n"
    )
    with pytest.raises(ValueError, match="group 'record': no such document 'law'"):
        load_page_labels(file)
