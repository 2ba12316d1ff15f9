"""已经废止或失效的文件，页面仍标为有效。

查什么：网页信息表里的有效性，与废止日期、失效日期比较；以及有没有别的网页用标题和文号写明废止它（关于废止《……》的通
知），而它仍标为有效。当天仍算有效。

合格      有效性 有效，失效日期 2030-12-31
合格      有效性 废止，废止日期 2020-01-01
不合格    有效性 有效，废止日期 2020-01-01
无法判断  有效性 有效，而网站上有写明它的“关于废止《……》的通知”

依据：政府网站发展指引（国办发〔2017〕47号）文件资料部分：修改、废止、失效的，及时公开并在原文件上明确标注。

A document that was repealed or has run out is shown as in force.

What is asked: the header table: 有效性 against 废止日期 or 失效日期; and whether another page repeals, by its title and the
number it names (关于废止《…》的通知), a document that is shown as in force. The day itself is still in force.

PASS     有效性 有效, 失效日期 2030-12-31
PASS     有效性 废止, 废止日期 2020-01-01
FAIL     有效性 有效, 废止日期 2020-01-01
UNKNOWN  有效性 有效, and the site has 关于废止《…》的通知 that names it
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from plugins.disclosure.chinese_dates import find_dates
from plugins.disclosure.document_number import normalise

IN_FORCE = re.compile(r"^(?:现行)?(?:有效|是)(?!期)|^在有效期|^执行中")
REPEALS = re.compile(r"(?:废止|失效|停止执行)")
LISTS = re.compile(r"部分|一批|清理|决定|若干|\d+件|等.{0,4}件")


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a document."""
    pages = inspection.site.pages.values()
    shown_valid = [page for page in pages if IN_FORCE.search(page.said.labels.get("validity", ""))]
    repealing = [page for page in pages if REPEALS.search(page.title) and "《" in page.title]
    for page in shown_valid:
        last = _last_day(page)
        if last is not None and last < inspection.today:
            yield CHECK.fail(
                page.address,
                None,
                f"“{page.title[:60]}”（{shown(page.address)}）标为“{page.said.labels['validity'][:10]}”，"
                f"但 {last} 已经废止或失效。请改正有效性。",
                f"{shown(page.address)!r} is marked as in force, but ended on {last}. Correct its validity.",
            )
        elif by := next((one for one in repealing if one is not page and _names(one, page)), None):
            yield CHECK.unknown(
                page.address,
                None,
                f"无法判断“{page.title[:60]}”（{shown(page.address)}）是否仍然有效：“{by.title[:60]}”提到了它。请核对有效性。",
                f"Not judged whether {shown(page.address)!r} is still in force: {shown(by.address)!r}, which repeals something, "
                "names it.",
            )


def _last_day(page: PageFacts) -> date | None:
    days = [
        day
        for _, _, reading in find_dates(page.said.labels.get("repealed_on", ""))
        if (day := reading.as_date())
    ]
    return days[0] if len(days) == 1 else None


def _names(repealing: PageFacts, page: PageFacts) -> bool:
    """Whether the title of what repeals names the document, and no other does better."""
    title = re.search("《([^《》]+)》", repealing.title)
    number = normalise(page.said.labels.get("document_number", ""))
    if title and any(title[1] in name for name in (*page.headings[:2], page.title)):
        return True
    return bool(number) and not LISTS.search(repealing.title) and number in repealing.said.numbers


CHECK = Check(
    "repealed_in_force",
    "废止文件标为有效",
    "Repealed document shown as in force",
    run,
    "政府网站发展指引（国办发〔2017〕47号）文件资料部分（修改、废止、失效的，在原文件上明确标注）",
)
