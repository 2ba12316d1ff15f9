"""Spreadsheets as records: which column goes where, what is remembered, what is left out and said so."""

import csv
import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from plugins.disclosure.importers import as_json, as_text, import_files
from plugins.disclosure.importers.column_mapping import from_table, guess
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.spreadsheet import Sheet, SheetRow, read_csv, read_xlsx
from plugins.disclosure.kinds import load_kinds

DAY = datetime.combine(date(2024, 3, 8), time())
HALF_PAST_NINE = datetime.combine(date(2024, 3, 8), time(9, 30))
HEADING = ["序号", "标题", "发文机关", "公开日期", "正文", "经办人"]
ROWS = [
    ["1", "市财政局召开座谈会", "finance", "2024年3月8日", "3月8日，市财政局召开座谈会。", "张某"],
    ["2", "市财政局开展培训", "finance", "2024-03-09", "3月9日，市财政局开展业务培训。", "张某"],
]


def workbook(*sheets):
    """An .xlsx file with these sheets, each a name and rows."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book):
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def csv_bytes(rows, encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.fixture
def place(tmp_path):
    """Writes a source and imports it."""

    def import_(name, data, kind="news", **settings):
        path = tmp_path / name
        path.write_bytes(data)
        into = tmp_path / "content"
        return import_files([path], into / kind if kind else into, settings)

    return import_


def written(tmp_path, name):
    text = (tmp_path / "content" / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "dongtai.xlsx",
            workbook(("动态", [["市财政局2024年动态"], HEADING, *ROWS, ["合计", "2"], ["填表人：李某"]])),
        ),
        ("dongtai.csv", csv_bytes([["市财政局2024年动态"], HEADING, *ROWS, ["合计", "2"], ["填表人：李某"]])),
        (
            "dongtai.csv",
            csv_bytes([["市财政局2024年动态"], HEADING, *ROWS, ["合计", "2"], ["填表人：李某"]], "gb18030"),
        ),
    ],
)
def test_rows_become_records_and_everything_else_is_listed(place, tmp_path, name, data):
    run = place(name, data)
    rows = written(tmp_path, "news/dongtai.csv")

    assert [row["标题"] for row in rows] == ["市财政局召开座谈会", "市财政局开展培训"]
    assert [row["编号"] for row in rows] == ["dongtai-003", "dongtai-004"]
    assert [row["发布日期"] for row in rows] == ["2024-03-08", "2024-03-09"]
    assert rows[0]["正文"] == ROWS[0][4]
    assert "张某" not in str(rows)
    document = run.outcomes[0].document
    assert [line.reason for line in document.dropped] == ["表头上面的行", "合计、小计行", "表格下面的说明"]
    assert {thing.text for thing in document.left_out} >= {"序号", "经办人"}
    assert "“经办人”一列没有导入" in run.outcomes[0].review
    assert run.outcomes[0].file.empty == ("公开方式", "审查人", "审查日期")


@pytest.mark.parametrize("note", [["制表人：张某"], ["填表人：张某", "", "审核人：李某"], ["注：单位为件"]])
def test_who_made_a_table_is_no_record(place, note):
    [outcome] = place("dongtai.csv", csv_bytes([HEADING, *ROWS, note])).outcomes

    assert [(line.line, line.reason) for line in outcome.document.dropped] == [(4, "表格下面的说明")]


@pytest.mark.parametrize("day", [DAY, 45359, "45359", "45359.5", "二〇二四年三月八日", "２０２４年３月８日"])
def test_a_day_is_a_day_however_the_spreadsheet_holds_it(place, tmp_path, day):
    place("dongtai.xlsx", workbook(("动态", [HEADING, [*ROWS[0][:3], day, *ROWS[0][4:]]])))

    [row] = written(tmp_path, "news/dongtai.csv")
    assert row["发布日期"] == "2024-03-08"


def test_importing_a_table_twice_changes_nothing(place, tmp_path):
    data = workbook(("动态", [HEADING, *ROWS]))
    place("a1.xlsx", data)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    run = place("a1.xlsx", data)

    assert [outcome.state for outcome in run.outcomes] == ["unchanged"]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_defaults_fill_columns_that_are_empty_or_missing(place, tmp_path):
    rows = [HEADING, *ROWS, [3, "第三条", "", "2024-03-10", "正文。", ""]]
    place(
        "a1.xlsx", workbook(("动态", rows)), 审查人="办公室", 审查日期="发布日期", 发布机构="general-office"
    )

    assert [row["审查日期"] for row in written(tmp_path, "news/a1.csv")] == [
        "2024-03-08",
        "2024-03-09",
        "2024-03-10",
    ]
    assert [row["发布机构"] for row in written(tmp_path, "news/a1.csv")] == [
        "finance",
        "finance",
        "general-office",
    ]


def test_the_columns_are_remembered_and_what_an_editor_writes_there_decides(place, tmp_path):
    data = workbook(("动态", [["题目", "日子", "谁发的", "内容"], ["甲", "2024-03-08", "finance", "正文。"]]))
    run = place("a1.xlsx", data, kind=None)
    remembered = tmp_path / "content" / "import-review" / "a1.xlsx.columns.csv"

    assert "a1.xlsx.columns.csv" in run.refused[0].document.refused
    text = remembered.read_text(encoding="utf-8-sig")
    for column, field in (("题目", "标题"), ("日子", "发布日期"), ("谁发的", "发布机构"), ("内容", "正文")):
        text = text.replace(f"动态,,1,{column},", f"动态,政务动态,1,{column},{field}")
    remembered.write_text(text, encoding="utf-8")

    again = place("a1.xlsx", data, kind=None)
    assert [outcome.state for outcome in again.outcomes] == ["new"]
    assert written(tmp_path, "news/a1.csv")[0]["标题"] == "甲"
    assert remembered.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("工作表,", "表,", "第一行应为"),
        ("news", "newz", "第 2 行“类别”写作“newz”"),
        ("news,1", "news,一", "“表头行”写作“一”"),
        ("标题\n", "标体\n", "是不是“标题”"),
    ],
)
def test_a_mistake_in_the_remembered_columns_is_named(place, tmp_path, old, new, says):
    data = workbook(("动态", [HEADING, *ROWS]))
    place("a1.xlsx", data)
    remembered = tmp_path / "content" / "import-review" / "a1.xlsx.columns.csv"
    text = remembered.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    remembered.write_text(text.replace(old, new), encoding="utf-8")

    assert says in place("a1.xlsx", data).refused[0].document.refused


def test_each_sheet_becomes_a_file_of_the_kind_its_columns_show(place, tmp_path):
    kinds = load_kinds()
    power, news = kinds["power"], [field.label for field in kinds["news"].fields]
    sheets = [
        ("权责", [[field.label for field in power.fields], ["甲"] * len(power.fields)]),
        ("动态", [[*news, "正文"], ["乙"] * (len(news) + 1)]),
        ("空", []),
    ]
    run = place("lists.xlsx", workbook(*sheets), kind=None)

    assert run.outcomes[0].file.name == "power/lists-1.csv"
    assert len(run.outcomes) == 2


def test_the_contract_has_an_object_for_each_sheet(place):
    run = place("a1.xlsx", workbook(("甲", [HEADING, *ROWS]), ("乙", [HEADING, *ROWS])))

    assert [one["kind"] for one in as_json(run)] == ["news", "news"]
    assert [outcome.file.name for outcome in run.outcomes] == ["news/a1-1.csv", "news/a1-2.csv"]


def test_columns_that_fit_two_kinds_alike_are_not_guessed():
    sheet = Sheet("", [SheetRow(1, ("标题", "发布机构", "发布日期"))])

    assert guess(sheet, load_kinds(), None) is None
    assert guess(sheet, load_kinds(), "news").known == 3


def test_cells_are_read_as_they_are_shown():
    book = Workbook()
    sheet = book.active
    sheet.append(["甲", DAY, HALF_PAST_NINE, 12.0, 12.5, True, date(2024, 3, 9)])
    sheet.append([0.125, 0.1 + 0.2, 1234567890123456789, " 乙 ", "两\r\n行"])
    sheet["A2"].number_format = "0.0%"
    (found,) = read_xlsx(saved(book))

    assert found.rows[0].cells == ("甲", "2024-03-08", "2024-03-08 09:30", "12", "12.5", "是", "2024-03-09")
    assert found.rows[1].cells[:2] == ("12.5%", "0.3")
    assert found.rows[1].cells[3:5] == ("乙", "两\n行")
    assert any("C2 的数超过 15 位" in doubt for doubt in found.doubts)


@pytest.mark.parametrize(
    ("value", "format_", "shown"), [(12.6, "0", "13"), (0.125, "0%", "13%"), (1.005, "0.00", "1.01")]
)
def test_what_a_cell_rounds_is_told(value, format_, shown):
    book = Workbook()
    book.active.append([value])
    book.active["A1"].number_format = format_
    [sheet] = read_xlsx(saved(book))

    assert sheet.rows[0].cells == (shown,)
    assert f"A1（显示 {shown}，存的是 " in sheet.doubts[0]


@pytest.mark.parametrize("format_", ["0.00E+00", "# ?/?", "[DBNum2]General", ";;;", '"没有配对', "#"])
def test_a_format_that_is_not_understood_is_told_and_its_number_kept(format_):
    book = Workbook()
    book.active.append([0])
    book.active["A1"].number_format = format_
    [sheet] = read_xlsx(saved(book))

    assert sheet.rows[0].cells == ("0",)
    assert f"A1（格式 {format_}，写成 0）" in sheet.doubts[0]


def test_a_text_shows_what_its_cell_shows_and_a_number_stays_a_number(place, tmp_path):
    book = Workbook()
    book.active.append(["标题", "收入（万元）", "支出（万元）"])
    book.active.append([7, 1234.5, 5])
    for place_, format_ in (("A2", "000"), ("B2", '#,##0.00"万元"'), ("C2", '0"亿元"')):
        book.active[place_].number_format = format_
    run = place("a1.xlsx", saved(book), kind="finance")
    [row] = written(tmp_path, "finance/a1.csv")

    assert (row["标题"], row["收入（万元）"], row["支出（万元）"]) == ("007", "1234.5", "5")
    assert "“支出（万元）”一栏只写数：表格里显示“5亿元”的写成了 5，请核对单位。" in run.outcomes[0].review
    assert "1,234.50" not in run.outcomes[0].review


def test_raised_and_crossed_out_characters_of_a_cell_are_read_as_they_are_shown():
    book = Workbook()
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    book.active.append([CellRichText("面积（m", TextBlock(raised, "2"), "）"), "保留", "作废"])
    book.active["B1"] = CellRichText("保留", TextBlock(struck, "删去"))
    book.active["C1"].font = Font(strike=True)
    [sheet] = read_xlsx(saved(book))

    assert sheet.rows[0].cells == ("面积（m²）", "保留")
    assert [thing.text for thing in sheet.left_out] == ["B1：删去", "C1：作废"]
    assert sheet.doubts == ["有 2 格里加了删除线的文字没有带入，请与定稿核对：B1：删去；C1：作废。"]


def test_what_a_sheet_prints_on_each_page_is_reported():
    book = Workbook()
    book.active.append(["甲"])
    book.active.oddHeader.center.text = '&"宋体"&12霁川市财政局'
    book.active.oddFooter.center.text = "第 &P 页"
    [sheet] = read_xlsx(saved(book))

    assert [thing.what for thing in sheet.left_out] == ["页眉页脚", "页眉页脚"]


def test_what_a_sheet_holds_besides_its_cells_is_reported():
    book = Workbook()
    book.properties.creator = "王某某"
    sheet = book.active
    for row in (["甲", "乙"], ["望岫区", 1], [None, 2], ["合并", "=1+1"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet["B2"].comment = Comment("请再核", "王某某")
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("内部").sheet_state = "hidden"
    (found,) = read_xlsx(saved(book))

    assert [row.cells for row in found.rows] == [("甲", "乙"), ("望岫区", "1"), ("望岫区", "2"), ("合并", "")]
    assert [(thing.what, thing.text) for thing in found.left_out] == [
        ("批注", "B2：请再核"),
        ("作者", "王某某"),
    ]
    told = "".join(found.doubts)
    assert "有隐藏的行" in told
    assert "“内部”是隐藏的" in told
    assert "1 个公式没有存下结果" in told


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({}, "没有表格"),
        ({"word/document.xml": "x"}, "没有表格"),
        ({"xl/workbook.xml": "<x"}, "损坏"),
        ({"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, "XML 实体"),
        ({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": " " * 41_000_000}, "太大"),
    ],
)
def test_hostile_workbooks_are_refused(packed, parts, says):
    with pytest.raises(Refusal, match=says):
        read_xlsx(packed(parts))


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing():
    book = Workbook()
    book.active["A1"] = "甲"
    book.active.cell(60_000, 400, "乙")
    (found,) = read_xlsx(saved(book))

    assert [row.number for row in found.rows] == [1]
    assert "只读前" in found.doubts[0]


@pytest.mark.parametrize(
    ("text", "cells"),
    [("a\tb\n", ("a", "b")), ("a;b\n", ("a", "b")), ("a,b\n", ("a", "b")), ('"a\nb",c\n', ("a\nb", "c"))],
)
def test_the_usual_separators_are_read(text, cells):
    assert read_csv(text.encode(), "a.csv")[0].rows[0].cells == cells


@pytest.mark.parametrize("data", [b'a,"b\nc,d', b"\x00\x01", b"\xff\xfe\xff"])
def test_a_broken_table_is_refused(place, data):
    assert place("a1.csv", data).refused


@pytest.mark.parametrize("data", [b"", b"\n\n,,\n"])
def test_an_empty_table_is_refused(place, data):
    assert "表格是空的" in place("a1.csv", data).refused[0].document.refused


def test_a_file_cut_off_anywhere_never_crashes(place):
    data = workbook(("动态", [HEADING, *ROWS]))
    for part in range(12):
        assert place("a1.xlsx", data[: len(data) * part // 12]).refused


def test_a_column_that_is_no_longer_there_is_reported(place, tmp_path):
    place("a1.xlsx", workbook(("动态", [HEADING, *ROWS])))
    run = place("a1.xlsx", workbook(("动态", [["标题", "正文"], ["甲", "正文。"]])))

    assert "“公开日期”一列，表格里没有了" in run.outcomes[0].review


def test_an_empty_remembered_table_is_refused_with_its_name():
    with pytest.raises(Refusal, match=r"a\.csv 的第一行"):
        from_table([], "a.csv", load_kinds())


def test_the_terminal_says_where_the_columns_are_remembered(place):
    told = as_text(place("a1.xlsx", workbook(("动态", [HEADING, *ROWS]))))

    assert "import-review/a1.xlsx.columns.csv" in told
    assert "待补 3 项" in told


def test_the_terminal_says_which_ids_the_rows_were_given_and_where_they_stand(place):
    told = as_text(place("名单.xlsx", workbook(("动态", [HEADING, *ROWS]))))
    run = place("名单.xlsx", workbook(("动态", [HEADING, *ROWS])))
    ids = [row[0] for row in csv.reader(io.StringIO(run.outcomes[0].file.text))][1:]

    assert (
        f"{len(ROWS)} 条的编号：{ids[0]} … {ids[-1]}，写在 {run.outcomes[0].file.name} 的“编号”一列" in told
    )
    assert "网址是 news/编号.html" in told


def test_a_table_of_which_no_column_is_known_asks_for_the_kind_only_where_it_was_not_given(place):
    rows = csv_bytes([["收费名称", "执收单位"], ["停车费", "市财政局"]])

    given = place("a1.csv", rows).refused[0].document.refused
    not_given = place("b1.csv", rows, kind=None).refused[0].document.refused

    assert "认得出是“政务动态”的哪个字段" in given
    assert "写明类别" not in given
    assert "或者用 --into content/类别 写明类别" in not_given
