"""政府信息形成以后，超过规定的工作日才公开。

查什么：最近一年有文号、并且明确写出成文日期和发布日期的网页。期限以规则集为准，成文次日为第1天，最后一天公开算按期。
更早的文件，以及两个日期相差一年以上的，可能是从别处迁来的，不查。

合格      成文日期 2026-10-09，发布日期 2026-11-05（第二十个工作日）
不合格    成文日期 2026-08-03，发布日期 2026-11-05
无法判断  期间某一年的节假日安排还没有公布

依据：政府信息公开条例（国务院令第711号，2019年修订）第二十六条。

A document was published later than twenty working days after it was made.

What is asked: pages of the last year with a 文号 that surely say both when the document was made (成文日期) and when it was
published (发布日期). The limit is the profile's; the day after is day 1 and the last day is in time. Older documents, and
those more than a year apart, may have been moved from elsewhere and are passed over.

PASS     成文日期 2026-10-09, 发布日期 2026-11-05 (twenty working days)
FAIL     成文日期 2026-08-03, 发布日期 2026-11-05
UNKNOWN  the holidays of a year in between are not published yet
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.policies import published_on
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import Confidence, DateSource, Meaning, PageFacts
from plugins.disclosure.profile import Clock, Profile
from plugins.disclosure.workdays import default_calendar

RECENT = timedelta(days=365)


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a document."""
    clock = _clock(inspection.profile)
    if clock is None:
        return
    calendar = default_calendar()
    for page in inspection.site.pages.values():
        made, published = _made_on(page), published_on(page)
        if not page.said.labels.get("document_number") or made is None or published is None:
            continue
        if not made < published <= inspection.today or made < inspection.today - RECENT:
            continue
        count = calendar.explain(made, clock.workdays, estimate=True)
        if published <= count.end:
            continue
        zh = (
            f"“{page.title[:60]}”（{shown(page.address)}）{made} 成文，{published} 才发布，"
            f"晚于 {clock.workdays} 个工作日的期限 {count.end}"
        )
        en = f"{shown(page.address)!r} was made on {made} and published on {published}; it was due by {count.end}"
        if count.estimated:
            yield CHECK.unknown(
                page.address, None, f"无法判断：{zh}（预估）。", f"Not judged: {en} (an estimate)."
            )
        else:
            yield CHECK.fail(page.address, None, f"{zh}。", f"{en}.", basis=str(clock.source))


def _clock(profile: Profile) -> Clock | None:
    return next((one for one in profile.clocks if one.kind == "policy" and one.start == "signed_on"), None)


def _made_on(page: PageFacts) -> date | None:
    days = {
        one.day
        for one in page.dates
        if one.meaning is Meaning.WRITTEN
        and one.confidence is Confidence.CERTAIN
        and one.source is DateSource.LABEL
    }
    return days.pop() if len(days) == 1 else None


CHECK = Check(
    "disclosure_late",
    "公开不及时",
    "Late disclosure",
    run,
    "政府信息公开条例（国务院令第711号，2019年修订）第二十六条",
    lambda profile: tuple(
        (
            f"{clock.label}：{clock.workdays} 个工作日（{clock.source}）",
            f"{clock.label_en}: {clock.workdays} working days ({clock.source})",
        )
        for clock in (_clock(profile),)
        if clock
    ),
)
