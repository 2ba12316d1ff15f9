"""栏目在，但最新一条信息已超过规定的更新期限。

查什么：栏目各页和下级栏目中最新一条信息的日期；列表没有写日期的，看那一页本身。期限最后一天更新算按期；晚于巡检日的日
期不算更新。期限以规则集对这类栏目的规定为准。

规则集没有的栏目，按站点说明（--notes）规定的期限；没有规定期限的，一年没有新信息时合并提问一次。这一年是本检查项自己
定的，不作“不合格”结论。

合格      政务动态（14 天），最新一条 2026-03-01，巡检日 2026-03-15
不合格    政务动态（14 天），最新一条 2026-03-01，巡检日 2026-03-16
不合格    年度报告（3月31日前），最新一条 2025-02-11，巡检日 2026-04-01
不合格    网站自设的栏目，站点说明规定 365 天，最新一条 2025-03-01，巡检日 2026-03-02
无法判断  有信息，但没有读得出的日期（04-23、3天前），或者信息的网页没有看到
无法判断  没有规定期限的栏目，最新一条 2025-03-01，巡检日 2026-03-02
无法判断  期限是某地自己的规定，或者没有与原文核对

依据：各栏目更新期限的依据见规则集。

A section is there, but its newest item is older than its standard allows.

What is asked: the newest date among the items of a section, on all its pages and in the sections below it; the
item's own page is asked when the list shows no date. A deadline is met on the day itself. Dates after the day of
inspection do not make a section fresh. The period is the profile's for that kind of section.

Columns of a site that are none of the profile's have the period that the notes of the site set (--notes). Those without
any are asked about, all together, when nothing was new for a year; the year is this check's own and accuses nobody.

PASS     news (14 days), newest item 2026-03-01, inspected 2026-03-15
FAIL     a column of the site's own, 365 days by its notes, newest item 2025-03-01, inspected 2026-03-02
FAIL     news (14 days), newest item 2026-03-01, inspected 2026-03-16
FAIL     annual report (by 31 March), newest item 2025-02-11, inspected 2026-04-01
UNKNOWN  there are items, but a date that can be read is missing (04-23, 3天前), or their pages were not seen
UNKNOWN  a column without a period, newest item 2025-03-01, inspected 2026-03-02
UNKNOWN  the period is one place's own rule, or one that nobody could compare with its document
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.section_empty import JUDGED
from crawler_checks.checks.section_missing import is_confirmed
from crawler_checks.checks.words import shown
from crawler_checks.crawl.address import Kind
from crawler_checks.crawl.outcome import Arrived, Moved
from crawler_checks.extract.facts import Link, Role
from crawler_checks.extract.names import plain_name
from crawler_checks.extract.sections import PAGER, FoundSection, leads_on
from crawler_checks.extract.site import Site
from plugins.disclosure.profile import Freshness, MaxAge, Profile, YearlyBy, due_after, is_stale
from plugins.disclosure.source import Source

LONG_DAYS = 365
"""After so many days without anything new, a column of which no rule speaks is asked about."""
MOST_SHOWN = 10
CALLS = re.compile(r"\s*javascript:\s*(?!void\b)[\w.]+\s*\(", re.IGNORECASE)


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a section."""
    for found in (*inspection.sections.values(), *inspection.columns):
        rule = found.section.freshness
        if rule is None or found.state not in JUDGED or not found.pages:
            continue
        newest = found.newest(inspection.today)
        if newest is None:
            yield from _undated(found)
            if not found.section.id and not found.entries:
                yield _unlisted(found)
        elif is_stale(rule, newest, inspection.today):
            doubt = _doubt(found, inspection.site) or _beside(found, rule, inspection.today)
            yield _stale(found, rule, newest, doubt)
    yield from _not_there(inspection)
    yield from _long_unchanged(inspection)


def _unlisted(found: FoundSection) -> Finding:
    """A column whose period the notes set, with nothing in it that could be new."""
    return CHECK.unknown(
        found.pages[0].address,
        None,
        f"无法判断“{found.section.label}”栏目（{shown(found.pages[0].address)}）是否按时更新：没有读到它列出的信息。",
        f"Not judged whether {found.section.label_en!r} is up to date: nothing that it lists was read.",
        basis=str(found.section.freshness_source),
    )


def _not_there(inspection: Inspection) -> Iterator[Finding]:
    """Columns whose period the notes set, and that nobody found."""
    known = [*inspection.profile.sections, *(found.section for found in inspection.columns)]
    names = {plain_name(section.label) for section in known}
    for name in inspection.notes.days:
        if name not in names:
            yield CHECK.unknown(
                inspection.site.snapshot.start,
                name,
                f"站点说明为“{name}”栏目规定了更新期限，但没有找到自称“{name}”（ColumnName）的栏目页。请核对名称。",
                f"The notes set a period for {name!r}, but no page calls itself so (ColumnName). Check the name.",
                basis=str(inspection.notes.basis),
            )


def _long_unchanged(inspection: Inspection) -> Iterator[Finding]:
    """One question about all columns without a period that have had nothing new for long."""
    since = inspection.today - timedelta(days=LONG_DAYS)
    old = [
        (newest, found)
        for found in inspection.columns
        if found.section.freshness is None
        and found.entries
        and (newest := found.newest(inspection.today)) is not None
        and newest < since
    ]
    if not old:
        return
    old.sort(key=lambda one: (one[0], one[1].pages[0].address))
    named = [
        (found.section.label, shown(found.pages[0].address), newest) for newest, found in old[:MOST_SHOWN]
    ]
    yield CHECK.unknown(
        inspection.site.snapshot.start,
        "columns",
        f"有 {len(old)} 个栏目一年以上没有新信息，规则集没有规定它们的更新期限，请人工判断是否应当更新："
        + "、".join(f"“{label}”（{place}，最新 {newest}）" for label, place, newest in named)
        + ("等。" if len(old) > MOST_SHOWN else "。")
        + "有期限的，写进站点说明（--notes）后按期限判断。",
        f"{len(old)} columns have had nothing new for over a year, and no rule says how often they are due: "
        + ", ".join(f"{label!r} ({place}, newest {newest})" for label, place, newest in named)
        + ". Judge for yourself, or set periods in the notes of the site (--notes).",
    )


def _undated(found: FoundSection) -> Iterator[Finding]:
    if not found.entries or is_certainly_undated(found):
        return  # section_empty or page_undated says it
    yield CHECK.unknown(
        found.pages[0].address,
        None,
        f"无法判断“{found.section.label}”栏目是否按时更新：信息旁没有能读懂的日期，所在页面也没有看到日期。",
        f"Not judged whether section {found.section.label_en!r} is up to date: no date could be read.",
        section=found.section.id or None,
        basis=str(found.section.freshness_source),
    )


def is_certainly_undated(found: FoundSection) -> bool:
    """Whether all there is to a section was seen, and nothing in it has a date."""
    return bool(found.entries) and all(
        entry.day is None and entry.is_known and not entry.is_vague for entry in found.entries
    )


def _stale(found: FoundSection, rule: Freshness, newest: date, doubt: tuple[str, str] | None) -> Finding:
    section, place = found.section, found.pages[0].address
    due = due_after(rule, newest)
    asked_zh, asked_en = _asked(rule)
    source = section.freshness_source
    if doubt is None and source is not None and is_confirmed(source):
        return CHECK.fail(
            place,
            None,
            f"“{section.label}”栏目（{shown(place)}）最新一条信息的日期是 {newest}。{asked_zh}，最迟应在 {due} 更新。"
            "请尽快补充。",
            f"Section {section.label_en!r} ({shown(place)}): the newest item is dated {newest}. {asked_en}; "
            f"the last day in time was {due}. Please add what is missing.",
            section=section.id or None,
            basis=str(source),
        )
    doubt_zh, doubt_en = doubt or _weakness(source)
    return CHECK.unknown(
        place,
        None,
        f"无法判断“{section.label}”栏目（{shown(place)}）是否按时更新：读到的最新日期是 {newest}，{asked_zh}，但{doubt_zh}。",
        f"Not judged whether section {section.label_en!r} ({shown(place)}) is up to date: the newest date read is {newest}. "
        f"{asked_en}, but {doubt_en}.",
        section=section.id or None,
        basis=str(source),
    )


def _weakness(source: Source | None) -> tuple[str, str]:
    """Why a period binds nobody here."""
    if source is not None and source.evidence == "local":
        return (
            "这一期限是某地自己的规定，别处只供参考，请人工判断",
            "this period is one place's own rule; judge for yourself",
        )
    return "这一期限尚未与原文核对", "this period was not compared with its document"


def _asked(rule: Freshness) -> tuple[str, str]:
    match rule:
        case MaxAge(days=days):
            return f"按规定每 {days} 天至少更新一次", f"Something new is due every {days} days"
        case YearlyBy(month=month, day=day):
            return (
                f"按规定每年 {month} 月 {day} 日前更新",
                f"Something new is due every year by {month:02}-{day:02}",
            )


def _doubt(found: FoundSection, site: Site) -> tuple[str, str] | None:
    """Why something newer may be there that was not read."""
    if any(entry.day is None and (entry.is_vague or not entry.is_known) for entry in found.entries):
        return (
            "有的信息日期不完整，或其页面未能查看",
            "some items have no full date, or their pages were not seen",
        )
    if any(page.truncated for page in found.pages) or _has_unseen_pages(found, site):
        return "栏目有页面未能查看", "some pages of it were not seen"
    if any(_turns_by_script(link) for page in found.pages for link in page.links):
        return "翻页由脚本进行，后面的页没有看到", "its further pages are turned by script"
    if any(page.writes_by_script for page in found.pages):
        return "页面有内容由脚本生成", "parts of it are written by script"
    return None


def _beside(found: FoundSection, rule: Freshness, today: date) -> tuple[str, str] | None:
    """Something newer stands beside the list, where most columns have the same."""
    if all(day > today or is_stale(rule, day, today) for day in found.days_beside):
        return None
    return (
        "多数栏目旁边都有的列表里有更新的信息，可能属于这个栏目",
        "a box that most columns have shows newer items, which may belong to this one",
    )


def _turns_by_script(link: Link) -> bool:
    """Whether a link to further pages leads nowhere by itself."""
    if link.role is not Role.LINK or not PAGER.fullmatch(link.text) or link.text == "首页":
        return False
    leads_nowhere = link.kind is Kind.NONE or link.fragment == ""
    return leads_nowhere and (link.scripted or CALLS.match(link.href) is not None)


def _has_unseen_pages(found: FoundSection, site: Site) -> bool:
    return any(_is_unseen(link, site) for page in found.pages for link in page.links)


def _is_unseen(link: Link, site: Site) -> bool:
    """Whether a link leads to a part of the section that did not come; of what a script names, to what is no list."""
    is_frame = link.role is Role.FRAME and link.kind is Kind.INSIDE
    if not is_frame and not leads_on(link):
        return False
    outcome = site.outcome_of(link.address)
    if outcome is None or not isinstance(outcome, Arrived | Moved):
        return outcome is not None
    page = site.page_at(link.address) if link.role is Role.SCRIPTED else None
    return link.role is Role.SCRIPTED and (page is None or not page.items)


def _periods(profile: Profile) -> Iterator[tuple[str, str]]:
    """Each section's period, its clause, and whether it accuses."""
    for section in profile.sections:
        if section.freshness is not None and section.freshness_source is not None:
            asked, asked_en = _asked(section.freshness)
            accuses = is_confirmed(section.freshness_source)
            yield (
                f"{section.label}：{asked}（{section.freshness_source}{'' if accuses else '；只提醒，不作结论'}）",
                f"{section.label_en}: {asked_en.lower()}{'' if accuses else '; only shown'} ({section.freshness_source})",
            )


CHECK = Check(
    "section_stale",
    "栏目更新不及时",
    "Section is stale",
    run,
    "规则集所列各栏目更新期限的依据",
    _periods,
    asks_of_sections=True,
)
