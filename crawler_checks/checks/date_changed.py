"""发布时间被悄悄改过，或者早于这一页出现的时间（倒签）。

查什么：明确写出发布时间的文章，与以前各次巡检看到的比较。与以前写的不是同一天的，不合格，两个日期都列出。上次完整巡检
时还没有、现在才出现却写着早得多的日期的，可能是从别处迁来的，只在出现当天提醒一次。

合格      日期一直没有变；新出现的网页，日期在上次巡检之后或者早几天
不合格    今天写发布时间 2026-11-01，一周前写的是 2026-11-20
无法判断  2026-11-20 巡检时没有这一页，现在写着 2026-10-20
无法判断  没有以前的巡检记录时不作结论

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”（弄虚作假，如伪造发稿日期）。

The date of publication is not the one that stood there before, or lies before a day on which the page was not there.

What is asked: articles whose page surely says when it was published, against what earlier inspections saw. A page that
names another day than before is a fault, with both days. A page that was not there at the last whole inspection and
claims to be much older may have been moved from elsewhere: it is shown on the day it appears, and only then.

PASS     the same day as ever; a new page dated after the last inspection, or a few days before it
FAIL     发布时间 2026-11-01 today, 2026-11-20 a week ago
UNKNOWN  a page that the inspection of 2026-11-20 did not see, dated 2026-10-20
UNKNOWN  never without earlier inspections
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from crawler_checks.checks.check import Check, Earlier, Finding, Inspection
from crawler_checks.checks.policies import published_on
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.sections import is_article

MARGIN = timedelta(days=7)
"""Days before the last inspection that a new page may be dated: putting things online takes its time."""
SAME = timedelta(days=1)


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page."""
    earlier = inspection.earlier
    if earlier is None:
        return
    for page in inspection.site.pages.values():
        day = published_on(page) if is_article(page) else None
        if day is not None:
            yield from _judged(page, day, earlier)


def _judged(page: PageFacts, day: date, earlier: Earlier) -> Iterator[Finding]:
    if page.address in earlier.said:
        before = earlier.said[page.address]
        if before is not None and abs(before - day) > SAME:
            yield CHECK.fail(
                page.address,
                None,
                f"“{page.title[:60]}”（{shown(page.address)}）的发布时间现在是 {day}，以前是 {before}。"
                "请核实后改回实际发布的日期。",
                f"{shown(page.address)!r} now says it was published on {day}; before, it said {before}. Restore the real day.",
            )
    elif day < earlier.last_on - MARGIN:
        yield CHECK.unknown(
            page.address,
            None,
            f"无法判断“{page.title[:60]}”（{shown(page.address)}）是否倒签：写的发布时间是 {day}，"
            f"而 {earlier.last_on} 巡检时还没有这一页。也可能是从别处迁来的，请核实。",
            f"Not judged whether {shown(page.address)!r} is back-dated: it says {day}, and the inspection of "
            f"{earlier.last_on} did not see it. It may have been moved from elsewhere.",
        )


CHECK = Check(
    "date_changed",
    "发布时间被改动或倒签",
    "Changed or back-dated publication",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”（弄虚作假，如伪造发稿日期）",
    lambda _: ((f"容许早于上次巡检 {MARGIN.days} 天", f"days before the last inspection: {MARGIN.days}"),),
)
