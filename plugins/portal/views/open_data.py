"""Records as data: what each one's JSON says, the tables and catalogue made of them, and the page about all that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from plugins.disclosure.annual_report import Tables
from plugins.disclosure.kinds import Field, Kind
from plugins.disclosure.record import Attachment, Record
from plugins.opendata.catalogue import DataCatalogue, Dataset, Distribution
from plugins.opendata.data_table import ADDRESS, KEY, Column, ColumnType, DataTable
from plugins.opendata.openapi import Endpoint
from plugins.opendata.record_schema import VERSION, published_fields
from plugins.portal import addresses
from plugins.portal.models import DataPage, DataSet, Link
from plugins.portal.views.desk import Desk
from plugins.portal.views.structured import structured_catalogue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMN_TYPES: Mapping[str, ColumnType] = {
    "date": "date",
    "integer": "integer",
    "decimal": "number",
    "yes_no": "boolean",
}
FORMATS = (("csv", "CSV", "text/csv"), ("xlsx", "Excel", XLSX), ("ndjson", "NDJSON", "application/x-ndjson"))
JSON = "application/json"

Data = dict[str, Any]


def record_data(desk: Desk, record: Record) -> Data:
    """A record as its JSON says it: every published field, what relates to it, and whether it is in force."""
    base = desk.site.base_address
    section = desk.catalog.section(record)
    fields = published_fields(desk.catalog.kind(record))
    data: Data = {
        "version": VERSION,
        "key": record.key,
        "kind": record.kind,
        "title": record.title,
        "address": base + addresses.record(record.key),
        "fields": {
            field.key: _values(desk, field, record.values[field.key])
            for field in fields
            if record.values.get(field.key) not in (None, "", ())
        },
        "body": record.body,
        "relations": [
            {
                "verb": relation.verb,
                "field": relation.field.key,
                "outgoing": relation.outgoing,
                "key": relation.other.key,
                "title": relation.other.title,
                "address": base + addresses.record(relation.other.key),
            }
            for relation in desk.catalog.relations(record)
        ],
    }
    if section is not None:
        data["section"] = {"id": section.id, "label": section.label}
    if (validity := desk.catalog.validity(record)) is not None:
        data["validity"] = {"id": validity.state, "label": desk.label("validity", validity.state)}
        if validity.since:
            data["validity"]["since"] = validity.since.isoformat()
        if validity.by:
            data["validity"]["by"] = validity.by.key
    return data


def data_table(kind: Kind, records: Sequence[Data]) -> DataTable:
    """All records of a kind as a table."""
    columns = [
        Column(
            KEY, "记录号", "string", "类别和编号，不会改变 / kind and id, which never change", required=True
        ),
        Column(ADDRESS, "网址", "string", "记录的网页 / the record's page", required=True),
    ]
    for field in published_fields(kind):
        type_ = COLUMN_TYPES.get(field.type, "string") if not field.many else "string"
        required = field.need == "required"
        columns.append(Column(field.key, field.label, type_, field.help or field.label_en, required))
    return DataTable(kind.id, kind.label, tuple(columns), records)


def listing(desk: Desk, kind: Kind, records: Sequence[Record], number: int, pages: int, total: int) -> Data:
    """One page of the list of a kind's records, newest first; page `pages` is the newest."""
    base = desk.site.base_address
    older = base + addresses.older_api_list(kind.id, number - 1) if number > 1 else None
    return {
        "version": VERSION,
        "kind": kind.id,
        "label": kind.label,
        "page": number,
        "older": older,
        **({"total": total, "pages": pages} if number == pages else {}),
        "records": [
            {
                "key": record.key,
                "title": record.title,
                "published_on": None if record.published_on == date.min else record.published_on.isoformat(),
                "address": base + addresses.record(record.key),
                "data": base + addresses.record_data(record.key),
            }
            for record in records[::-1]
        ],
    }


def api_index(desk: Desk, kinds: Sequence[Kind]) -> Data:
    """Where a program begins."""
    base = desk.site.base_address
    return {
        "version": VERSION,
        "site": desk.site.name,
        "address": base,
        "today": desk.catalog.today.isoformat(),
        "openapi": base + addresses.OPENAPI,
        "completeness": base + addresses.COMPLETENESS_DATA,
        "changes": f"{base}{addresses.CHANGES_FEED}.json",
        "manifest": base + addresses.MANIFEST,
        "kinds": [
            {
                "id": kind.id,
                "label": kind.label,
                "label_en": kind.label_en,
                "total": len(desk.catalog.of_kind(kind.id)),
                "list": base + addresses.api_list(kind.id),
                "schema": base + addresses.record_schema(kind.id),
                **{ending: base + addresses.data_file(kind.id, ending) for ending, _, _ in FORMATS},
            }
            for kind in kinds
        ],
    }


def endpoints(desk: Desk, kinds: Sequence[Kind], older: Mapping[str, int]) -> list[Endpoint]:
    """Every path of the static interface. `older` says how many older list pages a kind has."""
    found = [
        Endpoint(addresses.API_INDEX, "index", "从这里开始：各类信息和它们的文件", JSON),
        Endpoint(addresses.OPENAPI, "openapi", "本说明", JSON),
        Endpoint(addresses.COMPLETENESS_DATA, "completeness", "各机关履职情况", JSON),
        Endpoint(addresses.MANIFEST, "manifest", "全站文件清单和校验值", JSON),
        Endpoint(addresses.DATA_PACKAGE, "dataPackage", "数据包说明（Frictionless）", JSON),
        Endpoint(
            addresses.CATALOGUE_JSON, "catalogue", "数据目录（DCAT-AP，JSON-LD）", "application/ld+json"
        ),
        Endpoint(addresses.CATALOGUE_TURTLE, "catalogueTurtle", "数据目录（DCAT-AP，Turtle）", "text/turtle"),
        Endpoint(
            f"{addresses.CHANGES_FEED}.json", "changes", "最近的变动（JSON Feed）", "application/feed+json"
        ),
    ]
    for kind in kinds:
        name = "".join(part.capitalize() for part in kind.id.split("_"))
        example = desk.catalog.of_kind(kind.id)[-1].id
        parameter = ("id", "记录的编号，见列表 / the record's id, as the list has it", example)
        path = addresses.record_data(f"{kind.id}/{{id}}")
        found.append(Endpoint(path, f"record{name}", f"一条{kind.label}", JSON, kind.id, parameter))
        found.append(
            Endpoint(addresses.api_list(kind.id), f"list{name}", f"{kind.label}的列表，最新一页", JSON)
        )
        if older.get(kind.id):
            parameter = ("page", "页号，从最早的一页数起 / counted from the oldest", "1")
            path = addresses.older_api_list(kind.id, "{page}")
            found.append(
                Endpoint(path, f"older{name}", f"{kind.label}的列表，较早的一页", JSON, "", parameter)
            )
        found.append(Endpoint(addresses.record_schema(kind.id), f"schema{name}", f"{kind.label}的结构", JSON))
        for ending, label, media_type in FORMATS:
            path = addresses.data_file(kind.id, ending)
            found.append(Endpoint(path, f"{ending}{name}", f"全部{kind.label}（{label}）", media_type))
    return found


def catalogue(desk: Desk, kinds: Sequence[Kind]) -> DataCatalogue:
    """The data catalogue: one dataset a kind."""
    site, base = desk.site, desk.site.base_address
    return DataCatalogue(
        id=f"{base}{addresses.DATA}#main",
        title=f"{site.name}：开放数据",
        description=site.description,
        page=base + addresses.DATA,
        publisher=base + addresses.record(f"organ/{site.government}"),
        publisher_name=desk.organ_link(site.government).label,
        contact_email=site.contact_email,
        datasets=tuple(_dataset(desk, kind) for kind in kinds),
    )


def data_page(desk: Desk, kinds: Sequence[Kind]) -> DataPage:
    """What there is to take away, for people."""
    head = desk.head(
        addresses.DATA,
        "开放数据",
        "本站全部信息的机器可读形式：CSV、Excel、NDJSON、JSON 和数据目录，可以自由下载。",
    )
    sets = tuple(
        DataSet(
            kind.id,
            Link(kind.label, addresses.api_list(kind.id), len(desk.catalog.of_kind(kind.id))),
            kind.summary,
            tuple(Link(label, addresses.data_file(kind.id, ending)) for ending, label, _ in FORMATS),
            Link("字段结构", addresses.record_schema(kind.id)),
        )
        for kind in kinds
    )
    others = (
        Link("接口说明（OpenAPI 3.1）", addresses.OPENAPI),
        Link("接口入口（JSON）", addresses.API_INDEX),
        Link("数据包说明（Frictionless）", addresses.DATA_PACKAGE),
        Link("数据目录（DCAT-AP，JSON-LD）", addresses.CATALOGUE_JSON),
        Link("数据目录（DCAT-AP，Turtle）", addresses.CATALOGUE_TURTLE),
        Link("履职情况（JSON）", addresses.COMPLETENESS_DATA),
        Link("订阅", addresses.FEEDS),
        Link("全站文件清单和校验值（JSON）", addresses.MANIFEST),
    )
    head = replace(head, structured=structured_catalogue(catalogue(desk, kinds)))
    return DataPage(head, sets, others, len(desk.listed), len(desk.catalog.organs))


def _dataset(desk: Desk, kind: Kind) -> Dataset:
    base = desk.site.base_address
    days = [
        record.published_on for record in desk.catalog.of_kind(kind.id) if record.published_on != date.min
    ]
    return Dataset(
        id=f"{base}{addresses.DATA}#{kind.id}",
        title=f"{desk.site.city}{kind.label}",
        description=kind.summary or kind.label,
        page=f"{base}{addresses.DATA}#{kind.id}",
        schema=base + addresses.record_schema(kind.id),
        changed_on=max(days).isoformat() if days else "",
        distributions=tuple(
            Distribution(base + addresses.data_file(kind.id, ending), f"{kind.label}（{label}）", media_type)
            for ending, label, media_type in FORMATS
        ),
    )


def _values(desk: Desk, field: Field, value: Any) -> Any:
    if field.many and isinstance(value, tuple):
        return [_value(desk, field, part) for part in value]
    return _value(desk, field, value)


def _value(desk: Desk, field: Field, value: Any) -> Any:
    match value:
        case Attachment():
            return _file(desk, value)
        case Tables():
            return _figures(value)
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M}"
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
    if field.type == "table":
        return [_row(desk, field, row) for row in value]
    if field.type in ("choice", "topic", "organ", "section"):
        shown = desk.shown(field, value)
        address = {"address": desk.site.base_address + shown.address} if shown.address else {}
        return {"id": value, "label": shown.text, **address}
    return value


def _row(desk: Desk, field: Field, row: Mapping[str, Any]) -> Data:
    return {
        column.key: _values(desk, column, row[column.key])
        for column in field.columns
        if column.public and row.get(column.key) not in (None, "", ())
    }


def _file(desk: Desk, file: Attachment) -> Data:
    known = desk.catalog.attachments[file.file]
    return {
        "title": file.title,
        "address": desk.site.base_address + addresses.attachment(addresses.quoted(file.file)),
        "media_type": known.media_type,
        "size_bytes": known.size_bytes,
        "sha256": known.sha256,
    }


def _figures(tables: Tables) -> Data:
    figures: dict[str, dict[str, dict[str, int | float]]] = {}
    for cell, amount in sorted(tables.figures.items()):
        number = float(amount) if isinstance(amount, Decimal) else amount
        figures.setdefault(cell.table, {}).setdefault(cell.row, {})[cell.column] = number
    return {"form": tables.form.id, "figures": figures}
