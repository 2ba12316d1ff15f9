"""The annual reports of a site, by the organ each is of and the year it is on: those that are pages, and those that
links are named after, which mostly lead to files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawler_checks.crawl.address import Kind
from crawler_checks.extract.annual_report import NAME, report_year
from crawler_checks.extract.facts import Link, PageFacts, Role
from crawler_checks.extract.file_type import ATTACHMENTS
from crawler_checks.extract.names import title_parts
from crawler_checks.extract.site import Site

GENERAL = re.compile(
    r"[\s—\-－·:：《》]|(?:政府)?信息公开|政务公开|工作|的|关于|年度报告|年报|年度|年|20\d{2}"
    r"|\.(?:docx?|wps|pdf|ofd|zip|rar)$"
)
TEXT_PARTS = 3
"""So many parts of the form on a page make it the report itself, and not a list or an entrance."""

FIRST_FORM = 2008
"""The first year of which annual reports were due (regulations of 2007, in force from 1 May 2008)."""


@dataclass(frozen=True, slots=True)
class Published:
    """A report as a site offers it: its name, and the page that it is or that links to it. `page` is None for a file."""

    name: str
    address: str
    page: PageFacts | None = None


def published_by(site: Site) -> Mapping[str, Mapping[int, Published]]:
    """Organ -> year -> its report, a page or a file. An organ that names itself nowhere is ""."""
    found: dict[str, dict[int, Published]] = {
        organ: {year: Published(name_of(page), page.address, page) for year, page in years.items()}
        for organ, years in reports_of(site).items()
    }
    for address, link in site.links_where(_is_report_in_a_file):
        if site.arrived(link.address):
            for organ, year in _named_by(link):
                found.setdefault(organ, {}).setdefault(year, Published(link.text or link.hint, address))
    return found


def named_in_links(site: Site) -> Mapping[str, frozenset[int]]:
    """Organ -> the years of its reports that links are named after, wherever they lead. Of links that name no organ only
    those that leave the pages of the site are taken, for a page says itself whose report it is."""
    found: dict[str, set[int]] = {}
    for link in site.alike.values():
        if link.role is Role.LINK:
            for organ, year in _named_by(link):
                if organ or link.kind is Kind.OUTSIDE or link.leads_to_one_of(ATTACHMENTS):
                    found.setdefault(organ, set()).add(year)
    return {organ: frozenset(years) for organ, years in found.items()}


def reports_of(site: Site) -> Mapping[str, Mapping[int, PageFacts]]:
    """Organ -> year -> the page of its report. Of two pages with one report the one that says more is taken."""
    found: dict[str, dict[int, PageFacts]] = {}
    for page in site.pages.values():
        if page.report is None or len(page.items) > TEXT_PARTS:
            continue
        organ = _organ(name_of(page))
        years = found.setdefault(organ, {})
        before = years.get(page.report.year)
        if before is None or before.report is None or len(before.report.parts) < len(page.report.parts):
            years[page.report.year] = page
    return found


def name_of(page: PageFacts) -> str:
    """The name under which a report is published."""
    names = (page.metas.get("articletitle", ""), *page.headings[:2], *title_parts(page.title)[:1])
    return next((name for name in names if NAME.search(name)), page.title)


def may_be_elsewhere(page: PageFacts, site: Site) -> bool:
    """Whether parts of what a page is about may stand in a file, a picture or a frame, or be written by script."""
    if page.truncated or page.writes_by_script or site.own_pictures(page) or site.frames_of(page):
        return True
    return any(link.leads_to_one_of(ATTACHMENTS) for link in site.own_links(page))


def _is_report_in_a_file(link: Link) -> bool:
    return link.role is Role.LINK and link.leads_to_one_of(ATTACHMENTS) and any(_named_by(link))


def _named_by(link: Link) -> Iterator[tuple[str, int]]:
    """The organ and year of the report that a link is named after."""
    for name in (link.text, link.hint):
        if (
            ("年报" in name or "年度报告" in name)
            and (year := report_year(name)) is not None
            and year >= FIRST_FORM
        ):
            yield _organ(name), year
            return


def _organ(name: str) -> str:
    before = NAME.search(name)
    head = name[: before.start()] if before and before.start() else name
    return GENERAL.sub("", head) or GENERAL.sub("", name)
