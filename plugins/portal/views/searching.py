"""The search page, and the indexes by 文号 that lead where it leads without a script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from plugins.disclosure.document_number import AnnouncementNumber, DocumentNumber, parse, sort_key
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import IndexPage, Link, NamedPlace, SearchPage
from plugins.portal.views.desk import Desk

_GROUPS = {"令": "令", "案号": "其他"}


def search_page(desk: Desk, ways: Sequence[Link], places: tuple[NamedPlace, ...]) -> SearchPage:
    """The page that searches; `ways` are the indexes that lead on where it cannot."""
    head = desk.head(addresses.SEARCH, "检索", "按标题、文号、机构、主题、日期和正文检索本站全部公开信息。")
    states = tuple((term.id, term.label) for term in desk.catalog.vocabularies["validity"].terms)
    return SearchPage(head, tuple(ways), len(desk.listed), states, places, desk.site.search_server)


def numbered(desk: Desk) -> dict[int, list[Record]]:
    """Records with a 文号, by its year, newest year first."""
    found: dict[int, list[Record]] = defaultdict(list)
    for record in desk.listed:
        number = _number(record)
        if number is not None:
            found[number.year or record.published_on.year].append(record)
    return dict(sorted(found.items(), reverse=True))


def years_of_numbers(desk: Desk, by_year: Mapping[int, Sequence[Record]]) -> IndexPage:
    """The years that have numbers."""
    years = tuple(
        Link(f"{year}年", addresses.numbers_of(year), len(records)) for year, records in by_year.items()
    )
    head = desk.head(addresses.NUMBERS, "按文号查阅", "按年份和机关代字查阅有文号的文件。")
    return IndexPage(
        head, "先选文号的年份，再按机关代字查找。括号内为文件数量。", ((Link("全部年份", ""), years),)
    )


def numbers_page(desk: Desk, year: int, records: Sequence[Record]) -> IndexPage:
    """A year's numbers in their order, by the code of the organ."""
    trail = (Link("按文号查阅", addresses.NUMBERS),)
    address = addresses.numbers_of(year)
    head = desk.head(address, f"{year}年文号", f"{year}年编号的文件，按机关代字和顺序号排列。", trail)
    found = [(number, record) for record in records if (number := _number(record)) is not None]
    groups: dict[str, list[Link]] = defaultdict(list)
    for number, record in sorted(found, key=lambda one: (*sort_key(_of_its_organ(desk, *one)), one[1].key)):
        link = Link(f"{number.canonical} {record.title}", addresses.record(record.key))
        groups[_group(_of_its_organ(desk, number, record))].append(link)
    return IndexPage(head, "", tuple((Link(code, ""), tuple(links)) for code, links in groups.items()))


def _of_its_organ(desk: Desk, number: DocumentNumber, record: Record) -> DocumentNumber:
    """The number with its organ: every organ has a 2026年第1号 of its own."""
    if isinstance(number, AnnouncementNumber) and not number.issuer:
        return replace(number, issuer=desk.organ_link(record.issuer).label)
    return number


def _group(number: DocumentNumber) -> str:
    """What the numbers of one row are called."""
    if isinstance(number, AnnouncementNumber):
        return f"{number.issuer}公告、通告"
    return getattr(number, "organ_code", "") or _GROUPS.get(number.kind, number.kind)


def _number(record: Record) -> DocumentNumber | None:
    return parse(str(record.values.get("document_number", "")))
