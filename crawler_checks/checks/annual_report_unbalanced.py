"""政府信息公开工作年度报告的三张表勾稽关系不符。

查什么：全部数字都能读出的年度报告，核对格式规定的42处合计：收到与办理结果7列，办理结果小计7处，申请人25行，行政复议和
行政诉讼3处。与上一年报告接不上的只作提醒：清理积案、调整统计范围都可能是正当原因。

合格      新收 10 ＋ 上年结转 0 ＝ 办理结果总计 7 ＋ 结转下年度 3，其余各处也都相等
不合格    六类申请人合计 10，“总计”栏写 11
无法判断  上年结转 2，而上一年报告写的是结转下年度 3

依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）：第一项加第二项之和，等于第三项加第四项之和。

The figures of an annual report do not add up.

What is asked: reports all of whose figures could be read: the 42 sums of the form (seven columns of received against
dealt with, seven of results, twenty-five rows of applicants, three of reviews and lawsuits). What does not follow on
from the report of the year before is only shown: clean-ups and changes of scope break it with good reason.

PASS     新收 10 + 上年结转 0 = 办理结果总计 7 + 结转下年度 3, and so on
FAIL     总计 column 11 where the six applicants come to 10
UNKNOWN  上年结转 2, and last year's report says 结转下年度 3
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.reports_of_organs import name_of, reports_of
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from plugins.disclosure.annual_report import Fault, check_identities, check_year_pair

MOST_TOLD = 3


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a report for its own sums, one for those with the year before."""
    for years in reports_of(inspection.site).values():
        for year, page in years.items():
            if page.report is None or page.report.figures is None:
                continue
            faults = [fault for fault in check_identities(page.report.figures) if fault.severity == "error"]
            if faults:
                yield CHECK.fail(
                    page.address,
                    "sums",
                    f"“{name_of(page)[:60]}”（{shown(page.address)}）有 {len(faults)} 处数字不符。"
                    f"{_told_zh(faults)}请核对后改正。",
                    f"{shown(page.address)!r} has {len(faults)} sums that do not hold. {_told_en(faults)}",
                )
            yield from _with_last_year(page, years, year)


def _with_last_year(page: PageFacts, years: Mapping[int, PageFacts], year: int) -> Iterator[Finding]:
    before = years.get(year - 1)
    if before is None or before.report is None or before.report.figures is None:
        return
    if page.report is None or page.report.figures is None:
        return
    faults = check_year_pair(before.report.figures, page.report.figures)
    if faults:
        yield CHECK.unknown(
            page.address,
            "last_year",
            f"无法判断“{name_of(page)[:60]}”（{shown(page.address)}）与上一年度是否衔接：{_told_zh(faults)}清理文件或统计范围变化的除外，请核对。",
            f"Not judged whether {shown(page.address)!r} follows on from last year's report. {_told_en(faults)}",
        )


def _told_zh(faults: list[Fault]) -> str:
    return "".join(fault.message_zh for fault in faults[:MOST_TOLD])


def _told_en(faults: list[Fault]) -> str:
    return " ".join(fault.message_en for fault in faults[:MOST_TOLD])


CHECK = Check(
    "annual_report_unbalanced",
    "年报数字不符",
    "Annual report does not add up",
    run,
    "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）附件三张表格",
)
