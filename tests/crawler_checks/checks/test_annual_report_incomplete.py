"""annual_report_incomplete: six parts in order, three tables."""

import pytest

from tests.crawler_checks.annual_reports import report
from tests.crawler_checks.sites import Page, findings_of, html, links, outline

CHECK = "annual_report_incomplete"


def ask(page: str) -> list[tuple[str, str, str | None]]:
    return outline(findings_of(CHECK, {"/": html(links("/r.html")), "/r.html": page}))


def test_a_whole_report_is_complete() -> None:
    assert ask(report()) == []


@pytest.mark.parametrize(
    "heading", ["一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
)
def test_a_part_that_is_not_there_is_missing(heading: str) -> None:
    assert ask(report(without=(heading,))) == [("fail", "/r.html", "parts")]


def test_a_heading_in_other_words_is_named_with_what_it_should_be() -> None:
    page = report().replace("五、存在的主要问题及改进情况", "五、主要问题和改进")
    (found,) = findings_of(CHECK, {"/": html(links("/r.html")), "/r.html": page})
    assert "“五、主要问题和改进”应写作“五、存在的主要问题及改进情况”" in found.message_zh
    assert "缺少" not in found.message_zh


def test_a_sentence_with_a_number_is_no_heading_in_other_words() -> None:
    numbered = "<p>五、全年共办理申请九件。</p>"
    page = report(without=("五、存在的主要问题及改进情况",), more=numbered)
    (found,) = findings_of(CHECK, {"/": html(links("/r.html")), "/r.html": page})
    assert "缺少“五、存在的主要问题及改进情况”部分" in found.message_zh


def test_pictures_that_all_pages_have_are_no_tables() -> None:
    mark = '<p><img src="/mark.png" alt="网站标识"></p>'
    others = {f"/{number}.html": html(f"<p>第 {number} 页</p>{mark}") for number in range(9)}
    start = html(links("/r.html", *others) + mark)
    pages: dict[str, Page] = {"/": start, "/r.html": report(tables=False, more=mark)} | others
    assert outline(findings_of(CHECK, pages)) == [("fail", "/r.html", "tables")]


def test_headings_may_be_spaced_or_signed_otherwise() -> None:
    assert ask(report().replace("一、总体情况", "一 、总 体情况：")) == []


def test_a_heading_whose_text_goes_on_in_the_same_line_is_there() -> None:
    run_on = "<p>六、其他需要报告的事项：无，本年度没有收取信息处理费。</p>"
    assert ask(report(without=("六、其他需要报告的事项",), more=run_on)) == []


def test_parts_out_of_order_are_said_so() -> None:
    assert ask(report(order=(0, 1, 3, 2, 4, 5))) == [("fail", "/r.html", "order")]


def test_a_table_of_contents_above_the_report_is_no_order() -> None:
    contents = "".join(f"<li>{name}</li>" for name in ("六、其他需要报告的事项", "一、总体情况"))
    assert ask(report().replace("<h2>", f"<ul>{contents}</ul><h2>", 1)) == []


def test_a_report_without_any_table_lacks_them() -> None:
    assert ask(report(tables=False)) == [("fail", "/r.html", "tables")]


@pytest.mark.parametrize(
    "page",
    [
        report(tables=False, more='<img src="/t.png" alt="表">'),
        report(tables=False, more='<p><a href="/r.pdf">年度报告全文</a></p>'),
        report(figures={"new_received": ("9 0 0 0 1 0 10",)}),
        report(figures={"new_received": (9, 0, 0, 0, "/", 0, 10)}),
    ],
)
def test_pictures_files_and_cells_that_ran_together_are_not_judged(page: str) -> None:
    assert ask(page) == [("unknown", "/r.html", "tables")]


@pytest.mark.parametrize(
    "page",
    [
        html(
            "<h1>2024年政府信息公开工作年度报告</h1><a href='/r.pdf'>下载</a>",
            title="2024年政府信息公开工作年度报告",
        ),
        report(year=2018),
        html("<h1>2024年企业年度报告公示提醒</h1>", title="2024年企业年度报告公示提醒 - 某市政府信息公开"),
    ],
)
def test_entrances_older_reports_and_other_reports_are_not_asked(page: str) -> None:
    assert ask(page) == []
