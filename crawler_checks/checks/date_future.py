"""页面上的发布时间晚于巡检当天。

查什么：每篇文章的 PubDate 标签和发布时间等后面的日期。服务器时钟可能有误差，晚一天不算。会议时间、截止时间说的是将来
的事，不是发布日期。

合格      发布时间：2026-11-22 或 2026-11-23，巡检日 2026-11-22
合格      征集截止时间：2027-01-31
合格      PubDate 是将来的日期，而页面上写的日期已经到了（由“发布时间不一致”（date_conflict）查）
不合格    发布时间：2027-11-22，巡检日 2026-11-22

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”（弄虚作假）。

A page says that it was published on a day that has not come yet.

What is asked: the tag PubDate and the date behind 发布时间 and the like, of every article. One day ahead is let pass,
for the clocks of servers differ. When a thing will happen (会议时间, 截止时间) is no date of publication.

PASS     发布时间：2026-11-22, inspected 2026-11-22; 2026-11-23, inspected 2026-11-22
PASS     征集截止时间：2027-01-31
FAIL     发布时间：2027-11-22, inspected 2026-11-22
PASS     PubDate is in the future, but the page itself names a day that has come: `date_conflict` says it
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import Confidence, Meaning

AHEAD = timedelta(days=1)


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page."""
    latest = inspection.today + AHEAD
    for page in inspection.site.pages.values():
        said = [
            one
            for one in page.dates
            if one.meaning is Meaning.PUBLISHED and one.confidence is Confidence.CERTAIN
        ]
        if said and all(one.day > latest for one in said):
            yield CHECK.fail(
                page.address,
                None,
                f"“{shown(page.address)}”的发布时间写作“{said[0].text}”，还没有到。请改为实际发布的日期。",
                f"{shown(page.address)!r} says it was published on {said[0].day}, which has not come yet. Write the real day.",
            )


CHECK = Check(
    "date_future",
    "发布时间在将来",
    "Published in the future",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”（弄虚作假）",
    lambda _: (("容许晚于巡检当天一天", "one day ahead is let pass"),),
)
