"""链接指向页面中的某个位置，但那一页没有这个位置（锚点）。

查什么：链接中 `#` 后面的部分，应当是目标页面里某个元素的 id，或者某个 `<a>` 的 name；照原样或按百分号解码（UTF-8、
GB18030）以后能对上就行。单独的 `#` 和 `#top` 指页首。由脚本处理的链接（onclick、选项卡、展开折叠）、脚本页面的 `#/`
和 `#!`、文件的 `#page=2` 都不是锚点。

合格      <a href="a.html#fj">，a.html 里有 <h2 id="fj"> 或 <a name="fj">
合格      <a href="#%E9%99%84%E5%BD%95">，页面里有 id="附录"
不合格    <a href="a.html#fj3">，a.html 已经完整读过，没有这个位置
无法判断  a.html 只读到一部分，或者有些内容由脚本写出

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。

A link leads to a place on a page that the page does not have.

What is asked: the part behind `#` must be the id of an element or the name of an `<a>` on the page it leads to,
as it is or percent-decoded (UTF-8 or GB18030). `#` alone and `#top` mean the top of the page. Links that a
script handles (onclick, tabs, toggles), `#/` and `#!` of script-driven pages and `#page=2` of files are no anchors.

PASS     <a href="a.html#fj"> and a.html has <h2 id="fj"> or <a name="fj">
PASS     <a href="#%E9%99%84%E5%BD%95"> and the page has id="附录"
FAIL     <a href="a.html#fj3"> and a.html was read whole and has no such place
UNKNOWN  a.html was read only in part, or writes parts of itself by script
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import Link, Role
from crawler_checks.extract.site import Site

NO_ANCHOR = re.compile(r"$|top$|[!/]|:~:|\?|page=|.*[=&]", re.IGNORECASE)


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and address with its fragment."""
    site = inspection.site
    seen: set[tuple[str, str]] = set()
    for place, link in site.links_where(lambda link: _is_in_vain(link, site)):
        fragment = link.fragment or ""
        page = site.page_at(link.address)
        if page is None or _is_handled_by_script(link, place == page.address):
            continue
        target = f"{link.address}#{fragment}"
        if (place, target) in seen:
            continue
        seen.add((place, target))
        name = unquote(fragment)
        if page.truncated or page.writes_by_script:
            yield CHECK.unknown(
                place,
                target,
                f"无法判断：链接指向“{shown(link.address)}”中的位置“{name}”，该页没有读到这个位置，但页面有内容由脚本生成或未能读完整。",
                f"Not judged: the link leads to {name!r} on {shown(link.address)!r}; that page writes itself by script "
                "or was not read whole.",
            )
        else:
            yield CHECK.fail(
                place,
                target,
                f'链接指向“{shown(link.address)}”中的位置“{name}”，该页没有这个位置。请改正链接，或在该页补上 id="{name}"。',
                f"The link leads to {name!r} on {shown(link.address)!r}, which has no such place. Correct the link, or give "
                f"the place the id {name!r}.",
            )


def _is_in_vain(link: Link, site: Site) -> bool:
    """Whether the link names a place, and its page has none of that name."""
    fragment = link.fragment
    if link.role is not Role.LINK or fragment is None or NO_ANCHOR.match(fragment):
        return False
    page = site.page_at(link.address)
    if page is None or any(fragment in part.anchors for part in page.parts):
        return False
    return page.anchors.isdisjoint(_spellings(fragment))


def _spellings(fragment: str) -> set[str]:
    return {fragment, unquote(fragment), unquote(fragment, encoding="gb18030", errors="replace")}


def _is_handled_by_script(link: Link, on_its_own_page: bool) -> bool:
    return link.scripted and on_its_own_page


CHECK = Check(
    "anchor_missing",
    "页内位置不存在",
    "Missing anchor",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
)
