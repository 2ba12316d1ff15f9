"""年度报告与上一年度的几乎雷同。

查什么：同一机关前后两年的年度报告逐句比较，不比数字和格式文本。通报中常批评照抄，但没有见到全国统一的衡量标准，所以只
作提醒。

合格      有一半句子是新写的
不合格    本项不作“不合格”结论
无法判断  十句中有九句与上一年相同

依据：某市2022年年报通报所列“内容雷同、敷衍塞责”（未见全国性规定，只作提醒）。

An annual report says, sentence for sentence, what the one of the year before said.

What is asked: reports of one organ on years that follow each other, sentence by sentence, without their figures and
without the words of the form. Copying is blamed in notices, but no national rule sets a measure: it is only shown.

PASS     half of the sentences are new
FAIL     never
UNKNOWN  nine sentences in ten are those of last year
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.reports_of_organs import name_of, reports_of
from crawler_checks.checks.words import shown

MOST_ALIKE = 0.9
LEAST_SENTENCES = 8


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a pair of reports, at the later one."""
    for years in reports_of(inspection.site).values():
        for year, page in years.items():
            before = years.get(year - 1)
            if before is None or before.report is None or page.report is None:
                continue
            ours, theirs = page.report.sentences, before.report.sentences
            if min(len(ours), len(theirs)) < LEAST_SENTENCES:
                continue
            share = len(ours & theirs) / len(ours)
            if share >= MOST_ALIKE:
                yield CHECK.unknown(
                    page.address,
                    None,
                    f"无法判断“{name_of(page)[:60]}”（{shown(page.address)}）是否照抄上一年度："
                    f"{share:.0%} 的句子与上一年度相同（不计数字）。请人工比较。",
                    f"Not judged whether {shown(page.address)!r} was copied: {share:.0%} of its sentences are last year's, "
                    "figures apart.",
                )


CHECK = Check(
    "annual_report_copied",
    "年报与上年雷同",
    "Annual report copied from last year",
    run,
    "某市2022年年报通报所列“内容雷同、敷衍塞责”（未见全国性规定，只作提醒）",
    lambda _: ((f"相同的句子达到 {MOST_ALIKE:.0%}", f"share of equal sentences: {MOST_ALIKE:.0%}"),),
)
