"""列表或文章没有注明发布时间。检查办法规定，未注明发布时间的视为不更新。

查什么：规定了更新期限的栏目，至少有一条信息在列表上或者自己的页面上写有日期；标明是文章的网页（ArticleTitle、
ContentSource），在标签、项目名称后面、网址或落款中至少写有一个日期。凡是看起来像日期的都算有。

合格      <li><a>标题</a><span>2026-03-01</span></li>
合格      列表没有日期，文章里有
不合格    栏目的列表没有日期，列出的是文件，或者文章里也没有日期
不合格    文章有标题和来源，哪里都没有日期
无法判断  日期没有年份；文章没有看到（由“栏目更新不及时”（section_stale）说明）

依据：全国政府网站普查评分表（国办发〔2015〕15号，未注明信息发布时间的视为不更新）；政府网站发展指引附件《网页设计规范》（清晰显示发布时间）。

A list or an article gives no date of publication.

What is asked: of a section with a binding period, that at least one item shows a date, beside it or on its own page; of
a page that calls itself an article (ArticleTitle, ContentSource), that it names a day anywhere: in a tag, behind
a label, in its address, in its signature. Whatever looks like a date in any way keeps this check silent.

PASS     <li><a>标题</a><span>2026-03-01</span></li>
PASS     a list without dates whose articles have them
FAIL     a section's list without dates, of files or of articles that name no day either
FAIL     an article with its title and source, and no date anywhere
UNKNOWN  dates without a year; articles that were not seen (`section_stale` says it)
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.section_empty import JUDGED
from crawler_checks.checks.section_missing import is_confirmed
from crawler_checks.checks.section_stale import is_certainly_undated
from crawler_checks.checks.words import shown


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a section, and one an article."""
    for found in (*inspection.sections.values(), *inspection.columns):
        period = found.section.freshness_source
        must = period is not None and is_confirmed(period)
        if must and found.state in JUDGED and found.pages and is_certainly_undated(found):
            place = found.pages[0].address
            yield CHECK.fail(
                place,
                None,
                f"“{found.section.label}”栏目（{shown(place)}）的信息都没有注明发布时间，视为没有更新。"
                "请在每条信息旁写明日期，例如 2026-01-31。",
                f"Section {found.section.label_en!r} ({shown(place)}): no item has a date, which counts as not updated. "
                "Show a date beside each, for example 2026-01-31.",
                section=found.section.id or None,
            )
    for page in inspection.site.pages.values():
        says_article = page.metas.get("articletitle") or page.metas.get("contentsource")
        if says_article and not page.has_dates and not page.truncated and not page.writes_by_script:
            yield CHECK.fail(
                page.address,
                None,
                f"“{page.title[:60]}”（{shown(page.address)}）没有注明发布时间。"
                "请在标题下写明，例如“发布时间：2026-01-31 09:30”。",
                f"{shown(page.address)!r} names no date of publication. Show it below the title, for example 2026-01-31 09:30.",
            )


CHECK = Check(
    "page_undated",
    "未注明发布时间",
    "No date of publication",
    run,
    "全国政府网站普查评分表（国办发〔2015〕15号）：未注明信息发布时间的视为不更新",
    asks_of_sections=True,
)
