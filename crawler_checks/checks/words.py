"""How addresses and outcomes are put into words, Chinese and English."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from crawler_checks.crawl.answer import Trouble
from crawler_checks.crawl.outcome import Barrier, Blocked, Failing, Gone, Outcome, Reason, Skipped, Unreached

LONGEST = 160

TROUBLES = {
    Trouble.TIMEOUT: ("在限定时间内没有打开", "did not open in time"),
    Trouble.UNREACHABLE: ("连接不上", "could not be reached"),
    Trouble.BAD_TLS: ("安全证书有问题，无法建立安全连接", "has a certificate with which no secure connection can be made"),
    Trouble.BAD_REPLY: ("服务器的回答不完整或无法读懂", "gave an incomplete or unreadable answer"),
    Trouble.HEADERS_TOO_LARGE: ("服务器的回答过长，已停止接收", "sent headers without end; reading was stopped"),
    Trouble.PRIVATE_ADDRESS: ("域名指向内部网络地址，未访问", "leads into a private network and was not asked for"),
    Trouble.NOT_KEPT: ("抓取存档里没有这一页", "is not in the archive of the crawl"),
}  # fmt: skip
BARRIERS = {
    Barrier.FORBIDDEN: ("服务器拒绝访问", "the server forbids access"),
    Barrier.LOGIN: ("需要登录", "a login is asked for"),
    Barrier.TOO_MANY: ("服务器要求降低访问频率", "the server asks for fewer requests"),
    Barrier.CHALLENGE: ("被防火墙或验证码拦截", "a firewall or captcha stands before it"),
    Barrier.NOT_NOW: ("服务器暂停服务，要求稍后再来", "the server asks to come back later"),
    Barrier.REFUSED: ("服务器不接受这一请求", "the server does not take this request"),
}
REASONS = {
    Reason.ROBOTS: ("网站的 robots.txt 不允许访问", "robots.txt does not allow it"),
    Reason.PAGE_CAP: ("已达到一次巡检的页数上限", "the limit of pages for one inspection was reached"),
    Reason.ADDRESS_CAP: ("已达到一次巡检的地址数上限", "the limit of addresses for one inspection was reached"),
    Reason.TRAP: ("地址像是无限重复生成的，未访问", "the address looks endlessly generated and was not asked for"),
    Reason.TOO_MANY_HOPS: ("跳转次数过多", "there are too many redirects"),
    Reason.GIVEN_UP: ("网站连续没有正常回答，巡检提前停止", "the site stopped answering and the inspection ended early"),
    Reason.SERVER_TROUBLE: ("网站大量页面同时出错，可能是服务器临时故障",
                            "many pages failed at once, which may be a passing trouble of the server"),
    Reason.MUCH_UNSEEN: ("很多地址被拦截或没有打开", "many addresses were blocked or did not open"),
    Reason.UNCONFIRMED: ("打开时出错，但次数不足以确认", "it failed, but was not asked for often enough to be sure"),
}  # fmt: skip


def shown(address: str) -> str:
    """An address as people read it: Chinese instead of escapes, cut when very long."""
    plain = unquote(address)
    plain = address if "\ufffd" in plain or not plain.isprintable() else plain
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def host_of(address: str) -> str:
    """The host of a full address, in small letters; "" for any other."""
    try:
        return (urlsplit(address if "//" in address else "").hostname or "").lower()
    except ValueError:
        return ""


def why_not_there(outcome: Outcome) -> tuple[str, str]:
    """Why an address that should be there is not, or was not seen, in words."""
    match outcome:
        case Gone(status=status):
            return f"页面不存在（{status}）", f"is not there ({status})"
        case Failing(status=status, tries=tries):
            return (
                f"{tries} 次访问服务器都出错（{status}）",
                f"makes the server fail ({status}), {tries} times out of {tries}",
            )
        case Blocked(barrier=barrier, status=status):
            zh, en = BARRIERS[barrier]
            return f"{zh}（{status}）", f"{en} ({status})"
        case Unreached(trouble=trouble, tries=tries):
            zh, en = TROUBLES[trouble]
            return f"访问 {tries} 次，{zh}", f"{en}, {tries} times"
        case Skipped(reason=reason):
            return REASONS[reason]
    return "没有说明转到哪里", "does not say where it leads"
