"""Reading an editor's tables: every fault at once, each with its line and the name of its cell."""

from decimal import Decimal

import pytest

from plugins.disclosure.annual_report import CellId, check_identities, form_of_year
from plugins.disclosure.annual_report_file import read_tables

FORM = form_of_year(2024)

PART2 = """\
part2:
  rules: {made: 1, repealed: 0, valid: 11}
  normative: [8, 26, 66]
  permit: 447228
  punish: {decisions: 3985758}
  coerce: [88283]
  fee_wan: 96171.6
"""
PART4 = """\
part4:
  review: [72, 64, 178, 37, 351]
  direct: [13, 4, 8, 1, 26]
  after_review: [12, 1, 1, 6, 20]
"""
ROWS = {row.key: [0, 0, 0, 0, 0, 0, 0] for row in FORM.table("part3").rows}
ROWS |= {key: [3, 0, 0, 0, 0, 0, 3] for key in ("new_received", "granted", "result_total")}
PART3 = "part3:\n" + "".join(f"  {key}: {figures}\n" for key, figures in ROWS.items())
WHOLE = PART2 + PART3 + PART4


def problems(text: str) -> list[tuple[int | None, str | None, str]]:
    return [(p.line, p.field, p.code) for p in read_tables(text, "finance-2024.yaml", FORM).problems]


def one_problem(text: str):
    [problem] = read_tables(text, "finance-2024.yaml", FORM).problems
    return problem


def test_a_whole_file_is_read_with_the_line_of_every_cell():
    read = read_tables(WHOLE, "finance-2024.yaml", FORM)
    assert read.problems == ()
    assert read.tables.at(CellId("part2", "permit", "decisions")) == 447228
    assert read.tables.row("part2", "fee_wan") == (Decimal("96171.6"),)
    assert read.tables.row("part3", "new_received") == (3, 0, 0, 0, 0, 0, 3)
    assert read.lines[CellId("part2", "normative", "valid")] == 3
    assert read.lines[CellId("part3", "new_received", "total")] == 9
    assert len(read.lines) == 200
    assert check_identities(read.tables) == []


def test_the_words_of_the_form_do_as_well_as_our_keys():
    text = (
        WHOLE.replace("part3:", "申请办理:")
        .replace("  new_received:", "  一、本年新收政府信息公开申请数量:")
        .replace("  granted:", "  予以公开:")
        .replace("  deny_3:", "  危及“三安全一稳定”:")
        .replace("  partial:", "  （二） 部分公开:")
        .replace("{made: 1, repealed: 0, valid: 11}", "{本年制发件数: 1, 本年废止件数: 0, 现行有效件数: 11}")
    )
    assert (
        read_tables(text, "x.yaml", FORM).tables.figures == read_tables(WHOLE, "x.yaml", FORM).tables.figures
    )


def test_no_two_entries_of_a_table_answer_to_one_name():
    from plugins.disclosure.annual_report_file import _names

    for group in [
        FORM.tables,
        *(t.rows for t in FORM.tables),
        *(r.columns for t in FORM.tables for r in t.rows),
    ]:
        names = [name for form in group for name in _names(form)]
        assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_columns_may_be_said_as_a_reminder_of_their_order():
    columns = "[natural, biz, research, welfare, legal, other, total]"
    nested = PART3.replace("part3:\n", f"part3:\n  columns: {columns}\n  rows:\n").replace("\n  ", "\n    ")
    nested = nested.replace("    columns", "  columns").replace("    rows", "  rows")
    read = read_tables(PART2 + nested + PART4, "x.yaml", FORM)
    assert read.problems == ()
    assert read.tables.row("part3", "granted") == (3, 0, 0, 0, 0, 0, 3)
    swapped = nested.replace("natural, biz", "biz, natural")
    assert problems(PART2 + swapped + PART4) == [(9, "收到和处理政府信息公开申请情况", "ar.wrong-columns")]


@pytest.mark.parametrize(
    ("written", "code", "message", "hint"),
    [
        ("007", "ar.nonneg", "写作“007”，应当是不小于 0 的整数。", "请写成 7。"),
        ("1_000", "ar.nonneg", "写作“1_000”，应当是不小于 0 的整数。", "请写成 1000。"),
        ('"1,234"', "ar.nonneg", "写作“1,234”，应当是不小于 0 的整数。", "请写成 1234。"),
        ("１２件", "ar.nonneg", "写作“１２件”，应当是不小于 0 的整数。", "请写成 12。"),
        ("no", "ar.nonneg", "写作“no”，应当是不小于 0 的整数。", "请写成 12 的样子。"),
        ("0x1F", "ar.nonneg", "写作“0x1F”，应当是不小于 0 的整数。", "请写成 12 的样子。"),
        ("12.0", "ar.nonneg", "写作“12.0”，应当是不小于 0 的整数。", "请写成 12 的样子。"),
        ("-3", "ar.nonneg", "写作“-3”，应当是不小于 0 的整数。", "请写成 12 的样子。"),
        ("2024-01-02", "ar.nonneg", "写作“2024-01-02”，应当是不小于 0 的整数。", "请写成 12 的样子。"),
        ("", "ar.no-blank", "空着。", "没有发生的请填 0。"),
        ("~", "ar.no-blank", "空着。", "没有发生的请填 0。"),
        ("/", "ar.no-blank", "写作“/”。", "没有发生的请填 0。"),
        ("无", "ar.no-blank", "写作“无”。", "没有发生的请填 0。"),
    ],
)
def test_a_figure_is_read_as_written_and_never_guessed(written, code, message, hint):
    problem = one_problem(WHOLE.replace("permit: 447228", f"permit: {written}"))
    assert (problem.line, problem.field, problem.code) == (4, "行政许可／本年处理决定数量", code)
    assert (problem.message_zh, problem.hint) == (message, hint)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("'1,234.50'", "请写成 1234.50。"),
        ("９６１７１．６万元", "请写成 96171.6。"),
        (".5", "请写成 12 的样子。"),
    ],
)
def test_an_amount_keeps_its_decimals_when_it_is_mended(written, hint):
    assert one_problem(WHOLE.replace("fee_wan: 96171.6", f"fee_wan: {written}")).hint == hint


@pytest.mark.parametrize("written", ["96171.", ".5", "1e3", "96,171.6", "十万"])
def test_an_amount_of_money_has_digits_and_at_most_one_point(written):
    quoted = f'fee_wan: "{written}"'
    assert problems(WHOLE.replace("fee_wan: 96171.6", quoted)) == [
        (7, "行政事业性收费／本年收费金额（单位：万元）", "ar.nonneg")
    ]


def test_a_separator_in_a_number_is_explained_where_it_splits_the_number():
    problem = one_problem(WHOLE.replace("granted: [3, 0,", "granted: [3,119, 0,"))
    assert (problem.line, problem.field, problem.code) == (11, "（一）予以公开", "ar.wrong-count")
    assert problem.message_zh == (
        "有 8 个数，应当有 7 个：自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他、总计。"
    )
    assert problem.hint == "请写成 [0, 0, 0, 0, 0, 0, 0]；数里不要加逗号。"


def test_all_faults_of_a_file_are_told_at_once():
    text = (
        WHOLE.replace("permit: 447228", "permit: 无")
        .replace("  deny_8:", "  deny_9:")
        .replace("  noproc_1: [0, 0, 0, 0, 0, 0, 0]", "  noproc_1: [0, 0, x, 0, 0, 0, -]")
        .replace("part4:", "part5:")
    )
    assert problems(text) == [
        (34, "part5", "ar.unknown-entry"),
        (None, None, "ar.missing-entry"),
        (4, "行政许可／本年处理决定数量", "ar.no-blank"),
        (20, "deny_9", "ar.unknown-entry"),
        (9, "收到和处理政府信息公开申请情况", "ar.missing-entry"),
        (24, "（五）不予处理1.信访举报投诉类申请／科研机构", "ar.nonneg"),
        (24, "（五）不予处理1.信访举报投诉类申请／总计", "ar.no-blank"),
    ]


def test_a_file_with_a_fault_gives_no_tables_at_all():
    assert read_tables(WHOLE.replace("447228", "x"), "x.yaml", FORM).tables is None


def test_a_missing_row_is_named_in_the_words_of_the_form():
    problem = one_problem(WHOLE.replace("  deny_8: [0, 0, 0, 0, 0, 0, 0]\n", ""))
    assert problem.message_zh == "缺少行：“8.属于行政查询事项”。"
    assert (
        problem.message_en
        == "Missing row: Denied: matter of a register. Add it, with 0 where nothing happened."
    )


def test_a_row_written_twice_is_told_at_its_second_place():
    assert problems(WHOLE + "  review: [0, 0, 0, 0, 0]\n") == [(38, "review", "ar.repeated-entry")]
    assert problems(WHOLE + "  行政复议: [0, 0, 0, 0, 0]\n") == [(38, "行政复议", "ar.repeated-entry")]


@pytest.mark.parametrize("text", ["", "# 还没有填\n"])
def test_an_empty_file_is_one_fault(text):
    problem = one_problem(text)
    assert (problem.code, problem.message_zh) == ("ar.bad-file", "文件里没有表格。")


def test_a_table_that_cannot_be_read_hides_no_fault_of_another():
    text = WHOLE.replace("normative: [8, 26, 66]", "normative: [8, 26, 66").replace(
        "direct: [13,", "direct: [x,"
    )
    assert problems(text) == [
        (4, "part2", "front-matter.unreadable"),
        (36, "未经复议直接起诉／结果维持", "ar.nonneg"),
    ]


def test_a_table_that_is_no_table_is_told():
    assert problems(PART2 + PART3 + "part4: 0\n") == [
        (34, "政府信息公开行政复议、行政诉讼情况", "ar.bad-table")
    ]
