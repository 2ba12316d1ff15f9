"""Names of organs: recognised and split."""

import pytest

from plugins.disclosure.importers.organs import is_organ, split_addressees, split_organs


@pytest.mark.parametrize(
    "text", ["霁川市财政局", "市人民政府办公室", "中共霁川市委办公室", "霁川市城市投资集团", "国务院办公厅"]
)
def test_a_name_of_an_organ_is_one(text):
    assert is_organ(text)


@pytest.mark.parametrize(
    "text", ["", "特此通知", "关于设立霁川市财政局", "2015年4月23日", "霁川日报", "现将印发给各单位", "局"]
)
def test_other_words_are_none(text):
    assert not is_organ(text)


@pytest.mark.parametrize(
    ("text", "organs"),
    [
        ("市财政局、市教育局", ("市财政局", "市教育局")),
        ("市财政局，市教育局等部门", ("市财政局", "市教育局")),
        ("市法制办及市政府有关部门", ("市法制办", "市政府有关部门")),
        ("市人力资源和社会保障局", ("市人力资源和社会保障局",)),
        ("各县（市、区）人民政府、市直各部门", ("各县（市、区）人民政府", "市直各部门")),
    ],
)
def test_a_list_of_units_is_split(text, organs):
    assert split_organs(text) == organs


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        (
            "各县(区)人民政府、霁川高新区管委会,市政府各部门",
            ("各县(区)人民政府", "霁川高新区管委会", "市政府各部门"),
        ),
        ("各区、县级市人民政府,市政府各部门", ("各区、县级市人民政府", "市政府各部门")),
        ("各县（区）委、人民政府，市直各单位", ("各县（区）委、人民政府", "市直各单位")),
        ("市政府各部门、直属机构", ("市政府各部门、直属机构",)),
        ("望岫区教育局", ("望岫区教育局",)),
    ],
)
def test_addressees_are_split_only_where_each_is_a_whole_name(text, addressees):
    assert split_addressees(text) == addressees
