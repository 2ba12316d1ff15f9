"""The controlled words: how they are found, and that the lists are whole."""

import pytest

from plugins.disclosure.vocabulary import load_vocabularies, spoken_by


def test_every_list_has_a_source_and_english_names():
    lists = load_vocabularies()
    assert {"disclosure", "genre", "institution_type", "organ_category", "topics", "validity"} <= set(lists)
    for vocabulary in lists.values():
        assert vocabulary.source.clause
        assert [term.id for term in vocabulary.terms if not term.label_en] == []
        assert all(term.id.isascii() for term in vocabulary.terms)


def test_no_two_terms_of_a_list_answer_to_one_name():
    for vocabulary in load_vocabularies().values():
        names = [name for t in vocabulary.terms for name in (t.id, vocabulary.path(t), *t.aliases)]
        assert sorted({name for name in names if names.count(name) > 1}) == [], vocabulary.id


def test_the_subject_tree_has_22_branches_and_all_that_is_below_them():
    terms = load_vocabularies()["topics"].terms
    first = [term for term in terms if term.parent is None]
    assert [term.id for term in first] == [f"{number:02}" for number in range(1, 23)]
    assert len(terms) == 22 + 121
    assert all(term.id.startswith(f"{term.parent}-") for term in terms if term.parent)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("02-01", "02-01"),
        ("综合政务\\政务公开", "02-01"),
        ("综合政务/政务公开", "02-01"),
        ("政务公开", "02-01"),
        ("港澳台工作", "20"),
        ("综合政务\\其他", "02-09"),
        ("其他", "22"),  # the branch; those below others are found by their full path only
        ("政务", None),
    ],
)
def test_a_subject_is_found_by_number_path_or_name(text, id_):
    found = load_vocabularies()["topics"].find(text)
    assert (found.id if found else None) == id_


def test_a_term_is_found_by_another_way_of_writing_it():
    assert load_vocabularies()["genre"].find("命令(令)").id == "order"


@pytest.mark.parametrize(
    ("government", "department", "above"),
    [
        ("霁川市人民政府", "市直部门", "中省驻市单位"),
        ("望岫区人民政府", "区直部门", "上级驻区单位"),
        ("听雨县人民政府", "县直部门", "上级驻县单位"),
        ("听雨回族自治县人民政府", "县直部门", "上级驻县单位"),
        ("白桦旗人民政府", "旗直部门", "上级驻旗单位"),
        ("听雨县枕溪镇人民政府", "市直部门", "中省驻市单位"),
    ],
)
def test_a_county_calls_its_departments_its_own_and_understands_a_citys_words(government, department, above):
    categories = spoken_by(government, load_vocabularies())["organ_category"]
    assert [term.label for term in categories.terms if term.id in ("department", "vertical")] == [
        department,
        above,
    ]
    for written in (department, "市直部门", "县直部门"):
        found = categories.find(written)
        assert found is not None
        assert found.id == "department"
