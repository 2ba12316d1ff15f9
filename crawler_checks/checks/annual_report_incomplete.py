"""政府信息公开工作年度报告缺少规定的部分或表格。

查什么：标题是2021年以后某年度报告、并且至少有六个标题中三个的网页。六个标题应当齐全、顺序正确、文字一字不差（标点不计），
三张表应当是真正的表格。全文是网页之外的文件的，不作判断；表格是图片或者各格连在一起的，也不作判断。

合格      六个标题依次齐全，三张表都在
不合格    没有“五、存在的主要问题及改进情况”，或者写成了“五、问题和改进”；整篇报告没有表格
不合格    “四”写在“三”前面
无法判断  表格是图片，或者分不清行列
无法判断  全文是网页上附的 PDF

依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）。

An annual report lacks parts that its form prescribes, or its tables.

What is asked: pages called the report of a year from 2021 on, with at least three of the six headings on them: all six,
word for word but for signs, in order, and the three tables as real tables. A report that is a file beside the page is
not judged; nor are tables that are pictures or whose cells ran together.

PASS     six headings in order, three tables
FAIL     no heading 五、存在的主要问题及改进情况, or 五、问题和改进 instead; no table in the whole report
FAIL     四 before 三
UNKNOWN  a table is a picture, or its rows cannot be told apart
UNKNOWN  the full text is a PDF beside the page
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.reports_of_organs import TEXT_PARTS, may_be_elsewhere, name_of, reports_of
from crawler_checks.checks.words import shown
from crawler_checks.extract.annual_report import ReportFacts, TableState
from crawler_checks.extract.facts import PageFacts


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a report for its parts, one for its tables."""
    for years in reports_of(inspection.site).values():
        for page in years.values():
            report = page.report
            if report is None or not report.form.parts or len(report.parts) < TEXT_PARTS:
                continue
            is_elsewhere = may_be_elsewhere(page, inspection.site)
            yield from _parts(page, report, is_elsewhere)
            yield from _tables(page, report, is_elsewhere)


def _parts(page: PageFacts, report: ReportFacts, is_elsewhere: bool) -> Iterator[Finding]:
    wanted = [part.heading for part in report.form.parts]
    lacking = [heading for heading in wanted if heading not in report.parts]
    in_order = [heading for heading in wanted if heading in report.parts] == list(report.parts)
    if lacking and is_elsewhere:
        said = "、".join(lacking)
        yield _unknown(page, "parts", f"正文里没有“{said}”，但页面带有附件或图片", f"its text lacks {said}")
    elif lacking:
        otherwise = report.otherwise
        told = [
            f"“{otherwise[one]}”应写作“{one}”" if one in otherwise else f"缺少“{one}”部分" for one in lacking
        ]
        told_en = [
            f"writes {one!r} as {otherwise[one]!r}" if one in otherwise else f"lacks the part {one!r}"
            for one in lacking
        ]
        yield CHECK.fail(
            page.address,
            "parts",
            f"“{name_of(page)[:60]}”（{shown(page.address)}）{'；'.join(told)}。请按格式补齐六个部分，标题一字不改。",
            f"{shown(page.address)!r} {', '.join(told_en)}. Write all six parts under the headings of the form.",
        )
    elif not in_order:
        yield CHECK.fail(
            page.address,
            "order",
            f"“{name_of(page)[:60]}”（{shown(page.address)}）六个部分的顺序与格式不符。请按格式排列。",
            f"{shown(page.address)!r} has its six parts in another order than the form. Put them in order.",
        )


def _tables(page: PageFacts, report: ReportFacts, is_elsewhere: bool) -> Iterator[Finding]:
    named = {table.key: table.label for table in report.form.tables}
    absent = [named[key] for key, state in report.tables.items() if state is TableState.ABSENT]
    unreadable = [named[key] for key, state in report.tables.items() if state is TableState.UNREADABLE]
    if absent and not is_elsewhere:
        yield CHECK.fail(
            page.address,
            "tables",
            f"“{name_of(page)[:60]}”（{shown(page.address)}）没有“{'”“'.join(absent)}”的表格。请按格式补上。",
            f"{shown(page.address)!r} lacks {len(absent)} of the tables of the form. Add them.",
        )
    elif absent or unreadable:
        said = "”“".join(absent + unreadable)
        yield _unknown(
            page,
            "tables",
            f"“{said}”的表格是图片、附件，或者单元格没有分开，读不出数字",
            "a table is a picture or a file, or its cells cannot be told apart",
        )


def _unknown(page: PageFacts, thing: str, zh: str, en: str) -> Finding:
    return CHECK.unknown(
        page.address,
        thing,
        f"无法判断“{name_of(page)[:60]}”（{shown(page.address)}）是否完整：{zh}。请打开看看。",
        f"Not judged whether {shown(page.address)!r} is complete: {en}. Please look yourself.",
    )


CHECK = Check(
    "annual_report_incomplete",
    "年报内容不全",
    "Incomplete annual report",
    run,
    "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）附件",
)
