"""Two records that cannot be told apart: the same id, 索引号, 文号 or title."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import at_field, basis, named, named_en


def duplicate_id(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """Two records of a kind have the same id, so they would have the same address."""
    for first, record in _pairs(catalog, lambda record: record.key):
        yield error(
            record.file,
            record.line,
            "编号",
            "record.duplicate-id",
            f"编号“{record.id}”与{named(first)}相同。",
            f'The id "{record.id}" is also that of {named_en(first)}. Give one of them another id.',
            "请改成没有用过的编号；Markdown 文件的编号就是文件名，放在不同的文件夹里也不能相同。",
        )


def duplicate_index_number(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """An 索引号 stands on two records."""
    for first, record in _pairs(catalog, lambda record: record.values.get("index_number")):
        number = record.values["index_number"]
        yield at_field(
            catalog,
            record,
            "index_number",
            "error",
            "record.duplicate-index-number",
            f"索引号“{number}”已经用在{named(first)}上。",
            f'The index number "{number}" is already that of {named_en(first)}. Every record has a number of its own.',
            "每条信息的索引号不同，请核对哪一个写错了，给另一条编新的流水号。",
            basis("one_number"),
        )


def duplicate_document_number(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A 文号 stands on two records of the same kind: published twice, or one of them mistyped."""
    for first, record in _pairs(catalog, lambda record: _within_kind(record, "document_number")):
        if record.key == first.key:
            continue  # duplicate_id says it
        number = record.values["document_number"]
        yield at_field(
            catalog,
            record,
            "document_number",
            "warning",
            "record.duplicate-document-number",
            f"文号“{number}”也写在{named(first)}上。",
            f'The document number "{number}" also stands on {named_en(first)}. Keep one if the document was published '
            "twice; else mend the number.",
            "如果同一份文件发布了两次，请删去一条；否则请核对文号。",
        )


def duplicate_title(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """An organ has two records of the same kind and title, which nobody can tell apart in a list."""
    for first, record in _pairs(catalog, lambda record: _within_kind(record, "title", record.issuer)):
        if any(_agree(first, record, key) for key in ("index_number", "document_number")):
            continue  # the two were named for their number
        yield at_field(
            catalog,
            record,
            "title",
            "warning",
            "record.duplicate-title",
            f"标题与同一机构的{named(first)}完全相同。",
            f"The title is also that of {named_en(first)}, by the same organ. Tell them apart, by the year for example.",
            "请核对是否重复发布；不是重复的，请在标题里写明年份或期数，例如“（2026年第2期）”。",
        )


def _agree(first: Record, record: Record, key: str) -> bool:
    value = record.values.get(key)
    return record.key == first.key or (value is not None and value == first.values.get(key))


def _within_kind(record: Record, key: str, *more: Hashable) -> Hashable:
    value = record.values.get(key)
    return (record.kind, value, *more) if value is not None else None


def _pairs(catalog: Catalog, same: Callable[[Record], Hashable]) -> Iterator[tuple[Record, Record]]:
    """Each record that agrees with an earlier one in `same`, with that first one; None agrees with nothing."""
    first: dict[Hashable, Record] = {}
    groups: dict[Hashable, list[Record]] = {}
    for record in catalog.records:
        key = same(record)
        if key is not None and (other := first.setdefault(key, record)) is not record:
            groups.setdefault(key, [other]).append(record)
    for group in groups.values():
        in_order = sorted(group, key=lambda record: (record.order, record.file, record.line))
        yield from ((in_order[0], record) for record in in_order[1:])
