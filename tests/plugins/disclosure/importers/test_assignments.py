"""责任单位, 牵头单位 and deadlines, as documents write them."""

import pytest

from plugins.disclosure.importers.assignments import Assignment, assignment_of, is_only_annotation


@pytest.mark.parametrize(
    ("text", "lead", "responsible", "due"),
    [
        (
            "改造。〔牵头单位:市民政局;责任单位:市财政局、市教育局〕",
            ["市民政局"],
            ["市财政局", "市教育局"],
            [],
        ),
        (
            "改造。(责任单位:市编办、市法制办及市政府有关部门,各县区人民政府)",
            [],
            ["市编办", "市法制办", "市政府有关部门", "各县区人民政府"],
            [],
        ),
        ("改造。【牵头单位：市住建局；配合单位：市财政局】", ["市住建局"], ["市财政局"], []),
        ("改造。（责任单位：各县（区）人民政府、市民政局）", [], ["各县（区）人民政府", "市民政局"], []),
        ("改造。责任单位：市民政局、市财政局", [], ["市民政局", "市财政局"], []),
        (
            "改造。（市水务局牵头，市教育局、市应急管理局等部门按职责分工负责）",
            ["市水务局"],
            ["市教育局", "市应急管理局"],
            [],
        ),
        ("改造。（市财政局负责）", [], ["市财政局"], []),
        (
            "改造。（市财政局牵头，市教育局配合，2024年12月底前完成）",
            ["市财政局"],
            ["市教育局"],
            ["2024年12月底前"],
        ),
        ("改造。（牵头单位：市民政局；完成时限：2024年6月底）", ["市民政局"], [], ["2024年6月底"]),
        ("于5月20日前报送；12月20日前总结。", [], [], ["5月20日前", "12月20日前"]),
        ("要于2012年底前公布。", [], [], ["2012年底前"]),
        ("力争2018年初入驻，年底前全部完成。", [], [], ["2018年初", "年底前"]),
        ("自收到申请之日起20个工作日内答复。", [], [], ["自收到申请之日起20个工作日内"]),
        ("最迟在5小时内发布，三个月内整改。", [], [], ["5小时内", "三个月内"]),
        ("（2017年7月1日—7月31日）", [], [], ["2017年7月1日—7月31日"]),
        ("到2025年，覆盖率达到九成。", [], [], ["到2025年"]),
        ("即日起至2024年6月30日止报名。", [], [], ["即日起至2024年6月30日止"]),
        ("各地于每月25日前报送，每季度末前汇总。", [], [], ["每月25日前", "每季度末前"]),
        ("主要负责人年内解读不少于1次。", [], [], ["年内"]),
    ],
)
def test_units_and_deadlines_are_read(text, lead, responsible, due):
    assert assignment_of(text, "改造") == Assignment("改造", tuple(lead), tuple(responsible), tuple(due))


@pytest.mark.parametrize(
    "text",
    [
        "加强组织领导（含乡镇）。",
        "2016年内涝防治工作要点",
        "开展两次检查（详见附件）。",
        "等候不超过1小时，压缩办结时限9417个工作日。",
        "自2023年1月1日起施行。",
        "单位内部、三年内容完整。",
        "机关负责人（主要负责）出席。",
    ],
)
def test_text_that_assigns_nothing_gives_nothing(text):
    assert assignment_of(text, "") is None


def test_a_unit_and_a_deadline_named_twice_are_listed_once():
    task = assignment_of("5月底前完成，确保5月底前见效。（责任单位：市民政局、市民政局）", "")
    assert (task.responsible, task.due) == (("市民政局",), ("5月底前",))


def test_a_line_of_units_alone_belongs_to_the_paragraph_above():
    assert is_only_annotation("责任单位：市民政局")
    assert is_only_annotation("（牵头单位：市民政局；责任单位：市财政局）")
    assert not is_only_annotation("改造。（责任单位：市民政局）")
