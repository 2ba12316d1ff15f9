"""有页面没能看到：被拦截、超时或没有访问。对这些页面不作结论。

查什么：本项从不作“不合格”结论。有链接指向、又没有得到可以作结论的回答的网址，逐个列出，请人打开看；整次巡检中途停止
的，说明一次。

合格      网址有了回答，不论好坏
无法判断  401、403、412、429、带 Retry-After 的 503、防火墙页面、验证码、转到登录页
无法判断  每次访问都超时或中断
无法判断  robots.txt 不许访问；到了本次巡检的限额；网站不再回应

依据：无法判断的页面不计入结论，供人工复核。

A page could not be seen: blocked, timed out, left out. Nothing is said about it, and that is said.

What is asked: this check never fails a site. It names each address that links lead to and that gave no answer which proves
anything, so that a person can open it; where a whole run was cut short, it says so once.

PASS     the address answered, well or ill
UNKNOWN  401, 403, 412, 429, 503 with Retry-After, a firewall's page, a captcha, a redirect to a login
UNKNOWN  every try timed out or was cut off
UNKNOWN  robots.txt forbids it; a limit of the inspection was reached; the site stopped answering
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import REASONS, shown, why_not_there
from crawler_checks.crawl.outcome import Blocked, Outcome, Reason, Skipped, Unreached
from crawler_checks.extract.site import Site

ONE_BY_ONE = {Reason.ROBOTS, Reason.TRAP, Reason.UNCONFIRMED}
"""The other reasons concern the run as a whole; TOO_MANY_HOPS belongs to redirect_faulty."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding an address, and one for each reason that cut the run short."""
    site = inspection.site
    unseen = {
        address: outcome
        for address, outcome in site.snapshot.outcomes.items()
        if _is_unseen(outcome) and address not in site.snapshot.probes
    }
    places = _places(site, unseen)
    for address, outcome in unseen.items():
        zh, en = why_not_there(outcome)
        on_zh, on_en = places.get(address, ("", ""))
        yield CHECK.unknown(
            address,
            None,
            f"无法判断：“{shown(address)}”{zh}{on_zh}。本项不计分，请人工打开看看。",
            f"Not judged: {shown(address)!r}: {en}{on_en}. Not scored; please open it yourself.",
        )
    for reason in sorted(site.snapshot.cut_short):
        left_out = sum(_is_left_out(outcome, reason) for outcome in site.snapshot.outcomes.values())
        zh, en = REASONS[reason]
        yield CHECK.unknown(
            site.snapshot.start,
            reason.value,
            f"无法判断：{zh}，有 {left_out} 个地址没有看到。本次结论不完整。",
            f"Not judged: {en}; {left_out} addresses were not seen. This inspection is incomplete.",
        )


def _is_unseen(outcome: Outcome) -> bool:
    match outcome:
        case Blocked() | Unreached():
            return True
        case Skipped(reason=reason):
            return reason in ONE_BY_ONE
    return False


def _is_left_out(outcome: Outcome, reason: Reason) -> bool:
    if reason is Reason.MUCH_UNSEEN:
        return isinstance(outcome, Blocked | Unreached)
    return outcome == Skipped(reason)


def _places(site: Site, unseen: dict[str, Outcome]) -> dict[str, tuple[str, str]]:
    """For each address a page that links to it, in words."""
    places: dict[str, tuple[str, str]] = {}
    for place, link in site.links_where(lambda link: link.address in unseen):
        if link.address not in places:
            places[link.address] = (f"（链接在“{shown(place)}”）", f" (linked from {shown(place)!r})")
    return places


CHECK = Check(
    "page_unreachable", "页面未能查看", "Page not seen", run, "无法判断的页面不计入结论，供人工复核"
)
