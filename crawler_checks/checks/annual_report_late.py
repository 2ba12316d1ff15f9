"""年度报告没有按期公布，或者中间缺了年份。

查什么：年度报告按标题中的机关归类。部门应当在1月31日前公布，政府（名称以“人民政府”结尾）应当在3月31日前公布，当天公
布算按期。只有一个机关报告的网站，最新一年的由“栏目更新不及时”（section_stale）查。发布日期晚于应当公布的那一年的，
可能是从旧网站迁来的，不算迟。没有看全网站时，不认定缺年份。

合格      某局2025年政府信息公开工作年度报告，发布时间 2026-01-31
不合格    同一份报告，发布时间 2026-02-02
不合格    网站上有许多机关2025年的报告，某局只有2023年和2024年的，巡检日 2026-02-01
无法判断  有2021年、2022年和2024年的报告，2023年的可能在别处

依据：政府信息公开条例（国务院令第711号，2019年修订）第四十九条。

An organ has not published its report on last year, published a report late, or has left out a year.

What is asked: reports by the organ named in their titles. The due day is 31 January for departments and 31 March for
governments (titles that end in 人民政府); the day itself is in time. A site with the reports of one organ only is asked
for the newest one by `section_stale`. One dated later than the year it was due may have been moved to a new
site. Where the site was not seen whole nobody is accused of a gap.

PASS     某局2025年政府信息公开工作年度报告, 发布时间 2026-01-31
FAIL     the same, 发布时间 2026-02-02
FAIL     reports of many organs on 2025; 某局 has those on 2023 and 2024 only, inspected 2026-02-01
UNKNOWN  reports on 2021, 2022 and 2024: the one on 2023 may stand elsewhere
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.reports_of_organs import name_of, reports_of
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import Confidence, Meaning, PageFacts
from plugins.disclosure.profile import Obligation, Profile, YearlyBy

FIRST = 2019
"""The first year whose report these due days hold for."""
SECTION = "annual_report"
LEAST_ORGANS = 3
"""So many organs with reports on last year show that this is where they are published."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a late report, one a missing year."""
    organs = reports_of(inspection.site)
    due_days = {name: _due(inspection.profile, name) for name in organs}
    last = inspection.today.year - 1
    many_are_here = sum(last in years for years in organs.values()) >= LEAST_ORGANS
    for organ, years in organs.items():
        due = due_days[organ]
        if due is None:
            continue
        newest = years[max(years)]
        for year, page in years.items():
            yield from _late(page, year, due)
        if many_are_here and organ and max(years) < last and inspection.today > due.in_year(last + 1):
            yield _missing(
                newest, organ, last, due.in_year(last + 1), is_whole=not inspection.site.snapshot.cut_short
            )
        yield from _gaps(years, newest)


def _due(profile: Profile, organ: str) -> YearlyBy | None:
    """The due day of a government, or of a department."""
    asked: list[Obligation] = [one for one in profile.obligations if one.section == SECTION]
    wanted = "government" if organ.endswith("人民政府") else "department"
    found = next((one.rhythm for one in asked if one.id.endswith(wanted)), None)
    return found if isinstance(found, YearlyBy) else None


def _late(page: PageFacts, year: int, due: YearlyBy) -> Iterator[Finding]:
    days = [
        one.day
        for one in page.dates
        if one.meaning is Meaning.PUBLISHED and one.confidence is Confidence.CERTAIN
    ]
    last_day = due.in_year(year + 1)
    if year >= FIRST and days and all(day > last_day for day in days) and max(days).year == year + 1:
        yield CHECK.fail(
            page.address,
            "late",
            f"“{name_of(page)[:60]}”（{shown(page.address)}）发布于 {min(days)}，晚于期限 {last_day}。",
            f"{shown(page.address)!r} was published on {min(days)}; it was due by {last_day}.",
            section=SECTION,
        )


def _missing(newest: PageFacts, organ: str, year: int, due: date, *, is_whole: bool) -> Finding:
    zh = f"{organ}最新的年度报告是“{name_of(newest)[:60]}”，没有看到 {year} 年度的报告，期限是 {due}"
    en = f"The newest report of {organ} is {shown(newest.address)!r}; the one on {year} was due by {due}"
    if is_whole:
        return CHECK.fail(newest.address, f"missing {year}", f"{zh}。请尽快公布。", f"{en}.", section=SECTION)
    return CHECK.unknown(
        newest.address,
        f"missing {year}",
        f"无法判断：{zh}；网站没有看全。",
        f"Not judged: {en}; not all was seen.",
        section=SECTION,
    )


def _gaps(years: Mapping[int, PageFacts], newest: PageFacts) -> Iterator[Finding]:
    gaps = [year for year in range(min(years), max(years)) if year not in years]
    if gaps:
        said = "、".join(map(str, gaps))
        yield CHECK.unknown(
            newest.address,
            "gap",
            f"无法判断年报是否齐全：“{name_of(newest)[:60]}”之前没有看到 {said} 年度的报告。请看别处有没有。",
            f"Not judged whether the reports are complete: before {shown(newest.address)!r} none on {said} was seen.",
            section=SECTION,
        )


CHECK = Check(
    "annual_report_late",
    "年报未按期公布",
    "Late annual report",
    run,
    "政府信息公开条例（国务院令第711号，2019年修订）第四十九条",
    lambda profile: tuple(
        (
            f"{one.label}：{one.rhythm.month} 月 {one.rhythm.day} 日前",
            f"{one.label_en}: by {one.rhythm.month:02}-{one.rhythm.day:02}",
        )
        for one in profile.obligations
        if one.section == SECTION and isinstance(one.rhythm, YearlyBy)
    ),
)
