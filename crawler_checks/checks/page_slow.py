"""Pages take long to open.

页面打开慢。

What is asked: how long each page took, where most pages of the site came quickly, so that it is not our own line. A page
is asked for once; whether it is always slow is not told by that: the slowest are named together, and nobody is accused.

PASS     every page within three seconds; a folder
FAIL     never
UNKNOWN  one page takes five seconds while half of all pages take less than one

依据：政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（页面加载时长）。
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from plugins.disclosure.page_marks import load_page_marks

MOST_SHOWN = 5
QUICK_SHARE = 3
"""Half of the pages must come this many times quicker than the limit."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """At most one finding."""
    limit = load_page_marks().page_seconds
    timed = [page for page in inspection.site.pages.values() if page.seconds > 0]
    if not timed or median(page.seconds for page in timed) > limit / QUICK_SHARE:
        return
    slow = sorted((page for page in timed if page.seconds > limit), key=lambda page: -page.seconds)
    if slow:
        named = "、".join(f"{shown(page.address)}（{page.seconds:.0f} 秒）" for page in slow[:MOST_SHOWN])
        named_en = ", ".join(page.address for page in slow[:MOST_SHOWN])
        yield CHECK.unknown(
            inspection.site.snapshot.start,
            "slow",
            f"有 {len(slow)} 个页面打开超过 {limit} 秒：{named}。只访问了一次，是否一直这样请再打开看看。",
            f"{len(slow)} pages took more than {limit} seconds, asked once: {named_en}.",
        )


CHECK = Check(
    "page_slow",
    "页面打开慢",
    "Slow page",
    run,
    "政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（页面加载时长）",
    lambda _: (f"{load_page_marks().page_seconds} 秒 / seconds",),
)
