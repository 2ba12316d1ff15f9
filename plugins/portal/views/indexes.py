"""Plain indexes: subjects, years, the site map; and the pages of fixed text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import Frame, IndexPage, Link, NotFoundPage, TextPage
from plugins.portal.views.desk import Desk
from plugins.portal.views.fronts import organs_by_category
from plugins.portal.views.ledgers import ledger_links

INSPECTION_TEXT = Path(__file__).parents[1] / "inspection.zh-CN.md"
"""Written by `python3 tasks.py docs` from the checks, which nothing here may import; a test holds it to them."""


def records_by_topic(desk: Desk) -> dict[str, list[Record]]:
    """Records by subject, oldest first; a first-level subject has those of its second level too."""
    parents = {term.id: term.parent for term in desk.catalog.vocabularies["topics"].terms}
    found: dict[str, list[Record]] = defaultdict(list)
    for record in desk.listed:
        named = record.values.get("topic", ())
        for topic in dict.fromkeys([*named, *(parent for t in named if (parent := parents.get(t)))]):
            found[topic].append(record)
    return found


def topic_links(desk: Desk, by_topic: dict[str, list[Record]]) -> list[tuple[Link, tuple[Link, ...]]]:
    """Subjects that have records, first level with the second below it."""
    terms = desk.catalog.vocabularies["topics"].terms

    def link(id_: str, label: str) -> Link:
        return Link(label, addresses.topic(id_), len(by_topic[id_]))

    first = [term for term in terms if term.parent is None and term.id in by_topic]
    return [
        (
            link(top.id, top.label),
            tuple(link(t.id, t.label) for t in terms if t.parent == top.id and t.id in by_topic),
        )
        for top in first
    ]


def year_links(by_year: dict[int, list[Record]]) -> tuple[Link, ...]:
    """Years that have records, newest first."""
    return tuple(
        Link(f"{year}年", addresses.year(year), len(records))
        for year, records in sorted(by_year.items(), reverse=True)
    )


def topics_page(desk: Desk, groups: Sequence[tuple[Link, tuple[Link, ...]]]) -> IndexPage:
    """The subject tree."""
    head = desk.head(addresses.TOPICS, "按主题查阅", "按国务院公文主题分类查阅本站信息。")
    return IndexPage(
        head, "主题分类采用国务院公文主题分类，括号内为信息数量。一条信息可以属于几个主题。", tuple(groups)
    )


def years_page(desk: Desk, links: tuple[Link, ...]) -> IndexPage:
    """The years."""
    head = desk.head(addresses.YEARS, "按年份查阅", "按发布年份查阅本站信息。")
    return IndexPage(head, "按发布日期所在年份排列，括号内为信息数量。", ((Link("全部年份", ""), links),))


def site_map(
    desk: Desk, topics: Sequence[tuple[Link, tuple[Link, ...]]], years: tuple[Link, ...]
) -> IndexPage:
    """Every section, organ, subject and year on one page."""
    profile = desk.profile
    top = [section for section in profile.sections if section.parent is None]
    sections = tuple(
        (desk.section_link(s), tuple(desk.section_link(c) for c in profile.children(s.id))) for s in top
    )
    organs = tuple(
        (Link(label, ""), tuple(desk.organ_link(organ.id) for organ in found))
        for label, found in organs_by_category(desk)
    )
    others = (Link("检索", addresses.SEARCH), *other_pages())
    head = desk.head(addresses.SITE_MAP, "网站地图", "本站全部栏目、机构、主题和年份的入口。")
    by_topic = (Link("按主题查阅", addresses.TOPICS), tuple(link for link, _ in topics))
    by_year = (Link("按年份查阅", addresses.YEARS), years)
    ledgers = (Link("统计和台账", ""), ledger_links(desk))
    return IndexPage(head, "", (*sections, *organs, by_topic, by_year, ledgers, (Link("其他", ""), others)))


def other_pages() -> tuple[Link, ...]:
    """Pages that belong to no section."""
    return (
        Link("按文号查阅", addresses.NUMBERS),
        Link("按信息类别查阅", addresses.KINDS),
        Link("履职情况", addresses.COMPLETENESS),
        Link("怎样巡检", addresses.INSPECTION),
        Link("无障碍声明", addresses.ACCESSIBILITY),
        Link("订阅", addresses.FEEDS),
        Link("开放数据", addresses.DATA),
    )


def ways_in() -> tuple[Link, ...]:
    """The indexes by which everything is reached without searching."""
    return (
        Link("按文号查阅", addresses.NUMBERS),
        Link("按机构查阅", addresses.section("functions")),
        Link("按主题查阅", addresses.TOPICS),
        Link("按年份查阅", addresses.YEARS),
        Link("网站地图", addresses.SITE_MAP),
    )


def not_found_page(desk: Desk, frame: Frame) -> NotFoundPage:
    """For addresses that lead nowhere."""
    head = desk.head(
        addresses.NOT_FOUND, "没有找到这个页面", "您要找的页面不存在，可能是网址有误，或者页面已经移走。"
    )
    ways = (
        Link("首页", addresses.HOME),
        *frame.columns,
        frame.apply,
        Link("检索", addresses.SEARCH),
        Link("按文号查阅", addresses.NUMBERS),
        Link("按主题查阅", addresses.TOPICS),
        Link("按年份查阅", addresses.YEARS),
        Link("网站地图", addresses.SITE_MAP),
    )
    return NotFoundPage(head, ways)


def inspection_page(desk: Desk) -> TextPage:
    """How sites are inspected, as the inspector's own documentation has it."""
    head = desk.head(
        addresses.INSPECTION, "怎样巡检", "本站按什么规则检查自己，查什么，怎样下结论，每一项的依据是什么。"
    )
    return TextPage(head, INSPECTION_TEXT.read_text(encoding="utf-8"))


def accessibility_page(desk: Desk) -> TextPage:
    """What was done for readers with disabilities, and whom to ask."""
    site = desk.site
    ways = [f"拨打 {site.contact_phone}"]
    if site.contact_email:
        ways.append(f"写信到 {site.contact_email}")
    if site.contact_address:
        ways.append(f"到{site.contact_address}当面提出")
    head = desk.head(addresses.ACCESSIBILITY, "无障碍声明", "本站的无障碍做法、已知不足和求助方式。")
    body = f"""
## 我们做了什么

本站按照《中华人民共和国无障碍环境建设法》的要求，参照国家信息无障碍标准和《网页内容无障碍指南》（WCAG 2.2）AA 级制作：

- 不用脚本也能浏览、查阅、打印和下载全部内容；
- 全部操作可以只用键盘完成，每页顶部有“跳到正文”链接，焦点位置清晰可见；
- 正文字号可以放大到 200% 而不丢失内容，页顶“大字”按钮可以一次放大，浏览器会记住您的选择；
- 跟随系统的深色、高对比度和减少动画设置；
- 标题分级、表格表头、链接文字可以被读屏软件正确读出；颜色不是传达信息的唯一方式。

## 已知的不足

- 部分附件是各单位制作的电子表格或版式文件，可能不便于读屏软件阅读。需要其他格式的，请与发布机构联系。

## 需要帮助

阅读有困难或者有视力、听力障碍的，可以{"，或者".join(ways)}，我们依照《政府信息公开条例》第四十三条提供帮助。
"""
    return TextPage(head, body.strip())
