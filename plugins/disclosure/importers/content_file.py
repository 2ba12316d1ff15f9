"""An imported document as a content file: Markdown under front matter with the labels that editors know."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from plugins.disclosure import index_number as index_numbers
from plugins.disclosure.document_number import parse
from plugins.disclosure.importers.defaults import field_keys
from plugins.disclosure.importers.imported import ImportedDocument
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.readers.front_matter import read_entries
from plugins.disclosure.readers.written import Scalar

_LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class ContentFile:
    """`kind` and `id` make the file's name; `empty` are the labels that an editor must or ought to fill in."""

    kind: str
    id: str
    text: str
    empty: tuple[str, ...]
    suffix: str = "md"

    @property
    def name(self) -> str:
        """Relative to the content folder: policy/bazhong-2017.md."""
        return f"{self.kind}/{self.id}.{self.suffix}"


def content_file(document: ImportedDocument, defaults: Mapping[str, str]) -> ContentFile:
    """The file for a document that was not refused.

    `defaults`, by field key, fill what is empty; one that names another field (审查日期=发布日期) takes what
    stands there. A default for the issuer takes the place of the name that was read: the text's name is
    seldom the one in organs.csv.
    """
    kind = load_kinds()[document.kind or "news"]
    values = _values(document) | used_defaults(document, defaults)
    lines, empty = ["---"], []
    for field in kind.fields:
        value = values.get(field.key, "")
        if value:
            lines.append(f"{field.label}: {_written(value)}")
        elif field.need != "optional":
            lines.append(f"{field.label}:")
            empty.append(field.label)
    text = "\n".join([*lines, "---", "", document.body])
    return ContentFile(kind.id, id_of(document), text, tuple(empty))


def id_of(document: ImportedDocument, again: bool = False) -> str:
    """The record's id: its 索引号, else year and number of its 文号, else the source's name where it can be an
    address, else a short digest of the document.

    `again` gives a second id for another document that came to the same one.
    """
    named = _numbered(document) or _named(document)
    if named and not again:
        return named
    digest = hashlib.sha256(f"{document.title}\n{document.body}".encode()).hexdigest()[:8]
    return f"{named or 'import'}-{digest}"


def _numbered(document: ImportedDocument) -> str:
    """010000001-2026-00008 of 010000001/2026-00008; 2026-0008-1f3a of a 文号, where 1f3a stands for the agency."""
    index_number = index_numbers.normalise(document.index_number or "")
    if index_number:
        return re.sub("[^a-z0-9]+", "-", index_number.lower()).strip("-")
    number = parse(document.document_number or "")
    if number is None or not number.year:
        return ""
    agency = hashlib.sha256(number.canonical.partition(str(number.year))[0].encode()).hexdigest()[:4]
    return f"{number.year}-{number.serial:04d}-{agency}"


def _named(document: ImportedDocument) -> str:
    stem = PurePath(document.source).stem.lower()
    slug = re.sub("[^a-z0-9]+", "-", stem).strip("-")[:_LONGEST_STEM].strip("-")
    return slug if stem.isascii() and len(slug) >= 2 else ""


def used_defaults(document: ImportedDocument, defaults: Mapping[str, str]) -> dict[str, str]:
    """The defaults that this document takes, by field key, with what they come to; none that comes to nothing."""
    read = _values(document)
    keys = field_keys(document.kind)
    wanted = {key: value for key, value in defaults.items() if key == "issuer" or key not in read}
    found = {**read, **{key: value for key, value in wanted.items() if value not in keys}}
    for _ in wanted:  # a default may name a field that is itself a default
        found.update({key: found[keys[value]] for key, value in wanted.items() if keys.get(value) in found})
    return {key: found[key] for key in wanted if found.get(key)}


def _values(document: ImportedDocument) -> dict[str, str]:
    """What was read, by field key, as an editor would write it; without what is empty."""
    index_number = document.index_number or ""
    found = {
        "title": document.title,
        "index_number": index_numbers.normalise(index_number) or "",
        "issuer": document.issuer or "",
        "published_on": str(document.published_on or ""),
        "published_time": f"{document.published_time:%H:%M}" if document.published_time else "",
        "document_number": document.document_number or "",
        "signed_on": str(document.written_on or ""),
        "addressees": "；".join(dict.fromkeys(document.addressees)),
        "cosigners": "；".join(document.cosigners),
        **document.extras,
    }
    return {key: value for key, value in found.items() if value}


def _written(value: str) -> str:
    """The value so that the reader of front matter reads exactly it, in quotes where it must be."""
    entries, problems = read_entries([f"标题: {value}"], 1, "")
    plain = len(entries) == 1 and not problems and entries[0].node == Scalar(value, 1)
    return value if plain else "'" + value.replace("'", "''") + "'"
