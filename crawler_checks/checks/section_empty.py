"""栏目设了，里面没有内容（空白栏目）。

查什么：栏目页连同翻页和框架，应当至少指向一条自己的信息，或者有自己的文字。全站大多数网页共有的内容（菜单、页脚、侧栏）
不算，多数栏目页共有的链接不算，占位文字也不算。规则集没有列出、但用 ColumnName 标签写明自己是栏目的，同样查。

合格      列表有一条信息；网页有一段文字；下级栏目有信息
不合格    列表是空的，而网站其他页的同样列表不用脚本就有内容
不合格    只有“栏目建设中”或“暂无信息”；只有一条名为“测试”的信息
无法判断  列表可能由脚本填写；有框架没有看到；网页只读到一部分；只有多数栏目共有的菜单；写明了本机关没有这类信息

依据：政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（避免出现空白栏目）；国办秘函〔2019〕19号单项否决“栏目不更新”。

A section is there and has nothing in it.

What is asked: a section's page, with its further pages and frames, must lead to at least one item of its own or
carry text of its own. What is shared by most pages of the site (menu, footer, side bar) does not count, and
neither do links that most columns have in common, or placeholders. Columns that are not in the profile are judged
too when they name themselves by the ColumnName tag.

PASS     a list with one item; a page with a paragraph of text; sections below it that have items
FAIL     the list is empty, and the same list on other pages of the site is filled without scripts
FAIL     nothing but “栏目建设中” or “暂无信息”; nothing but an item called 测试
UNKNOWN  the page has scripts that may fill the list; frames that were not seen; the page was read only in part;
         it has only a menu that most columns have; it says that the organ has nothing of the kind
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.soft_404 import NOT_THERE
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.sections import ColumnFrame, State, frame_of_columns, is_article, read_entries
from crawler_checks.extract.site import Site

LEAST_TEXT = 30
"""Characters of its own below which a page has no text worth the name."""
SAYS_EMPTY = (
    "栏目建设中", "栏目正在建设中", "本栏目正在建设中", "该栏目正在建设中", "本栏目建设中", "正在建设中", "页面建设中",
    "敬请期待", "暂无信息", "暂无内容", "暂无数据", "暂无文章", "暂无相关信息", "暂无相关内容", "暂无相关数据", "内容更新中",
    "栏目更新中",
    "没有找到相关信息", "没有相关信息", "这里还没有信息", "栏目暂无内容", "本栏目暂无内容", "本栏目暂无信息",
)  # fmt: skip
MAY_SAY_EMPTY = ("建设中", "暂无", "敬请关注")
"""These may also be the value of something, in a page with more text."""
ENDS = ("", "。", "！", "!", "…", "……", "...", "，敬请期待", "，敬请期待！", "，敬请期待。")
MOST_BESIDE = {SAYS_EMPTY: 300, MAY_SAY_EMPTY: 40}
"""Characters of its own that a page may have beside such words and still be blank: what the section is for."""
TRIAL = re.compile(r"(?:测试|test)(?:一下|信息|文章|数据|标题|内容|用)?\s*\d{0,4}", re.IGNORECASE)
"""What somebody wrote to see whether the section works."""
FORM = 4
"""So many fields to fill in make a form, which is content; fewer may be the search of every page."""
JUDGED = (State.FOUND, State.ALIAS, State.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known of the site: the marks of lists that hold the entries of some page, and what columns have around
    theirs."""

    entry_lists: frozenset[str]
    frame: ColumnFrame


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a section, and one a column that the profile does not know."""
    site = inspection.site
    entry_lists = frozenset(mark for page in site.pages.values() for mark in page.entry_lists)
    columns = (*inspection.sections.values(), *inspection.columns)
    around = _Around(
        entry_lists, frame_of_columns((found.pages[0] for found in columns if found.pages), site)
    )
    for found in inspection.sections.values():
        if found.state not in JUDGED or not found.pages:
            continue
        label, label_en = found.section.label, found.section.label_en
        if found.entries and all(TRIAL.fullmatch(entry.title.strip()) for entry in found.entries):
            yield _empty(found.pages[0].address, label, label_en, found.section.id)
        elif not found.entries:
            yield from _judged(found.pages, label, label_en, found.section.id, site, around)
    known = {page.address for found in inspection.sections.values() for page in found.pages}
    for page in site.pages.values():
        name = page.metas.get("columnname", "")
        if not name or page.address in known or not _is_column(page, site):
            continue
        if not read_entries((page,), site, around.frame):
            yield from _judged((page,), name, name, None, site, around)


def _judged(
    pages: Sequence[PageFacts],
    name: str,
    name_en: str,
    section: str | None,
    site: Site,
    around: _Around,
) -> Iterator[Finding]:
    place = pages[0].address
    blanks = [_blank(page, site, around) for page in pages]
    if None not in blanks and all(blanks):
        said = next((one for page in pages if (one := page.said.absence) and site.is_own_line(one)), "")
        if said:
            yield _explained(place, name, name_en, section, said)
        else:
            yield _empty(place, name, name_en, section)
    elif False not in blanks:
        yield CHECK.unknown(
            place,
            None,
            f"无法判断“{name}”栏目（{shown(place)}）是否空白：没有读到它自己的内容，但内容可能由脚本生成，多数栏目共有的菜单也可能就"
            "是它的内容。请人工打开看看。",
            f"Not judged whether {name_en!r} ({shown(place)}) is empty: nothing of its own was read, but scripts may fill it, "
            "or the menu that most columns have is what it has to show.",
            section=section,
        )


def _empty(place: str, name: str, name_en: str, section: str | None) -> Finding:
    return CHECK.fail(
        place,
        None,
        f"“{name}”栏目（{shown(place)}）是空白的。请补充内容；确无内容的，撤销或并入其他栏目。",
        f"Section {name_en!r} ({shown(place)}) is empty. Fill it, or close it or merge it with another.",
        section=section,
    )


def _explained(place: str, name: str, name_en: str, section: str | None, said: str) -> Finding:
    return CHECK.unknown(
        place,
        None,
        f"无法判断“{name}”栏目（{shown(place)}）可否没有信息：网页写着“{said}”。请核对本机关是否确无此项职责。",
        f"Not judged whether {name_en!r} ({shown(place)}) may be without items: it says {said!r}. Please check.",
        section=section,
    )


def _blank(page: PageFacts, site: Site, around: _Around) -> bool | None:
    """Whether a page without entries has no content of its own either; None when it cannot be told.

    An empty list of the kind that holds the entries of other pages is proof, even beside a text.
    """
    is_emptied_list = bool(page.empty_lists & around.entry_lists)
    has_placeholder = _has_placeholder(page, site)
    if not is_emptied_list and not has_placeholder and _has_content(page, site):
        return False
    unseen_frames = sum(link.role is Role.FRAME for link in page.links) > len(site.frames_of(page))
    if page.truncated or page.writes_by_script or unseen_frames:
        return None
    if is_emptied_list or has_placeholder:
        return True
    not_its_own = around.frame.around(page)
    has_menu = any(link.address in not_its_own for link in site.own_links(page))
    return None if has_menu or page.has_scripts else True


def _has_content(page: PageFacts, site: Site) -> bool:
    if site.has_own_text(page, LEAST_TEXT) or site.own_pictures(page):
        return True
    return page.controls >= FORM or any(link.role is Role.MEDIA for link in page.links)


def _has_placeholder(page: PageFacts, site: Site) -> bool:
    characters = site.own_characters(page)
    meant = [
        words for placeholders, most in MOST_BESIDE.items() if characters <= most for words in placeholders
    ]
    return site.has_one_of(page, [words + end for words in meant for end in ENDS])


def _is_column(page: PageFacts, site: Site) -> bool:
    """Whether a page with a ColumnName may be a column's: it is no article, start page or error page."""
    says_error = any(NOT_THERE.search(text) for text in (page.title, *page.headings))
    return page is not site.home and not is_article(page) and not says_error


CHECK = Check(
    "section_empty",
    "空白栏目",
    "Empty section",
    run,
    "政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（避免出现空白栏目）",
    asks_of_sections=True,
)
