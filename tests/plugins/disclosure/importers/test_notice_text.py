"""Pasted pages: what is read, what is inferred, what stays empty. All texts here are invented."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.disclosure.importers import read_notice
from plugins.disclosure.importers.page_lines import page_lines, squeezed
from plugins.disclosure.importers.page_parts import cut_page

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.txt"))


def page(name):
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


def read(name):
    return read_notice(page(name), f"{name}.txt")


def found_in(document, field):
    return next(decision.how for decision in document.decisions if decision.field == field)


def test_there_are_pages_to_read():
    assert len(NAMES) >= 11


def test_an_empty_table_on_the_page_is_filled_from_the_text_below_it():
    document = read("labels_on_lines")
    assert document.kind == "policy"
    assert document.title == "市政府办公室关于印发霁川市2016年城区内涝防治工作要点的通知"
    assert document.document_number == "霁政办发〔2016〕14号"
    assert found_in(document, "document_number") == "正文上方单独一行"
    assert document.index_number is None
    assert document.written_on == date(2016, 3, 18)
    assert document.addressees == (
        "各县区人民政府",
        "霁川高新技术产业开发区",
        "白鹭湖旅游度假区管委会",
        "市政府各部门",
    )


def test_what_is_concluded_is_marked_inferred():
    document = read("labels_on_lines")
    assert (document.issuer, document.published_on, document.published_time) == (
        "市政府办公室",
        date(2016, 3, 18),
        time(10, 5),
    )
    assert {"issuer", "published_on"} <= set(document.inferred)
    assert not {"title", "document_number", "written_on", "addressees"} & set(document.inferred)


def test_the_title_in_two_lines_below_the_table_is_not_left_in_the_text():
    document = read("labels_on_lines")
    assert document.body.startswith("各县区人民政府,")
    assert "关于印发霁川市2016年城区内涝防治工作要点的通知" not in document.body


def test_units_and_deadlines_of_numbered_items_are_read():
    tasks = {task.heading: task for task in read("labels_on_lines").tasks}
    assert tasks["(一)普查排水管网"].responsible == (
        "市住建局",
        "市水务局",
        "市政府有关部门",
        "各县区人民政府",
    )
    assert tasks["(二)建立积水点台账"].responsible == ("市城管局", "各县区人民政府")
    assert tasks["各县区要细化措施,于4月10日前将工作方案报送市住建局备案"].due == ("4月10日前", "11月30日前")
    assert len(tasks) == 3


def test_navigation_and_sharing_around_a_notice_are_dropped_and_listed():
    document = read("breadcrumb_and_share")
    assert [dropped.text for dropped in document.dropped] == [
        "相关新闻",
        "当前位置:首页 > 政务公开 > 规范性文件",
        "• 分享到",
        "• -",
        "扫一扫在手机打开当前页",
        "相关新闻",
        "-",
        "关注 · 霁川政府网",
    ]


def test_a_date_in_chinese_numerals_is_that_of_the_signature():
    document = read("breadcrumb_and_share")
    assert (document.issuer, document.written_on) == ("霁川市人民政府办公厅", date(2013, 5, 6))
    assert document.extras["keywords"] == "商业；市场；计划；通知"


def test_a_page_dated_before_the_notice_was_printed_is_a_conflict():
    document = read("breadcrumb_and_share")
    (conflict,) = document.conflicts
    assert (conflict.field, conflict.values) == ("published_on", ("2013-05-06", "2013-05-13"))
    assert (document.published_on, "published_on" in document.inferred) == (date(2013, 5, 6), True)


def test_cited_numbers_are_never_the_documents_own():
    for name in ("shop_spam", "yearbook"):
        assert "〔" in page(name)
        assert read(name).document_number is None


def test_the_heading_tree_keeps_numbers_as_written():
    headings = [(one.level, one.number, one.title) for one in read("breadcrumb_and_share").headings]
    assert headings == [
        (1, "一、", "建设任务"),
        (2, "(一)", "新建市场"),
        (3, "1.", "望岫区两处"),
        (3, "2.", "霁东区四处"),
        (2, "(二)", "改造市场"),
        (1, "二、", "保障措施"),
        (2, "(一)", "加强组织领导"),
    ]


def test_items_without_numbers_are_called_by_their_first_sentence():
    tasks = read("repost_with_units").tasks
    assert [(task.heading, task.lead, task.responsible, task.due) for task in tasks] == [
        ("改造登记大厅", ("市民政局",), ("市财政局", "市住房城乡建设局", "各县(区)人民政府"), ("2019年初",)),
        ("开展预约登记", ("市民政局", "市政务服务管理办"), ("市政府相关部门",), ()),
        ("取消复印件", ("市政务服务管理办",), ("市公安局", "市民政局"), ()),
        ("(一)准备阶段(2018年6月15日—7月15日)", (), (), ("2018年6月15日—7月15日",)),
        ("(二)实施阶段(2018年7月16日—12月31日)", (), (), ("2018年7月16日—12月31日",)),
    ]


def test_a_notice_of_reposting_is_dropped_and_the_editor_is_told():
    document = read("repost_with_units")
    assert [dropped.reason for dropped in document.dropped] == ["广告或转载声明"]
    assert document.published_on is None
    assert any("转载" in doubt for doubt in document.doubts)


def test_a_yearbook_page_becomes_news_without_number_addressees_or_signature():
    document = read("yearbook")
    assert (document.kind, document.title) == ("news", "霁川综合年鉴2016·公共交通")
    assert (document.document_number, document.issuer, document.written_on) == (None, None, None)
    assert document.addressees == ()
    assert document.published_on == date(2023, 11, 20)
    assert document.extras["content_source"] == "《霁川综合年鉴2016》"
    assert [(one.level, one.title) for one in document.headings] == [
        (1, "公交线路调整"),
        (2, "优化换乘站点"),
        (2, "更新车辆"),
        (1, "出租汽车管理"),
    ]
    assert [dropped.reason for dropped in document.dropped] == ["导航", "导航", "页脚", "页脚"]


def test_a_year_in_the_title_far_before_the_date_of_the_page_is_a_conflict():
    assert [(one.field, one.values) for one in read("yearbook").conflicts] == [
        ("published_on", ("2023-11-20", "2016"))
    ]


def test_on_a_shops_page_the_date_is_only_inferred_and_the_source_is_dropped():
    document = read("shop_spam")
    assert document.title == "关于印发2018年度全市河道保洁考核细则的通知"
    assert (document.issuer, document.written_on, document.published_on) == (None, None, date(2023, 6, 1))
    assert "published_on" in document.inferred
    assert "content_source" not in document.extras
    assert [dropped.text[:6] for dropped in document.dropped] == [
        "• 来源:快",
        "• 型号:关",
        "• 产品类别",
        "各县区人民政",
    ]
    assert document.dropped[-1].reason == "与正文重复"


def test_a_table_with_tabs_gives_every_field_and_the_text_stays_whole():
    document = read("header_table_with_tabs")
    assert document.index_number == "010000003/2024-00031"
    assert document.document_number == "霁政办发〔2024〕19号"
    assert (document.written_on, document.published_on) == (date(2024, 5, 20), date(2024, 5, 24))
    assert document.extras == {
        "genre": "通知",
        "topic": "综合政务\\政务公开",
        "keywords": "防溺水；水域安全",
        "validity": "有效",
        "disclosure": "主动公开",
    }
    assert document.conflicts == ()
    assert "| 1 | 望岫河 | 望岫区人民政府 |" in document.body
    assert "抄送：市委办公室" in document.body
    assert "## 一、加强水域巡查" in document.body


def test_units_in_words_are_read_as_state_council_documents_write_them():
    first, second = read("header_table_with_tabs").tasks
    assert (first.lead, first.responsible) == (("市水务局",), ("市教育局", "市应急管理局"))
    assert (second.responsible, second.due) == (("市水务局",), ("5月31日前",))


def test_attachments_that_the_text_names_are_told_and_are_no_headings():
    document = read("header_table_with_tabs")
    assert any("重点水域清单；巡查记录表" in doubt for doubt in document.doubts)
    assert all(heading.title != "巡查记录表" for heading in document.headings)


def test_links_to_other_pages_below_the_text_are_dropped():
    document = read("one_line_of_facts")
    assert "课后服务十问十答" not in document.body
    assert document.body.rstrip().endswith("2023年8月28日")


def test_joint_issuers_and_a_careless_number_are_read():
    document = read("one_line_of_facts")
    assert document.title == "霁川市财政局 霁川市教育局关于调整义务教育阶段课后服务补助标准的通知"
    assert document.document_number == "霁财教〔2023〕8号"
    assert (document.issuer, document.cosigners) == ("霁川市财政局", ("霁川市教育局",))
    assert (document.published_on, document.published_time) == (date(2023, 9, 1), time(15, 30))


def test_an_order_is_called_after_the_text_it_carries():
    document = read("order_in_chapters")
    assert (document.title, document.document_number) == ("霁川市停车场管理办法", "霁川市人民政府令第39号")
    assert (document.issuer, document.written_on) == ("霁川市人民政府", date(2022, 11, 10))
    assert [one.number for one in document.headings] == ["第一章", "第二章"]


def test_an_announcement_keeps_its_own_kind_of_number():
    document = read("announcement")
    assert document.document_number == "霁川市市场监督管理局公告2024年第3号"
    assert (document.written_on, document.published_on) == (date(2024, 3, 14), date(2024, 3, 15))


def test_a_news_page_has_neither_number_nor_addressees():
    document = read("news")
    assert (document.kind, document.title) == ("news", "松泠县百亩油菜花迎来赏花季")
    assert document.body.count("\n\n") == 1
    assert {dropped.text for dropped in document.dropped} >= {"热门推荐", "望岫区开展消防演练", "霁川政务网"}


def test_lines_broken_at_a_width_are_put_together_again():
    document = read("broken_at_a_width")
    assert "经市政府同意" in document.body
    assert len(document.body.split("\n\n")) == 6
    assert document.issuer == "霁川市水务局"


def test_a_table_between_the_title_and_its_repetition_is_no_text():
    document = read("table_between_two_titles")
    assert document.body.startswith("各县（市）、区人民政府，")
    assert document.addressees == ("各县（市）、区人民政府", "市各委、办、局", "市各直属单位")
    assert [(line.text, line.reason) for line in document.dropped if "之间" in line.reason] == [
        ("信息公开目录", "标题与正文之间的页面内容")
    ]
    assert (document.written_on, document.published_on) == (date(2016, 5, 20), date(2016, 5, 21))
    assert document.extras["summary"] == "部署2016年防汛工作"
    assert document.conflicts == ()


def test_a_document_marked_as_on_request_is_not_called_proactive():
    document = read("table_between_two_titles")
    assert document.extras["disclosure"] == "依申请公开"
    assert any("依申请公开" in told and "不能直接公开" in told for told in document.not_public)


NOTICE = """霁川市民政局关于开展养老机构安全检查的通知

各县（区）民政局：

现就开展养老机构安全检查通知如下，请认真组织实施。

霁川市民政局

2023年4月6日
"""


def test_two_stated_dates_of_publication_that_differ_are_a_conflict():
    document = read_notice(f"发布日期：2023-04-07\n公开日期：2023-04-09\n{NOTICE}", "n.txt")
    assert [(one.field, one.values) for one in document.conflicts] == [
        ("published_on", ("2023-04-07", "2023-04-09"))
    ]
    assert document.published_on == date(2023, 4, 7)
    assert "published_on" not in document.inferred


def test_a_signature_later_than_publication_is_a_conflict():
    document = read_notice(f"发布日期：2023-04-05\n{NOTICE}", "n.txt")
    assert [(one.field, one.values) for one in document.conflicts] == [
        ("published_on", ("2023-04-05", "2023-04-06"))
    ]


def test_a_stated_date_that_differs_from_the_signature_is_a_conflict_and_the_signature_counts():
    document = read_notice(f"成文日期：2023-04-03\n{NOTICE}", "n.txt")
    assert document.written_on == date(2023, 4, 6)
    assert [(one.field, one.values) for one in document.conflicts] == [
        ("written_on", ("2023-04-06", "2023-04-03"))
    ]


def test_another_number_in_the_table_is_a_conflict():
    text = NOTICE.replace("\n\n各县", "\n霁民发〔2023〕12号\n\n各县")
    document = read_notice(f"文号：霁民发〔2023〕21号\n{text}", "n.txt")
    assert document.document_number == "霁民发〔2023〕12号"
    assert ("document_number", ("霁民发〔2023〕12号", "霁民发〔2023〕21号")) in [
        (one.field, one.values) for one in document.conflicts
    ]


def test_a_short_form_of_the_issuers_name_is_no_conflict():
    document = read_notice(f"发布机构：市民政局\n{NOTICE}", "n.txt")
    assert (document.issuer, document.conflicts) == ("霁川市民政局", ())


def test_another_issuer_in_the_table_is_a_conflict():
    document = read_notice(f"发布机构：霁川市财政局\n{NOTICE}", "n.txt")
    assert [(one.field, one.values) for one in document.conflicts] == [
        ("issuer", ("霁川市民政局", "霁川市财政局"))
    ]


def test_an_index_number_of_no_known_form_is_kept_as_written_and_doubted():
    document = read_notice(f"索引号：JC01-2023-0007\n{NOTICE}", "n.txt")
    assert document.index_number == "JC01-2023-0007"
    assert any("JC01-2023-0007" in doubt for doubt in document.doubts)


def test_without_a_date_a_number_and_an_issuer_these_stay_empty():
    text = (
        "关于调整公园开放时间的通知\n广大市民：\n为方便市民休闲，公园开放时间延长到晚上十点，请大家爱护环境。"
    )
    document = read_notice(text, "n.txt")
    assert (document.document_number, document.issuer, document.index_number) == (None, None, None)
    assert (document.written_on, document.published_on) == (None, None)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(ends):
    assert read_notice("\ufeff" + NOTICE.replace("\n", ends), "n.txt") == read_notice(NOTICE, "n.txt")


def test_spaces_of_every_kind_around_lines_make_no_difference_to_the_facts():
    spaced = "\n".join(f"\u3000\u3000{line}\xa0" if line else line for line in NOTICE.split("\n"))
    assert read_notice(spaced, "n.txt") == read_notice(NOTICE, "n.txt")


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_a_page_is_in_the_text_or_taken_or_dropped(name):
    lines = page_lines(page(name))
    parts = cut_page(lines)
    sorted_out = [line.number for line in parts.body]
    sorted_out += [line.line for line in [*parts.taken, *parts.dropped]]
    assert sorted(sorted_out) == [line.number for line in lines]


@given(st.sampled_from(NAMES), st.data())
@settings(max_examples=60, deadline=None)
def test_any_selection_of_a_pages_lines_is_read_without_failing(name, data):
    lines = page(name).split("\n")
    kept = data.draw(st.lists(st.sampled_from(range(len(lines))), max_size=len(lines)))
    document = read_notice("\n".join(lines[number] for number in kept), name)
    assert document.refused or document.body.strip()


@given(st.sampled_from(NAMES), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_lines_of_the_page_before_the_title_change_no_fact(name, count):
    menu = "首页\n政务公开\n互动交流\n当前位置：首页 > 政务公开\n" * count
    plain, framed = read(name), read_notice(menu + page(name), f"{name}.txt")
    assert (framed.title, framed.document_number, framed.issuer) == (
        plain.title,
        plain.document_number,
        plain.issuer,
    )
    assert (framed.written_on, framed.published_on, framed.body) == (
        plain.written_on,
        plain.published_on,
        plain.body,
    )


def test_squeezing_makes_two_spellings_of_a_title_equal():
    assert squeezed("关 于\u3000印发") == "关于印发"


def test_a_signature_of_a_day_that_is_not_is_not_taken_and_told():
    text = "霁川市民政局关于社区食堂的通知\n\n各县区民政局：\n现将有关事项通知如下。\n霁川市民政局\n2026年2月30日\n"
    document = read_notice(text, "a.txt")
    assert document.written_on is None
    assert "第 6 行写作“2026年2月30日”，没有这一天，没有采用，请核对原件。" in document.doubts
