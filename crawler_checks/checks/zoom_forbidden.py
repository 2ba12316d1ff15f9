"""页面在手机上不允许放大，视力不好的人看不清。

查什么：每一页的 viewport 设置。许多网页都不允许放大时，只报一次。

合格      <meta name="viewport" content="width=device-width, initial-scale=1">；没有 viewport
不合格    content="width=device-width, user-scalable=no"；content="…, maximum-scale=1"
无法判断  没有这种情况：看网页代码就能断定

依据：无障碍环境建设法第三十二条；WCAG 2.1 成功准则 1.4.4。

A page forbids to enlarge it on a telephone.

What is asked: the viewport of each page. Where many pages forbid it, it is said once.

PASS     <meta name="viewport" content="width=device-width, initial-scale=1">; no viewport
FAIL     content="width=device-width, user-scalable=no"; content="…, maximum-scale=1"
UNKNOWN  never: the markup alone decides
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.grouping import by_thing
from crawler_checks.checks.words import shown


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding for all pages, or one each where few forbid it."""
    site = inspection.site
    for _, group in by_thing(site, lambda page: ("viewport",) if page.barriers.forbids_zoom else ()):
        many_zh = f"等 {len(group.pages)} 个页面" if not group.is_one else ""
        many_en = f" and {len(group.pages) - 1} more pages" if not group.is_one else ""
        yield CHECK.fail(
            group.place,
            "viewport",
            f"“{shown(group.place)}”{many_zh}不允许放大。请从 viewport 中去掉 user-scalable=no 和 maximum-scale=1。",
            f"{shown(group.place)!r}{many_en} cannot be enlarged. Take user-scalable=no and maximum-scale=1 out of the viewport.",
        )


CHECK = Check(
    "zoom_forbidden",
    "禁止放大页面",
    "Zoom forbidden",
    run,
    "无障碍环境建设法第三十二条；WCAG 2.1 成功准则 1.4.4",
)
