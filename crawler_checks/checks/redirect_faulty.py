"""链接经过跳转后打不开：跳转成环、转到的页面不存在，或跳转次数过多。

查什么：本网站以内的每一次跳转。转到其他网站的不再跟随。

合格      /go/a 转到 /news/a.html，返回 200
不合格    /go/a 转到 /go/b，又转回 /go/a
不合格    /go/a 转到 /old.html，返回 404
不合格    /go/a 返回 302，没有写明转到哪里，或者写的看不懂
不合格    跳转次数超过浏览器的限度
无法判断  最后一次跳转被拦截或超时（由“页面未能查看”（page_unreachable）列出）

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。

A link leads through redirects that end nowhere: in a circle, in a page that is gone, or too far.

What is asked: every hop of a redirect within the inspected host. Redirects to other hosts are not followed.

PASS     /go/a → /news/a.html, which answers 200
FAIL     /go/a → /go/b → /go/a
FAIL     /go/a → /old.html, which answers 404
FAIL     /go/a → 302 without a Location that could be read
FAIL     more hops than browsers follow
UNKNOWN  the last hop is blocked or times out (`page_unreachable` says it)
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown, why_not_there
from crawler_checks.crawl.outcome import Failing, Gone, Moved, Reason, Skipped
from crawler_checks.crawl.walk import Trail
from crawler_checks.extract.facts import Role


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and address."""
    site = inspection.site
    seen: set[tuple[str, str]] = set()
    for place, link in site.links_where(
        lambda link: link.role is not Role.SCRIPTED and _fault(site.trail(link.address)) is not None
    ):
        if (place, link.address) in seen:
            continue
        seen.add((place, link.address))
        fault = _fault(site.trail(link.address))
        if fault:
            yield CHECK.fail(
                place,
                link.address,
                f"链接“{shown(link.address)}”：{fault[0]}。请把链接改为现在的地址。",
                f"Link {shown(link.address)!r}: {fault[1]}. Make it the present address.",
            )


def _fault(trail: Trail) -> tuple[str, str] | None:
    if trail.loops:
        return "来回跳转，永远打不开", "the redirects run in a circle"
    match trail.outcome:
        case Moved(status=status):
            return (
                f"要求跳转（{status}）但没有说明转到哪里",
                f"it redirects ({status}) without saying where to",
            )
        case Skipped(reason=Reason.TOO_MANY_HOPS):
            return (
                f"跳转超过 {len(trail.hops) - 1} 次",
                f"there are more than {len(trail.hops) - 1} redirects",
            )
        case (Gone() | Failing()) as outcome if trail.hops:
            zh, en = why_not_there(outcome)
            return f"转到“{shown(trail.end)}”，{zh}", f"it leads to {shown(trail.end)!r}, which {en}"
    return None


CHECK = Check(
    "redirect_faulty",
    "跳转有误",
    "Faulty redirect",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
)
