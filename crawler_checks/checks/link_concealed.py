"""页面里有看不见的链接（暗链），指向赌博、色情、假证等网站，网站可能已被入侵。

查什么：藏起来的内容（折叠、没有大小、移到屏幕以外、与底色同色、在 <noscript> 里）中指向其他网站的链接，看链接文字和指
向哪里。折叠菜单、跳到正文的链接、友情链接列表是正常的；指向政府、学校、新闻单位的不算。

合格      折叠菜单；display:none 里的其他部门网站列表；<a class="skip" href="#main">
不合格    <div style="display:none"><a href="http://x.example/">百家乐 时时彩</a></div>
不合格    <marquee width="1" height="1"><a href="http://x.example/">代开发票</a></marquee>
无法判断  移到屏幕以外或者在 <noscript> 里的、指向不明网站的链接

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”。

Links that visitors do not see lead to sites of gambling, pornography or forged papers: the site was broken into.

What is asked: links to other hosts inside what is hidden: folded away, of no size, far out of sight, in the colour of the
ground, or in <noscript>. What such a link says or where it leads decides. Menus that fold away, links to skip to
the text and lists of friends' sites are honest; links to government, schools and news are never meant.

PASS     a folded menu; a list of other offices' sites in display:none; <a class="skip" href="#main">
FAIL     <div style="display:none"><a href="http://x.example/">百家乐 时时彩</a></div>
FAIL     <marquee width="1" height="1"><a href="http://x.example/">代开发票</a></marquee>
UNKNOWN  links to hosts of unknown kind, far out of sight or in <noscript>
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import host_of, shown
from crawler_checks.crawl.address import Kind
from crawler_checks.extract.concealment import Trick
from crawler_checks.extract.facts import Concealed, PageFacts
from plugins.disclosure.spam_words import load_spam_words

TRICKS = {
    Trick.FOLDED: ("设为不显示", "not displayed"),
    Trick.OUT_OF_SIGHT: ("移到了屏幕之外", "moved out of sight"),
    Trick.NO_SIZE: ("尺寸为零", "of no size"),
    Trick.SAME_COLOUR: ("与背景同色", "in the colour of its ground"),
    Trick.NO_SCRIPT: ("放在 noscript 里", "inside noscript"),
}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and host."""
    for page in inspection.site.pages.values():
        seen: set[str] = set()
        for one in page.concealed:
            host = host_of(one.link.address)
            if one.link.kind is not Kind.OUTSIDE or not host or host in seen:
                continue
            finding = _finding(page, one, host)
            if finding:
                seen.add(host)
                yield finding


def _finding(page: PageFacts, one: Concealed, host: str) -> Finding | None:
    words = load_spam_words()
    zh, en = TRICKS[Trick(one.trick)]
    said = one.link.text[:30]
    if words.trusted.search(host):
        return None
    if words.in_text.search(one.link.text) or words.in_host.search(host):
        return CHECK.fail(
            page.address,
            host,
            f"“{shown(page.address)}”里有看不见的链接（{zh}），写着“{said}”，指向 {host}。"
            "网站可能已被入侵，请立即删除并查明来源。",
            f"{shown(page.address)!r} has a hidden link ({en}) that says {said!r} and leads to {host}. The site may have been "
            "broken into: remove it at once and find out how it came there.",
        )
    if one.trick == Trick.FOLDED:
        return None
    return CHECK.unknown(
        page.address,
        host,
        f"无法判断“{shown(page.address)}”里看不见的链接（{zh}）是否正当：“{said}”，指向 {host}。请查看页面源代码。",
        f"Not judged whether a hidden link ({en}) on {shown(page.address)!r} is honest: {said!r}, to {host}. Look at the source.",
    )


CHECK = Check(
    "link_concealed",
    "暗链",
    "Hidden link",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”",
)
