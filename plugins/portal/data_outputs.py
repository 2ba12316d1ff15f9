"""Open data among the outputs: each record's JSON, each kind's tables, the schemas, catalogue and interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from plugins.disclosure.kinds import Kind
from plugins.opendata.catalogue import as_json_ld, as_turtle
from plugins.opendata.data_package import data_package
from plugins.opendata.data_table import as_csv
from plugins.opendata.json_files import as_json, as_ndjson
from plugins.opendata.openapi import openapi
from plugins.opendata.record_schema import record_schema
from plugins.opendata.xlsx import as_xlsx
from plugins.portal import addresses
from plugins.portal.plan import Function, Output, fingerprint
from plugins.portal.renderer import Renderer, code_fingerprint, function_output
from plugins.portal.views.desk import Desk
from plugins.portal.views.lists import pages
from plugins.portal.views.open_data import (
    api_index,
    catalogue,
    data_page,
    data_table,
    endpoints,
    listing,
    record_data,
)

LIST_PAGE = 500


def data_outputs(desk: Desk, renderer: Renderer) -> Iterator[Output]:
    """Everything a program reads. A kind without records has no files."""
    site = desk.site
    kinds = [kind for kind in desk.catalog.kinds.values() if desk.catalog.of_kind(kind.id)]
    schemas = {
        kind.id: record_schema(
            kind, desk.catalog.vocabularies, site.base_address + addresses.record_schema(kind.id)
        )
        for kind in kinds
    }
    older = {}
    for kind in kinds:
        yield from _kind(desk, kind)
        lists = [*_lists(desk, kind)]
        older[kind.id] = len(lists) - 1
        yield from lists
        yield function_output(addresses.record_schema(kind.id), as_json, schemas[kind.id])
    tables = [data_table(kind, ()) for kind in kinds]
    package = data_package("gongkai", site.name, site.base_address + addresses.DATA, tables)
    described = openapi(
        site.name, site.description, site.base_address, endpoints(desk, kinds, older), schemas
    )
    yield function_output(addresses.DATA_PACKAGE, as_json, package)
    yield function_output(addresses.CATALOGUE_JSON, as_json_ld, catalogue(desk, kinds))
    yield function_output(addresses.CATALOGUE_TURTLE, as_turtle, catalogue(desk, kinds))
    yield function_output(addresses.API_INDEX, as_json, api_index(desk, kinds))
    yield function_output(addresses.OPENAPI, as_json, described)
    yield renderer.output(addresses.DATA, "data.html", data_page(desk, kinds))


def _kind(desk: Desk, kind: Kind) -> Iterator[Output]:
    """Each record's JSON, and all of them in one file a format."""
    single = [
        function_output(addresses.record_data(record.key), as_json, record_data(desk, record))
        for record in desk.catalog.of_kind(kind.id)
    ]
    yield from single
    table = data_table(kind, [output.inputs for output in single])
    digest = fingerprint([output.fingerprint for output in single])
    yield _dump(addresses.data_file(kind.id, "ndjson"), as_ndjson, table.records, digest)
    for ending, call in (("csv", as_csv), ("xlsx", as_xlsx)):
        yield _dump(
            addresses.data_file(kind.id, ending),
            call,
            table,
            fingerprint(table.name, table.title, table.columns, digest),
        )


def _dump(address: str, call: Callable[[Any], bytes], inputs: Any, digest: bytes) -> Output:
    """A file of many records. They were fingerprinted one by one, so they are not gone through again."""
    return Output(address, Function(call), inputs, fingerprint(address, code_fingerprint(), digest))


def _lists(desk: Desk, kind: Kind) -> Iterator[Output]:
    """The list of a kind's records, in pages numbered from the oldest."""
    records = desk.catalog.of_kind(kind.id)
    ranges = pages(len(records), LIST_PAGE)
    for number, (start, end) in enumerate(ranges, 1):
        last = number == len(ranges)
        address = addresses.api_list(kind.id) if last else addresses.older_api_list(kind.id, number)
        page = listing(desk, kind, records[start:end], number, len(ranges), len(records))
        yield function_output(address, as_json, page)
