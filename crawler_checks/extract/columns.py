"""Columns of a site that the profile does not know, by the names they give themselves (ColumnName)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.names import plain_name
from crawler_checks.extract.sections import (
    FoundSection,
    State,
    days_beside,
    frame_of_columns,
    is_article,
    read_entries,
)
from crawler_checks.extract.site import Site
from plugins.disclosure.profile import Section
from plugins.disclosure.source import Source


def find_columns(site: Site, sections: Iterable[FoundSection], source: Source) -> Iterator[FoundSection]:
    """Every page that names itself as one of a column, is no article and no section of the profile; its further pages
    with it. `source` says who asks after it.
    """
    sections = tuple(sections)
    known = {page.address for found in sections for page in found.pages}
    names = {plain_name(name) for one in sections for name in (one.section.label, *one.section.aliases)}
    together: dict[tuple[str, str], list[PageFacts]] = {}
    for page in site.pages.values():
        name = plain_name(page.metas.get("columnname", ""))
        is_other = name and name not in names and page.address not in known
        if is_other and page is not site.home and not is_article(page):
            folder = page.address.partition("?")[0].rpartition("/")[0]
            together.setdefault((folder, name), []).append(page)
    of_sections = [found.pages[0] for found in sections if found.pages]
    frame = frame_of_columns([*of_sections, *(pages[0] for pages in together.values())], site)
    for pages in together.values():
        pages.sort(key=lambda page: (len(page.address), page.address))
        name = pages[0].metas["columnname"]
        section = Section("", name, name, "", (), "", "site", source)
        entries, beside = read_entries(pages, site, frame), days_beside(pages, site, frame)
        yield FoundSection(
            section, State.FOUND, pages[0].address, name, tuple(pages), entries, days_beside=beside
        )
