"""同一篇文章标签里的发布时间与页面上写明的发布时间不一致。

查什么：标明是文章的网页，PubDate 等标签里的日期，与页面上发布时间、发布日期、公开日期等后面的日期比较。页面上的日期中
应当有一个与标签一致，允许相差一天（夜里写、早上发）。成文日期、更新日期不是发布日期，不比较。

合格      PubDate 2026-03-01 09:30，发布时间：2026-03-01
合格      PubDate 2026-03-01，成文日期：2026-02-20
不合格    PubDate 2025-06-01，发布时间：2026-03-01
无法判断  两个日期只有一个，无从比较，不作结论

依据：政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（清晰显示发布时间）。

An article gives two different days of publication: one in its tags, another to its readers.

What is asked: of a page that calls itself an article, the day of its PubDate tag (or its kin) and each day behind a
label that means publication (发布时间, 发布日期, 公开日期…). One of the labels must agree with the tag, within a day,
for a page may be written in one night and published in the morning. Dates of writing and renewal are other dates.

PASS     PubDate 2026-03-01 09:30, 发布时间：2026-03-01
PASS     PubDate 2026-03-01, 成文日期：2026-02-20
FAIL     PubDate 2025-06-01, 发布时间：2026-03-01
UNKNOWN  there is only one of the two: nothing to compare, nothing said
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import Confidence, DateSource, Meaning
from crawler_checks.extract.sections import is_article

NEAR = timedelta(days=1)


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding an article."""
    for page in inspection.site.pages.values():
        if not is_article(page):
            continue
        published = [
            one
            for one in page.dates
            if one.meaning is Meaning.PUBLISHED and one.confidence is Confidence.CERTAIN
        ]
        tags = [one for one in published if one.source is DateSource.META]
        labels = [one for one in published if one.source is DateSource.LABEL]
        if not tags or not labels or any(abs(tags[0].day - label.day) <= NEAR for label in labels):
            continue
        yield CHECK.fail(
            page.address,
            None,
            f"“{shown(page.address)}”标签中的发布时间是 {tags[0].day}，页面上写的是“{labels[0].text}”。请核实后改为同一天。",
            f"{shown(page.address)!r}: its tag says {tags[0].day}, the page itself {labels[0].day}. "
            "Find out which is right and make them the same.",
        )


CHECK = Check(
    "date_conflict",
    "发布时间不一致",
    "Conflicting dates",
    run,
    "政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（清晰显示发布时间）",
)
