"""The sums of an annual report: all 42 hold in a right report, and any one wrong figure breaks one of them."""

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.disclosure.annual_report import (
    CellId,
    Tables,
    check_identities,
    check_published_on,
    check_year_pair,
    form_of_year,
    load_forms,
)

FORM = form_of_year(2024)
PART3 = FORM.table("part3")
SOME_APPLICANTS = ("natural", "biz", "research", "welfare", "legal", "other")
RESULTS = tuple(row.key for row in PART3.rows[2:23])


def report(results=(), *, over=0, forward=0, reviews=(0, 0, 0, 0), part2=(0,) * 10) -> Tables:
    """A report whose sums hold: `results` are the 21 × 6 outcomes by applicant, row by row."""
    figures = dict(zip(FORM.table("part2").cells(), part2, strict=True))
    flat = list(results) + [0] * (len(RESULTS) * 6 - len(results))
    for place, key in enumerate(SOME_APPLICANTS):
        column = dict(zip(RESULTS, flat[place::6], strict=True))
        column["result_total"] = sum(column.values())
        column["carried_forward"] = forward
        column["carried_over"] = min(over, column["result_total"] + forward)
        column["new_received"] = column["result_total"] + forward - column["carried_over"]
        figures |= {CellId("part3", row, key): figure for row, figure in column.items()}
    for row in PART3.rows:
        total = sum(figures[CellId("part3", row.key, key)] for key in SOME_APPLICANTS)
        figures[CellId("part3", row.key, "total")] = total
    for row in FORM.table("part4").rows:
        for column, figure in zip(row.columns, (*reviews, sum(reviews)), strict=True):
            figures[CellId("part4", row.key, column.key)] = figure
    return Tables(FORM, figures)


def changed(tables: Tables, *cells: tuple[CellId, int]) -> Tables:
    figures = dict(tables.figures)
    for cell, by in cells:
        figures[cell] += by
    return Tables(tables.form, figures)


RIGHT_REPORTS = st.builds(
    report,
    st.lists(st.integers(0, 5000), min_size=126, max_size=126),
    over=st.integers(0, 300),
    forward=st.integers(0, 300),
    reviews=st.tuples(*[st.integers(0, 400)] * 4),
)


def test_the_form_has_six_parts_and_three_tables_of_200_cells():
    assert len(FORM.parts) == 6
    assert [len(list(table.cells())) for table in FORM.tables] == [10, 175, 15]


def test_there_are_42_sums_within_a_report():
    counts = {
        check.id: len(
            FORM.table(check.table).columns if check.per == "column" else FORM.table(check.table).rows
        )
        for check in FORM.checks
    }
    assert counts == {"ar.balance": 7, "ar.result-sum": 7, "ar.col-sum": 25, "ar.review-sum": 3}


@pytest.mark.parametrize(
    ("year", "form"),
    [(2008, "free"), (2018, "free"), (2019, "n60"), (2020, "n60"), (2021, "n30"), (2031, "n30")],
)
def test_a_report_is_judged_by_the_form_of_the_year_it_speaks_of(year, form):
    assert form_of_year(year).id == form


def test_forms_whose_columns_were_not_seen_check_nothing():
    assert [len(form.tables) for form in load_forms()] == [0, 0, 3]
    assert all(form.checks == () for form in load_forms() if not form.tables)


@given(RIGHT_REPORTS)
@settings(max_examples=25, deadline=None)
def test_a_report_whose_figures_add_up_has_no_fault(tables):
    assert check_identities(tables) == []


@given(
    RIGHT_REPORTS, st.sampled_from([c for t in FORM.tables[1:] for c in t.cells()]), st.sampled_from([1, -1])
)
@settings(max_examples=100, deadline=None)
def test_one_figure_changed_by_one_breaks_a_sum_that_names_its_line(tables, cell, by):
    faults = check_identities(changed(tables, (cell, by)))
    assert faults
    assert all(abs(fault.left - fault.right) == 1 for fault in faults)


def test_every_single_cell_of_parts_3_and_4_is_held_by_a_sum():
    right = report([1] * 126, over=1, forward=1, reviews=(1, 1, 1, 1))
    free = [c for t in FORM.tables[1:] for c in t.cells() if not check_identities(changed(right, (c, 1)))]
    assert free == []


def test_figures_of_part_2_are_bound_by_no_sum_within_the_year():
    right = report(part2=(1, 2, 3, 4, 5, 6, 7, 8, 9, Decimal("10.5")))
    assert all(check_identities(changed(right, (cell, 1))) == [] for cell in FORM.table("part2").cells())


def test_a_broken_balance_names_the_cells_and_the_figures_of_both_sides():
    wrong = changed(
        report([7], over=2, forward=3),
        (CellId("part3", "new_received", "natural"), 1),
        (CellId("part3", "new_received", "total"), 1),
    )
    [natural, total] = check_identities(wrong)
    assert (natural.id, natural.severity, natural.left, natural.right) == ("ar.balance", "error", 11, 10)
    assert natural.message_zh == (
        "“自然人”列：“一、本年新收政府信息公开申请数量”9＋“二、上年结转政府信息公开申请数量”2＝11；"
        "“（七）总计”7＋“四、结转下年度继续办理”3＝10。两边应相等，相差 1。"
    )
    assert natural.message_en == (
        'Column "Natural persons": "Received this year" 9 + "Carried over from last year" 2 = 11; '
        '"Total of results" 7 + "Carried forward to next year" 3 = 10. Both must be equal; they differ by 1.'
    )
    assert natural.hint == "本年新收加上年结转，应等于办理结果总计加结转下年度。"
    assert natural.cells[0] == CellId("part3", "new_received", "natural")
    assert total.message_zh.startswith("“总计”列")


def test_a_long_sum_names_only_what_is_not_zero():
    wrong = changed(report([4, 0, 0, 0, 0, 0, 2]), (CellId("part3", "result_total", "natural"), 2))
    message = next(f.message_zh for f in check_identities(wrong) if f.id == "ar.result-sum")
    assert message == (
        "“自然人”列：“（一）予以公开”4＋“（二）部分公开（区分处理的，只计这一情形，不计其他情形）”2＝6；"
        "“（七）总计”8。两边应相等，相差 2。"
    )


def test_a_row_is_named_with_the_heading_above_it():
    wrong = changed(report(), (CellId("part3", "noproc_2", "total"), 1))
    [fault, _] = sorted(check_identities(wrong), key=lambda fault: fault.id)
    assert fault.message_zh == ("“（五）不予处理2.重复申请”行：各项都是 0；“总计”1。两边应相等，相差 1。")


def test_lawsuits_after_review_add_up_on_their_own():
    wrong = changed(report(reviews=(1, 0, 0, 2)), (CellId("part4", "after_review", "pending"), -1))
    [fault] = check_identities(wrong)
    assert fault.message_zh == "“复议后起诉”行：“结果维持”1＋“尚未审结”1＝2；“总计”3。两边应相等，相差 1。"


def test_figures_of_a_large_city_hold():
    """Counts of up to seven digits and an amount with one decimal, as a whole city reports them."""
    tables = report(
        [600000] * 126,
        over=100,
        forward=99,
        part2=(1, 0, 11, 8, 26, 66, 447228, 3985758, 88283, Decimal("96171.6")),
    )
    assert tables.at(CellId("part3", "result_total", "total")) == 75_600_000
    assert tables.row("part2", "fee_wan") == (Decimal("96171.6"),)
    assert check_identities(tables) == []


def test_what_is_carried_over_must_be_what_last_year_carried_forward():
    previous, this = report([9], forward=4), report([9], over=3)
    [fault, *_] = check_year_pair(previous, this)
    assert (fault.id, fault.severity) == ("ar.next-year", "warning")
    assert fault.message_zh == (
        "“自然人”列：本年“二、上年结转政府信息公开申请数量”3；上年“四、结转下年度继续办理”4。两边应相等，相差 1。"
    )
    assert (
        check_year_pair(report([9], forward=4), report([9], over=4)) != []
    )  # only the first applicant has 4 to carry
    assert check_year_pair(report([9] * 6, forward=4), report([9] * 6, over=4)) == []


def test_documents_in_force_must_follow_from_last_years():
    previous = report(part2=(0, 0, 11, 0, 0, 84, 0, 0, 0, Decimal(0)))
    follows = report(part2=(1, 0, 12, 8, 26, 66, 0, 0, 0, Decimal(0)))
    assert check_year_pair(previous, follows) == []
    wrong = changed(follows, (CellId("part2", "rules", "valid"), -1))
    [fault] = check_year_pair(previous, wrong)
    assert fault.id == "ar.stock"
    read_elsewhere = pickle.loads(pickle.dumps(previous))  # as files are that another process reads
    assert [fault.id for fault in check_year_pair(read_elsewhere, wrong)] == ["ar.stock"]
    assert fault.message_zh == (
        "“规章”行：本年“现行有效件数”11＋本年“本年废止件数”0＝11；"
        "上年“现行有效件数”11＋本年“本年制发件数”1＝12。两边应相等，相差 1。"
    )


def test_reports_in_different_forms_are_not_compared():
    other = Tables(form_of_year(2020), {})
    assert check_year_pair(other, report([1])) == []


@pytest.mark.parametrize(
    ("published_on", "codes"),
    [(date(2026, 1, 30), []), (date(2026, 1, 31), []), (date(2026, 2, 1), ["ar.due"])],
)
def test_a_report_published_on_its_last_day_is_in_time(published_on, codes):
    assert [fault.id for fault in check_published_on(2025, published_on, date(2026, 1, 31))] == codes


def test_a_late_report_says_by_how_much():
    [fault] = check_published_on(2025, date(2026, 2, 10), date(2026, 1, 31))
    assert fault.message_zh == "2025年度报告发布于 2026-02-10，晚于期限 2026-01-31 10 天。"


def test_a_fault_becomes_a_problem_of_the_editors_file():
    [fault] = check_published_on(2025, date(2026, 2, 10), date(2026, 1, 31))
    problem = fault.as_problem("annual_report/x.md", 4, "某条")
    assert (problem.file, problem.line, problem.code, problem.basis) == (
        "annual_report/x.md",
        4,
        "ar.due",
        "某条",
    )


FORMS = Path(__file__).parents[3] / "plugins/disclosure/profiles/cn-2019/annual_report.yaml"


@pytest.mark.parametrize(
    ("was", "is_now", "message"),
    [
        ("right: [result_total, carried_forward]", "right: [result_totals]", "n30: .*result_totals"),
        ("part4.review.total", "part4.reviews.total", "reviews"),
        ("columns: [amount]", "columns: [money]", "no such columns: money"),
        ("table: part4\n        per: row", "table: part5\n        per: row", "no table 'part5'"),
    ],
)
def test_a_form_that_names_cells_it_does_not_have_is_refused(tmp_path, was, is_now, message):
    text = FORMS.read_text(encoding="utf-8")
    assert was in text
    (tmp_path / "forms.yaml").write_text(text.replace(was, is_now), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_forms(tmp_path / "forms.yaml")
