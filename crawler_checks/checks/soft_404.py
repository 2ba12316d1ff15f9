"""页面返回“正常”，内容却是“页面不存在”。这样的死链接一般工具查不出来。

查什么：每一页的标题、小标题和单独成行的文字，以及与服务器对两个肯定不存在的网址的回答是否相同。网页很短、自称不存在的，
或者与那个回答逐行相同的，算不合格。首页不查；只由脚本转去的网址不查，脚本未必真的转去；标题谈到 404 的长
文章不算。

合格      有自己标题的短网页
合格      标题是“关于清理网站404页面的通知”、有整页正文的文章
不合格    返回 200，标题“页面不存在”，只有一行字
不合格    返回 200，标题“某市人民政府”，只有一行字：“对不起，您访问的页面不存在！”
不合格    返回 200，与 /no-such-page 的回答逐行相同
不合格    /a.html 转到 /404.html，返回 200
无法判断  网页只读到一部分

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。

A page answers "found" but says that it does not exist.

What is asked: the title, headings and single lines of each page, and how it compares with what the server gives for two
addresses that certainly do not exist. The page must be short and call itself not there, or be the same, line
for line, as the answer to an invented address. The start page is never meant, nor what scripts alone lead to,
for they may send nobody there, nor a long page whose title speaks of 404.

PASS     a short page with a title of its own
PASS     an article titled “关于清理网站404页面的通知” with a page of text
FAIL     200, title “页面不存在”, one line of text
FAIL     200, title “某市人民政府”, one line of text: “对不起，您访问的页面不存在！”
FAIL     200, and line for line what /no-such-page gives
FAIL     /a.html → /404.html, which answers 200
UNKNOWN  the page was read only in part
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.crawl.outcome import Moved
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.site import Site

NOT_THERE = re.compile(
    r"\b404\b|(?:页面|网页|文件|内容|文章|信息|栏目)[^，。]{0,6}(?:不存在|未找到|找不到|已被?删除|已失效|被删除|被移除|走丢)"
    r"|(?:找不到|未找到|没有找到|不存在)[^，。]{0,8}(?:页面|网页|文件|内容|文章|信息)|page not found|not found",
    re.IGNORECASE,
)
ERROR_PAGE = re.compile(r"/(?:404|error|notfound|not[-_]found)[^/]*$", re.IGNORECASE)
LONGEST = 200
"""Characters of its own text beyond which a page is an article, whatever its title says."""
MOST_LINKS = 5


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding an address."""
    site = inspection.site
    probes = [page for address in site.snapshot.probes if (page := site.probe_at(address))]
    faulty = {
        page.address: why
        for page in site.pages.values()
        if page is not site.home and (why := _why(page, probes, site))
    }
    perhaps = _perhaps_sent_to(site) if faulty else frozenset()
    for address, (zh, en) in faulty.items():
        if not ERROR_PAGE.search(address) and address not in perhaps:
            yield _finding(address, zh, en)
    for address, outcome in site.snapshot.outcomes.items():
        end = (
            site.page_at(address)
            if isinstance(outcome, Moved) and address not in site.snapshot.probes and address not in perhaps
            else None
        )
        if end is not None and end.address in faulty:
            why_zh, why_en = faulty[end.address]
            to = shown(end.address)
            yield _finding(address, f"转到“{to}”，{why_zh}", f"leads to {to!r} and {why_en}")


def _perhaps_sent_to(site: Site) -> frozenset[str]:
    """Addresses to which scripts alone lead: they may send nobody there."""
    by_script = {link.address for link in site.inside_links() if link.role is Role.SCRIPTED}
    return frozenset(
        by_script.difference(link.address for link in site.inside_links() if link.role is not Role.SCRIPTED)
    )


def _why(page: PageFacts, probes: list[PageFacts], site: Site) -> tuple[str, str] | None:
    if page.truncated:
        return None
    said = next((text for text in (page.title, *page.headings) if NOT_THERE.search(text)), None)
    if said is None and page.said.apology and site.is_own_line(page.said.apology):
        said = page.said.apology
    if said and site.own_characters(page) <= LONGEST and len(site.own_links(page)) <= MOST_LINKS:
        return f"页面写着“{said[:60]}”", f"says {said[:60]!r}"
    if _is_like(page, probes):
        return (
            "内容与访问不存在的地址时看到的完全一样",
            "shows exactly what an address that does not exist shows",
        )
    return None


def _is_like(page: PageFacts, probes: list[PageFacts]) -> bool:
    """Whether the page is what the server gives for invented addresses, apart from lines that echo the address."""
    if len(probes) < 2:
        return False
    first, second = (set(probe.lines) for probe in probes[:2])
    echoed = len(first - second)
    lines = set(page.lines)
    return bool(lines) and len(lines - first) <= echoed and len(first - lines) <= echoed


def _finding(address: str, zh: str, en: str) -> Finding:
    return CHECK.fail(
        address,
        None,
        f"“{shown(address)}”返回正常，但{zh}。请去掉指向它的链接，并让服务器对不存在的页面返回 404。",
        f"{shown(address)!r} answers as found but {en}. Take out the links to it, and let the server answer 404.",
    )


CHECK = Check(
    "soft_404",
    "页面不存在却返回正常",
    "Soft 404",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
)
