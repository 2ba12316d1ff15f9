"""安全网址（https）的页面引用了不安全（http）的脚本、样式或框架，浏览器会拒绝加载。

查什么：被巡检的网址是 https 时，看网页代码引用了什么。图片和视频浏览器会放行，不算；普通链接也不算。

合格      https 网页，<script src="/a.js">、<script src="//x.example/a.js">、<img src="http://x.example/a.png">
不合格    https 网页，<script src="http://x.example/a.js">、<iframe src="http://x.example/">
无法判断  没有这种情况；文件夹和 http 网站不查

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。

A page served over https asks for a script, a stylesheet or a frame over http: browsers refuse it.

What is asked: what the markup of a page asks for, when the inspection's address is https. Pictures and videos are let
through by browsers and are not meant; nor are links.

PASS     https page, <script src="/a.js">, <script src="//x.example/a.js">, <img src="http://x.example/a.png">
FAIL     https page, <script src="http://x.example/a.js">, <iframe src="http://x.example/">
UNKNOWN  never; a folder and an http site are not asked
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.grouping import by_thing
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts, Role

REFUSED = {Role.SCRIPT: ("脚本", "script"), Role.STYLE: ("样式", "stylesheet"), Role.FRAME: ("框架", "frame")}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and address; one for all pages that share it."""
    if not inspection.site.snapshot.scope.origin.startswith("https:"):
        return
    for href, group in by_thing(inspection.site, _refused):
        zh, en = REFUSED[_refused(group.pages[0])[href]]
        many_zh = f"等 {len(group.pages)} 个页面" if not group.is_one else ""
        many_en = f" and {len(group.pages) - 1} more pages" if not group.is_one else ""
        yield CHECK.fail(
            group.place,
            href,
            f"“{shown(group.place)}”{many_zh}用 http 引用{zh}“{shown(href)}”，浏览器会拒绝加载。请改用 https。",
            f"{shown(group.place)!r}{many_en}: the {en} {shown(href)!r} comes over http, which browsers refuse. Use https.",
        )


def _refused(page: PageFacts) -> dict[str, Role]:
    """What the page asks for over http and browsers refuse, by its address."""
    links = ((link.href.strip(), link.role) for link in page.links if link.role in REFUSED)
    return {href: role for href, role in links if href.lower().startswith("http:")}


CHECK = Check(
    "content_mixed",
    "安全页面引用不安全内容",
    "Mixed content",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
)
