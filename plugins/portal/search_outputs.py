"""What search needs of the site: the records as it reads them, and the files of its index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path

from msgspec import MsgspecError, msgpack
from msgspec.json import decode, encode

from plugins.disclosure.kinds import Field
from plugins.disclosure.record import Record
from plugins.disclosure.spread import spread
from plugins.portal import addresses
from plugins.portal.plan import Function, Output, fingerprint
from plugins.portal.renderer import code_fingerprint
from plugins.portal.store import store_path
from plugins.portal.views.desk import Desk
from plugins.portal.views.tables import shown_cell
from plugins.search.entry import Entry, Version
from plugins.search.index import update_index
from plugins.search.pack import Slice

_ASIDE = frozenset(
    ["title", "name", "document_number", "issuer", "topic", "validity", "disclosure", "section"]
)
"""Fields that are told by themselves, or that nearly every record has alike."""

KNOWN = "known.json"
ENTRIES = "entries"
CHUNK = 256
"""So many records are put into words at a time by one process."""

_IN_TEXT = frozenset(["long_text", "table"])
_UNSEARCHED = frozenset(["attachment", "report_tables", "record", "time", "yes_no"])
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_NOTE = re.compile(r"\[\^[^\]]*\]:?")
_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}[-:| \t]*$", re.M)
"""The line below a table's head."""
_BEGINNING = re.compile(r"^[ \t]*(?:#{1,6}|>|[-+*](?=[ \t])|```.*$)[ \t]*", re.M)
_EMPHASIS = re.compile(r"[*_`](?:(?=\S)|(?<=\S[*_`]))")
"""All but a sign that stands alone between spaces."""
_STROKE = re.compile(r"[ \t]*\|[ \t]*")
_BETWEEN_CELLS = "｜"


Known = dict[str, tuple[str, str, str]]
"""Of each record a digest of what its entry is made from, the mark of its version, and its day."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A file of the index in the pack it lies in."""

    work: Path
    slice: Slice


def search_folder(output: Path) -> Path:
    """Where the index is kept between builds: beside the store, never published."""
    return store_path(output).with_suffix(".search")


def search_outputs(
    desk: Desk, work: Path, *, compact: bool = False, workers: int = 1, edited: Sequence[Record] = ()
) -> Iterator[Output]:
    """Every file of the search index. `work` lasts from build to build; records as they were then are not read.

    Where it is known that nothing but some records' texts changed, `edited` are these: no other is looked at.
    """
    work.mkdir(parents=True, exist_ok=True)
    shelf = _Shelf(work / ENTRIES)

    def read(keys: Sequence[str]) -> list[Entry]:
        return [shelf.entry(key) or entry(desk, _record(desk, key)) for key in keys]

    found = _versions_but_for(desk, work, edited) or versions(desk, work, shelf, workers)
    index = update_index(found, read, work, compact=compact, workers=workers)
    for file in index.slices:
        address = f"{addresses.SEARCH_INDEX}/{file.address}"
        yield Output(address, Function(_cut_out), _Cut(work, file), bytes.fromhex(file.digest))
    for name, content in index.small.items():
        digest = blake2b(content, digest_size=16).digest()
        yield Output(f"{addresses.SEARCH_INDEX}/{name}", Function(bytes), content, digest)


def versions(desk: Desk, work: Path, shelf: _Shelf, workers: int = 1) -> list[Version]:
    """The state each record is in; what was worked out before is kept in `work`, by all that went into it."""
    before = _read_known(work)
    shared = _shared(desk)
    records = desk.catalog.records
    sources = {record.key: _source(desk, record, shared) for record in records}
    known = {key: kept for key, kept in before.items() if sources.get(key) == kept[0]}
    new = [record for record in records if record.key not in known]

    def made(start: int) -> _Put:
        return shelf.put(start, [entry(desk, record) for record in new[start : start + CHUNK]])

    for some in spread(made, range(0, len(new), CHUNK), workers):
        shelf.take(some)
        known |= {one.key: (sources[one.key], one.mark, one.published_on) for one in some.versions}
    return _kept(work, {record.key: known[record.key] for record in records})


def _versions_but_for(desk: Desk, work: Path, edited: Sequence[Record]) -> list[Version] | None:
    """As `versions`, where all but the edited records are as they were; None where that cannot be told."""
    known = _read_known(work)
    if not edited or len(known) != len(desk.catalog.records) or any(one.key not in known for one in edited):
        return None
    shared = _shared(desk)
    for record in edited:
        now = entry(desk, record).version
        known[record.key] = (_source(desk, record, shared), now.mark, now.published_on)
    return _kept(work, known)


def _record(desk: Desk, key: str) -> Record:
    found = desk.catalog.get(key)
    if found is None:
        raise LookupError(key)
    return found


def _kept(work: Path, known: Known) -> list[Version]:
    (work / KNOWN).write_bytes(encode(known))
    return [Version(key, day, mark) for key, (_, mark, day) in known.items()]


def _read_known(work: Path) -> Known:
    try:
        return decode((work / KNOWN).read_bytes(), type=Known)
    except (OSError, MsgspecError):
        return {}


@dataclass(frozen=True, slots=True)
class _Put:
    """Some entries that were laid down: their versions, and where each of them ends in their file."""

    start: int
    versions: tuple[Version, ...]
    ends: tuple[int, ...]


class _Shelf:
    """Entries in files, from when their versions are made until they are indexed: many processes make and read them.

    The index clears the folder away with all else that is none of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, tuple[int, int, int]] = {}
        self._file = lru_cache(maxsize=8)(self._read)

    def put(self, start: int, entries: Sequence[Entry]) -> _Put:
        """Lay some down."""
        packed = [msgpack.encode(one) for one in entries]
        self._folder.mkdir(exist_ok=True)
        (self._folder / f"{start}").write_bytes(b"".join(packed))
        return _Put(start, tuple(one.version for one in entries), tuple(accumulate(map(len, packed))))

    def take(self, some: _Put) -> None:
        """Know where some are that another process laid down."""
        places = zip((0, *some.ends), some.ends, strict=False)
        self._places |= {
            one.key: (some.start, *place) for one, place in zip(some.versions, places, strict=True)
        }

    def entry(self, key: str) -> Entry | None:
        """One of them; None where it was not laid down."""
        if key not in self._places:
            return None
        file, start, end = self._places[key]
        return msgpack.decode(self._file(file)[start:end], type=Entry)

    def _read(self, file: int) -> bytes:
        return (self._folder / f"{file}").read_bytes()


def _shared(desk: Desk) -> bytes:
    """Changes with the program, and with all that may be shown in the place of an id."""
    organs = [(organ.key, organ.title) for organ in desk.catalog.of_kind("organ")]
    labels = (desk.profile.sections, desk.catalog.kinds, desk.catalog.vocabularies, organs)
    return fingerprint(code_fingerprint(), *labels)


def _source(desk: Desk, record: Record, shared: bytes) -> str:
    """Changes with all that makes a record's entry."""
    row = desk.row(record)
    files = [attachment.title for attachment in desk.catalog.attachments_of(record)]
    fields = desk.catalog.kind(record).fields
    values = [record.values.get(field.key) for field in fields if field.type not in _UNSEARCHED]
    parts = (record.key, record.title, values, record.body_digest, row.validity_label, row.issuer, files)
    return fingerprint(shared, *parts).hex()


def _day(record: Record) -> str:
    return "" if record.published_on == date.min else record.published_on.isoformat()


def entry(desk: Desk, record: Record) -> Entry:
    """A record as search sees it, organs too."""
    row = desk.row(record)
    kind = desk.catalog.kind(record)
    public = [field for field in kind.fields if field.public and field.key not in _ASIDE]
    facts = [_told(desk, record, field) for field in public if field.type not in _IN_TEXT | _UNSEARCHED]
    longer = [_told(desk, record, field) for field in public if field.type in _IN_TEXT]
    files = [attachment.title for attachment in desk.catalog.attachments_of(record)]
    topic = kind.field("topic")
    shown = desk.entry(record, topic) if topic else None
    return Entry(
        key=record.key,
        address=addresses.record(record.key),
        title=f"{record.title} {record.values.get(kind.post, '')}".strip() if kind.post else record.title,
        number=row.document_number,
        organ=row.issuer,
        kind=row.kind_label,
        topics=tuple(value.text for value in shown.values) if shown else (),
        published_on=_day(record),
        validity=row.validity_label,
        facts="\n".join(filter(None, facts)),
        text="\n".join(filter(None, [*longer, searched_text(record.body), *files])),
    )


def searched_text(body: str) -> str:
    """A body without the marks of Markdown: every word of it, tables and headings included."""
    if "[" in body:
        body = _NOTE.sub("", _LINK.sub(r"\1", body))
    if "---" in body:
        body = _RULE.sub("", body)
    body = _EMPHASIS.sub("", _BEGINNING.sub("", body))
    if "|" in body:
        body = _STROKE.sub(_BETWEEN_CELLS, body)
    return "\n".join([kept for line in body.split("\n") if (kept := line.strip().strip(_BETWEEN_CELLS))])


def _told(desk: Desk, record: Record, field: Field) -> str:
    """A field's value in the words readers see; of a table, a row a line."""
    if field.type != "table":
        return desk.column_text(record, field)
    rows = record.values.get(field.key, ())
    return "\n".join(
        "，".join(
            text for column in field.columns if (text := shown_cell(desk, column, row.get(column.key)).text)
        )
        for row in rows
    )


def _cut_out(cut: _Cut) -> bytes:
    return cut.slice.read(cut.work)
