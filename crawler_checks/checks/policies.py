"""Documents and their interpretations on a site: which interprets which, by links, by 文号 and by 《题名》."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crawler_checks.extract.facts import Confidence, Meaning, PageFacts, Role
from crawler_checks.extract.site import Site
from plugins.disclosure.document_number import CaseNumber, parse

INTERPRETS = re.compile(r"解读|图解|一图读懂|一图看懂|图说|政策问答|答记者问|解答")
LISTS = re.compile(r"^(?:政策|部门|文件|本级|上级|图文|专家|媒体|政策文件)?解读(?:回应|材料)?$")
ORIGINAL = re.compile(r"原文|政策文件|相关文件|关联文件|解读的文件|被解读|文件全文|政策原文")
MOST_ITEMS = 5
"""Dated links from which on a page is a list."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A document with its interpretations. `number` is written the one right way, `title` without 《》."""

    page: PageFacts
    number: str
    title: str
    interpretations: tuple[PageFacts, ...]


def policies_of(site: Site) -> tuple[Policy, ...]:
    """The documents of a site: pages whose header table gives a 文号, and that are no interpretation themselves."""
    pages = [page for page in site.pages.values() if len(page.items) <= MOST_ITEMS]
    readings = [
        page for page in pages if INTERPRETS.search(title_of(page)) and not LISTS.fullmatch(title_of(page))
    ]
    documents = {
        page.address: (page, number) for page in pages if page not in readings and (number := _number(page))
    }
    by_title = {title_of(page): address for address, (page, _) in documents.items()}
    by_number: dict[str, str] = {number: address for address, (_, number) in documents.items()}
    found: dict[str, dict[str, PageFacts]] = {address: {} for address in documents}
    for reading in readings:
        for address in _interpreted(reading, by_title, by_number, site):
            found[address][reading.address] = reading
    return tuple(
        Policy(page, number, title_of(page), tuple(found[address].values()))
        for address, (page, number) in documents.items()
    )


def title_of(page: PageFacts) -> str:
    """The title of the piece of information on a page."""
    named = (
        page.metas.get("articletitle")
        or next(iter(page.headings[:1]), "")
        or re.split(r"\s*[-_|]\s*", page.title)[0]
    )
    return named.strip("《》 ")


def published_on(page: PageFacts) -> date | None:
    """The day a page surely says it was published; None where it does not, or names two."""
    days = {
        one.day
        for one in page.dates
        if one.meaning is Meaning.PUBLISHED and one.confidence is Confidence.CERTAIN
    }
    if not days or any((later - earlier).days > 1 for earlier, later in pairwise(sorted(days))):
        return None
    return min(days)


def links_to(page: PageFacts, target: PageFacts, site: Site) -> bool:
    """Whether one page has a link to the other."""
    return any(link.role is Role.LINK and site.page_at(link.address) is target for link in page.links)


def _interpreted(
    reading: PageFacts, by_title: Mapping[str, str], by_number: Mapping[str, str], site: Site
) -> set[str]:
    """The documents that an interpretation is of: those in its title, else the one it both names and links to, else the
    one it links to as its source. To name a document alone is to cite it."""
    title = title_of(reading)
    in_title = {
        address for name, address in by_title.items() if len(_core(name)) > 6 and _core(name) in title
    }
    if in_title:
        return in_title
    named = {by_number[one] for one in reading.said.numbers if one in by_number}
    named |= {by_title[one] for one in reading.said.titles if one in by_title}
    linked = {
        page.address
        for link in reading.links
        if link.role is Role.LINK and site.is_own(link) and (page := site.page_at(link.address))
    } & set(by_number.values())
    both = named & linked
    if both:
        return both if len(both) == 1 else set()
    sources = {
        page.address
        for link in reading.links
        if ORIGINAL.search(link.text) and (page := site.page_at(link.address)) and page.address in linked
    }
    return sources if len(sources) == 1 else set()


def _core(title: str) -> str:
    """A title without the organ before it: 关于…的通知."""
    return title[max(title.find("关于"), 0) :]


def _number(page: PageFacts) -> str | None:
    written = page.said.labels.get("document_number", "")
    number = parse(written) if written else None
    return None if number is None or isinstance(number, CaseNumber) else number.canonical
