"""Heading trees: which lines are headings, on which level, and where the heading ends."""

import pytest

from plugins.disclosure.importers.headings import Heading, heading_of, lead_of, run_in_heading_of


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、实施内容", Heading(1, "一、", "实施内容", True)),
        ("十一、附则", Heading(1, "十一、", "附则", True)),
        ("（二）落实责任。各县区要认真落实。", Heading(2, "（二）", "落实责任", False)),
        ("(二)落实责任。", Heading(2, "(二)", "落实责任", True)),
        ("1.新建市场两处；", Heading(3, "1.", "新建市场两处", True)),
        ("2．开展培训。每周一次。", Heading(3, "2．", "开展培训", False)),
        ("3、建立台账", Heading(3, "3、", "建立台账", True)),
        ("（1）小学由班主任提醒；", Heading(4, "（1）", "小学由班主任提醒", True)),
        ("①登记造册", Heading(4, "①", "登记造册", True)),
        ("第一章　总则", Heading(1, "第一章", "总则", True)),
        ("第二节 公示", Heading(2, "第二节", "公示", True)),
        ("第一部分：基本情况", Heading(1, "第一部分：", "基本情况", True)),
        ("1 总则", Heading(1, "1", "总则", True)),
        ("1.1 编制目的", Heading(2, "1.1", "编制目的", True)),
        ("3.2.1 先期处置", Heading(3, "3.2.1", "先期处置", True)),
        ("【公交线路】2016年调整线路十二条。", Heading(1, "", "公交线路", False)),
        (
            "（一）准备阶段（6月15日—7月15日）：制定细则。",
            Heading(2, "（一）", "准备阶段（6月15日—7月15日）", False),
        ),
        ("（三）扩大范围（责任单位：市民政局）", Heading(2, "（三）", "扩大范围", False)),
    ],
)
def test_a_numbered_line_is_a_heading_with_its_number_as_written(line, heading):
    assert heading_of(line) == heading


@pytest.mark.parametrize(
    "line",
    [
        "一是加强领导。",
        "2015年全市工作要点",
        "1.5倍以上的，加倍处罚。",
        "24小时值班。",
        "3.5万元以下的项目",
        "第一条 为了加强管理，制定本办法。",
        "各县区要认真落实。",
        "一、",
        "（责任单位：市民政局）",
    ],
)
def test_other_lines_are_paragraphs(line):
    assert heading_of(line) is None


def test_a_long_first_sentence_ends_at_its_first_comma():
    line = "（一）加强组织领导，" + "各级各部门要高度重视" * 9 + "。"
    assert heading_of(line).title == "加强组织领导"


def test_two_spaces_set_a_yearbooks_heading_off_from_its_text():
    line = "规范化建设  按照统一标准、统一标识的要求推进各级大厅规范化建设。"
    assert run_in_heading_of(line) == Heading(2, "", "规范化建设")
    assert run_in_heading_of(line.replace("  ", "")) is None
    assert run_in_heading_of("名称  地址") is None


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("改造大厅。统一标识。", "改造大厅"),
        (
            "各县区要细化措施，于4月10日前" + "报送工作方案" * 6 + "。",
            "各县区要细化措施，于4月10日前报送工作方案报送工作方案报送工作方案报送工作方…",
        ),
        (
            "各县区和市直各部门要细化措施，于4月10日前" + "报送工作方案" * 6 + "。",
            "各县区和市直各部门要细化措施",
        ),
    ],
)
def test_a_paragraph_without_number_is_called_by_its_first_words(text, lead):
    assert lead_of(text) == lead
