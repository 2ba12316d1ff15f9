"""Open data among the outputs: each record's JSON, each kind's tables, the schemas, catalogue and interface.

What has all records of a kind is made after these: the file of lines from their JSON files, tables from that file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

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


def line_outputs(
    keys: Mapping[str, Sequence[str]],
    kinds: Kinds,
    folder: Path,
    entries: Mapping[str, Entry],
    edited: Collection[str] | None = None,
) -> Iterator[Output]:
    """All records of each kind, one a line, from their JSON files in `folder`; `keys` names them, by kind.

    Where it is known that nothing but the texts of `edited` is not as it was, other lines are taken as they are.
    """
    for kind in kinds.values():
        if (lines := _lines(kind, keys, folder, entries, edited)) is not None:
            yield lines


def table_outputs(
    keys: Mapping[str, Sequence[str]], kinds: Kinds, folder: Path, entries: Mapping[str, Entry]
) -> Iterator[Output]:
    """As `line_outputs`, each kind's lines followed by the tables that are made from them. Texts are in none."""
    for kind in kinds.values():
        lines = _lines(kind, keys, folder, entries)
        if lines is None:
            continue
        yield lines
        made_of = Later(_read_table, (kind, folder / lines.address))
        digest = fingerprint(code_fingerprint(), data_table(kind, ()), lines.fingerprint)
        for ending, call in (("csv", as_csv), ("xlsx", as_xlsx)):
            address = addresses.data_file(kind.id, ending)
            yield Output(address, Function(call), made_of, fingerprint(address, digest))


def _lines(
    kind: Kind,
    keys: Mapping[str, Sequence[str]],
    folder: Path,
    entries: Mapping[str, Entry],
    edited: Collection[str] | None = None,
) -> Output | None:
    """The records of a kind, one a line; None where there are none, or none of them was edited."""
    files = [addresses.record_data(key) for key in keys.get(kind.id, ())]
    changed = {addresses.record_data(key) for key in edited or ()}
    new = {place: folder / file for place, file in enumerate(files) if file in changed}
    if not files or (edited is not None and not new):
        return None
    address = addresses.data_file(kind.id, "ndjson")
    digest = fingerprint(code_fingerprint(), [entries[file].sha256 for file in files])
    if edited is None:
        documents = Later(_bytes_of, ([folder / file for file in files],))
    else:
        documents = Later(_bytes_but_for, (folder / address, new))
    return Output(address, Function(as_ndjson), documents, fingerprint(address, digest))


def keys_by_kind(keys: Iterable[str]) -> dict[str, list[str]]:
    """Records by their kind, in the order given."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(key.partition("/")[0], []).append(key)
    return found


def _bytes_of(paths: list[Path]) -> Iterator[bytes]:
    return (path.read_bytes() for path in paths)


def _bytes_but_for(before: Path, changed: Mapping[int, Path]) -> list[bytes]:
    """The documents of a file of lines, some of them as they are now."""
    lines = before.read_bytes().split(b"\n")[:-1]
    for place, path in changed.items():
        lines[place] = path.read_bytes()
    return lines


class _Told(TypedDict, total=False):
    """What tables tell of a record's JSON."""

    key: str
    address: str
    section: dict[str, Any]
    validity: dict[str, Any]
    fields: dict[str, Any]


_told: Any = msgspec.json.Decoder(_Told).decode


def _read_table(kind: Kind, lines: Path) -> Any:
    with lines.open("rb") as file:
        return data_table(kind, [_told(line) for line in file])


def _lists(desk: Desk, kind: Kind) -> Iterator[Output]:
    """The list of a kind's records, in pages numbered from the oldest."""
    records = desk.catalog.of_kind(kind.id)
    ranges = pages(len(records), LIST_PAGE)
    for number, (start, end) in enumerate(ranges, 1):
        last = number == len(ranges)
        address = addresses.api_list(kind.id) if last else addresses.older_api_list(kind.id, number)
        page = (desk, kind, records[start:end], number, len(ranges), len(records))
        yield function_output(address, as_json, Later(listing, page))
