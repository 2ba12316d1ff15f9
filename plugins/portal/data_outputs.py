"""Open data among the outputs: each record's JSON, each kind's tables, the schemas, catalogue and interface.

A table of all records is made from their JSON files, after these: what is in it was planned and hashed already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from plugins.disclosure.kinds import Kind, Kinds
from plugins.disclosure.record import Record
from plugins.opendata.catalogue import as_json_ld, as_turtle
from plugins.opendata.data_package import data_package
from plugins.opendata.data_table import as_csv
from plugins.opendata.json_files import as_json, as_ndjson
from plugins.opendata.openapi import openapi
from plugins.opendata.record_schema import record_schema
from plugins.opendata.xlsx import as_xlsx
from plugins.portal import addresses
from plugins.portal.plan import Function, Later, Output, fingerprint
from plugins.portal.renderer import Renderer, code_fingerprint, function_output
from plugins.portal.store import Entry
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


def data_of_record(desk: Desk, record: Record) -> Output:
    """The JSON of a record."""
    return function_output(addresses.record_data(record.key), as_json, Later(record_data, (desk, record)))


def data_outputs(desk: Desk, renderer: Renderer) -> Iterator[Output]:
    """All else a program reads. A kind without records has no files."""
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


def table_outputs(
    keys: Mapping[str, Sequence[str]], kinds: Kinds, folder: Path, entries: Mapping[str, Entry]
) -> Iterator[Output]:
    """All records of each kind in one file a format, from their JSON files in `folder`; `keys` names them, by kind."""
    for kind in kinds.values():
        files = [addresses.record_data(key) for key in keys.get(kind.id, ())]
        if files:
            digest = _digest(kind, files, entries)
            paths = [folder / file for file in files]
            yield _dump(addresses.data_file(kind.id, "ndjson"), as_ndjson, _bytes_of, (paths,), digest)
            for ending, call in (("csv", as_csv), ("xlsx", as_xlsx)):
                made_of = (kind, paths)
                yield _dump(addresses.data_file(kind.id, ending), call, _read_table, made_of, digest)


def text_outputs(
    keys: Mapping[str, Sequence[str]],
    kinds: Kinds,
    folder: Path,
    edited: Collection[str],
    entries: Mapping[str, Entry],
) -> Iterator[Output]:
    """As `table_outputs`, where nothing but the texts of the `edited` records is not as it was: tables have no texts."""
    changed = {addresses.record_data(key) for key in edited}
    for kind in kinds.values():
        files = [addresses.record_data(key) for key in keys.get(kind.id, ())]
        paths = {place: folder / file for place, file in enumerate(files) if file in changed}
        if paths:
            address = addresses.data_file(kind.id, "ndjson")
            digest = _digest(kind, files, entries)
            yield _dump(address, as_ndjson, _bytes_but_for, (folder / address, paths), digest)


def _digest(kind: Kind, files: Sequence[str], entries: Mapping[str, Entry]) -> bytes:
    return fingerprint(code_fingerprint(), data_table(kind, ()), [entries[file].sha256 for file in files])


def keys_by_kind(keys: Iterable[str]) -> dict[str, list[str]]:
    """Records by their kind, in the order given."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(key.partition("/")[0], []).append(key)
    return found


def _dump(
    address: str, call: Callable[[Any], bytes], read: Callable[..., Any], made_of: Any, digest: bytes
) -> Output:
    return Output(address, Function(call), Later(read, made_of), fingerprint(address, digest))


def _bytes_of(paths: list[Path]) -> Iterator[bytes]:
    return (path.read_bytes() for path in paths)


def _bytes_but_for(before: Path, changed: Mapping[int, Path]) -> list[bytes]:
    """The documents of a file of lines, some of them as they are now."""
    lines = before.read_bytes().split(b"\n")[:-1]
    for place, path in changed.items():
        lines[place] = path.read_bytes()
    return lines


def _read_table(kind: Kind, paths: list[Path]) -> Any:
    return data_table(kind, [msgspec.json.decode(data) for data in _bytes_of(paths)])


def _lists(desk: Desk, kind: Kind) -> Iterator[Output]:
    """The list of a kind's records, in pages numbered from the oldest."""
    records = desk.catalog.of_kind(kind.id)
    ranges = pages(len(records), LIST_PAGE)
    for number, (start, end) in enumerate(ranges, 1):
        last = number == len(ranges)
        address = addresses.api_list(kind.id) if last else addresses.older_api_list(kind.id, number)
        page = (desk, kind, records[start:end], number, len(ranges), len(records))
        yield function_output(address, as_json, Later(listing, page))
