"""机关概况缺少条例规定的六项内容：职能、机构设置、地址、办公时间、联系方式、负责人姓名。

查什么：在表格或 <dl> 中写有六项中至少四项、并且包括职能或机构设置的网页。其余各项可能在该机关的另一页上，所以只有写了
项目名称而内容空着的才算不合格。

合格      六项齐全，用表格或 <dl> 列出
不合格    “负责人姓名”一格是空的
无法判断  有其中五项，没有提到负责人姓名，可能在别处

依据：政府信息公开条例（国务院令第711号，2019年修订）第二十条第（二）项。

An organ's page leaves out what the Regulation demands of every organ.

What is asked: pages that name at least four of the six in cells of a table or a <dl>, functions or structure among
them. The rest may stand on another page of the organ: it is a failure only where a label has an empty cell.

PASS     all six, in a table or a <dl>
FAIL     负责人姓名 with an empty cell
UNKNOWN  five of the six, no word of 负责人姓名: perhaps it stands elsewhere
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.site import Site
from plugins.disclosure.page_labels import load_page_labels

LEAST = 4
ITS_OWN = {"functions", "structure"}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page for what is empty, and one for what is not there."""
    group = load_page_labels().groups["organ"]
    for page in organ_pages(inspection.site):
        named = page.cell_labels
        empty = [label.label for label in group.labels if label.id in page.empty_labels]
        absent = [label.label for label in group.labels if label.id not in named]
        if empty:
            yield CHECK.fail(
                page.address,
                "empty",
                f"“{page.title[:60]}”（{shown(page.address)}）没有填写{'、'.join(empty)}。请补充。",
                f"{shown(page.address)!r} leaves {'、'.join(empty)} empty. Fill it in.",
                basis=str(group.source),
            )
        if absent:
            yield CHECK.unknown(
                page.address,
                "absent",
                f"无法判断“{page.title[:60]}”（{shown(page.address)}）所说的机关是否公开了{'、'.join(absent)}：这一页没有，请看别处有没有。",
                f"Not judged whether the organ of {shown(page.address)!r} publishes {'、'.join(absent)}: this page does not.",
                basis=str(group.source),
            )


def organ_pages(site: Site) -> Iterator[PageFacts]:
    """The pages that present an organ."""
    ids = {label.id for label in load_page_labels().groups["organ"].labels}
    for page in site.pages.values():
        named = ids & page.cell_labels
        if len(named) >= LEAST and named & ITS_OWN:
            yield page


CHECK = Check(
    "organ_incomplete",
    "机关概况内容不全",
    "Incomplete page of an organ",
    run,
    "政府信息公开条例（国务院令第711号，2019年修订）第二十条第（二）项",
)
