"""制度性文件没有解读，或者文件与解读没有互相链接。

查什么：本身发布解读的网站，最近一年有文号、标题表明是制度性文件（办法、规定、细则、措施、实施意见等）的文件。哪些文件
应当解读由机关决定，双向链接的要求也没有与原文核对，所以全站合并提醒一次，不作“不合格”结论。

合格      解读写明并链接文件，文件也链接回解读
不合格    本项不作“不合格”结论
无法判断  制度性文件没有看到解读：列出
无法判断  解读链接了文件，文件没有链接回解读：列出

依据：政府网站发展指引（国办发〔2017〕47号）解读回应部分（未与原文核对）。

Documents that are mostly interpreted have no interpretation, or the two do not link to each other.

What is asked: documents of the last year with a 文号 whose titles say that they set rules (办法, 规定, 细则, 措施, 实施意见…)
on a site that interprets others. Which documents must be interpreted is for the organ to say, and the duty to link both
ways was not compared with its document: these are shown together, once a site, and never a fault.

PASS     a document that its interpretation names and links to, and that links back
FAIL     never
UNKNOWN  rules without an interpretation that was seen: listed
UNKNOWN  an interpretation links to its document, and the document does not link back: listed
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.policies import Policy, links_to, policies_of, published_on
from crawler_checks.checks.words import shown

SETS_RULES = re.compile(
    r"(?:办法|规定|细则|若干措施|政策措施|条例|规则)(?:》|的通知|（.{1,6}）)?$|的规定|暂行办法|实施办法"
)
RECENT = timedelta(days=365)
MOST_SHOWN = 5


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding for documents without interpretation, one for those without a link back."""
    site = inspection.site
    policies = policies_of(site)
    if not any(policy.interpretations for policy in policies):
        return
    earliest = inspection.today - RECENT
    bare = [
        policy
        for policy in policies
        if not policy.interpretations
        and SETS_RULES.search(policy.title)
        and (day := published_on(policy.page))
        and earliest <= day <= inspection.today
    ]
    unlinked = [
        policy
        for policy in policies
        if policy.interpretations
        and not any(links_to(policy.page, one, site) for one in policy.interpretations)
    ]
    if bare:
        yield _finding(inspection, "missing", bare, "没有看到解读", "have no interpretation that was seen")
    if unlinked:
        yield _finding(
            inspection,
            "unlinked",
            unlinked,
            "有解读，但文件页没有链接到解读",
            "do not link to their interpretations",
        )


def _finding(inspection: Inspection, thing: str, policies: Sequence[Policy], zh: str, en: str) -> Finding:
    named = "；".join(f"{one.number}（{shown(one.page.address)}）" for one in policies[:MOST_SHOWN])
    more = f"等 {len(policies)} 件" if len(policies) > MOST_SHOWN else ""
    numbers = ", ".join(one.number for one in policies[:MOST_SHOWN])
    return CHECK.unknown(
        inspection.site.snapshot.start,
        thing,
        f"无法判断是否应当补充：{named}{more}{zh}。请对照本机关的要求查看。",
        f"Not judged: {len(policies)} documents {en} ({numbers}). Compare with what your organ asks for.",
    )


CHECK = Check(
    "interpretation_missing",
    "政策没有解读或未互相链接",
    "Missing interpretation",
    run,
    "政府网站发展指引（国办发〔2017〕47号）解读回应部分（未与原文核对）",
)
