"""Narrower lists of the same records: a section's or an organ's by year, documents by validity, records by kind.

Each facet divides a whole, so its counts sum to the whole's. Counts stand on the newest page of a list alone:
an older page would change with every new record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from plugins.disclosure.kinds import Field
from plugins.disclosure.profile import Section
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import Facet, IndexPage, Link
from plugins.portal.views.desk import Desk
from plugins.portal.views.lists import Listing

ENDED = ("expired", "repealed")
UNSTATED = "unstated"
STANDING = (("in-force", "现行文件", False), ("ended", "废止失效文件", True))
"""The two lists of documents: the name in the address, the heading, and whether they have ended."""


def section_facets(desk: Desk, section: Section) -> tuple[Facet, ...]:
    """A section's records by kind, year, validity and organ; only what divides them at all."""
    records = desk.catalog.of_section(section.id)
    newest = addresses.section(section.id)
    standing = [
        Link(label, addresses.standing(newest, name), len(found))
        for name, label, found in _by_standing(desk, records)
    ]
    organs = [
        Link(desk.organ_link(organ.id).label, addresses.organ_section(organ.id, section.id), len(own))
        for organ in desk.catalog.organs
        if (own := desk.by_organ_and_section.get((organ.id, section.id)))
    ]
    kinds = [
        Link(desk.catalog.kinds[kind].label, addresses.within_kind(newest, kind), len(found))
        for kind, found in _by_kind(desk, records).items()
    ]
    facets = (
        Facet("类别", tuple(kinds)),
        *_value_facets(desk, newest, records),
        Facet("年份", year_links(newest, records)),
        Facet("有效性", tuple(standing)),
        Facet("机关", tuple(organs)),
    )
    return tuple(facet for facet in facets if len(facet.links) > 1)


def section_lists(desk: Desk, section: Section) -> Iterator[Listing]:
    """The narrower lists of a section: its kinds, its choices, its years, its documents in force and ended."""
    records = desk.catalog.of_section(section.id)
    newest = addresses.section(section.id)
    trail = desk.section_trail(section)
    current = desk.top_of(section)
    by_year = _by_year(records)
    for year, found in by_year.items() if len(by_year) > 1 else ():
        heading = f"{year}年{section.label}"
        head = desk.head(
            addresses.within_year(newest, year),
            heading,
            f"{desk.site.name}{year}年发布的{section.label}。",
            trail,
            metas=desk.metas(section),
            current=current,
        )
        yield Listing(head, "", found, has_feed=False, tells_kinds=True)
    for field, term, label, found in _by_value(desk, records):
        heading = f"{section.label}：{label}"
        head = desk.head(
            addresses.within_value(newest, field.key, term),
            heading,
            f"{field.label}为“{label}”的{section.label}。",
            trail,
            metas=desk.metas(section),
            current=current,
        )
        yield Listing(head, "", found)
    by_kind = _by_kind(desk, records)
    for kind, found in by_kind.items() if len(by_kind) > 1 else ():
        label, summary = desk.catalog.kinds[kind].label, desk.catalog.kinds[kind].summary
        head = desk.head(
            addresses.within_kind(newest, kind),
            label if label != section.label else f"{label}类信息",
            summary or f"{section.label}栏目的{label}。",
            trail,
            metas=desk.metas(section),
            within=section.label,
            current=current,
        )
        yield Listing(head, summary, found)
    for name, label, found in _by_standing(desk, records):
        head = desk.head(
            addresses.standing(newest, name),
            f"{label}（{section.label}）",
            f"“{section.label}”栏目的{label}，有效性按本站全部文件之间的修改、废止关系推算。",
            trail,
            metas=desk.metas(section),
            current=current,
        )
        yield Listing(head, "", found, has_feed=False)


def organ_year_lists(desk: Desk, organ: Record) -> Iterator[Listing]:
    """What one organ published, year by year."""
    page = addresses.record(organ.key)
    link = desk.organ_link(organ.id)
    trail = (Link("机构职能", addresses.section("functions")), link)
    for year, found in _by_year(_of_organ(desk, organ)).items():
        head = desk.head(
            addresses.within_year(page, year),
            f"{year}年发布的信息",
            f"{organ.title}{year}年发布的全部信息。",
            trail,
            within=organ.title,
        )
        yield Listing(head, "", found, organ=link, has_feed=False)


def organ_facets(desk: Desk, organ: Record) -> tuple[Facet, ...]:
    """An organ's records by year and by section."""
    records = _of_organ(desk, organ)
    sections = [
        Link(section.label, addresses.organ_section(organ.id, section.id), len(own))
        for section in desk.profile.sections
        if (own := desk.by_organ_and_section.get((organ.id, section.id)))
    ]
    facets = (Facet("年份", year_links(addresses.record(organ.key), records)), Facet("栏目", tuple(sections)))
    return tuple(facet for facet in facets if facet.links)


def year_facets(desk: Desk, year: int, records: Sequence[Record]) -> tuple[Facet, ...]:
    """A year's records by section."""
    links = []
    counts = Counter(map(desk.catalog.section_id, records))
    for section in desk.profile.sections:
        if count := counts[section.id]:
            newest = addresses.section(section.id)
            own = desk.catalog.of_section(section.id)
            alone = own[0].published_on.year == own[-1].published_on.year
            address = newest if alone else addresses.within_year(newest, year)
            links.append(Link(section.label, address, count))
    return (Facet("栏目", tuple(links)),) if len(links) > 1 else ()


def kinds_page(desk: Desk) -> IndexPage:
    """The kinds that have records."""
    head = desk.head(addresses.KINDS, "按信息类别查阅", "按信息类别查阅本站信息。")
    links = tuple(
        Link(kind.label, kind_address(desk, kind.id), len(records))
        for kind in desk.catalog.kinds.values()
        if (records := _of_kind(desk, kind.id))
    )
    return IndexPage(head, "括号内为信息数量。", ((Link("全部类别", ""), links),))


def kind_lists(desk: Desk) -> Iterator[Listing]:
    """The records of each kind that is not all of one section: that section's list is the kind's already."""
    trail = (Link("按信息类别查阅", addresses.KINDS),)
    for kind in desk.catalog.kinds.values():
        records = _of_kind(desk, kind.id)
        address = addresses.kind(kind.id)
        if records and kind_address(desk, kind.id) == address:
            head = desk.head(address, kind.label, kind.summary or f"{kind.label}类信息。", trail)
            yield Listing(head, kind.summary, records)


def year_links(newest: str, records: Sequence[Record]) -> tuple[Link, ...]:
    """The years of a list, newest first."""
    return tuple(
        Link(f"{year}年", addresses.within_year(newest, year), len(found))
        for year, found in sorted(_by_year(records).items(), reverse=True)
    )


def kind_address(desk: Desk, kind: str) -> str:
    """Where a kind's records are listed: in their section, where it holds nothing else."""
    records = _of_kind(desk, kind)
    sections = {desk.catalog.section_id(record) for record in records}
    section = sections.pop()
    whole = not sections and len(desk.catalog.of_section(section)) == len(records)
    return addresses.section(section) if whole else addresses.kind(kind)


def _of_kind(desk: Desk, kind: str) -> Sequence[Record]:
    return () if kind == "organ" else desk.catalog.of_kind(kind)


def _of_organ(desk: Desk, organ: Record) -> list[Record]:
    return [record for record in desk.catalog.of_issuer(organ.id) if record.kind != "organ"]


def _by_kind(desk: Desk, records: Sequence[Record]) -> dict[str, list[Record]]:
    """Records by kind, in the order of the kinds."""
    found: dict[str, list[Record]] = {kind: [] for kind in desk.catalog.kinds}
    for record in records:
        found[record.kind].append(record)
    return {kind: own for kind, own in found.items() if own}


def _value_facets(desk: Desk, newest: str, records: Sequence[Record]) -> Iterator[Facet]:
    """The choices by which the kind of the records is divided."""
    for field, group in groupby(_by_value(desk, records), key=lambda found: found[0]):
        links = [
            Link(label, addresses.within_value(newest, field.key, term), len(own))
            for _, term, label, own in group
        ]
        yield Facet(field.label, tuple(links))


def _by_value(desk: Desk, records: Sequence[Record]) -> list[tuple[Field, str, str, list[Record]]]:
    """Records of one kind by the terms of its dividing choices; none where all have the same, or are of several."""
    kinds = {record.kind for record in records}
    kind = desk.catalog.kinds[kinds.pop()] if len(kinds) == 1 else None
    found = []
    for key in kind.divided_by if kind else ():
        field = kind.field(key) if kind else None
        if field is None:
            continue
        terms = [(term.id, term.label) for term in desk.catalog.vocabularies[field.vocabulary or key].terms]
        groups = [
            (field, id_, label, [r for r in records if r.values.get(key, UNSTATED) == id_])
            for id_, label in (*terms, (UNSTATED, "没有写明"))
        ]
        present = [group for group in groups if group[3]]
        found += present if len(present) > 1 else []
    return found


def _by_year(records: Sequence[Record]) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        found[record.published_on.year].append(record)
    return found


def _by_standing(desk: Desk, records: Sequence[Record]) -> list[tuple[str, str, list[Record]]]:
    """Documents in force and ended; none unless all records are documents, and there are both."""
    states = [desk.row(record).validity for record in records]
    if not all(states):
        return []
    pairs = list(zip(records, states, strict=True))
    found = [
        (name, label, [record for record, state in pairs if (state in ENDED) is ended])
        for name, label, ended in STANDING
    ]
    return found if all(own for _, _, own in found) else []
