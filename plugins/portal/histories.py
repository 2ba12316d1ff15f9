"""What every record was before: the versions that git keeps, as far as they were public, and the office's notes.

Only what was on the site may be told of: a version that was dated later than its commit, not reviewed, or not for the
public is left out, and so are the fields that are not published.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.change_notes import Note, read_notes
from plugins.disclosure.kinds import Kind
from plugins.disclosure.readers.csv_rows import BODY_NAMES, ID_NAMES
from plugins.disclosure.readers.front_matter import read_entries, split_front_matter
from plugins.disclosure.readers.text_file import decode
from plugins.disclosure.readers.values import names_of
from plugins.disclosure.readers.written import Items, Node, Pairs, Scalar
from plugins.disclosure.record import Record
from plugins.versions.git_versions import FileVersion, Repository

_PUBLIC = ("主动公开", "proactive")


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it was from a day on: its public fields by label, as written, and its text."""

    day: date
    fields: tuple[tuple[str, str], ...]
    body: str


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a record, oldest first, and the notes on it."""

    versions: tuple[Version, ...]
    notes: tuple[Note, ...]


def histories(content: Path, catalog: Catalog) -> Mapping[str, History]:
    """Of every record that was ever changed, or that a note speaks of, by its key."""
    notes: dict[str, list[Note]] = {}
    for note in read_notes(content, catalog)[0]:
        notes.setdefault(note.key, []).append(note)
    repository = Repository(content)
    by_file: dict[str, list[Record]] = {}
    for record in catalog.records:
        by_file.setdefault(record.file, []).append(record)
    changed = {
        file: versions
        for file, versions in repository.versions().items()
        if file in by_file and (len(versions) > 1 or any(record.key in notes for record in by_file[file]))
    }
    texts = repository.texts([version.blob for versions in changed.values() for version in versions])
    found: dict[str, History] = {}
    for file, versions in changed.items():
        read = [(version, records_in(texts[version.blob], file, catalog)) for version in versions]
        for record in by_file[file]:
            told = tuple(_versions(read, record, catalog.kind(record)))
            if len(told) > 1 or (told and record.key in notes):
                found[record.key] = History(told, tuple(notes.get(record.key, ())))
    return found


def as_version(written: Written, kind: Kind) -> Version:
    """What is written, as a version without a day."""
    labels = [field.label for field in kind.fields]
    fields = tuple((label, written[label]) for label in labels if written.get(label))
    return Version(date.min, fields, written.get(BODY_NAMES[0], ""))


Written = Mapping[str, str]
"""A record's values as they are written, by label; its text under the name of the column for it."""


def records_in(data: bytes, file: str, catalog: Catalog) -> Mapping[str, Written]:
    """The records of a file as it was, by id. What cannot be read tells nothing."""
    text = decode(data, file, gb18030=True).text
    kind = catalog.kinds.get(file.partition("/")[0])
    if text is None or kind is None:
        return {}
    if file.endswith(".csv"):
        return _rows_in(text, kind)
    parts = split_front_matter(text, file, names_of(kind.fields))
    if parts is None:
        return {}
    entries, _ = read_entries(parts.front, 1, file, names_of(kind.fields))
    names = names_of(kind.fields)
    values = {
        names[entry.name].label: _text_of(entry.node)
        for entry in entries
        if entry.name in names and entry.node
    }
    return {Path(file).stem: {**values, BODY_NAMES[0]: parts.body}}


def _rows_in(text: str, kind: Kind) -> Mapping[str, Written]:
    try:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline="")) if any(row)
        ]
    except csv.Error:
        return {}
    if not rows:
        return {}
    names = names_of(kind.fields)
    heading = [names[cell].label if cell in names else cell for cell in rows[0]]
    place = next((index for index, cell in enumerate(heading) if cell in ID_NAMES), None)
    if place is None:
        return {}
    return {row[place]: dict(zip(heading, row, strict=False)) for row in rows[1:] if len(row) > place}


def _text_of(node: Node) -> str:
    match node:
        case Scalar(text=text):
            return text.strip()
        case Items(items=items):
            return "；".join(_text_of(item) for item in items)
        case Pairs(entries=entries):
            return "｜".join(_text_of(entry.node) for entry in entries if entry.node)


def _versions(
    read: Sequence[tuple[FileVersion, Mapping[str, Written]]], record: Record, kind: Kind
) -> Iterator[Version]:
    """Those that were public, each different from the one before it."""
    labels = [field.label for field in kind.fields if field.public]
    before: Version | None = None
    for version, records in read:
        written = records.get(record.id)
        day = version.at.date()
        if written is None or not _was_public(written, day, kind):
            continue
        fields = tuple((label, written[label]) for label in labels if written.get(label))
        now = Version(day, fields, written.get(BODY_NAMES[0], ""))
        if before is None or (now.fields, now.body) != (before.fields, before.body):
            yield now
            before = now


def _was_public(written: Written, day: date, kind: Kind) -> bool:
    labels = {field.key: field.label for field in kind.fields}
    published = written.get(labels.get("published_on", ""), "")
    try:
        is_out = date.fromisoformat(published) <= day
    except ValueError:
        return False
    reviewed = "reviewer" not in labels or bool(written.get(labels["reviewer"]))
    return is_out and reviewed and written.get(labels.get("disclosure", ""), _PUBLIC[0]) in _PUBLIC
