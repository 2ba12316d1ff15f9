"""政府信息公开指南缺少条例规定的内容。

查什么：名称是政府信息公开指南（信息公开指南）、本身就是该栏目或者放在该栏目里的网页。条例第十二条规定的九项内容，逐项
在全文中找有关的词语。关于依申请公开的七项是一个市的规定，没有的只作提醒。指南是文件或图片的，或者几乎没有文字的，不作
判断。

合格      写明了信息的分类、编排体系、获取方式，工作机构的名称和联系方式等
不合格    其他都有，没有提到传真
无法判断  全文在网页上附的 PDF 里；网页只是各机关指南的列表
无法判断  没有提到收费标准或者救济途径（一个市的规定）

依据：政府信息公开条例（国务院令第711号，2019年修订）第十二条第二款。

The guide to disclosure leaves out what the Regulation demands.

What is asked: pages called a guide to disclosure (政府信息公开指南, 信息公开指南) that are the section 政府信息公开指南 or stand
in it. Each of the nine elements of Article 12 is looked for by the words that name it, anywhere in the text. The seven
elements on applications are one city's rule: their absence is only shown. A guide that is a file or a picture, or has
hardly a text, is not judged.

PASS     a guide that speaks of classification, arrangement, access, the office and how to reach it
FAIL     the same without a word of fax
UNKNOWN  the text is in a PDF beside it; a page that only lists guides
UNKNOWN  no word of fees or remedies (one city's rule)
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.section_missing import is_confirmed
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.file_type import ATTACHMENTS
from crawler_checks.extract.site import Site
from plugins.disclosure.page_labels import GuideElement, load_page_labels
from plugins.disclosure.profile import Profile

SECTION = "guide"
LEAST_TEXT = 150
"""Characters of its own below which a page is an entrance to a guide and not the guide."""
LEAST_ELEMENTS = 5
"""Elements from which on a page is the guide itself."""
MOST_ITEMS = 2
"""More dated links make it a list of guides."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a guide for what is missing, one for what one city asks besides."""
    site = inspection.site
    for page in guides_of(inspection):
        lacking = _lacking(page, site)
        must = [element for element in lacking if is_confirmed(element.source)]
        may = [element for element in lacking if element not in must]
        if must:
            yield _finding(page, must, is_certain=not _is_elsewhere(page, site))
        if may:
            yield CHECK.unknown(
                page.address,
                "apply",
                f"“{shown(page.address)}”没有写到{_names(may)}。有的地方要求写明，国家规定没有点名，请斟酌补充。",
                f"{shown(page.address)!r} does not speak of {_names_en(may)}, which one city asks for and no national rule.",
                basis=str(may[0].source),
            )


def guides_of(inspection: Inspection) -> list[PageFacts]:
    """The guides themselves, without lists of guides and entrances."""
    found = inspection.sections.get(SECTION)
    if found is None:
        return []
    site = inspection.site
    listed = (site.page_at(entry.address) for entry in found.entries)
    pages = {page.address: page for page in (*found.pages, *filter(None, listed)) if page.guide is not None}
    return [
        page
        for page in pages.values()
        if site.own_characters(page) >= LEAST_TEXT
        and len(page.items) <= MOST_ITEMS
        and len(_lacking(page, site)) <= len(load_page_labels().guide) - LEAST_ELEMENTS
    ]


def _lacking(page: PageFacts, site: Site) -> list[GuideElement]:
    told = page.guide or {}
    return [one for one in load_page_labels().guide if not site.own_marks(told.get(one.id, ()))]


def _finding(page: PageFacts, must: list[GuideElement], *, is_certain: bool) -> Finding:
    basis = str(must[0].source)
    if is_certain:
        return CHECK.fail(
            page.address,
            None,
            f"“{page.title[:60]}”（{shown(page.address)}）没有写到{_names(must)}。请补充。",
            f"{shown(page.address)!r} does not speak of {_names_en(must)}. Add it.",
            basis=basis,
        )
    return CHECK.unknown(
        page.address,
        None,
        f"无法判断“{page.title[:60]}”（{shown(page.address)}）有没有{_names(must)}：文字里没有，但页面带有附件、图片或没有读完整。",
        f"Not judged whether {shown(page.address)!r} speaks of {_names_en(must)}: its text does not, but there are files or "
        "pictures beside it, or it was not read whole.",
        basis=basis,
    )


def _is_elsewhere(page: PageFacts, site: Site) -> bool:
    if page.truncated or page.writes_by_script or site.own_pictures(page) or site.frames_of(page):
        return True
    return any(link.leads_to_one_of(ATTACHMENTS) for link in site.own_links(page))


def _names(elements: list[GuideElement]) -> str:
    return "、".join(element.label for element in elements)


def _names_en(elements: list[GuideElement]) -> str:
    return ", ".join(element.label_en for element in elements)


def _must_speak_of(_: Profile) -> Iterator[tuple[str, str]]:
    """The elements that the Regulation names."""
    must = [element for element in load_page_labels().guide if is_confirmed(element.source)]
    yield f"应当写到：{_names(must)}", f"must speak of: {_names_en(must)}"


CHECK = Check(
    "guide_incomplete",
    "公开指南内容不全",
    "Incomplete guide to disclosure",
    run,
    "政府信息公开条例（国务院令第711号，2019年修订）第十二条第二款",
    _must_speak_of,
    asks_of_sections=True,
)
