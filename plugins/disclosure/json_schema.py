"""The kinds as JSON Schema, for editors' programs: they offer the fields, say what each is, and mark slips at once.

A schema takes what the readers take and no more than they do: a field by its label or its key, never both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.disclosure.kinds import Field, FieldType, Kind
from plugins.disclosure.readers.site_file import SITE_FIELDS
from plugins.disclosure.readers.values import table_example
from plugins.disclosure.vocabulary import Vocabularies, Vocabulary

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that editors' programs know best."""

Schema = dict[str, Any]

_WORDS: Schema = {"type": ["string", "number", "boolean"]}
"""A YAML editor takes 2025 for a number; what is asked for is its text."""

PATTERNS: Mapping[FieldType, str] = {
    "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "time": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    "moment": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-9]{2})?$",
    "link": "^https?://",
    "email": "^[^@\\s]+@[^@\\s]+$",
}
_NUMBERS: Mapping[FieldType, tuple[str, str]] = {
    "integer": ("integer", "^-?[0-9]{1,15}$"),
    "decimal": ("number", "^-?[0-9]{1,15}(\\.[0-9]{1,6})?$"),
}


def record_schema(kind: Kind, vocabularies: Vocabularies, organs: Sequence[str] = ()) -> Schema:
    """The front matter of a record of this kind. `organs` are the names and ids that an organ can be called by."""
    return {
        "$schema": DIALECT,
        "title": f"{kind.label} {kind.label_en}",
        "description": kind.summary,
        **_object(kind.fields, vocabularies, organs),
    }


def site_schema(vocabularies: Vocabularies, organs: Sequence[str] = ()) -> Schema:
    """site.yaml."""
    return {"$schema": DIALECT, "title": "site.yaml", **_object(SITE_FIELDS, vocabularies, organs)}


def _object(fields: Sequence[Field], vocabularies: Vocabularies, organs: Sequence[str]) -> Schema:
    properties: Schema = {}
    rules: list[Schema] = []
    for field in fields:
        one = _property(field, vocabularies, organs)
        properties |= {field.label: one, field.key: one}
        names = [{"required": [name]} for name in dict.fromkeys((field.label, field.key))]
        if len(names) > 1:
            rules.append({"oneOf": names} if field.need == "required" else {"not": {"allOf": names}})
        elif field.need == "required":
            rules.append(names[0])
    return {"type": "object", "properties": properties, "additionalProperties": False, "allOf": rules}


def _property(field: Field, vocabularies: Vocabularies, organs: Sequence[str]) -> Schema:
    """One field, with its help and an example. One that may stay empty may be null: a label with nothing behind it."""
    value = _value(field, vocabularies, organs)
    choices = [value]
    if field.many:
        choices = [_WORDS, {"type": "array", "items": value}]
    if field.need != "required":
        choices.append({"type": "null"})
    example = field.example or table_example(field)
    told = {"description": field.help or field.label} | ({"examples": [example]} if example else {})
    return told | (choices[0] if len(choices) == 1 else {"anyOf": choices})


def _value(field: Field, vocabularies: Vocabularies, organs: Sequence[str]) -> Schema:
    if field.type in PATTERNS:
        return {"type": "string", "pattern": PATTERNS[field.type]}
    if field.type in _NUMBERS:
        type_, pattern = _NUMBERS[field.type]
        return {"anyOf": [{"type": type_}, {"type": "string", "pattern": pattern}]}
    if field.type == "yes_no":
        return {"enum": ["是", "否", "yes", "no", "true", "false", True, False]}
    if field.type in ("choice", "topic"):
        default = field.key if field.type == "choice" else "topics"
        return {"enum": list(words_of(vocabularies[field.vocabulary or default]))}
    if field.type == "organ" and organs:
        return {"enum": list(organs)}
    if field.type == "table":
        rows = _object(field.columns, vocabularies, organs)
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": rows}]}
    return _WORDS


def words_of(vocabulary: Vocabulary) -> Sequence[str]:
    """Every way of writing a term that the readers take, the usual one first."""
    labels = [term.label for term in vocabulary.terms]
    plain = [term.label for term in vocabulary.terms if labels.count(term.label) == 1]
    paths = [vocabulary.path(term) for term in vocabulary.terms]
    others = [name for term in vocabulary.terms for name in (*term.aliases, term.id)]
    slashed = [path.replace("\\", "/") for path in paths]
    return list(dict.fromkeys([*paths, *plain, *others, *slashed]))
