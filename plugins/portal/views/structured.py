"""What a page says of its record to machines that know schema.org, as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from plugins.disclosure.record import Record
from plugins.opendata.catalogue import DataCatalogue, Dataset
from plugins.portal import addresses
from plugins.portal.views.desk import Desk

CONTEXT = "https://schema.org"
IN_FORCE = {"in_force": "InForce", "amended": "PartiallyInForce", "pending": "NotInForce"}
"""What schema.org calls the states; expired and repealed are not in force."""
ACTS = {
    "amends": "legislationChanges",
    "repeals": "legislationRepeals",
    "based_on": "isBasedOn",
    "interprets": "about",
}

Data = dict[str, Any]
_encode = json.JSONEncoder(ensure_ascii=False).encode


def structured(desk: Desk, record: Record) -> str:
    """The record as JSON-LD. Its `@id` is its page, and so are those of the organs and records it names."""
    kind = desk.catalog.kind(record)
    address = desk.site.base_address + addresses.record(record.key)
    describe = DESCRIBED.get(kind.schema_type, _work)
    data = {
        "@context": CONTEXT,
        "@type": kind.schema_type,
        "@id": address,
        "url": address,
        "name": record.title,
        **describe(desk, record),
    }
    return _block(data)


def structured_catalogue(catalogue: DataCatalogue) -> str:
    """The page of open data as JSON-LD: its datasets and their files."""
    publisher = {
        "@type": "GovernmentOrganization", "@id": catalogue.publisher, "name": catalogue.publisher_name
    }  # fmt: skip
    return _block(
        {
            "@context": CONTEXT,
            "@type": "DataCatalog",
            "@id": catalogue.page,
            "url": catalogue.page,
            "name": catalogue.title,
            "description": catalogue.description,
            "inLanguage": "zh-CN",
            "publisher": publisher,
            "dataset": [_dataset(dataset) for dataset in catalogue.datasets],
        }
    )


def _dataset(dataset: Dataset) -> Data:
    return {
        "@type": "Dataset",
        "@id": dataset.id,
        "url": dataset.page,
        "name": dataset.title,
        "description": dataset.description,
        **({"dateModified": dataset.changed_on} if dataset.changed_on else {}),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": one.address, "encodingFormat": one.media_type}
            for one in dataset.distributions
        ],
    }


def _block(data: Data) -> str:
    return _encode({key: value for key, value in data.items() if value})


def _work(desk: Desk, record: Record) -> Data:
    """What is written and published."""
    base = desk.site.base_address
    data: Data = {
        "inLanguage": "zh-CN",
        "datePublished": record.published_on.isoformat(),
        "publisher": _organ(desk, record.issuer),
        "description": record.values.get("summary"),
        "keywords": list(record.values.get("keywords", ())),
        "encoding": [
            {
                "@type": "MediaObject",
                "name": file.title,
                "contentUrl": base + addresses.attachment(addresses.quoted(file.file)),
                "encodingFormat": desk.catalog.attachments[file.file].media_type,
            }
            for file in desk.catalog.attachments_of(record)
        ],
    }
    for field, name in ACTS.items():
        others = desk.catalog.related(record, field, outgoing=True)
        data[name] = [{"@id": base + addresses.record(other.key)} for other in others]
    return data


def _legislation(desk: Desk, record: Record) -> Data:
    validity = desk.catalog.validity(record)
    signed_on, effective_on = record.values.get("signed_on"), record.values.get("effective_on")
    return {
        **_work(desk, record),
        "legislationIdentifier": record.values.get("document_number"),
        "legislationDate": signed_on.isoformat() if signed_on else None,
        "legislationDateOfApplicability": effective_on.isoformat() if effective_on else None,
        "legislationPassedBy": _organ(desk, record.issuer),
        "legislationLegalForce": f"{CONTEXT}/{IN_FORCE.get(validity.state, 'NotInForce')}"
        if validity
        else None,
    }


def _article(desk: Desk, record: Record) -> Data:
    return {**_work(desk, record), "headline": record.title}


def _service(desk: Desk, record: Record) -> Data:
    return {"provider": _organ(desk, record.issuer), "areaServed": desk.site.city}


def _organization(desk: Desk, record: Record) -> Data:
    values = record.values
    superior = values.get("superior")
    return {
        "telephone": values.get("office_phone") or values.get("phone"),
        "faxNumber": values.get("office_fax"),
        "address": values.get("office_address") or values.get("address"),
        "description": values.get("functions"),
        "parentOrganization": _organ(desk, superior) if superior else None,
    }


def _person(desk: Desk, record: Record) -> Data:
    return {"jobTitle": record.values.get("position"), "worksFor": _organ(desk, record.issuer)}


def _place(_: Desk, record: Record) -> Data:
    values = record.values
    return {
        "address": values.get("address"),
        "telephone": values.get("phone"),
        "description": values.get("facilities"),
    }


def _project(_: Desk, record: Record) -> Data:
    values = record.values
    return {
        "identifier": values.get("project_code"),
        "location": values.get("site"),
        "description": values.get("summary"),
    }


DESCRIBED: Mapping[str, Callable[[Desk, Record], Data]] = {
    "Legislation": _legislation,
    "Article": _article,
    "NewsArticle": _article,
    "GovernmentService": _service,
    "GovernmentOrganization": _organization,
    "Organization": _organization,
    "Person": _person,
    "Place": _place,
    "Project": _project,
}


def _organ(desk: Desk, organ_id: str) -> Data:
    link = desk.organ_link(organ_id)
    return {
        "@type": "GovernmentOrganization",
        "@id": desk.site.base_address + link.address,
        "name": link.label,
    }
