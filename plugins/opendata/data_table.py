"""All records of a kind as one table, and the table as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any, Literal

ColumnType = Literal["string", "integer", "number", "boolean", "date"]
Value = str | int | float | date | None

YES, NO = "是", "否"
BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection)."""

KEY, ADDRESS = "record_key", "record_address"
OF_THE_RECORD = {KEY: "key", ADDRESS: "address", "section": "section", "validity": "validity"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is the key machines know it by, `title` what people read."""

    name: str
    title: str
    type: ColumnType
    description: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """All records of a kind, as their JSON has them, and the columns to make of them."""

    name: str
    title: str
    columns: tuple[Column, ...]
    records: Sequence[Mapping[str, Any]]


def rows(table: DataTable) -> Iterator[tuple[Value, ...]]:
    """The table's cells, row by row. Yes and no are the words 是 and 否; an empty cell is None."""
    for record in table.records:
        yield tuple(_value(column, _found(record, column.name)) for column in table.columns)


def as_csv(table: DataTable) -> bytes:
    """The table with a byte-order mark, so that spreadsheet programs read it as UTF-8, and the keys as its heading."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in rows(table))
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _found(record: Mapping[str, Any], name: str) -> Any:
    """A field, or what is known of the record as a whole: where it stands and whether it is in force are worked out."""
    if name in OF_THE_RECORD and OF_THE_RECORD[name] in record:
        return record[OF_THE_RECORD[name]]
    return record["fields"].get(name)


def _value(column: Column, value: Any) -> Value:
    if value is None:
        return None
    match column.type:
        case "date":
            return date.fromisoformat(value)
        case "integer" | "number":
            number: int | float = value
            return number
        case "boolean":
            return YES if value else NO
    return _text(value)


def _text(value: Any) -> str:
    """A term by its label, a file by its address, several by a semicolon; what has rows of its own as JSON."""
    if type(value) is str:
        return value
    match value:
        case {"label": label}:
            return str(label)
        case {"sha256": _, "address": address}:
            return str(address)
        case [*parts] if not any(isinstance(part, dict) and not _is_one(part) for part in parts):
            return "；".join(_text(part) for part in parts)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def _is_one(part: Mapping[str, Any]) -> bool:
    return "label" in part or "sha256" in part


def _cell(value: Value) -> str:
    """A text that a spreadsheet would take for a formula is begun by an apostrophe, which makes it text."""
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
        case date():
            return value.isoformat()
    return str(value)
