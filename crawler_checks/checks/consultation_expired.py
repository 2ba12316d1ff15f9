"""意见征集已经截止，页面仍显示正在征集。

查什么：写有截止日期（截止时间、结束时间）和状态（征集状态）的网页，以及标题旁边注明状态的列表。截止当天仍算征集中。

合格      截止时间 2026-11-22，状态 征集中，巡检日 2026-11-22
合格      截止时间 2026-11-21，状态 已结束
不合格    截止时间 2026-11-21，状态 征集中，巡检日 2026-11-22
无法判断  征集时间 2026-10-01至2026-11-01，没有注明状态，只有标题写着“正在征集”

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“互动交流·征集调查”。

A consultation is shown as open after its last day.

What is asked: pages that name a last day (截止时间, 结束时间) and a state (征集状态), and lists that show the state beside
the title. The last day itself is in time.

PASS     截止时间 2026-11-22, 状态 征集中, inspected 2026-11-22
PASS     截止时间 2026-11-21, 状态 已结束
FAIL     截止时间 2026-11-21, 状态 征集中, inspected 2026-11-22
UNKNOWN  征集时间 2026-10-01至2026-11-01 with no state but the words 正在征集 in its title
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from plugins.disclosure.chinese_dates import find_dates

OPEN = re.compile(
    r"^(?:正在)?(?:征集|征求意见|进行|公示|征求)中|^正在(?:征集|进行|征求)|^未(?:结束|截止)|^进行中|^开放"
)
CLOSED = re.compile(r"已?(?:结束|截止|关闭|反馈)")
SEEMS_OPEN = re.compile(r"正在征集|征集中|正在征求意见")


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page."""
    for page in inspection.site.pages.values():
        last = _last_day(page)
        if last is None or last >= inspection.today:
            continue
        state = page.said.labels.get("state", "")
        if OPEN.search(state):
            yield CHECK.fail(
                page.address,
                None,
                f"“{page.title[:60]}”（{shown(page.address)}）{last} 已经截止，仍显示“{state[:20]}”。"
                "请改为“已结束”，并公布采纳情况。",
                f"{shown(page.address)!r} closed on {last} and still says {state[:20]!r}. Say that it is closed.",
            )
        elif not CLOSED.search(state) and any(
            SEEMS_OPEN.search(name) for name in (page.title, *page.headings[:2])
        ):
            yield CHECK.unknown(
                page.address,
                None,
                f"无法判断“{page.title[:60]}”（{shown(page.address)}）是否还在征集：{last} 已经截止，标题仍写着正在征集。",
                f"Not judged whether {shown(page.address)!r} is still open: it closed on {last}, and its title says it is open.",
            )


def _last_day(page: PageFacts) -> date | None:
    labels = page.said.labels
    for label in ("closes_on", "period"):
        days = [day for _, _, reading in find_dates(labels.get(label, "")) if (day := reading.as_date())]
        if days and (label == "closes_on" or len(days) == 2):
            return days[-1]
    return None


CHECK = Check(
    "consultation_expired",
    "过期征集仍显示进行中",
    "Expired consultation shown as open",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“互动交流·征集调查”",
)
