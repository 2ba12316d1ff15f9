"""Labelled values: in a line, in cells, one below the other."""

import pytest

from plugins.disclosure.importers.page_facts import facts_of, facts_of_line, leading_date
from plugins.disclosure.importers.page_lines import page_lines


def in_line(text):
    (line,) = page_lines(text)
    return [(fact.key, fact.value) for fact in facts_of_line(line)]


def in_lines(text):
    return [(fact.key, fact.value) for fact in facts_of(page_lines(text))[0]]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("发布日期：2024-05-24", [("published_on", "2024-05-24")]),
        ("• 来源: 本网", [("content_source", "本网")]),
        (
            "来源:《霁川年鉴》日期:2024-08-31",
            [("content_source", "《霁川年鉴》"), ("published_on", "2024-08-31")],
        ),
        (
            "索 引 号：\t010000003/2024-00031\t文　　号：\t霁政发〔2024〕1号",
            [("index_number", "010000003/2024-00031"), ("document_number", "霁政发〔2024〕1号")],
        ),
        (
            "| 索引号 | 010000003/2024-00031 | 有效性 | 有效 |",
            [("index_number", "010000003/2024-00031"), ("validity", "有效")],
        ),
        (
            "信息来源：市财政局发布时间：2024-05-24",
            [("content_source", "市财政局"), ("published_on", "2024-05-24")],
        ),
        (
            "2024-05-24 09:20 来源：霁川日报 浏览次数：3",
            [("bare_date", "2024-05-24 09:20"), ("content_source", "霁川日报"), ("page", "3")],
        ),
        ("来源：霁川日报 2024-05-24", [("content_source", "霁川日报"), ("bare_date", "2024-05-24")]),
        ("来源：市住建局 【字体：大 中 小】", [("content_source", "市住建局"), ("page", "大 中 小")]),
        ("文号", [("document_number", "")]),
        ("型号：P3 价格：面议", [("shop", "P3"), ("shop", "面议")]),
    ],
)
def test_labels_of_one_line_are_read(text, facts):
    assert (in_lines(text) if facts[0][1] == "" else in_line(text)) == facts


@pytest.mark.parametrize(
    "text",
    [
        "时间：2024年3月5日上午9点",
        "项目名称：滨河路改造",
        "招标文件编号：ZB-01",
        "各县（区）人民政府：",
        "现将有关事项通知如下：",
    ],
)
def test_words_of_the_text_are_no_labels(text):
    assert in_line(text) == []


def test_a_value_on_the_next_line_is_taken_if_it_looks_like_one():
    text = "索引号\n主题分类\n其他\n发文日期\n2015年04月23日 16:23:00\n发布机构\n文号\n\n霁政办发〔2015〕32号"
    assert in_lines(text) == [
        ("index_number", ""),
        ("topic", "其他"),
        ("dispatched_on", "2015年04月23日 16:23:00"),
        ("issuer", ""),
        ("document_number", ""),
    ]


def test_a_value_right_below_its_label_is_taken():
    text = "发布机构：\n霁川市财政局\n文号：\n霁财发〔2024〕1号"
    assert in_lines(text) == [("issuer", "霁川市财政局"), ("document_number", "霁财发〔2024〕1号")]


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2024-05-24 09:30:12", "2024-05-24", "09:30:12"),
        ("[2024-05-24]", "2024-05-24", None),
        ("2024年5月24日", "2024-05-24", None),
    ],
)
def test_a_date_at_the_beginning_is_read_with_its_time(text, day, at):
    reading = leading_date(text)
    assert (str(reading.as_date()), str(reading.at) if reading.at else None) == (day, at)


def test_a_date_further_on_is_not():
    assert leading_date("截至2024-05-24") is None
