"""The data catalogue in the words of DCAT-AP, as JSON-LD and as Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
CHINESE = "http://publications.europa.eu/resource/authority/language/ZHO"


@dataclass(frozen=True, slots=True)
class Distribution:
    """One form a dataset comes in."""

    address: str
    title: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """All records of one kind. `changed_on` is the day of its newest record, empty where none has a day."""

    id: str
    title: str
    description: str
    page: str
    schema: str
    changed_on: str
    distributions: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True)
class DataCatalogue:
    """Who publishes what. Addresses are absolute."""

    id: str
    title: str
    description: str
    page: str
    publisher: str
    publisher_name: str
    contact_email: str
    datasets: tuple[Dataset, ...]


@dataclass(frozen=True, slots=True)
class _Iri:
    address: str


@dataclass(frozen=True, slots=True)
class _Literal:
    text: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class _Node:
    id: str
    type: str
    values: Mapping[str, Sequence[_Iri | _Literal]] = field(default_factory=dict)


def as_json_ld(catalogue: DataCatalogue) -> bytes:
    """The catalogue as JSON-LD 1.1 in UTF-8."""
    graph = [_json_node(node) for node in _nodes(catalogue)]
    return (json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def as_turtle(catalogue: DataCatalogue) -> bytes:
    """The same as Turtle in UTF-8."""
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
    for node in _nodes(catalogue):
        parts = [f"<{node.id}> a {node.type}"]
        parts += [
            f"    {name} {', '.join(map(_turtle, found))}" for name, found in node.values.items() if found
        ]
        lines += ["", " ;\n".join(parts) + " ."]
    return ("\n".join(lines) + "\n").encode()


def _nodes(catalogue: DataCatalogue) -> Iterable[_Node]:
    contact = f"{catalogue.id}#contact"
    yield _Node(
        catalogue.id,
        "dcat:Catalog",
        {
            "dct:title": [_Literal(catalogue.title, "zh")],
            "dct:description": [_Literal(catalogue.description, "zh")],
            "dct:publisher": [_Iri(catalogue.publisher)],
            "dct:language": [_Iri(CHINESE)],
            "foaf:homepage": [_Iri(catalogue.page)],
            "dcat:dataset": [_Iri(dataset.id) for dataset in catalogue.datasets],
        },
    )
    yield _Node(catalogue.publisher, "foaf:Agent", {"foaf:name": [_Literal(catalogue.publisher_name, "zh")]})
    yield _Node(
        contact,
        "vcard:Organization",
        {
            "vcard:fn": [_Literal(catalogue.publisher_name, "zh")],
            "vcard:hasEmail": [_Iri(f"mailto:{email}")] if (email := catalogue.contact_email) else [],
        },
    )
    for dataset in catalogue.datasets:
        yield _dataset(dataset, catalogue, contact)
        yield from (_distribution(one, dataset) for one in dataset.distributions)


def _dataset(dataset: Dataset, catalogue: DataCatalogue, contact: str) -> _Node:
    changed = [_Literal(dataset.changed_on, datatype="xsd:date")] if dataset.changed_on else []
    return _Node(
        dataset.id,
        "dcat:Dataset",
        {
            "dct:title": [_Literal(dataset.title, "zh")],
            "dct:description": [_Literal(dataset.description, "zh")],
            "dct:publisher": [_Iri(catalogue.publisher)],
            "dcat:contactPoint": [_Iri(contact)],
            "dct:language": [_Iri(CHINESE)],
            "dct:modified": changed,
            "dcat:landingPage": [_Iri(dataset.page)],
            "dcat:distribution": [_Iri(f"{one.address}#distribution") for one in dataset.distributions],
        },
    )


def _distribution(one: Distribution, dataset: Dataset) -> _Node:
    return _Node(
        f"{one.address}#distribution",
        "dcat:Distribution",
        {
            "dct:title": [_Literal(one.title, "zh")],
            "dcat:accessURL": [_Iri(one.address)],
            "dcat:downloadURL": [_Iri(one.address)],
            "dcat:mediaType": [_Iri(MEDIA_TYPES + one.media_type)],
            "dct:conformsTo": [_Iri(dataset.schema)],
        },
    )


def _json_node(node: _Node) -> dict[str, Any]:
    values = {name: [_json_value(value) for value in found] for name, found in node.values.items() if found}
    return {"@id": node.id, "@type": node.type, **values}


def _json_value(value: _Iri | _Literal) -> dict[str, str]:
    match value:
        case _Iri(address):
            return {"@id": address}
        case _Literal(text, language) if language:
            return {"@value": text, "@language": language}
        case _Literal(text, _, datatype):
            return {"@value": text, "@type": datatype}


def _turtle(value: _Iri | _Literal) -> str:
    match value:
        case _Iri(address):
            return f"<{address}>"
        case _Literal(text, language) if language:
            return f"{json.dumps(text, ensure_ascii=False)}@{language}"
        case _Literal(text, _, datatype):
            return f"{json.dumps(text, ensure_ascii=False)}^^{datatype}"
