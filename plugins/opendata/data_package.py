"""A Data Package (Frictionless, version 1) that describes the tables, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugins.opendata.data_table import KEY, NO, YES, Column, DataTable


def data_package(name: str, title: str, home: str, tables: Sequence[DataTable]) -> dict[str, Any]:
    """The descriptor, to lie beside the tables as datapackage.json."""
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "homepage": home,
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: DataTable) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "primaryKey": KEY,
            "fields": [_field(column) for column in table.columns],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "title": column.title, "type": column.type}
    if column.description:
        found["description"] = column.description
    if column.type == "boolean":
        found |= {"trueValues": [YES], "falseValues": [NO]}
    if column.required:
        found["constraints"] = {"required": True}
    return found
