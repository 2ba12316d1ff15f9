"""页面上的链接、图片、样式或脚本指向的内容不存在。

查什么：网页和样式表中指向本网站的所有网址：`a`、`area`、`iframe`、`frame`、`img`、`srcset`、`link`、`script`、`video`、
`audio`、`object`、`style`、自动刷新和 `url()`。供下载的文件由“附件无法下载”（attachment_broken）查，跳转由“跳转有
误”（redirect_faulty）查。服务器出错的，几次都出错才算；网站有一大片同时出错时，都不算。

合格      <a href="/zwgk/index.html">，打开返回 200
合格      <a href="mailto:xxgk@example.gov.cn">、<a href="javascript:;">、<a href="#">
不合格    <a href="/zwgk/old.html">，返回 404 或 410
不合格    <img src="/images/a.jpg">，几次访问都返回 500
不合格    <a href="file:///D:/网站/通知.doc">，是编辑人员自己电脑里的文件
不合格    公开网站上的 <a href="http://10.1.1.8/oa/">、<a href="http://localhost/a.doc">（不去访问）
不合格    <a href="http://">，没有写网站名
无法判断  403、412、429、验证码、超时：访问者可能看得到，由“页面未能查看”（page_unreachable）列出

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。

A link, picture, style or script of a page leads to something that is not there.

What is asked: every address of the inspected host that a page or stylesheet names in `a`, `area`, `iframe`,
`frame`, `img`, `srcset`, `link`, `script`, `video`, `audio`, `object`, `style`, a refresh, or `url()`. Files to
download are left to `attachment_broken`, redirects to `redirect_faulty`. A server error counts only when it came
every time of several; where a large part of a site fails at once, none of it counts.

PASS     <a href="/zwgk/index.html"> and /zwgk/index.html answers 200
PASS     <a href="mailto:xxgk@example.gov.cn">, <a href="javascript:;">, <a href="#">
FAIL     <a href="/zwgk/old.html"> and /zwgk/old.html answers 404 or 410
FAIL     <img src="/images/a.jpg"> and every one of several tries answers 500
FAIL     <a href="file:///D:/网站/通知.doc">: a file on the computer of whoever edited the page
FAIL     <a href="http://10.1.1.8/oa/">, <a href="http://localhost/a.doc"> on a public site: it is not asked for
FAIL     <a href="http://">: no host that could be asked
UNKNOWN  403, 412, 429, a captcha, a time-out: the visitor may see more than we do (`page_unreachable` says it)
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import host_of, shown, why_not_there
from crawler_checks.crawl.address import Kind
from crawler_checks.crawl.outcome import Failing, Gone
from crawler_checks.crawl.pace import is_inner
from crawler_checks.extract.facts import Link, Role
from crawler_checks.extract.file_type import ATTACHMENTS
from crawler_checks.extract.site import Site

WORDS = {
    Role.LINK: ("链接", "Link"),
    Role.FRAME: ("框架页", "Frame"),
    Role.REFRESH: ("自动跳转", "Refresh"),
    Role.IMAGE: ("图片", "Picture"),
    Role.STYLE: ("样式文件", "Stylesheet"),
    Role.SCRIPT: ("脚本文件", "Script"),
    Role.MEDIA: ("音视频或嵌入文件", "Media file"),
    Role.OTHER: ("相关文件", "Related file"),
}
"""Where a script sends visitors is left out: it may not send all of them."""
UNUSABLE = {
    Kind.EDITOR: ("指向编辑人员自己电脑上的文件", "points at a file on an editor's own computer"),
    Kind.MALFORMED: ("网址写法不完整，打不开", "is no address that could be opened"),
}
"""Links that nobody can follow, with what is wrong with them."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and address."""
    site = inspection.site
    seen: set[tuple[str, str]] = set()
    for place, link in site.links_where(lambda link: _is_broken(link, site)):
        outcome = site.outcome_of(link.address)
        if (place, link.address) not in seen and outcome is not None:
            seen.add((place, link.address))
            yield _finding(place, link, *why_not_there(outcome))
    yield from _unusable(inspection)
    host = site.snapshot.scope.host  # of a folder nobody knows where it will stand
    if host and not is_inner(host):
        yield from _inner(site)


def _is_broken(link: Link, site: Site) -> bool:
    if link.role not in WORDS or link.leads_to_one_of(ATTACHMENTS):
        return False
    trail = site.trail(link.address)
    # redirect_faulty follows the hops; page_unreachable reports what could not be told
    return not trail.hops and isinstance(trail.outcome, Gone | Failing)


def _unusable(inspection: Inspection) -> Iterator[Finding]:
    for kind, (why_zh, why_en) in UNUSABLE.items():
        links = inspection.site.links_where(lambda link: link.role in WORDS, kind)
        for place, link in dict.fromkeys(links):
            yield _finding(place, link, why_zh, why_en)


def _inner(site: Site) -> Iterator[Finding]:
    """Links into a private network, or to the computer of whoever edited the page: nobody else can follow them."""
    seen: set[tuple[str, str]] = set()
    for place, link in site.links_where(
        lambda link: link.role in WORDS and is_inner(host_of(link.address)), Kind.OUTSIDE
    ):
        if (place, link.address) not in seen:
            seen.add((place, link.address))
            yield _finding(
                place,
                link,
                "指向单位内部网络或者本机，外面的人打不开",
                "leads into a private network or to one's own computer, which nobody outside can open",
            )


def _finding(place: str, link: Link, why_zh: str, why_en: str) -> Finding:
    zh, en = WORDS[link.role]
    named = f"（{link.text[:40]}）" if link.text else ""
    return CHECK.fail(
        place,
        link.address,
        f"{zh}“{shown(link.address)}”{named}：{why_zh}。请改正地址，或去掉这个{zh}。",
        f"{en} {shown(link.address)!r} {why_en}. Correct the address or take it out.",
    )


CHECK = Check(
    "link_broken",
    "链接失效",
    "Broken link",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
)
