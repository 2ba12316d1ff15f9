"""指向其他网站的链接，对方说没有这个页面。只在要求查看外部链接时（--outside）判断。

查什么：链接指向其他网站的每个 http(s) 网址，各访问一次，跟随跳转。只有明确返回 404 或 410 的算失效：别的网站可能拒绝
程序访问、响应慢或者临时停机。

合格      返回 200；跳转后正常打开；跳转到登录页
不合格    直接或者跳转以后返回 404 或 410
无法判断  域名不存在、连接不上、超时、证书有问题；403、429、验证码；几次都返回 500
无法判断  内部网络的地址：访问者打不开，我们也没有访问

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。

A link to another site leads to a page that is not there.

What is asked: every http(s) address of another host that a link leads to, once, with redirects followed. Only a
plain 404 or 410 is a fault of the link: other hosts may refuse a crawler, be slow, or be down for the day.

PASS     200; a redirect that ends well; a redirect to a login
FAIL     404 or 410, at once or after redirects
UNKNOWN  no such name, no connection, a time-out, a faulty certificate; 403, 429, a captcha; 500 each time
UNKNOWN  an address in a private network: visitors cannot open it, and neither did we
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown, why_not_there
from crawler_checks.crawl.address import Kind
from crawler_checks.crawl.outcome import Arrived, Barrier, Blocked, Gone, Moved
from crawler_checks.crawl.walk import Trail, trail
from crawler_checks.extract.facts import Role


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and address that is gone; one an address that could not be told, at its first page."""
    outside = inspection.site.snapshot.outside
    if not outside:
        return
    seen: set[tuple[str, str]] = set()
    untold: set[str] = set()
    for place, link in inspection.site.links_where(
        lambda link: link.role is Role.LINK and link.address in outside, Kind.OUTSIDE
    ):
        end = trail(outside, link.address)
        if isinstance(end.outcome, Gone):
            if (place, link.address) not in seen:
                seen.add((place, link.address))
                yield _broken(place, link.address, end)
        elif not _is_there(end) and link.address not in untold:
            untold.add(link.address)
            yield _untold(place, link.address, end)


def _is_there(end: Trail) -> bool:
    match end.outcome:
        case None | Arrived() | Blocked(barrier=Barrier.LOGIN):
            return not end.loops
        case Moved(to=str()):
            return not end.loops
    return False


def _broken(place: str, address: str, end: Trail) -> Finding:
    why_zh, why_en = why_not_there(end.outcome) if end.outcome else ("", "")
    through_zh = f"（转到“{shown(end.end)}”）" if end.hops else ""
    through_en = f" (which leads to {shown(end.end)!r})" if end.hops else ""
    return CHECK.fail(
        place,
        address,
        f"外部链接“{shown(address)}”{through_zh}打不开：{why_zh}。请改正或去掉这个链接。",
        f"The link to {shown(address)!r}{through_en} {why_en}. Correct it or take it out.",
    )


def _untold(place: str, address: str, end: Trail) -> Finding:
    why_zh, why_en = ("来回跳转", "redirects in a circle") if end.loops else ("没有回答", "gave no answer")
    if end.outcome is not None and not end.loops:
        why_zh, why_en = why_not_there(end.outcome)
    return CHECK.unknown(
        place,
        address,
        f"无法判断外部链接“{shown(address)}”是否有效：{why_zh}。请人工打开看看。",
        f"Not judged whether the link to {shown(address)!r} works: it {why_en}. Open it yourself.",
    )


CHECK = Check(
    "outside_link_broken",
    "外部链接打不开",
    "Broken link to another site",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
)
