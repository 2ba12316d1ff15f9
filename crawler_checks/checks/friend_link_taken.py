"""友情链接的域名已经失效，被赌博、色情等网站占用，或者正在出售。

查什么：访问者看得见的、指向其他网站的链接：看域名；访问过其他网站的（`--outside`），还看最后转到哪个域名、首页的标题
和简介怎样写。域名和标题本身就暴露的才算；只出现一个这样的词时请人判断，因为新闻也会谈到赌博。

合格      指向政府、学校、新闻单位和其他普通域名的链接
不合格    <a href="http://www.casino88.example/">某市自来水公司</a>
不合格    http://www.water.example/，打开后转到 http://bet365.example/
不合格    首页标题是“葡京娱乐城－真人百家乐投注”；首页写着“此域名出售”“This domain is for sale”
无法判断  首页标题里有一个这样的词
无法判断  转到另一个普通域名（water.example 转到 shop.example）

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”。

A link to a partner's site leads to a host of gambling, pornography or the like: its name has run out and others took it.

What is asked: links that visitors see to other sites: the host they name, and, where other sites were asked
(`--outside`), the host they end at and what its start page says of itself in title and description. Names and titles
that betray themselves are meant; one word alone is left to a person, for news speak of gambling too.

PASS     links to government, schools, news, and to any host of an ordinary name
FAIL     <a href="http://www.casino88.example/">某市自来水公司</a>
FAIL     http://www.water.example/, which redirects to http://bet365.example/
FAIL     its start page is called 葡京娱乐城－真人百家乐投注; or says 此域名出售, This domain is for sale
UNKNOWN  its start page has one such word in its title
UNKNOWN  it redirects to another ordinary name (water.example → shop.example)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import host_of, shown
from crawler_checks.crawl.address import Kind
from crawler_checks.crawl.later import Face
from crawler_checks.crawl.walk import trail
from crawler_checks.extract.facts import Link, Role
from plugins.disclosure.spam_words import load_spam_words

LEAST_WORDS = 2
SOLD = re.compile(
    r"(?:此|该|本)域名.{0,6}(?:出售|转让|到期|过期|停放|未续费)|域名(?:正在)?出售中|域名已(?:过期|到期)"
    r"|domain (?:name )?(?:is|may be) for sale|buy this domain|domain (?:has )?expired|parked domain",
    re.IGNORECASE,
)
"""What the page of a name says that nobody uses any more."""
PARTS_OF_A_NAME = 2
TWO_PART_ENDINGS = frozenset(("com", "net", "org", "gov", "edu", "ac"))


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a host, at the first page that links to it."""
    outside, faces = inspection.site.snapshot.outside, inspection.site.snapshot.later.outside
    seen: set[str] = set()
    for place, link in inspection.site.links_where(
        lambda link: link.role is Role.LINK and not link.hidden, Kind.OUTSIDE
    ):
        host = host_of(link.address)
        if not host or host in seen:
            continue
        end = trail(outside, link.address).end if link.address in outside else link.address
        finding = _finding(place, link, host, host_of(end) or host, faces.get(end))
        if finding:
            seen.add(host)
            yield finding


def _finding(place: str, link: Link, host: str, end: str, face: Face | None) -> Finding | None:
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
    if face is not None and face.is_seen and not words.trusted.search(end):
        shows = _of_the_face(place, host, name, face)
        if shows:
            return shows
    if _owner(end) != _owner(host) and not words.trusted.search(end):
        return CHECK.unknown(
            place,
            host,
            f"无法判断“{shown(place)}”上的链接“{name}”（{host}）是否还是原来的网站：现在转到 {end}。请打开看看。",
            f"Not judged whether the link {name!r} ({host}) on {shown(place)!r} is still what it was: it leads to {end}.",
        )
    return None


def _of_the_face(place: str, host: str, name: str, face: Face) -> Finding | None:
    """What the start page at the end of a link says of itself."""
    if SOLD.search(face.title):
        return CHECK.fail(
            place,
            host,
            f"“{shown(place)}”上的链接“{name}”（{host}）的域名已经失效：首页写着“{face.title[:60]}”。请去掉这个链接。",
            f"The name behind the link {name!r} ({host}) on {shown(place)!r} has run out: its start page says "
            f"{face.title[:60]!r}. Take the link out.",
        )
    said = "、".join(sorted(face.words))
    if len(face.words) >= LEAST_WORDS:
        return CHECK.fail(
            place,
            host,
            f"“{shown(place)}”上的链接“{name}”（{host}）已经被占用：首页的标题或描述里有“{said}”。请立即去掉。",
            f"The link {name!r} ({host}) on {shown(place)!r} was taken over: its start page speaks of {said!r}. "
            "Take it out at once.",
        )
    if face.words:
        return CHECK.unknown(
            place,
            host,
            f"无法判断“{shown(place)}”上的链接“{name}”（{host}）是否被占用：首页的标题或描述里有“{said}”。请打开看看。",
            f"Not judged whether the link {name!r} ({host}) on {shown(place)!r} was taken over: its start page has {said!r}.",
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
