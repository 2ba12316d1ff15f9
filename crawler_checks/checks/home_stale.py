"""首页两周内没有更新。

查什么：首页（包括框架）列出和指向的全部内容的日期；列表没有写日期的，看那一页本身。期限最后一天更新算按期；晚于巡检日
的日期不算更新。网站中某一部分的首页（网址不是根目录）不算首页。

合格      首页最新一条 2026-03-01，巡检日 2026-03-15
不合格    全部内容中最新的是 2026-03-01，巡检日 2026-03-16
无法判断  有的日期读不完整（04-23、3天前），或者内容由脚本写出
无法判断  首页什么日期也没有，可能只是入口

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“首页不更新”。

Nothing on the start page is new.

What is asked: the dates of all that the start page lists or leads to, its frames included; an item's own page is asked
where the list shows no date. A deadline is met on the day itself; dates after the day of inspection make nothing fresh.
The start page of a part of a site (an address below the root) is no start page.

PASS     the start page lists an item of 2026-03-01, inspected 2026-03-15
FAIL     the newest of all its items is of 2026-03-01, inspected 2026-03-16
UNKNOWN  some item shows a date that cannot be read (04-23, 3天前), or scripts write what is on the page
UNKNOWN  nothing on the start page has a date: it may be an entrance only
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.crawl.address import Kind
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.sections import day_of, page_day
from crawler_checks.extract.site import Site
from plugins.disclosure.page_marks import load_page_marks


def run(inspection: Inspection) -> Iterator[Finding]:
    """At most one finding."""
    site, home = inspection.site, inspection.site.home
    if home is None or site.snapshot.scope.prefix != "/":
        return
    pages = [home, *site.frames_of(home)]
    days = [day for day in _days(pages, site) if day <= inspection.today]
    period = timedelta(days=load_page_marks().home_days)
    newest = max(days, default=None)
    if newest is not None and newest >= inspection.today - period:
        return
    if newest is None or _has_doubt(pages, site):
        yield CHECK.unknown(
            home.address,
            None,
            f"无法判断首页（{shown(home.address)}）两周内有没有更新："
            f"{f'读到的最新日期是 {newest}，但还有' if newest else '没有读到日期，可能只是导航入口，或者有'}"
            "日期不完整、没有看到或由脚本生成的内容。请打开看看。",
            f"Not judged whether the start page ({shown(home.address)}) is up to date: "
            f"{f'the newest date read is {newest}, but' if newest else 'no date was read;'} parts of it were not seen or "
            "have no full date.",
        )
    else:
        yield CHECK.fail(
            home.address,
            None,
            f"首页（{shown(home.address)}）最新一条信息的日期是 {newest}，最迟应在 {newest + period} 更新。请尽快更新。",
            f"The newest item on the start page ({shown(home.address)}) is dated {newest}; something new was due by "
            f"{newest + period}.",
        )


def _days(pages: list[PageFacts], site: Site) -> Iterator[date]:
    for page in pages:
        yield from (item.day for item in page.items if item.day)
        for link in page.links:
            if link.role is Role.LINK and link.kind is Kind.INSIDE and (leads := site.page_at(link.address)):
                if leads not in pages and (day := page_day(leads)):
                    yield day
                yield from (item.day for item in leads.items if item.day)


def _has_doubt(pages: list[PageFacts], site: Site) -> bool:
    if any(page.truncated or page.writes_by_script for page in pages):
        return True
    if any(item.found is None and day_of(item, site) is None for page in pages for item in page.items):
        return True
    if site.snapshot.cut_short:
        return True
    return any(
        link.role in (Role.LINK, Role.FRAME)
        and link.kind is Kind.INSIDE
        and not site.is_answered(link.address)
        for page in pages
        for link in page.links
    )


CHECK = Check(
    "home_stale",
    "首页不更新",
    "Start page is stale",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“首页不更新”",
    lambda _: (
        (
            f"首页至少每 {load_page_marks().home_days} 天更新一次",
            f"days between updates of the start page: {load_page_marks().home_days}",
        ),
    ),
)
