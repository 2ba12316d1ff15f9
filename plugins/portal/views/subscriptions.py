"""Feeds as values: what each list, organ, kind and clock of the site has to tell, and the page that names them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from plugins.disclosure.kinds import Kind
from plugins.disclosure.record import Record
from plugins.disclosure.site import WHOLE
from plugins.feeds.calendar_file import CalendarDay, CalendarFile
from plugins.feeds.feed import Enclosure, Feed, FeedEntry, FullText
from plugins.feeds.opml import Outline, Subscriptions
from plugins.portal import addresses
from plugins.portal.markdown_html import citations, linked_keys, plain_text
from plugins.portal.models import FeedGroup, FeedLink, FeedsPage, Link
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board
from plugins.portal.views.facets import kind_address
from plugins.portal.views.lists import Listing, newest_records
from plugins.portal.views.records import SUMMARY_CHARACTERS
from plugins.portal.views.revisions import revisions

SITE_ENTRIES = 50
SOON = timedelta(days=30)
"""How long before its last day something stands among what falls due."""
AHEAD = timedelta(days=366)
"""How far the calendar looks."""
CLOSES_ON = "expires_on"
"""The last day of kinds that close; documents in force have it too, but those expire and are told of as changes."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A feed of the site: what it is called, where it lies, what group of the directory it belongs to, its entries."""

    group: str
    label: str
    address: str  # without the ending
    page: str
    entries: Callable[[], Sequence[FeedEntry]]
    subtitle: str = ""
    owner: str = ""  # the organ, where each of many has such feeds


class Newsstand:
    """Makes every feed of a site. Each record's entry is made once and kept."""

    def __init__(self, desk: Desk, board: Board) -> None:
        self.desk = desk
        self.board = board
        self.zone = ZoneInfo(desk.site.time_zone)
        self.today = desk.catalog.today
        self._entries: dict[str, FeedEntry] = {}

    def slices(self, lists: Iterable[Listing]) -> Iterator[Slice]:
        """Every feed there is. Of each of `lists` a feed tells what the newest page shows."""
        home, newest = addresses.HOME, self.desk.listed[: -SITE_ENTRIES - 1 : -1]
        yield Slice("全站", self.desk.site.name, addresses.SITE_FEED, home, partial(self._told, newest))
        yield Slice("全站", "变动：新发布、修改、废止、失效", addresses.CHANGES_FEED, home, self.changes)
        yield Slice("全站", "即将截止", addresses.CLOSING_FEED, home, self.closing)
        yield Slice("全站", "即将到期的公开事项", addresses.DUE_FEED, addresses.COMPLETENESS, self.due)
        yield from self._branches()
        yield from self._kinds()
        yield from self._organs()
        for listing in lists:
            head, told = listing.head, partial(self._told, newest_records(listing.records))
            owner = listing.organ.label if listing.organ else ""
            within = owner or (head.trail[-1].label if head.address.count("/") > 1 else "")
            has_it = not within or head.heading.startswith(f"{within}：")
            label = head.heading if has_it else f"{within}：{head.heading}"
            feed = addresses.feed_of(head.address)
            yield Slice(_group(listing), label, feed, head.address, told, head.description, owner)

    def changes(self) -> list[FeedEntry]:
        """What was published, amended, repealed or ran out, newest first."""
        found = [(entry.published_at, entry) for entry in map(self.entry, self.desk.listed[-SITE_ENTRIES:])]
        found += [(entry.published_at, entry) for entry in self._happened]
        found.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
        return [entry for _, entry in found[:SITE_ENTRIES]]

    @cached_property
    def _happened(self) -> list[FeedEntry]:
        """What has happened to all documents, which each format of a feed asks for."""
        return [entry for record in self.desk.listed for entry in self._events(record)]

    def closing(self) -> list[FeedEntry]:
        """What is open and closes within SOON, the last to close first."""
        soon = [(day, record) for day, record in self._open() if day <= self.today + SOON]
        return [
            self._notice(
                record, "closing", max(record.published_on, day - SOON), f"{day} 截止：{record.title}",
                f"截止日期 {day}。{self.entry(record).summary}",
            )
            for day, record in reversed(soon)
        ]  # fmt: skip

    def due(self) -> list[FeedEntry]:
        """Duties to be renewed within SOON, the last to fall due first."""
        soon = [day for day in self._duties() if date.fromisoformat(day.day) <= self.today + SOON]
        entries = []
        for day in reversed(soon):
            noted_at = self._moment(date.fromisoformat(day.day) - SOON)
            entries.append(
                FeedEntry(
                    day.id, day.title, day.address, self.desk.site.sponsor, day.text, noted_at, noted_at
                )
            )
        return entries

    def calendar(self) -> CalendarFile | None:
        """Every last day within a year, of what is open and of what is owed; None when there is none."""
        base = self.desk.site.base_address
        days = [
            CalendarDay(
                id=f"{base}{addresses.record(record.key)}#closing",
                day=day.isoformat(),
                noted_on=record.published_on.isoformat(),
                title=f"截止：{record.title}",
                text=self.entry(record).summary,
                address=base + addresses.record(record.key),
            )
            for day, record in self._open()
        ]
        days = sorted([*days, *self._duties()], key=lambda day: (day.day, day.id))
        return CalendarFile(f"{self.desk.site.name}：截止和到期", tuple(days)) if days else None

    def entry(self, record: Record) -> FeedEntry:
        """A record as feeds tell of it."""
        record.note_body()
        found = self._entries.get(record.key)
        if found is None:
            found = self._entries[record.key] = self._entry(record)
        return found

    def _told(self, records: Sequence[Record]) -> list[FeedEntry]:
        return [self.entry(record) for record in records]

    def _entry(self, record: Record) -> FeedEntry:
        """`updated_at` moves when the document is amended, repealed or runs out, never by an edit of the text."""
        desk = self.desk
        address = desk.site.base_address + addresses.record(record.key)
        published_at = self._moment(record.published_on, str(record.values.get("published_time", "00:00")))
        events = [event.updated_at for event in self._events(record)]
        return FeedEntry(
            id=address,
            title=record.title,
            address=address,
            author=desk.organ_link(record.issuer).label,
            summary=str(record.values.get("summary") or plain_text(record.body, SUMMARY_CHARACTERS))
            or record.title,
            published_at=published_at,
            updated_at=max([published_at, *events]),
            categories=(desk.catalog.kind(record).label, *self._topics(record)),
            enclosures=tuple(self._enclosures(record)),
            text=self._text(record) if desk.site.feed_text == WHOLE else None,
        )

    def _text(self, record: Record) -> FullText:
        cited = sorted(citations(record.body) | linked_keys(record.body))
        return FullText(record.body, self.desk.links_in(record, cited), self.desk.site.base_address)

    def _topics(self, record: Record) -> tuple[str, ...]:
        field = self.desk.catalog.kind(record).field("topic")
        found = record.values.get("topic", ())
        return tuple(self.desk.shown(field, topic).text for topic in found) if field else ()

    def _enclosures(self, record: Record) -> Iterator[Enclosure]:
        for file in self.desk.catalog.attachments_of(record):
            known = self.desk.catalog.attachments[file.file]
            address = self.desk.site.base_address + addresses.attachment(addresses.quoted(file.file))
            yield Enclosure(address, file.title, known.media_type, known.size_bytes)

    def _events(self, record: Record) -> Iterator[FeedEntry]:
        """What has happened to a document by today since it was published."""
        for one in revisions(self.desk, record):
            yield self._notice(record, one.id, one.day, f"【{one.verb}】{record.title}", one.text)

    def _notice(self, record: Record, what: str, day: date, title: str, text: str) -> FeedEntry:
        address = self.desk.site.base_address + addresses.record(record.key)
        moment = self._moment(day)
        author = self.desk.organ_link(record.issuer).label
        return FeedEntry(f"{address}#{what}", title, address, author, text, moment, moment)

    def _open(self) -> list[tuple[date, Record]]:
        """What is open today, with its last day, the first to close first."""
        found = [
            (record.values[CLOSES_ON], record)
            for kind in self.desk.catalog.kinds.values()
            if _closes(kind)
            for record in self.desk.catalog.of_kind(kind.id)
            if CLOSES_ON in record.values
        ]
        wanted = [(day, record) for day, record in found if self.today <= day <= self.today + AHEAD]
        return sorted(wanted, key=lambda pair: (pair[0], pair[1].key))

    def _duties(self) -> list[CalendarDay]:
        """What must be renewed within a year, in order of day."""
        base = self.desk.site.base_address
        days = []
        for cell in self.board.judged.cells:
            if cell.state == "present" and cell.due and self.today <= cell.due <= self.today + AHEAD:
                organ = self.desk.organ_link(cell.organ).label
                page = base + addresses.organ_completeness(cell.organ)
                day = cell.due.isoformat()
                days.append(
                    CalendarDay(
                        id=f"{page}#{cell.obligation.id}-{day}",
                        day=day,
                        noted_on=day,
                        title=f"{organ}：{cell.obligation.label}",
                        text=f"应在 {day} 前更新（依据：{cell.source}）。",
                        address=page,
                    )
                )
        return sorted(days, key=lambda day: (day.day, day.id))

    def _branches(self) -> Iterator[Slice]:
        """Sections that only have sections below them."""
        for section in self.desk.profile.sections:
            children = self.desk.profile.children(section.id)
            records = [
                r for child in children for r in self.desk.catalog.of_section(child.id) if r.kind != "organ"
            ]
            if children and "organ" not in section.kinds and section.id != "apply":
                page = addresses.section(section.id)
                told = partial(self._told, _newest(records))
                yield Slice("栏目", section.label, addresses.feed_of(page), page, told, section.description)

    def _kinds(self) -> Iterator[Slice]:
        """Kinds that are all of a section: that section's list is theirs. Other kinds have lists of their own."""
        for kind in self.desk.catalog.kinds.values():
            records = self.desk.catalog.of_kind(kind.id)
            if (
                kind.id != "organ"
                and records
                and (page := kind_address(self.desk, kind.id)) != addresses.kind(kind.id)
            ):
                feed = addresses.kind_feed(kind.id)
                told = partial(self._told, newest_records(records))
                yield Slice("信息类别", kind.label, feed, page, told, kind.summary)

    def _organs(self) -> Iterator[Slice]:
        for organ in self.desk.catalog.organs:
            records = [r for r in self.desk.catalog.of_issuer(organ.id) if r.kind != "organ"]
            page = addresses.record(organ.key)
            label = f"{organ.title}政府信息公开"
            told = partial(self._told, newest_records(records))
            yield Slice("机构", label, addresses.feed_of(page), page, told)

    def feed(self, one: Slice) -> Feed:
        """A feed with its entries."""
        site = self.desk.site
        is_site = one.address == addresses.SITE_FEED
        entries = one.entries()
        return Feed(
            id=site.base_address if is_site else site.base_address + one.address,
            title=one.label if is_site else f"{one.label} - {site.name}",
            subtitle=site.description if is_site else one.subtitle or f"{site.name}：{one.label}",
            address=site.base_address + one.page,
            own_address=site.base_address + one.address,
            root=addresses.root_of(one.address),
            author=site.sponsor,
            updated_at=max((entry.updated_at for entry in entries), default=self._moment(date(1970, 1, 1))),
            entries=tuple(entries),
            hub=site.websub_hub,
        )

    def _moment(self, day: date, clock: str = "00:00") -> str:
        return datetime.combine(day, time.fromisoformat(clock), self.zone).isoformat()


def feeds_page(desk: Desk, slices: Sequence[Slice], *, has_calendar: bool) -> FeedsPage:
    """The directory of all feeds."""
    groups: dict[str, list[Slice]] = {}
    for one in slices:
        groups.setdefault(one.group, []).append(one)
    head = desk.head(
        addresses.FEEDS,
        "订阅",
        "按全站、栏目、机构、主题、类别和年份订阅本站信息，有 Atom、RSS 和 JSON Feed 三种格式。",
    )
    calendar = Link("截止和到期日历（iCalendar）", addresses.CALENDAR) if has_calendar else None
    everything = Link("全部订阅的清单（OPML）", addresses.OPML)
    found = tuple(_feed_group(label, one) for label, one in groups.items())
    return FeedsPage(head, found, everything, calendar)


def _feed_group(label: str, slices: Sequence[Slice]) -> FeedGroup:
    """The feeds of one sort, in parts where they have owners."""
    by_owner: dict[str, list[FeedLink]] = {}
    for one in slices:
        by_owner.setdefault(one.owner, []).append(FeedLink(Link(one.label, one.page), one.address))
    plain = tuple(by_owner.pop("", ()))
    return FeedGroup(
        label, len(slices), plain, tuple((owner, tuple(feeds)) for owner, feeds in by_owner.items())
    )


def subscriptions(desk: Desk, slices: Sequence[Slice]) -> Subscriptions:
    """All feeds for a reader to import at once."""
    base = desk.site.base_address
    groups: dict[str, list[Outline]] = {}
    for one in slices:
        outline = Outline(one.label, base + one.page, f"{base}{one.address}.atom")
        groups.setdefault(one.group, []).append(outline)
    return Subscriptions(desk.site.name, [*groups.items()])


def _newest(records: Sequence[Record]) -> Sequence[Record]:
    """As `newest_records`, of records in any order."""
    return newest_records(sorted(records, key=lambda record: record.order))


def _closes(kind: Kind) -> bool:
    return kind.field(CLOSES_ON) is not None and kind.field("validity") is None


def _group(listing: Listing) -> str:
    if listing.organ:
        return "机构的栏目"
    first = listing.head.address.partition("/")[0]
    return {"section": "栏目", "topic": "主题", "year": "年份", "kind": "信息类别"}[first]
