"""JSON Schema (2020-12) of the records of a kind, made from the kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.disclosure.kinds import Field, Kind
from plugins.disclosure.vocabulary import Vocabularies

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
DATE: Schema = {"type": "string", "format": "date"}
LINK: Schema = {"type": "string", "format": "uri"}
NAMED: Schema = {
    "type": "object",
    "required": ["id", "label"],
    "properties": {"id": TEXT, "label": TEXT, "address": LINK},
    "additionalProperties": False,
}
FILE: Schema = {
    "type": "object",
    "required": ["title", "address", "media_type", "size_bytes", "sha256"],
    "properties": {
        "title": TEXT,
        "address": LINK,
        "media_type": TEXT,
        "size_bytes": {"type": "integer", "minimum": 0},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
    "additionalProperties": False,
}
RELATION: Schema = {
    "type": "object",
    "required": ["verb", "field", "outgoing", "key", "title", "address"],
    "properties": {
        "verb": TEXT,
        "field": TEXT,
        "outgoing": {"type": "boolean"},
        "key": TEXT,
        "title": TEXT,
        "address": LINK,
    },
    "additionalProperties": False,
}
VALIDITY: Schema = {
    "type": "object",
    "required": ["id", "label"],
    "properties": {"id": TEXT, "label": TEXT, "since": DATE, "by": TEXT},
    "additionalProperties": False,
}
FIGURES: Schema = {
    "type": "object",
    "required": ["form", "figures"],
    "properties": {
        "form": TEXT,
        "figures": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": {"type": "number"}},
            },
        },
    },
    "additionalProperties": False,
}
TYPES: Mapping[str, Schema] = {
    "date": DATE,
    "time": {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"},
    "moment": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-2][0-9]:[0-5][0-9]$"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "yes_no": {"type": "boolean"},
    "topic": NAMED,
    "organ": NAMED,
    "section": NAMED,
    "attachment": FILE,
    "link": {**TEXT, "pattern": "^https?://"},
    "report_tables": FIGURES,
}


def published_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields that leave the house: never those kept for the office itself."""
    return tuple(field for field in kind.fields if field.public)


def record_schema(kind: Kind, vocabularies: Vocabularies, address: str) -> Schema:
    """What the JSON of every record of the kind is like. `address` is where this schema is published."""
    fields = published_fields(kind)
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": kind.label,
        "description": kind.summary or kind.label,
        "type": "object",
        "required": ["version", "key", "kind", "title", "address", "fields", "body", "relations"],
        "properties": {
            "version": {"const": VERSION},
            "key": {"type": "string", "pattern": f"^{kind.id}/[a-z0-9][a-z0-9-]*$"},
            "kind": {"const": kind.id},
            "title": TEXT,
            "address": LINK,
            "section": NAMED,
            "fields": {
                "type": "object",
                "required": [field.key for field in fields if field.need == "required"],
                "properties": {field.key: _field(field, vocabularies) for field in fields},
                "additionalProperties": False,
            },
            "body": {"type": "string", "description": "正文，Markdown / the text, in Markdown"},
            "validity": VALIDITY,
            "relations": {"type": "array", "items": RELATION},
        },
        "additionalProperties": False,
    }


def _field(field: Field, vocabularies: Vocabularies) -> Schema:
    said = {"title": field.label, "description": field.help or field.label_en}
    one = _one(field, vocabularies)
    if field.many:
        return {**said, "type": "array", "minItems": 1, "items": one}
    return {**one, **said}


def _one(field: Field, vocabularies: Vocabularies) -> Schema:
    if field.type == "choice" and field.vocabulary:
        ids = [term.id for term in vocabularies[field.vocabulary].terms]
        return {**NAMED, "properties": {"id": {"enum": ids}, "label": TEXT}}
    if field.type == "table":
        columns = [column for column in field.columns if column.public]
        row = {
            "type": "object",
            "properties": {column.key: _field(column, vocabularies) for column in columns},
            "additionalProperties": False,
        }
        return {"type": "array", "items": row}
    return TYPES.get(field.type, TEXT)
