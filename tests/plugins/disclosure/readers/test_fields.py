"""Each type of field reads what is well written, and says of anything else what to write instead."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure.kinds import Field, FieldType
from plugins.disclosure.profile import load_regime
from plugins.disclosure.readers.around import Around, OrganNames
from plugins.disclosure.readers.fields import READERS, read_text
from plugins.disclosure.record import Attachment, AttachmentFile
from plugins.disclosure.source import Source
from plugins.disclosure.vocabulary import Term, Vocabulary, load_vocabularies

FILE = AttachmentFile("2025/budget.xlsx", 1, "00", "application/x")
AROUND = Around(
    Path(),
    date(2026, 3, 31),
    load_vocabularies(),
    load_regime("cn"),
    OrganNames(
        [
            ("finance", ["霁川市财政局", "市财政局"]),
            ("housing", ["霁川市住房和城乡建设局", "城建局"]),
            ("streets", ["霁川市城市管理局", "城建局"]),
        ]
    ),
    {FILE.file: FILE},
)
VOCABULARY: dict[str, str] = {"choice": "genre", "topic": "topics"}


def read(type_: FieldType, text: str, around: Around = AROUND) -> tuple[Any, list[str]]:
    """The value, and what is said of how it is written."""
    field = Field("f", "字段", "Field", type_, vocabulary=VOCABULARY.get(type_))
    reading = read_text(text, field, around)
    return reading.value, [f"{fault.zh}{fault.hint}" for fault in reading.faults]


GOOD: list[tuple[FieldType, str, Any]] = [
    ("text", "通知", "通知"),
    ("long_text", "一\n二", "一\n二"),
    ("date", "2024-02-29", date(2024, 2, 29)),
    ("time", "09:30", "09:30"),
    ("time", "23:59", "23:59"),
    ("integer", "2025", 2025),
    ("integer", "0", 0),
    ("integer", "007", 7),
    ("decimal", "96171.6", Decimal("96171.6")),
    ("decimal", "0", Decimal(0)),
    ("yes_no", "是", True),
    ("yes_no", "否", False),
    ("yes_no", "No", False),
    ("choice", "通知", "notice"),
    ("choice", "令", "order"),
    ("choice", "notice", "notice"),
    ("topic", "财政、金融、审计\\财政", "04-01"),
    ("topic", "财政、金融、审计/财政", "04-01"),
    ("topic", "财政", "04-01"),
    ("topic", "综合政务＼其他", "02-09"),
    ("organ", "finance", "finance"),
    ("organ", "霁川市财政局", "finance"),
    ("organ", "市财政局", "finance"),
    ("section", "财政预决算", "budget"),
    ("section", "budget", "budget"),
    ("record", "霁政发[2025]1号", "霁政发[2025]1号"),
    ("document_number", "霁政发〔2025〕1号", "霁政发〔2025〕1号"),
    ("document_number", "霁川市人民政府令第39号", "霁川市人民政府令第39号"),
    ("index_number", "010000019/2025-00012", "010000019/2025-00012"),
    ("attachment", "2025/budget.xlsx", Attachment("2025/budget.xlsx", "budget.xlsx")),
    ("attachment", "2025/budget.xlsx｜预算表", Attachment("2025/budget.xlsx", "预算表")),
    ("attachment", "2025/budget.xlsx | 预算表", Attachment("2025/budget.xlsx", "预算表")),
    ("phone", "0990-5550118", "0990-5550118"),
    ("phone", "0990-5550118-801、13800000000", "0990-5550118-801、13800000000"),
    ("phone", "12345", "12345"),
    ("phone", "无", "无"),
    ("email", "xxgk@jichuan.example", "xxgk@jichuan.example"),
    ("link", "https://www.jichuan.example/xxgk/?a=1#b", "https://www.jichuan.example/xxgk/?a=1#b"),
]


@pytest.mark.parametrize(("type_", "text", "value"), GOOD)
def test_what_is_well_written_is_read(type_: FieldType, text: str, value: Any) -> None:
    assert read(type_, text) == (value, [])


MENDED: list[tuple[FieldType, str, Any, str]] = [
    ("text", "一\n 二 \n\n三", "一二三", "请写成一行：一二三"),
    ("date", "2024年1月15日", date(2024, 1, 15), "请写成 2024-01-15。"),
    ("date", "2024/1/5", date(2024, 1, 5), "请写成 2024-01-05。"),
    ("date", "2024.1.5", date(2024, 1, 5), "请写成 2024-01-05。"),
    ("date", "２０２４-０１-１５", date(2024, 1, 15), "请写成 2024-01-15。"),
    ("date", "20240115", date(2024, 1, 15), "请写成 2024-01-15。"),
    ("date", "二〇二四年一月十五日", date(2024, 1, 15), "请写成 2024-01-15。"),
    ("date", "2024-1-5", date(2024, 1, 5), "请写成 2024-01-05。"),
    ("date", "2024-01-15 09:30:00", date(2024, 1, 15), "请写成 2024-01-15。"),
    ("date", "45306", date(2024, 1, 15), "请写成 2024-01-15，"),
    ("date", "45306.5", date(2024, 1, 15), "请写成 2024-01-15，"),
    ("time", "9:30", "09:30", "请写成 09:30。"),
    ("time", "09：30", "09:30", "请写成 09:30。"),
    ("time", "下午3:05", "15:05", "请写成 15:05。"),
    ("time", "9点05分", "09:05", "请写成 09:05。"),
    ("time", "09:30:12", "09:30", "请写成 09:30。"),
    ("integer", "２０２５", 2025, "请写成 2025。"),
    ("integer", "2025年度", 2025, "请写成 2025。"),
    ("integer", "3,119", 3119, "请写成 3119。"),
    ("integer", "2025.0", 2025, "请写成 2025。"),
    ("integer", "十二", 12, "请写成 12。"),
    ("decimal", "１２．５", Decimal("12.5"), "请写成 12.5。"),
    ("decimal", "96,171.6万元", Decimal("96171.6"), "请写成 96171.6。"),
    ("yes_no", "√", True, "请写成“是”。"),
    ("yes_no", "不需要", False, "请写成“否”。"),
    ("document_number", "霁政发[2025]01号", "霁政发〔2025〕1号", "请写成“霁政发〔2025〕1号”。"),
    ("index_number", "010000019 / 2025-00012", "010000019/2025-00012", "请写成“010000019/2025-00012”。"),
    ("phone", "（0990）5550118", "0990-5550118", "请写成 0990-5550118。"),
    ("phone", "0990—5550118", "0990-5550118", "请写成 0990-5550118。"),
    ("phone", "０９９０-５５５０１１８", "0990-5550118", "请写成 0990-5550118。"),
    ("phone", "09905550118", "0990-5550118", "请写成 0990-5550118。"),
    (
        "link",
        "www.jichuan.example/a",
        "https://www.jichuan.example/a",
        "请写成 https://www.jichuan.example/a",
    ),
    (
        "attachment",
        "attachments/2025/budget.xlsx",
        Attachment("2025/budget.xlsx", "budget.xlsx"),
        "请写成 2025/budget",
    ),
    (
        "attachment",
        "2025\\budget.xlsx｜表",
        Attachment("2025/budget.xlsx", "表"),
        "请写成 2025/budget.xlsx｜表",
    ),
]


@pytest.mark.parametrize(("type_", "text", "value", "said"), MENDED)
def test_what_is_carelessly_written_is_read_and_shown_as_it_should_be_written(
    type_: FieldType, text: str, value: Any, said: str
) -> None:
    read_value, faults = read(type_, text)

    assert read_value == value
    assert faults != []
    assert all(said in fault for fault in faults)


UNREAD: list[tuple[FieldType, str, str]] = [
    ("date", "2024年1月", "缺少日。请查明是哪一天，写成 2024-01-15 的样子。"),
    ("date", "2024-01", "缺少日。"),
    ("date", "2024年", "缺少月和日。请写成 2024-01-15 的样子。"),
    ("date", "2024-02-30", "2024年2月没有 30 日。这个月的最后一天是 2024-02-29，"),
    ("date", "2023年2月29日", "2023年2月没有 29 日。这个月的最后一天是 2023-02-28，"),
    ("date", "2024-04-00", "2024年4月没有 0 日。"),
    ("date", "2024-13-01", "没有 13 月。"),
    ("date", "0024-01-01", "年份 24 不对。"),
    ("date", "2204-01-01", "年份 2204 不对。"),
    ("date", "24.1.5", "看不出是哪一天。请写成 2026-01-31 的样子：年-月-日。"),
    ("date", "昨天", "看不出是哪一天。"),
    ("time", "25:00", "看不出是几点几分。"),
    ("time", "09:60", "看不出是几点几分。"),
    ("integer", "3.5", "不是整数。请只写数字，例如 2025。"),
    ("integer", "若干", "不是整数。"),
    ("integer", "-3", "这一项不会小于零。"),
    ("text", "null", "是程序里表示空的词。"),
    ("date", "#REF!", "是表格软件的出错符号。"),
    ("decimal", "=SUM(B2:B9)", "是表格的公式。"),
    ("decimal", "约12", "不是数。请只写数字和小数点，不写单位，例如 96171.6。"),
    ("yes_no", "看情况", "不是“是”或“否”。请写“是”或“否”。"),
    ("choice", "通知书", "不在“体裁”的用词里。是不是“通知”？"),
    ("choice", "x", "请写下列之一：命令（令）、"),
    (
        "topic",
        "财政、金融、审计\\预算",
        "不在主题分类表里。请写下列之一：财政、金融、审计\\财政；财政、金融、审计\\税务；",
    ),
    ("topic", "教育\\教育", "不在主题分类表里。请写成 科技、教育\\教育 的样子，"),
    ("topic", "综合政务类", "不在主题分类表里。请写成 综合政务 的样子，"),
    ("organ", "霁川市财政厅", "机构名录 organs.csv 里没有这个机构。是不是“霁川市财政局”？"),
    ("organ", "霁川市卫健局", "机构名录 organs.csv 里没有这个机构。请写机构全称；"),
    ("topic", "防火", "不在主题分类表里。请写成 其他 的样子，"),
    (
        "organ",
        "城建局",
        "机构名录里有 2 个机构都叫这个名称：霁川市住房和城乡建设局、霁川市城市管理局。请写全称，",
    ),
    ("section", "财政预算", "里没有这个栏目。请写成“财政预决算”。"),
    ("section", "xyz", "里没有这个栏目。栏目有："),
    ("document_number", "第五号", "请写成“霁政发〔2024〕5号”的样子；没有文号的，请留空。"),
    ("index_number", "2025-12", "的样子，机构代码为 9 位或 18 位，流水号补足五位。"),
    ("attachment", "2025/Budget.XLSX", "attachments 文件夹里没有这个文件。是不是 2025/budget.xlsx？"),
    ("attachment", "../site.yaml", "不在 attachments 文件夹里。"),
    ("attachment", "2025/../../site.yaml", "不在 attachments 文件夹里。"),
    ("attachment", "attachments/../../site.yaml", "不在 attachments 文件夹里。"),
    ("attachment", "..\\site.yaml", "不在 attachments 文件夹里。"),
    ("attachment", "/etc/passwd", "不在 attachments 文件夹里。"),
    ("attachment", "C:\\a.docx", "不在 attachments 文件夹里。"),
    ("attachment", "｜名称", "不在 attachments 文件夹里。"),
    ("phone", "5550118", "看不出是电话号码。请写成“区号-号码”，"),
    ("email", "xxgk#jichuan.example", "不是电子邮箱地址。请写成 xxgk@jichuan.example 的样子。"),
    ("link", "javascript:alert(1)", "不是完整的网址。"),
    ("link", "https://a b.example", "不是完整的网址。"),
]


@pytest.mark.parametrize(("type_", "text", "said"), UNREAD)
def test_what_leaves_doubt_is_not_read_and_says_what_to_write(type_: FieldType, text: str, said: str) -> None:
    value, faults = read(type_, text)

    assert value is None
    assert len(faults) == 1
    assert said in faults[0]


def test_a_dashed_code_in_an_index_number_is_only_a_reminder_because_numbers_never_change() -> None:
    reading = read_text("0142768-8/2022-00185", Field("f", "索引号", "", "index_number"), AROUND)

    assert reading.value == "0142768-8/2022-00185"
    assert [(fault.code, fault.severity) for fault in reading.faults] == [
        ("index-number.dashed-code", "warning")
    ]


def test_a_subject_whose_name_stands_in_two_branches_must_be_written_in_full() -> None:
    source = Source("d", "c", date(2026, 1, 1), "proposal")
    terms = (
        Term("1", "甲"),
        Term("2", "乙"),
        Term("1-1", "其他", parent="1"),
        Term("2-1", "其他", parent="2"),
    )
    around = replace(AROUND, vocabularies={"topics": Vocabulary("topics", "主题", terms, source)})

    assert read("topic", "乙\\其他", around) == ("2-1", [])
    value, faults = read("topic", "其他", around)
    assert value is None
    assert "请把上一级也写上，例如 甲\\其他。" in faults[0]


def test_without_organs_and_rules_nothing_is_held_against_them() -> None:
    around = replace(AROUND, organs=None, regime=None)

    assert read("organ", "某局", around) == ("某局", [])
    assert read("section", "某栏", around) == ("某栏", [])


def test_every_type_has_a_reader_or_is_a_table() -> None:
    assert set(get_args(FieldType)) == {*READERS, "table", "report_tables"}


@given(st.sampled_from(sorted(READERS)), st.text(min_size=1, max_size=60))
def test_no_text_brings_a_reader_down_and_every_unread_one_is_reported(type_: FieldType, text: str) -> None:
    text = text.strip()
    if not text:
        return

    value, faults = read(type_, text)

    assert value is not None or faults
