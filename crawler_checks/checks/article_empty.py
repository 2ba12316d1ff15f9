"""文章只有标题，没有正文。

查什么：标明是文章的网页，除标题和日期、来源一行以外，应当有自己的正文，或者图片、文件、框架、视频。全站大多数网页共有
的内容不算它自己的。

合格      有标题和一句正文；有标题和附件；有标题和图片
不合格    只有标题、日期、来源，而网站的其他文章都有正文
无法判断  全站的文章都没有正文，可能由脚本写出；这一页由脚本写出，或者只读到一部分

依据：政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》；国办秘函〔2019〕19号扣分指标“发布解读”。

An article has a title and nothing below it.

What is asked: a page that calls itself an article must have text of its own beyond its title and the line with
date and source, or a picture, a file, a frame or a film. What most pages of the site share is not its own.

PASS     a title and a sentence; a title and an attachment; a title and a picture
FAIL     a title, a date, a source, and no more, while other articles of the site have text
UNKNOWN  no article of the site has text: it may be written by scripts; this page is, or was read only in part
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.crawl.address import Kind
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.sections import is_article
from crawler_checks.extract.site import Site

LEAST_TEXT = 30
"""Characters of its own, date and source included, below which there is no text."""
CONTENT = {Role.FRAME, Role.MEDIA}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding an article."""
    site = inspection.site
    articles = [page for page in site.pages.values() if is_article(page)]
    bare = [page for page in articles if _is_bare(page, site)]
    are_written = len(bare) < len(articles)
    for page in bare:
        if are_written and not page.truncated and not page.writes_by_script:
            yield CHECK.fail(
                page.address,
                None,
                f"“{page.title[:60]}”（{shown(page.address)}）只有标题，没有正文。请补上正文，或撤下这一页。",
                f"{shown(page.address)!r} has a title and no text. Add the text, or take the page down.",
            )
        else:
            yield CHECK.unknown(
                page.address,
                None,
                f"无法判断“{shown(page.address)}”是否有正文：没有读到，但可能由脚本生成。请人工打开看看。",
                f"Not judged whether {shown(page.address)!r} has a text: none was read, but scripts may write it.",
            )


def _is_bare(page: PageFacts, site: Site) -> bool:
    if site.has_own_text(page, LEAST_TEXT) or site.own_pictures(page):
        return False
    if any(link.role in CONTENT for link in page.links):
        return False
    return not any(link.kind is Kind.INSIDE and site.file_at(link.address) for link in site.own_links(page))


CHECK = Check(
    "article_empty",
    "文章没有正文",
    "Empty article",
    run,
    "政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》",
)
