"""The annual reports of a site, by the organ each is of and the year it is on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler_checks.extract.annual_report import NAME
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.file_type import ATTACHMENTS
from crawler_checks.extract.names import title_parts
from crawler_checks.extract.site import Site

GENERAL = re.compile(
    r"[\s—\-－·:：《》]|(?:政府)?信息公开|政务公开|工作|的|关于|年度报告|年报|年度|年|20\d{2}"
)
TEXT_PARTS = 3
"""So many parts of the form on a page make it the report itself, and not a list or an entrance."""


def reports_of(site: Site) -> Mapping[str, Mapping[int, PageFacts]]:
    """Organ -> year -> the page of its report. Of two pages with one report the one that says more is taken."""
    found: dict[str, dict[int, PageFacts]] = {}
    for page in site.pages.values():
        if page.report is None or len(page.items) > TEXT_PARTS:
            continue
        organ = _organ(page)
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


def _organ(page: PageFacts) -> str:
    name = name_of(page)
    before = NAME.search(name)
    head = name[: before.start()] if before and before.start() else name
    return GENERAL.sub("", head) or GENERAL.sub("", name)
