"""点开一条具体信息的链接，却被转到了首页：原来的内容已经不在了。

查什么：经过跳转的链接最后到了哪里，与链接文字说的比较。文字本来就指首页的（首页、返回、某市人民政府门户网站、徽标）可
以到首页；本网站某个部分的简短名称也可以，它可能已并入首页。

合格      <a href="/index.do">首页</a>，转到 /
合格      <a href="/old/3.html">关于放假的通知</a>，转到 /tzgg/3.html
不合格    <a href="/old/3.html">关于放假的通知</a>，转到 /
不合格    <a href="/files/3.pdf">附件：申报表</a>，转到 /
无法判断  <a href="/zt/">专题</a>，转到 /：这个栏目可能已并入首页

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。

A link to something in particular ends at the start page: what it led to is gone.

What is asked: where links with redirects end. The text of the link says what it promises; one that promises the start
page itself (首页, 返回, 某市人民政府门户网站, a logo) may well lead there, and so may short names of the site's own parts
that have moved into its start page.

PASS     <a href="/index.do">首页</a>, redirected to /
PASS     <a href="/old/3.html">关于放假的通知</a>, redirected to /tzgg/3.html
FAIL     <a href="/old/3.html">关于放假的通知</a>, redirected to /
FAIL     <a href="/files/3.pdf">附件：申报表</a>, redirected to /
UNKNOWN  <a href="/zt/">专题</a>, redirected to /: the section may have been merged into the start page
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import Link, PageFacts, Role
from crawler_checks.extract.file_type import ATTACHMENTS, suffix
from crawler_checks.extract.site import Site

TO_THE_START = re.compile(
    r"首\s*页|主\s*页|返\s*回|门户|网站|官网|人民政府$|home|index|logo|www\.", re.IGNORECASE
)
START_PAGES = re.compile(r"/(?:(?:index|default|home|main|portal)[^/]*)?$", re.IGNORECASE)
TELLING = 8
"""Characters from which on a link's text names one piece of information and no section."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and address."""
    site = inspection.site
    home = site.home
    seen: set[tuple[str, str]] = set()
    for place, link in site.links_where(lambda link: home is not None and _ends_at(home, link, site)):
        if (place, link.address) in seen:
            continue
        name = link.text or link.hint
        is_start = START_PAGES.fullmatch(link.address.partition("?")[0])
        if not name or TO_THE_START.search(name) or is_start:
            continue
        seen.add((place, link.address))
        is_one_thing = len(name) >= TELLING or suffix(link.address) in ATTACHMENTS
        yield _finding(place, link.address, name[:60], is_certain=is_one_thing)


def _ends_at(home: PageFacts, link: Link, site: Site) -> bool:
    if link.role is not Role.LINK:
        return False
    trail = site.trail(link.address)
    return bool(trail.hops) and not trail.loops and site.page_at(link.address) is home


def _finding(place: str, address: str, name: str, *, is_certain: bool) -> Finding:
    if is_certain:
        return CHECK.fail(
            place,
            address,
            f"链接“{name}”（{shown(address)}）被转到了首页，原来的内容不在了。请改为现在的地址，或去掉这个链接。",
            f"Link {name!r} ({shown(address)!r}) ends at the start page; what it led to is gone. Correct it or take it out.",
        )
    return CHECK.unknown(
        place,
        address,
        f"无法判断：链接“{name}”（{shown(address)}）被转到了首页，也可能是这个栏目已并入首页。请打开看看。",
        f"Not judged: link {name!r} ({shown(address)!r}) ends at the start page; its section may have been merged into it.",
    )


CHECK = Check(
    "moved_to_home",
    "内容被转到首页",
    "Content moved to the start page",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
)
