"""A record's own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from msgspec.structs import replace

from plugins.disclosure.kinds import Field
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.markdown_html import citations, linked_keys, plain_text
from plugins.portal.models import (
    Banner,
    ClockFace,
    Entry,
    Group,
    Head,
    Link,
    RecordPage,
    ReportPart,
    Shown,
)
from plugins.portal.views.comparison import comparison
from plugins.portal.views.desk import Desk
from plugins.portal.views.files import files_of
from plugins.portal.views.history import history_link
from plugins.portal.views.structured import structured
from plugins.portal.views.tables import (
    checklist_link,
    derived_entries,
    field_tables,
    span_faces,
    target_chart,
)

SUMMARY_CHARACTERS = 120

Neighbours = tuple[Record | None, Record | None]
"""The older and the newer record of a section."""


def record_page(
    desk: Desk,
    record: Record,
    neighbours: Neighbours,
    clocks: tuple[ClockFace, ...],
    parts: tuple[ReportPart, ...] = (),
) -> RecordPage:
    """A record with what its page shows, as far as its template asks for it. `neighbours` are the older and the newer
    one of its section.
    """
    kind = desk.catalog.kind(record)
    issuer = desk.organ_link(record.issuer)
    source = str(record.values.get("content_source") or issuer.label)
    published_at = f"{record.published_on.isoformat()} {record.values.get('published_time', '')}".strip()
    address = addresses.record(record.key)
    body = record.body
    older, newer = neighbours if not kind.ranked_by else (None, None)  # by rank none is older or newer
    asked = partial(desk.asks, kind.id)
    return RecordPage(
        head=_head(desk, record, source, published_at),
        key=record.key,
        kind=kind.id,
        kind_label=kind.label,
        header=(*_entries(desk, record, "header"), *derived_entries(desk, record)) if asked("header") else (),
        details=_entries(desk, record, "details") if asked("details") else (),
        banner=_banner(desk, record) if asked("banner") else None,
        body="" if parts else body,
        links=desk.links_in(record, sorted(citations(body) | linked_keys(body))),
        files=files_of(desk, record),
        relations=_relations(desk, record) if asked("relations") else (),
        clocks=(*clocks, *span_faces(desk, record)) if asked("clocks") else (),
        source=source,
        issuer=issuer,
        published_at=published_at,
        citation=_citation(desk, record, address) if asked("citation") else "",
        previous=desk.record_link(older) if older and asked("previous") else None,
        next=desk.record_link(newer) if newer and asked("next") else None,
        parts=parts,
        tables=field_tables(desk, record) if asked("tables") else (),
        chart=target_chart(desk, record) if asked("chart") else None,
        checklist=checklist_link(desk, record) if asked("checklist") else None,
        history=history_link(desk, record) if asked("history") else None,
        comparison=comparison(desk, record) if asked("comparison") else None,
    )


def _head(desk: Desk, record: Record, source: str, published_at: str) -> Head:
    kind, section, address = (
        desk.catalog.kind(record),
        desk.catalog.section(record),
        addresses.record(record.key),
    )
    asked = partial(desk.asks, kind.id)
    described = asked("head.metas") or asked("head.description")
    summary = _summary(desk, record) if described else ""
    marks = {
        "ArticleTitle": record.title,
        "PubDate": published_at,
        "ContentSource": source,
        "Keywords": "，".join(record.values.get("keywords", ())),
        "Description": summary,
        "Url": desk.site.base_address + address,
    }
    head = desk.head(
        address,
        _heading(desk, record),
        summary,
        desk.section_trail(section) if asked("head.trail") else (),
        metas=desk.metas(section, marks) if asked("head.metas") else (),
        current=desk.top_of(section),
    )
    said = structured(desk, record) if asked("head.structured") else ""
    return replace(head, data=addresses.record_data(record.key), structured=said)


def _summary(desk: Desk, record: Record) -> str:
    """A record in a few words."""
    summary = str(record.values.get("summary") or plain_text(record.body, SUMMARY_CHARACTERS))
    if summary:
        return summary  # else a record of fields alone; a page without a description is described by whoever finds it
    issuer = desk.organ_link(record.issuer).label
    return (
        f"{desk.catalog.kind(record).label}：{record.title}。{issuer}{record.published_on.isoformat()}公开。"
    )


def neighbours_of(records: Sequence[Record]) -> Mapping[str, Neighbours]:
    """For each record of a list, oldest first, the one before and the one after it."""
    around: list[Record | None] = [None, *records, None]
    before = [older for older, _ in pairwise(around)][: len(records)]
    after = around[2:]
    return {record.key: (older, newer) for record, older, newer in zip(records, before, after, strict=True)}


def _entries(desk: Desk, record: Record, show: str) -> tuple[Entry, ...]:
    fields = desk.fields_shown(desk.catalog.kind(record), show)
    there = record.values
    return tuple(
        [
            entry
            for field in fields
            if field.key in there and (entry := _entry(desk, record, field)) is not None
        ]
    )


def _entry(desk: Desk, record: Record, field: Field) -> Entry | None:
    """A field with its value; where it names other records, their titles and numbers, which lead there."""
    if field.type != "record":
        return desk.entry(record, field)
    others = desk.catalog.related(record, field.key, outgoing=True)
    names = [_named(one) if "document_number" in one.values else one.title for one in others]
    values = tuple(Shown(name, addresses.record(one.key)) for name, one in zip(names, others, strict=True))
    return Entry(field.key, field.label, values) if values else None


def _banner(desk: Desk, record: Record) -> Banner | None:
    validity = desk.catalog.validity(record)
    if validity is None:
        return None
    has_ended = validity.state == "expired" and validity.since is not None
    shown = record.values.get("expires_on") if has_ended else validity.since
    since = shown.isoformat() if shown else ""
    by = Link(_named(validity.by), addresses.record(validity.by.key)) if validity.by else None
    return Banner(validity.state, desk.label("validity", validity.state), since, by)


def _relations(desk: Desk, record: Record) -> tuple[Group, ...]:
    """What relates to the record, by heading, oldest first within one; but for what an entry shows."""
    groups: dict[str, list[Record]] = {}
    for relation in desk.catalog.relations(record):
        if not relation.outgoing or relation.field.show == "none":
            groups.setdefault(relation.heading, []).append(relation.other)
    return tuple(
        Group(heading, desk.rows(sorted(others, key=lambda r: r.order))) for heading, others in groups.items()
    )


def _heading(desk: Desk, record: Record) -> str:
    """The title; of a person the organ, the post and the name."""
    post = desk.catalog.kind(record).post
    if not post:
        return record.title
    return f"{desk.organ_link(record.issuer).label}{record.values.get(post, '')} {record.title}"


def _named(record: Record) -> str:
    """A record's title in its marks, and its 文号 if it has one."""
    number = record.values.get("document_number")
    return f"{record.marked_title}（{number}）" if number else record.marked_title


def _citation(desk: Desk, record: Record, address: str) -> str:
    """How to cite the record in a letter or a paper."""
    issuer = desk.organ_link(record.issuer).label
    named = record.title if desk.catalog.kind(record).post else _named(record)
    return f"{issuer}：{named}，{record.published_on.isoformat()}发布，{desk.site.base_address}{address}"
