"""年度报告没有按期公布，或者中间缺了年份。

查什么：年度报告按标题中的机关归类，网页和按年报命名的附件（doc、pdf 等）都算。部门应当在1月31日前公布，政府（名称以“人
民政府”结尾）应当在3月31日前公布，当天公布算按期。只有一个机关报告的网站，最新一年的由“栏目更新不及时”
（section_stale）查。发布日期晚于应当公布的那一年的，可能是从旧网站迁来的，不算迟。没有看全网站，或者链接上写着那一年的
年报（哪怕指向别的网站）时，不认定缺年份；最新一份早于前年的机关可能已经撤并，也不认定。

合格      某局2025年政府信息公开工作年度报告，发布时间 2026-01-31
不合格    同一份报告，发布时间 2026-02-02
不合格    网站上有许多机关2025年的报告，某局只有2023年和2024年的，巡检日 2026-02-01
无法判断  有2021年、2022年和2024年的报告，2023年的可能在别处
无法判断  某局最新的报告是2022年的，巡检日 2026-02-01：这个机关可能已经撤并

依据：政府信息公开条例（国务院令第711号，2019年修订）第四十九条。

An organ has not published its report on last year, published a report late, or has left out a year.

What is asked: reports by the organ named in their titles, pages as well as files that links name as reports. The due
day is 31 January for departments and 31 March for governments (titles that end in 人民政府); the day itself is in time. A
site with the reports of one organ only is asked for the newest one by `section_stale`. One dated later than the year it
was due may have been moved to a new site. Nobody is accused of a gap where the site was not seen whole, or where a link
is named after that report, even one to another site; nor an organ whose newest report is older than the year before
last, for it may be there no more.

PASS     某局2025年政府信息公开工作年度报告, 发布时间 2026-01-31
FAIL     the same, 发布时间 2026-02-02
FAIL     reports of many organs on 2025; 某局 has those on 2023 and 2024 only, inspected 2026-02-01
UNKNOWN  reports on 2021, 2022 and 2024: the one on 2023 may stand elsewhere
UNKNOWN  the newest report of 某局 is on 2022, inspected 2026-02-01: the organ may be there no more
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.reports_of_organs import Published, name_of, named_in_links, published_by
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import Confidence, Meaning, PageFacts
from plugins.disclosure.profile import Obligation, Profile, YearlyBy

FIRST = 2019
"""The first year whose report these due days hold for."""
SECTION = "annual_report"
LEAST_ORGANS = 3
"""So many organs with reports on last year show that this is where they are published."""
NOT_WHOLE = ("网站没有看全", "not all was seen")
NAMELESS = (
    "另有没写机关名称的同年报告，可能是它的",
    "a report on that year that names no organ may be its own",
)
MERGED = ("这个机关可能已经撤并", "the organ may be there no more")
"""Why nobody is accused."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a late report, one a missing year."""
    site = inspection.site
    organs = published_by(site)
    named = named_in_links(site)
    last = inspection.today.year - 1
    many_are_here = sum(last in years for years in organs.values()) >= LEAST_ORGANS
    for organ, years in organs.items():
        due = _due(inspection.profile, organ)
        if due is None:
            continue
        newest = years[max(years)]
        for year, report in years.items():
            if report.page is not None:
                yield from _late(report.page, year, due)
        elsewhere = _named_of(organ, named)
        last_day = due.in_year(last + 1)
        if many_are_here and organ and last not in elsewhere.union(years) and inspection.today > last_day:
            doubt = (
                NOT_WHOLE
                if site.snapshot.cut_short
                else NAMELESS
                if last in named.get("", ())
                else MERGED
                if max(years) < last - 1
                else None
            )
            yield _missing(newest, organ, last, last_day, doubt)
        yield from _gaps(elsewhere.union(years), max(years), newest)


def _named_of(organ: str, named: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """The years of this organ's reports that links are named after; some write its name shorter."""
    same = [
        years
        for name, years in named.items()
        if name == organ or (name and organ and (name.endswith(organ) or organ.endswith(name)))
    ]
    return frozenset[int]().union(*same)


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


def _missing(newest: Published, organ: str, year: int, due: date, doubt: tuple[str, str] | None) -> Finding:
    zh = f"{organ}最新的年度报告是“{newest.name[:60]}”，没有看到 {year} 年度的报告，期限是 {due}"
    en = f"The newest report of {organ} is on {shown(newest.address)!r}; the one on {year} was due by {due}"
    if doubt is None:
        return CHECK.fail(newest.address, f"missing {year}", f"{zh}。请尽快公布。", f"{en}.", section=SECTION)
    return CHECK.unknown(
        newest.address,
        f"missing {year}",
        f"无法判断：{zh}；{doubt[0]}。",
        f"Not judged: {en}; {doubt[1]}.",
        section=SECTION,
    )


def _gaps(years: Collection[int], until: int, newest: Published) -> Iterator[Finding]:
    gaps = [year for year in range(min(years), until) if year not in years]
    if gaps:
        said = "、".join(map(str, gaps))
        yield CHECK.unknown(
            newest.address,
            "gap",
            f"无法判断年报是否齐全：“{newest.name[:60]}”之前没有看到 {said} 年度的报告。请看别处有没有。",
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
