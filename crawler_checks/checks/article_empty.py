"""文章只有标题，没有正文。

查什么：标明是文章的网页，除标题和日期、来源一行以外，应当有自己的正文，或者图片、文件、框架、视频。全站许多网页共有的
内容不算它自己的；但整句的话不是篇篇文章都有的，算正文。

合格      有标题和一句正文；有标题和附件；有标题和图片
不合格    只有标题、日期、来源，而网站的其他文章都有正文
无法判断  全站的文章大多没有读到正文，可能由脚本写出；这一页由脚本写出，或者只读到一部分

依据：政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》；国办秘函〔2019〕19号扣分指标“发布解读”。

An article has a title and nothing below it.

What is asked: a page that calls itself an article must have text of its own beyond its title and the line with
date and source, or a picture, a file, a frame or a film. What many pages of the site share is not its own, but for whole
sentences that not all articles have.

PASS     a title and a sentence; a title and an attachment; a title and a picture
FAIL     a title, a date, a source, and no more, while other articles of the site have text
UNKNOWN  most articles of the site have no text: it may be written by scripts; this page is, or was read only in part
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.crawl.address import Kind
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.lines import length
from crawler_checks.extract.sections import is_article
from crawler_checks.extract.site import Site

LEAST_TEXT = 30
"""Characters of its own, date and source included, below which there is no text."""
SENTENCE = 40
"""Characters of a line that says something, and is no date, source or button."""
ALL = 0.9
"""The share of articles that have what belongs to their template."""
MOST_BARE = 0.5
"""Where more of the articles seem to be without text, it is rather that we do not see it."""
CONTENT = {Role.FRAME, Role.MEDIA}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding an article."""
    site = inspection.site
    articles = [page for page in site.pages.values() if is_article(page)]
    bare = [page for page in articles if _is_bare(page, site)]
    shared = {
        line
        for page in bare
        for line in page.lines
        if length(line) >= SENTENCE and not site.own_marks((line,))
    }
    said = _said_by_some(shared, articles)
    bare = [page for page in bare if said.isdisjoint(page.lines)]
    if len(bare) > MOST_BARE * len(articles):
        yield _hardly_any(bare)
        return
    for page in bare:
        if not page.truncated and not page.writes_by_script:
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


def _hardly_any(bare: Sequence[PageFacts]) -> Finding:
    first = min(bare, key=lambda page: page.address)
    return CHECK.unknown(
        first.address,
        None,
        f"无法判断 {len(bare)} 篇文章（如“{shown(first.address)}”）是否有正文：大多数文章都没有读到，可能由脚本生成。请打开几"
        "篇看看。",
        f"Not judged whether {len(bare)} articles such as {shown(first.address)!r} have a text: hardly any was read, and "
        "scripts may write it.",
    )


def _said_by_some(lines: set[int], articles: Sequence[PageFacts]) -> set[int]:
    """Those of these lines that so few articles have that they are no part of how articles are made."""
    counted = Counter(line for page in articles for line in lines.intersection(page.lines)) if lines else {}
    return {line for line, count in counted.items() if count < ALL * len(articles)}


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
