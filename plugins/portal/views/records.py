"""A record's own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.markdown_html import citations, linked_keys, plain_text
from plugins.portal.models import Banner, ClockFace, Entry, File, Group, RecordPage, ReportPart
from plugins.portal.views.comparison import comparison
from plugins.portal.views.desk import Desk
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

FILE_TYPES = {
    "pdf": "PDF 文档", "doc": "Word 文档", "docx": "Word 文档", "wps": "WPS 文字", "xls": "Excel 表格",
    "xlsx": "Excel 表格", "et": "WPS 表格", "csv": "CSV 表格", "ofd": "OFD 文档", "zip": "压缩包", "txt": "文本",
    "ppt": "演示文稿", "pptx": "演示文稿", "jpg": "图片", "jpeg": "图片", "png": "图片",
}  # fmt: skip


def record_page(
    desk: Desk,
    record: Record,
    neighbours: Neighbours,
    clocks: tuple[ClockFace, ...],
    parts: tuple[ReportPart, ...] = (),
) -> RecordPage:
    """A record with everything its page shows. `neighbours` are the older and the newer one of its section."""
    kind = desk.catalog.kind(record)
    section = desk.catalog.section(record)
    issuer = desk.organ_link(record.issuer)
    source = str(record.values.get("content_source") or issuer.label)
    published_at = f"{record.published_on.isoformat()} {record.values.get('published_time', '')}".strip()
    summary = str(record.values.get("summary") or plain_text(record.body, SUMMARY_CHARACTERS))
    if not summary:  # a record of fields alone; a page without a description is described by whoever finds it
        summary = f"{kind.label}：{record.title}。{issuer.label}{record.published_on.isoformat()}公开。"
    address = addresses.record(record.key)
    marks = {
        "ArticleTitle": record.title,
        "PubDate": published_at,
        "ContentSource": source,
        "Keywords": "，".join(record.values.get("keywords", ())),
        "Description": summary,
        "Url": desk.site.base_address + address,
    }
    body = record.body
    head = desk.head(
        address,
        record.title,
        summary,
        desk.section_trail(section),
        metas=desk.metas(section, marks),
        current=desk.top_of(section),
    )
    return RecordPage(
        head=replace(head, data=addresses.record_data(record.key), structured=structured(desk, record)),
        key=record.key,
        kind=kind.id,
        kind_label=kind.label,
        header=(*_entries(desk, record, "header"), *derived_entries(desk, record)),
        details=_entries(desk, record, "details"),
        banner=_banner(desk, record),
        body="" if parts else body,
        links=desk.links_in(record, sorted(citations(body) | linked_keys(body))),
        files=tuple(_file(desk, file.file, file.title) for file in desk.catalog.attachments_of(record)),
        relations=_relations(desk, record),
        clocks=(*clocks, *span_faces(desk, record)),
        source=source,
        issuer=issuer,
        published_at=published_at,
        citation=_citation(desk, record, address),
        previous=desk.record_link(neighbours[0]) if neighbours[0] else None,
        next=desk.record_link(neighbours[1]) if neighbours[1] else None,
        parts=parts,
        tables=field_tables(desk, record),
        chart=target_chart(desk, record),
        checklist=checklist_link(desk, record),
        history=history_link(desk, record),
        comparison=comparison(desk, record),
    )


def neighbours_of(records: Sequence[Record]) -> Mapping[str, Neighbours]:
    """For each record of a list, oldest first, the one before and the one after it."""
    around: list[Record | None] = [None, *records, None]
    before = [older for older, _ in pairwise(around)][: len(records)]
    after = around[2:]
    return {record.key: (older, newer) for record, older, newer in zip(records, before, after, strict=True)}


def size_text(size_bytes: int) -> str:
    """A file's size for readers: 812 B, 35 KB, 1.2 MB."""
    if size_bytes < 1024:
        return f"{size_bytes} B"
    if size_bytes < 1024 * 1024:
        return f"{size_bytes / 1024:.0f} KB"
    return f"{size_bytes / 1024 / 1024:.1f} MB"


def _entries(desk: Desk, record: Record, show: str) -> tuple[Entry, ...]:
    fields = desk.fields_shown(desk.catalog.kind(record), show)
    there = record.values
    return tuple(
        [entry for field in fields if field.key in there and (entry := desk.entry(record, field)) is not None]
    )


def _banner(desk: Desk, record: Record) -> Banner | None:
    validity = desk.catalog.validity(record)
    if validity is None:
        return None
    since = validity.since.isoformat() if validity.since else ""
    by = desk.record_link(validity.by) if validity.by else None
    return Banner(validity.state, desk.label("validity", validity.state), since, by)


def _file(desk: Desk, file: str, title: str) -> File:
    known = desk.catalog.attachments[file]
    ending = file.rpartition(".")[2].lower()
    label = FILE_TYPES.get(ending, ending.upper())
    return File(title, addresses.attachment(file), label, size_text(known.size_bytes), known.sha256)


def _relations(desk: Desk, record: Record) -> tuple[Group, ...]:
    """What relates to the record, by verb, oldest first within one."""
    groups: dict[str, list[Record]] = {}
    for relation in desk.catalog.relations(record):
        groups.setdefault(relation.verb, []).append(relation.other)
    return tuple(
        Group(verb, desk.rows(sorted(others, key=lambda r: r.order))) for verb, others in groups.items()
    )


def _citation(desk: Desk, record: Record, address: str) -> str:
    """How to cite the record in a letter or a paper."""
    number = record.values.get("document_number")
    numbered = f"（{number}）" if number else ""
    issuer = desk.organ_link(record.issuer).label
    return f"{issuer}：《{record.title}》{numbered}，{record.published_on.isoformat()}发布，{desk.site.base_address}{address}"
