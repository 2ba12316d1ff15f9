"""What kind an imported document becomes: told by its title, its 文号 and its form."""

import pytest

from plugins.disclosure.importers.notice_text import read_notice

TEXT = """为了便于公众了解本机关的工作，现将有关情况说明如下，请各位读者查阅并提出意见。
一、总体情况
各项工作按照计划推进，没有出现延误。
"""
ADDRESSED = "各县（区）人民政府：\n" + TEXT + "霁川市水利局\n2026年3月2日\n"
NUMBERED = "霁水发〔2026〕8号\n" + ADDRESSED


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("霁川市水利局政府信息公开指南", TEXT, "guide"),
        ("霁川市水利局政府信息公开指南（2026年版）", TEXT, "guide"),
        ("霁川市水利局2025年政府信息公开工作年度报告", TEXT, "annual_report"),
        ("霁川市水利局2025年度政府信息公开年报", NUMBERED, "annual_report"),
        ("《霁川市河道管理办法》解读", TEXT, "interpretation"),
        ("《霁川市河道管理办法》的政策解读", TEXT, "interpretation"),
        ("霁川市水利局2026年部门预算", TEXT, "finance"),
        ("霁川市水利局2025年度部门决算公开说明", TEXT, "finance"),
        ("霁川市水利局关于印发政府信息公开指南的通知", NUMBERED, "policy"),
        ("霁川市水利局关于做好年度报告解读工作的通知", ADDRESSED, "policy"),
        ("霁川市水利局关于编制2026年部门预算的通知", NUMBERED, "policy"),
        ("霁川市河道管理办法", TEXT, "policy"),
        ("霁川市水利局公告", TEXT, "notice"),
        ("关于城区停水的通知", TEXT, "notice"),
        ("霁川市水利局义务植树活动顺利举行", TEXT, "news"),
        ("霁川市水利局加快预算执行", TEXT, "news"),
    ],
)
def test_a_document_becomes_the_kind_that_its_title_its_number_and_its_form_tell(title, text, kind):
    assert read_notice(f"{title}\n{text}", "a.txt").kind == kind


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("霁川市水利局2025年政府信息公开工作年度报告", "report_year"),
        ("霁川市水利局2025年部门决算", "fiscal_year"),
    ],
)
def test_what_is_about_a_year_has_it_from_its_title(title, field):
    assert read_notice(f"{title}\n{TEXT}", "a.txt").extras[field] == "2025"


def test_no_day_of_writing_is_asked_of_what_has_none():
    doubts = read_notice(f"霁川市水利局政府信息公开指南\n{TEXT}", "a.txt").doubts
    assert "没有写明发布日期，留空。" in doubts
    assert "没有写明成文日期，留空。" not in doubts
