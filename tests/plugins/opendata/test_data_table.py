"""Tables that people open in a spreadsheet program: right letters, right columns, and no text that becomes a formula."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

import openpyxl
import pytest

from plugins.opendata.data_table import Column, DataTable, as_csv
from plugins.opendata.xlsx import MOST_SIGNS, as_xlsx

COLUMNS = (
    Column("record_key", "记录号", "string", required=True),
    Column("title", "标题", "string"),
    Column("published_on", "发布日期", "date"),
    Column("report_year", "报告年度", "integer"),
    Column("needs_interpretation", "需要解读", "boolean"),
    Column("topic", "主题分类", "string"),
    Column("items", "清单", "string"),
)


def table(**fields):
    return DataTable("policy", "政策文件", COLUMNS, [{"key": "policy/1", "fields": fields}])


def csv_rows(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_rows(content):
    return [list(row) for row in openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True)]


def test_a_csv_file_has_a_mark_of_its_encoding_and_the_keys_as_its_heading():
    content = as_csv(table(title="通知"))

    assert content.startswith(b"\xef\xbb\xbf")
    assert csv_rows(content)[0] == [column.name for column in COLUMNS]


def test_values_stand_in_a_csv_file_as_people_and_programs_both_read_them():
    fields = {
        "title": '带“引号"和,逗号\n两行',
        "published_on": "2026-01-31",
        "report_year": 2025,
        "needs_interpretation": True,
        "topic": [{"id": "01", "label": "综合政务"}, {"id": "02", "label": "财政"}],
        "items": [{"name": "甲"}],
    }

    assert csv_rows(as_csv(table(**fields)))[1] == [
        "policy/1",
        '带“引号"和,逗号\n两行',
        "2026-01-31",
        "2025",
        "是",
        "综合政务；财政",
        '[{"name": "甲"}]',
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 990", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a"]
)
def test_a_text_that_looks_like_a_formula_is_made_text(text):
    assert csv_rows(as_csv(table(title=text)))[1][1] == f"'{text}"


@pytest.mark.parametrize("text", ["1-2", "a=b", "文号=〔2025〕1号", "'=1"])
def test_other_texts_stand_as_they_are(text):
    assert csv_rows(as_csv(table(title=text)))[1][1] == text


def test_a_field_that_is_named_like_a_part_of_the_record_keeps_its_own_column():
    columns = (Column("record_address", "网址", "string"), Column("address", "地址", "string"))
    record = {"key": "organ/a", "address": "https://a.example/", "fields": {"address": "听雨路1号"}}

    assert csv_rows(as_csv(DataTable("organ", "机构", columns, [record])))[1] == [
        "https://a.example/",
        "听雨路1号",
    ]


def test_a_workbook_has_labels_days_numbers_and_texts():
    fields = {
        "title": "=1+1",
        "published_on": "2026-01-31",
        "report_year": 2025,
        "needs_interpretation": False,
    }
    rows = xlsx_rows(as_xlsx(table(**fields)))

    assert rows[0] == [column.title for column in COLUMNS]
    assert rows[1][:5] == ["policy/1", "=1+1", datetime(2026, 1, 31), 2025, "否"]  # noqa: DTZ001
    sheet = openpyxl.load_workbook(BytesIO(as_xlsx(table(**fields)))).active
    assert sheet["B2"].data_type == "s"


def test_a_text_too_long_for_a_cell_says_that_it_is_cut():
    cell = xlsx_rows(as_xlsx(table(title="长" * (MOST_SIGNS + 1))))[1][1]

    assert len(cell) == MOST_SIGNS
    assert cell.endswith("……（未完，全文见网页）")


def test_a_workbook_made_twice_has_the_same_bytes():
    assert as_xlsx(table(title="通知")) == as_xlsx(table(title="通知"))
