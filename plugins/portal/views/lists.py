"""Lists of records, in pages numbered from the oldest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from plugins.disclosure.kinds import Kind
from plugins.disclosure.profile import MaxAge, Section, YearlyBy, is_stale
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import BranchPage, Facet, Head, Link, ListPage
from plugins.portal.views.desk import Desk
from plugins.portal.views.ledgers import links_of_section

PAGE = 20
LAST = 1_000_000
"""Where those without a rank stand."""
SHARED = ("title", "issuer", "document_number", "published_on")
"""What every list of records shows of each."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list is of: its newest page's head, its records oldest first, and what stands around it.

    `tells_kinds`: below each title stands what tells records of its kind from one another.
    """

    head: Head
    intro: str
    records: Sequence[Record]
    duty: str = ""
    facets: tuple[Facet, ...] = ()
    organ: Link | None = None
    siblings: tuple[Link, ...] = ()
    ways: tuple[Link, ...] = ()
    has_feed: bool = True
    tells_kinds: bool = False
    columns: tuple[tuple[str, str], ...] = ()


def pages(total: int, size: int = PAGE) -> list[tuple[int, int]]:
    """From where to where each page goes, oldest page first.

    Older pages hold exactly `size` records and never change; the newest holds the rest, from `size` to
    2 * size - 1 of them (fewer only when there are fewer), so that it is never nearly empty.
    """
    return [page_range(total, number, size) for number in range(1, page_count(total, size) + 1)]


def page_count(total: int, size: int = PAGE) -> int:
    """How many pages a list has; an empty one has one."""
    return max(total // size, 1)


def page_range(total: int, number: int, size: int = PAGE) -> tuple[int, int]:
    """From where to where one page goes; pages are counted from 1, the oldest."""
    return (number - 1) * size, total if number == page_count(total, size) else number * size


def numbered_pages(listing: Listing) -> list[tuple[int, str]]:
    """The number and the address of every page of a list, oldest first."""
    count = page_count(len(listing.records))
    return [(number, _address(listing.head.address, number, count)) for number in range(1, count + 1)]


def list_page(desk: Desk, listing: Listing, number: int) -> ListPage:
    """One page of a list."""
    total = len(listing.records)
    count = page_count(total)
    start, end = page_range(total, number)
    last = number == count
    newest = listing.head.address
    told = listing.tells_kinds and not listing.columns
    head = replace(listing.head, feed=addresses.feed_of(newest) if listing.has_feed else "")
    page = ListPage(
        head=head if last else _older_head(head, number),
        intro=listing.intro,
        rows=desk.rows(listing.records[start:end][::-1]),
        columns=listing.columns,
        number=number,
        newest=None if last else Link("最新一页", newest),
        newer=None if last else Link(_newer(number + 1, count), _address(newest, number + 1, count)),
        older=None
        if number == 1
        else Link(f"下一页：较早的第 {number - 1} 页", addresses.older(newest, number - 1)),
        organ=listing.organ,
        siblings=listing.siblings,
        columns_of=_columns_of(desk, listing.records[start:end]) if told else {},
    )
    if not last:
        return page
    return replace(
        page,
        total=total,
        pages=count,
        older_pages=tuple(Link(str(n), addresses.older(newest, n)) for n in range(count - 1, 0, -1)),
        duty=listing.duty,
        ways=listing.ways,
        facets=listing.facets,
    )


def newest_records(records: Sequence[Record]) -> Sequence[Record]:
    """The records that the newest page of a list shows, newest first."""
    start, end = page_range(len(records), page_count(len(records)))
    return records[start:end][::-1]


def ranked(desk: Desk, records: Sequence[Record]) -> Sequence[Record]:
    """Records of kinds that have ranks, the last first, as lists have the oldest first; all others as they are."""
    ranks = {kind: desk.catalog.kinds[kind].ranked_by for kind in {record.kind for record in records}}
    if not ranks or not all(ranks.values()):
        return records

    def place(record: Record) -> tuple[int, int, str]:
        rank = record.values.get(ranks[record.kind])
        return desk.place_of_organ.get(record.issuer, 0), LAST if rank is None else rank, record.key

    return sorted(records, key=place, reverse=True)


def section_listing(desk: Desk, section: Section) -> Listing:
    """A section of the whole portal."""
    records = ranked(desk, desk.catalog.of_section(section.id))
    head = desk.head(
        addresses.section(section.id),
        section.label,
        section.description,
        desk.section_trail(section)[:-1],
        metas=desk.metas(section),
        current=desk.top_of(section),
    )
    ways = links_of_section(desk, section.kinds)
    return Listing(
        head, section.description, records, duty_text(desk, section, records), ways=ways, tells_kinds=True
    )


def organ_section_listing(desk: Desk, organ: Record, section: Section, siblings: tuple[Link, ...]) -> Listing:
    """One organ's own section."""
    records = ranked(desk, desk.by_organ_and_section[organ.id, section.id])
    link = desk.organ_link(organ.id)
    head = desk.head(
        addresses.organ_section(organ.id, section.id),
        section.label,
        f"{organ.title}的{section.label}。{section.description}",
        (Link("机构职能", addresses.section("functions")), link),
        metas=desk.metas(section),
        within=organ.title,
    )
    return Listing(head, section.description, records, organ=link, siblings=siblings, tells_kinds=True)


def branch_page(desk: Desk, section: Section) -> BranchPage:
    """A section of the whole portal that only has sections below it."""
    children = []
    for child in desk.profile.children(section.id):
        records = desk.catalog.of_section(child.id)
        children.append((desk.section_link(child, len(records)), desk.newest(records, 4)))
    head = desk.head(
        addresses.section(section.id),
        section.label,
        section.description,
        desk.section_trail(section)[:-1],
        metas=desk.metas(section),
        current=desk.top_of(section),
    )
    head = replace(head, feed=addresses.feed_of(head.address))
    return BranchPage(head, section.description, tuple(children))


def organ_branch_page(desk: Desk, organ: Record, section: Section, siblings: tuple[Link, ...]) -> BranchPage:
    """One organ's section that only has sections below it; those without records are left out."""
    children = []
    for child in desk.profile.children(section.id):
        records = desk.by_organ_and_section.get((organ.id, child.id), [])
        if records:
            link = Link(child.label, addresses.organ_section(organ.id, child.id), len(records))
            children.append((link, desk.newest(records, 4)))
    link = desk.organ_link(organ.id)
    head = desk.head(
        addresses.organ_section(organ.id, section.id),
        section.label,
        f"{organ.title}的{section.label}。",
        (Link("机构职能", addresses.section("functions")), link),
        metas=desk.metas(section),
        within=organ.title,
    )
    return BranchPage(head, section.description, tuple(children), link, siblings)


def topic_listing(desk: Desk, topic_id: str, records: Sequence[Record]) -> Listing:
    """All records on a subject."""
    vocabulary = desk.catalog.vocabularies["topics"]
    term = next(term for term in vocabulary.terms if term.id == topic_id)
    trail = (Link("按主题查阅", addresses.TOPICS),)
    head = desk.head(
        addresses.topic(topic_id),
        vocabulary.path(term),
        f"主题分类为“{vocabulary.path(term)}”的信息。",
        trail,
    )
    return Listing(head, "", records)


def year_listing(desk: Desk, year: int, records: Sequence[Record]) -> Listing:
    """All records published in a year."""
    trail = (Link("按年份查阅", addresses.YEARS),)
    head = desk.head(
        addresses.year(year), f"{year}年发布的信息", f"{desk.site.name}{year}年发布的全部信息。", trail
    )
    return Listing(head, "", records)


def duty_text(desk: Desk, section: Section, records: Sequence[Record]) -> str:
    """What the rules ask of a section and how it stands today, in a sentence; empty where no period is set."""
    match section.freshness:
        case MaxAge(days):
            rule = f"本栏目每 {days} 天内应有更新"
        case YearlyBy(month, day):
            rule = f"本栏目每年 {month} 月 {day} 日前应有更新"
        case _:
            return ""
    if not records:
        return f"{rule}，目前还没有内容（依据：{section.freshness_source or section.source}）。"
    newest = records[-1].published_on
    state = "已超期" if is_stale(section.freshness, newest, desk.catalog.today) else "在期限内"
    return f"{rule}，最近更新 {newest.isoformat()}，{state}（依据：{section.freshness_source or section.source}）。"


def columns_of(desk: Desk, records: Sequence[Record]) -> tuple[tuple[str, str], ...]:
    """The columns of the records' kind when all are of one kind; none otherwise."""
    kinds = {record.kind for record in records}
    if len(kinds) != 1:
        return ()
    return _columns_of_kind(desk.catalog.kinds[kinds.pop()])


def _columns_of(desk: Desk, records: Sequence[Record]) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each kind the columns that no list of several kinds has: those it has of its own."""
    found = {}
    for kind in sorted({record.kind for record in records}):
        own = [pair for pair in _columns_of_kind(desk.catalog.kinds[kind]) if pair[0] not in SHARED]
        if own:
            found[kind] = tuple(own)
    return found


def _columns_of_kind(kind: Kind) -> tuple[tuple[str, str], ...]:
    fields = [field for key in kind.columns if (field := kind.field(key)) is not None]
    return tuple((field.key, field.label) for field in fields)


def _address(newest: str, number: int, count: int) -> str:
    return newest if number == count else addresses.older(newest, number)


def _newer(number: int, count: int) -> str:
    return "上一页：最新的一页" if number == count else f"上一页：较新的第 {number} 页"


def _older_head(head: Head, number: int) -> Head:
    """An older page says in its title which one it is."""
    title = head.title.replace(head.heading, f"{head.heading}（第 {number} 页）", 1)
    trail = (*head.trail, Link(head.heading, head.address))
    return replace(head, address=addresses.older(head.address, number), title=title, trail=trail)
