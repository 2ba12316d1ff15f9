"""页面缺少规定的标签（网站名称、栏目名称、发布时间等）。

查什么：每一页的三个标签，栏目页另有四个，文章页另有五个，以及 <title>。按网页自己带的标签分类：有一个文章标签的是文章；
规则集中某个栏目的网页或者有栏目标签的是列表；其他只查三个。某一类网页全都没有某个标签时，全站只报一次。

合格      文章有 SiteName、SiteDomain、SiteIDCode、ColumnName、ColumnType、ArticleTitle、PubDate、ContentSource
不合格    同一篇没有 PubDate；PubDate 是空的；任何网页没有 <title>
无法判断  网页只读到一部分，或者全部由脚本写出

依据：政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（页面标签）。

A page lacks tags by which a government page says what it is.

What is asked: three tags of every page, four more of a section's page, five more of an article, and a <title>. Which
page is which is read from what it carries: one article tag makes an article; a page of a section of the profile, or one
with a column tag, is a list; any other page is asked for the three only. Where no page of a kind
has a tag, it is said once for the site, not once for each page.

PASS     an article with SiteName, SiteDomain, SiteIDCode, ColumnName, ColumnType, ArticleTitle, PubDate, ContentSource
FAIL     the same without PubDate; one with an empty PubDate; any page without <title>
UNKNOWN  the page was read only in part, or is all written by script
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.sections import is_article
from plugins.disclosure.page_marks import PageKind, Tag, load_page_marks

KINDS: dict[PageKind, tuple[str, str]] = {
    "home": ("首页及其他页面", "start page or other page"),
    "list": ("栏目页", "section page"),
    "article": ("内容页", "article"),
}
LEAST_PAGES = 3
"""From so many pages of a kind on, a tag that none of them has is said once."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and tag, or one a kind of page and tag."""
    pages: dict[PageKind, list[PageFacts]] = {"article": [], "list": [], "home": []}
    in_sections = {page.address for found in inspection.sections.values() for page in found.pages}
    for page in inspection.site.pages.values():
        pages[_kind(page, page is inspection.site.home, page.address in in_sections)].append(page)
    for tag in load_page_marks().tags:
        yield from _lacking(tag, pages, inspection.site.snapshot.start)
    for page in inspection.site.pages.values():
        if not page.title:
            yield _finding(page, "title", "标题（<title>）", CHECK.basis)


def _kind(page: PageFacts, is_home: bool, is_section: bool) -> PageKind:
    if is_home:
        return "home"
    if is_article(page):
        return "article"
    has_column = any(name.startswith("column") for name in page.metas)
    return "list" if is_section or has_column else "home"


def _lacking(tag: Tag, pages: dict[PageKind, list[PageFacts]], start: str) -> Iterator[Finding]:
    """One finding for the kinds of page none of which has the tag, and one for each other page without it."""
    wholly: list[PageKind] = []
    left: list[PageFacts] = []
    count = 0
    for kind, of_kind in pages.items():
        lacking = (
            [page for page in of_kind if not page.metas.get(tag.name.lower())] if kind in tag.pages else []
        )
        seen = [page for page in lacking if not _is_unseen(page)]
        if len(lacking) == len(of_kind) and len(seen) >= (1 if wholly else LEAST_PAGES):
            wholly.append(kind)
            count += len(seen)
            left += [page for page in lacking if _is_unseen(page)]
        else:
            left += lacking
    if wholly:
        yield CHECK.fail(
            start,
            f"{tag.name}@{'+'.join(wholly)}",
            f"全部 {count} 个{'、'.join(KINDS[kind][0] for kind in wholly)}都没有标签 {tag.name}（{tag.label}）。"
            f'请在模板的 <head> 中加上 <meta name="{tag.name}" content="…">。',
            f"None of the {count} pages ({', '.join(KINDS[kind][1] for kind in wholly)}) has the tag {tag.name}. "
            "Add it to the template's <head>.",
            basis=str(tag.source),
        )
    for page in left:
        yield _finding(page, tag.name, tag.label, str(tag.source))


def _is_unseen(page: PageFacts) -> bool:
    """Whether scripts may write its tags: it is empty without them, and has none of the tags yet."""
    return page.is_shell and not any(page.metas.get(tag.name.lower()) for tag in load_page_marks().tags)


def _finding(page: PageFacts, name: str, label: str, basis: str) -> Finding:
    if page.truncated or _is_unseen(page):
        return CHECK.unknown(
            page.address,
            name,
            f"无法判断“{shown(page.address)}”有没有标签 {name}：页面未能读完整，或整页由脚本生成。",
            f"Not judged whether {shown(page.address)!r} has the tag {name}: it was not read whole, or scripts write it.",
            basis=basis,
        )
    return CHECK.fail(
        page.address,
        name,
        f"“{shown(page.address)}”缺少标签 {name}（{label}），或内容为空。请补上。",
        f"{shown(page.address)!r} lacks the tag {name}, or it is empty. Add it.",
        basis=basis,
    )


CHECK = Check(
    "tag_missing",
    "页面标签缺失",
    "Missing page tag",
    run,
    "政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（页面标签）",
    lambda _: (
        (
            f"{tag.name}（{tag.label}）：{'、'.join(KINDS[kind][0] for kind in tag.pages)}",
            f"{tag.name}: {', '.join(KINDS[kind][1] for kind in tag.pages)}",
        )
        for tag in load_page_marks().tags
    ),
    asks_of_sections=True,
)
