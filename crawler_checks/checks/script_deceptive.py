"""脚本把从搜索引擎来的访问者转走、给搜索引擎看另一个页面，或者用编码藏起要加载的外部内容。

查什么：写在网页里的脚本。看访问者从哪里来、是哪个搜索引擎，然后转走或者改写标题的；解码以后从其他网站加载内容的。手机
版跳转、访问统计、字体不是这样。单独的脚本文件不读。

合格      if (/Android|iPhone/.test(navigator.userAgent)) location.href = "/m/"
合格      <script src="https://hm.baidu.com/hm.js?…">
不合格    if (document.referrer.indexOf("baidu") > 0) location.href = "http://x.example/"
不合格    if (/Baiduspider/.test(navigator.userAgent)) document.title = "…"
不合格    document.write(unescape("%3Cscript src=%22http://x.example/…"))
无法判断  解码出来的是同类网站（gov.cn）的网址

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”。

A script sends visitors who come from a search engine elsewhere, shows search engines another page, or hides what it
loads.

What is asked: the scripts on the page itself. One that looks at where a visitor comes from, or which search engine
reads, and then sends elsewhere or renames the page; one that decodes and then loads from another host. A page for
telephones, counters and fonts do nothing of the kind. Files of scripts are not read.

PASS     if (/Android|iPhone/.test(navigator.userAgent)) location.href = "/m/"
PASS     <script src="https://hm.baidu.com/hm.js?…">
FAIL     if (document.referrer.indexOf("baidu") > 0) location.href = "http://x.example/"
FAIL     if (/Baiduspider/.test(navigator.userAgent)) document.title = "…"
FAIL     document.write(unescape("%3Cscript src=%22http://x.example/…"))
UNKNOWN  where the decoded address is one of the site's own kind (gov.cn)
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import host_of, shown
from crawler_checks.extract.script_tricks import Deceit
from plugins.disclosure.spam_words import load_spam_words

DECEITS = {
    Deceit.SENDS_SEARCHERS: (
        "把从搜索引擎来的访问者转到别处",
        "sends visitors who come from a search engine elsewhere",
    ),
    Deceit.SHOWS_ENGINES: ("给搜索引擎看另外的标题或页面", "shows search engines another title or page"),
    Deceit.ENCODED: ("用编码藏起外部地址", "hides an address elsewhere in code"),
}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and what its script does."""
    own = inspection.site.snapshot.scope.own_hosts
    for page in inspection.site.pages.values():
        for trick in dict.fromkeys(page.tricks):
            host = host_of(trick.to)
            if host in own:
                continue
            zh, en = DECEITS[trick.deceit]
            to_zh, to_en = (f"（{host}）", f" ({host})") if host else ("", "")
            if host and load_spam_words().trusted.search(host):
                yield CHECK.unknown(
                    page.address,
                    trick.deceit.value,
                    f"无法判断“{shown(page.address)}”里的脚本是否正当：它{zh}{to_zh}。请查看页面源代码。",
                    f"Not judged whether a script on {shown(page.address)!r} is honest: it {en}{to_en}. Look at the source.",
                )
                continue
            yield CHECK.fail(
                page.address,
                trick.deceit.value,
                f"“{shown(page.address)}”里的脚本{zh}{to_zh}。网站可能已被入侵，请立即删除并查明来源。",
                f"A script on {shown(page.address)!r} {en}{to_en}. The site may have been broken into: remove it at once.",
            )


CHECK = Check(
    "script_deceptive",
    "脚本暗中跳转",
    "Deceptive script",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”",
)
