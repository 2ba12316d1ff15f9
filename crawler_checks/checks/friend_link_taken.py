"""A link to a partner's site leads to a host of gambling, pornography or the like: its name has run out and others took it.

友情链接的域名已经失效，被赌博、色情等网站占用。

What is asked: links that visitors see to other sites: the host they name, and, where other sites were asked, the host
they end at. Only names that betray themselves are meant; whether an ordinary name changed hands is not told from here.

PASS     links to government, schools, news, and to any host of an ordinary name
FAIL     <a href="http://www.casino88.example/">某市自来水公司</a>
FAIL     http://www.water.example/, which redirects to http://bet365.example/
UNKNOWN  it redirects to another ordinary name (water.example → shop.example)

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”。
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import host_of, shown
from crawler_checks.crawl.address import Kind
from crawler_checks.crawl.walk import trail
from crawler_checks.extract.facts import Link, Role
from plugins.disclosure.spam_words import load_spam_words

PARTS_OF_A_NAME = 2
TWO_PART_ENDINGS = frozenset(("com", "net", "org", "gov", "edu", "ac"))


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a host, at the first page that links to it."""
    outside = inspection.site.snapshot.outside
    seen: set[str] = set()
    for page in inspection.site.pages.values():
        for link in page.links:
            host = host_of(link.address) if link.kind is Kind.OUTSIDE and link.role is Role.LINK else ""
            if not host or host in seen or link.hidden:
                continue
            end = trail(outside, link.address).end if link.address in outside else link.address
            finding = _finding(page.address, link, host, host_of(end) or host)
            if finding:
                seen.add(host)
                yield finding


def _finding(place: str, link: Link, host: str, end: str) -> Finding | None:
    words = load_spam_words()
    name = (link.text or link.hint)[:30]
    bad = next(
        (one for one in (end, host) if words.in_host.search(one) and not words.trusted.search(one)), None
    )
    if bad:
        return CHECK.fail(
            place,
            host,
            f"“{shown(place)}”上的链接“{name}”（{host}）通向 {bad}，从名称看是赌博、色情一类网站。请立即去掉。",
            f"The link {name!r} ({host}) on {shown(place)!r} leads to {bad}, by its name a site of gambling or the like. "
            "Take it out at once.",
        )
    if _owner(end) != _owner(host) and not words.trusted.search(end):
        return CHECK.unknown(
            place,
            host,
            f"无法判断“{shown(place)}”上的链接“{name}”（{host}）是否还是原来的网站：现在转到 {end}。请打开看看。",
            f"Not judged whether the link {name!r} ({host}) on {shown(place)!r} is still what it was: it leads to {end}.",
        )
    return None


def _owner(host: str) -> str:
    """The part of a host's name that is bought: example.com.cn, example.cn."""
    parts = host.split(".")
    length = PARTS_OF_A_NAME + (len(parts) > PARTS_OF_A_NAME and parts[-2] in TWO_PART_ENDINGS)
    return ".".join(parts[-length:])


CHECK = Check(
    "friend_link_taken",
    "友情链接被占用",
    "Partner's name taken over",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”",
)
