"""办事指南缺少重点要素。

查什么：在表格、标题、选项卡或列表中写有至少五个要素的办事指南网页。全国检查的有八个：事项名称、设定依据、申请条件、申
请材料、办理地点、办理时间、联系电话、办理流程。网页上有这个要素的任何一种常用叫法就算有；事项名称看标题。项目名称后面
空着的算缺；写“无”“不收费”就够了。一次性告知书、只列要素名称的网页不算办事指南。另外十五个要素是一个市的清单，只作
提醒。

合格      八个要素齐全，用表格、标题、选项卡或 <dl> 都行；“所需材料”就是申请材料
不合格    整页没有设定依据；办理地点一格是空的
无法判断  网页有文件、图片或脚本，其余要素可能在里面
无法判断  没有结果样本、监督电话（一个市的清单）

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“服务不实用”。

A service guide leaves out what people need to know.

What is asked: pages that give at least five elements of a service guide in tables, under headings, behind tabs or in
lists. Eight of them are counted by national inspections: name, basis, conditions, materials, place, hours, telephone,
steps. An element is there when its label, by any of the names in use, stands on the page; the page's title is its
name. One whose cell is empty is missing; 无 and 不收费 say enough. A notice to take along (一次性告知书) is no guide, nor is
a page that only lists the names of elements. The other fifteen are one city's list and only shown.

PASS     all eight, in a table, under headings, in tabs or in a <dl>; 所需材料 for 申请材料
FAIL     no 设定依据 anywhere on the page; 办理地点 with an empty cell
UNKNOWN  the page has files, pictures or scripts in which the rest may be
UNKNOWN  no 结果样本, no 监督电话 (one city's list)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.file_type import ATTACHMENTS
from crawler_checks.extract.site import Site
from plugins.disclosure.page_labels import Label, load_page_labels
from plugins.disclosure.profile import Profile

LEAST = 5
"""Elements from which on a page is a service guide."""
LEAST_KEY = 3
EXTRACT = re.compile(r"一次性告知|告知[书单]|清单$|目录$")
"""What is taken out of a guide, to be carried along."""
ITS_OWN = {"basis", "conditions", "materials", "process", "place", "statutory_days", "promised_days", "hours"}
"""Elements that other pages do not have; three of them make a guide."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a guide for the key elements, one for the others."""
    group = load_page_labels().groups["service"]
    for page in inspection.site.pages.values():
        named = [label for label in group.labels if page.said.labels.get(label.id)]
        ids = {label.id for label in named}
        if any(EXTRACT.search(name) for name in (page.title, *page.headings[:2])):
            continue
        if len(named) < LEAST or len(ids & ITS_OWN) < LEAST_KEY or not _is_for_applicants(ids):
            continue
        lacking = [label for label in group.labels if not _is_there(label, page)]
        key = [label for label in lacking if label.is_key]
        others = [label for label in lacking if not label.is_key]
        if key:
            yield _finding(page, key, is_certain=not _may_be_elsewhere(page, inspection.site))
        if others and len(others) < len(group.labels) - LEAST:
            yield CHECK.unknown(
                page.address,
                "others",
                f"“{shown(page.address)}”没有{_names(others)}。这是一个市的考评要求，国家检查只看八项，请斟酌补充。",
                f"{shown(page.address)!r} lacks {len(others)} elements of one city's list ({_names(others)}); national "
                "inspections count eight.",
                basis="2017年度全市政务公开政务服务工作考评细则（岳公开办发〔2017〕2号）办事指南二十二项要素",
            )


def _is_for_applicants(ids: set[str]) -> bool:
    """Whether it tells how to apply, as lists of powers do not."""
    return bool(ids & {"materials", "conditions"}) and bool(ids & {"place", "hours", "phone"})


def _is_there(label: Label, page: PageFacts) -> bool:
    if label.id == "name":
        return bool(page.title or page.headings)
    return label.id in page.said.labels and label.id not in page.empty_labels


def _finding(page: PageFacts, key: list[Label], *, is_certain: bool) -> Finding:
    empty = [label for label in key if label.id in page.empty_labels]
    if is_certain or empty:
        told = empty if not is_certain else key
        return CHECK.fail(
            page.address,
            None,
            f"办事指南“{page.title[:60]}”（{shown(page.address)}）缺少{_names(told)}，或者没有填写。请补充；确实没有的写“无”。",
            f"Service guide {shown(page.address)!r} lacks {_names(told)}, or leaves it empty. Write 无 where there is none.",
        )
    return CHECK.unknown(
        page.address,
        None,
        f"无法判断办事指南“{page.title[:60]}”（{shown(page.address)}）有没有{_names(key)}：文字里没有，但可能在附件、图片里，"
        "或由脚本生成。",
        f"Not judged whether service guide {shown(page.address)!r} has {_names(key)}: it may be in a file or a picture, or "
        "written by script.",
    )


def _may_be_elsewhere(page: PageFacts, site: Site) -> bool:
    if page.truncated or page.writes_by_script or site.own_pictures(page) or site.frames_of(page):
        return True
    return any(link.leads_to_one_of(ATTACHMENTS) for link in site.own_links(page))


def _names(labels: list[Label]) -> str:
    return "、".join(label.label for label in labels)


def _key_elements(_: Profile) -> Iterator[tuple[str, str]]:
    """The elements that national inspections count."""
    key = _names([label for label in load_page_labels().groups["service"].labels if label.is_key])
    yield f"重点要素：{key}", f"key elements: {key}"


CHECK = Check(
    "service_incomplete",
    "办事指南要素不全",
    "Incomplete service guide",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“服务不实用”",
    _key_elements,
)
