"""有的机关没有公布政府信息公开指南，而同一网站上别的机关都有。

查什么：介绍许多机关（职能、地址、负责人等）的网站，按机关名称在各指南的标题中查找。几乎所有机关都有指南时，没有的那个
不合格。企业、医院、学校另有规定，不查。有的指南没有写明是哪个机关的，就可能是任何一个的；这时，以及没有看全网站时，不
作结论。

合格      介绍到的每个机关都有写明其名称的指南；只有一个机关的网站
不合格    22 个机关有指南，某市气象局在这里有介绍页面，却没有指南
无法判断  同样情况，但有的指南没有写机关名称，或者网站有的部分没有看到

依据：政府信息公开条例（国务院令第711号，2019年修订）第十二条第一款。

An organ that is presented here has no guide to disclosure, though the others have theirs here.

What is asked: sites that present many organs (pages of their functions, address, head and so on). Each organ, by its
name on that page, is looked for in the titles of guides. Where nearly all have a guide here, one that has none is at
fault. Companies, hospitals and schools publish by rules of their own and are not meant. A guide that names none of the
organs may be anybody's; then, and where the site was not seen whole, nobody is accused.

PASS     every organ that is presented is named by a guide; a site of one organ
FAIL     guides of 22 organs, and none of 某市气象局, which has its page here
UNKNOWN  the same, where a guide names no organ, or parts of the site were not seen
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.guide_incomplete import guides_of
from crawler_checks.checks.organ_incomplete import organ_pages
from crawler_checks.checks.policies import title_of
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts

SECTION = "guide"
LEAST_ORGANS = 5
"""So many organs with guides here show that this is where guides are published."""
SHARE = 0.8
GENERAL = re.compile(r"(?:的?(?:政府信息公开|政务公开|信息公开|机构概况|机关概况|概况|机构职能|简介|首页))+$")
ORGAN = re.compile(r"(?:人民政府|政府|局|厅|委员会|委|办公室|办)$")
SHORTEST_NAME = 4


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding an organ."""
    organs = {name: page for page in organ_pages(inspection.site) if (name := _name(page))}
    guides = [f"{title_of(page)}\n{page.title}" for page in guides_of(inspection)]
    named = {organ for organ in organs if any(organ in guide for guide in guides)}
    if len(named) < LEAST_ORGANS or len(named) < SHARE * len(organs):
        return
    is_sure = not inspection.site.snapshot.cut_short and all(
        any(organ in guide for organ in organs) for guide in guides
    )
    for organ in sorted(organs.keys() - named):
        yield _finding(organ, organs[organ], len(named), is_sure=is_sure)


def _name(page: PageFacts) -> str:
    """The organ of a page; "" for companies and the like, and for what is no name."""
    name = GENERAL.sub("", "".join(title_of(page).split()))
    return name if len(name) >= SHORTEST_NAME and ORGAN.search(name) else ""


def _finding(organ: str, page: PageFacts, others: int, *, is_sure: bool) -> Finding:
    zh = f"本站有 {others} 个机关的政府信息公开指南，没有看到{organ}（{shown(page.address)}）的"
    en = f"{others} organs have their guides to disclosure here; {organ} ({shown(page.address)}) has none"
    if is_sure:
        return CHECK.fail(
            page.address, organ, f"{zh}。请编制并公布。", f"{en}. Publish one.", section=SECTION
        )
    return CHECK.unknown(
        page.address,
        organ,
        f"无法判断：{zh}；有的指南没有写明是谁的，或者网站没有看全。",
        f"Not judged: {en}.",
        section=SECTION,
    )


CHECK = Check(
    "guide_missing",
    "机关没有公开指南",
    "Organ without a guide",
    run,
    "政府信息公开条例（国务院令第711号，2019年修订）第十二条第一款",
    asks_of_sections=True,
)
