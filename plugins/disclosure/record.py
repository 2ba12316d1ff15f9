"""A record: one thing an office publishes, with typed values and the place in the files it was read from."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from sys import intern
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plugins.disclosure.kinds import Field


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file offered with a record: its path below `attachments/` (forward slashes) and the name shown."""

    file: str
    title: str


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """What is known of a file under `attachments/`. `sha256` is in hexadecimal."""

    file: str
    size_bytes: int
    sha256: str
    media_type: str


_noted: list[set[str]] = []


@contextmanager
def noting_bodies() -> Iterator[set[str]]:
    """The keys of the records whose bodies are asked for inside, filled as they are."""
    found: set[str] = set()
    _noted.append(found)
    try:
        yield found
    finally:
        _noted.pop()


class ContentChanged(Exception):
    """A file was changed while it was in use: what was read of it and what stands there now do not fit."""


@dataclass(frozen=True, slots=True, eq=False)
class BodyInFile:
    """A text that stays in its file until it is asked for: from byte `start` to before byte `end`.

    `digest` is that of the file, which had this `size` and time when it was read. What rules and lists ask of every
    text is known without reading it.
    """

    path: str
    start: int
    end: int
    digest: bytes
    size: int
    mtime_ns: int
    is_blank: bool
    has_links: bool
    has_figures: bool

    def read(self) -> str:
        """The text. Raises ContentChanged when the file is not as it was."""
        text = _at_hand.get(self)
        return text if text is not None else have_at_hand(self, _read_body(self))


MOST_AT_HAND = 256
_at_hand: OrderedDict[BodyInFile, str] = OrderedDict()
"""The texts that were read last: many ask for the same one, one after the other."""


def have_at_hand(body: BodyInFile, text: str) -> str:
    """Remember for a while what a text says."""
    if len(_at_hand) >= MOST_AT_HAND:
        _at_hand.popitem(last=False)
    _at_hand[body] = text
    return text


def forget_texts() -> None:
    """Have none at hand."""
    _at_hand.clear()


def _read_body(body: BodyInFile) -> str:
    try:
        file = os.open(body.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            stat = os.fstat(file)
            as_left = (stat.st_size, stat.st_mtime_ns) == (body.size, body.mtime_ns)
            os.lseek(file, body.start if as_left else 0, os.SEEK_SET)
            data = all_of(file, body.end - body.start if as_left else stat.st_size)
        finally:
            os.close(file)
    except OSError as fault:
        raise ContentChanged(body.path) from fault
    if not as_left:  # it may have been written anew as it was
        if digest_of(data) != body.digest:
            raise ContentChanged(body.path)
        data = data[body.start : body.end]
    elif len(data) != body.end - body.start:
        raise ContentChanged(body.path)
    return data.decode()


def all_of(file: int, size: int) -> bytes:
    """So many bytes of a file from where it is open; fewer only at its end."""
    data = os.read(file, size)
    while len(data) < size and (more := os.read(file, size - len(data))):
        data += more
    return data


SHORT = 24
DIGEST_SIZE = 16
UNREAD = b"unread"
"""Stands for the digest of a file that will be read in any case."""


def digest_of(data: bytes) -> bytes:
    """16 bytes that change with the data, by the hash that most processors have built in."""
    return sha256(data).digest()[:DIGEST_SIZE]


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One record of a kind.

    `values` holds what the fields' types made of the text: text and choices as `str` (a choice by its term's
    id), dates as `date`, times as `HH:MM`, numbers as `int` or `Decimal`, yes/no as `bool`, organs, sections
    and topics by their ids, references to other records as the editor wrote them, `many` fields as tuples.
    A field left empty has no entry. `lines` gives the line (Markdown) or row (spreadsheet) of each field;
    `body` is Markdown and begins at `body_line`; `text` is the body or where it stands.
    """

    kind: str
    id: str
    values: Mapping[str, Any]
    text: str | BodyInFile
    file: str
    line: int
    lines: Mapping[str, int]
    body_line: int = 0
    key: str = field(init=False)
    """`policy/2025-0012`: unique in a catalog, and the stem of its address."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.kind}/{self.id}")

    @property
    def body(self) -> str:
        """The text itself, in Markdown; it may be read from its file."""
        self.note_body()
        return self.text if isinstance(self.text, str) else self.text.read()

    def note_body(self) -> None:
        """Tell whoever notes it that the body is asked for; called where something made from it was kept."""
        if _noted:
            _noted[-1].add(self.key)

    @property
    def body_digest(self) -> bytes:
        """Changes when the body does; it may change with the rest of its file too."""
        self.note_body()
        return digest_of(self.text.encode()) if isinstance(self.text, str) else self.text.digest

    @property
    def has_body(self) -> bool:
        """Whether there is any text."""
        return bool(self.text.strip()) if isinstance(self.text, str) else not self.text.is_blank

    @property
    def may_link(self) -> bool:
        """Whether there may be links or pictures in the text."""
        return "]" in self.text if isinstance(self.text, str) else self.text.has_links

    @property
    def may_have_figures(self) -> bool:
        """Whether there may be a long number in the text or in a field."""
        return isinstance(self.text, str) or self.text.has_figures

    @property
    def title(self) -> str:
        """The title, or an organ's full name."""
        return str(self.values.get("title") or self.values.get("name") or self.id)

    @property
    def marked_title(self) -> str:
        """The title in its marks; marks within are the single ones (GB/T 15834—2011, 书名号)."""
        return f"《{self.title.replace('《', '〈').replace('》', '〉')}》"

    @property
    def issuer(self) -> str:
        """The id of the organ that publishes it; an organ publishes itself."""
        return str(self.values.get("issuer", self.id if self.kind == "organ" else ""))

    @property
    def published_on(self) -> date:
        """The day it was published; `date.min` for organs, which carry no date."""
        found = self.values.get("published_on")
        return found if isinstance(found, date) else date.min

    @property
    def order(self) -> tuple[date, str, str]:
        """Oldest first; ties by time, then key, so that no order depends on the file system."""
        return (self.published_on, str(self.values.get("published_time", "")), self.key)

    def become(self, other: Record) -> None:
        """Hold what `other` does, whose key is the same: in a process of its own, which ends when it has shown it."""
        for name in ("values", "text", "file", "line", "lines", "body_line"):
            object.__setattr__(self, name, getattr(other, name))

    def line_of(self, key: str) -> int:
        """The line a field stands on, or the record's first line when it is absent."""
        return self.lines.get(key, self.line)


def shared_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values, which hold in common with other records what most have alike: names of fields, ids.

    Whoever unpacks a record makes each of them anew, which is a third of what it takes in memory.
    """
    return {intern(key): _shared(value) for key, value in values.items()}


def _shared(value: Any) -> Any:
    """A short word of a computer is in most cases an id that other records name too; days are few."""
    if type(value) is str:
        return intern(value) if len(value) < SHORT and value.isascii() else value
    return _days.setdefault(value, value) if type(value) is date else value


_days: dict[date, date] = {}


@lru_cache(maxsize=256)
def same_lines(lines: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    """The lines of fields, one mapping for all records whose fields stand alike."""
    return {intern(key): line for key, line in lines}


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation as a record's reader sees it: `verb` (解读, or 解读材料 from the other side) and whom."""

    verb: str
    other: Record
    field: Field
    outgoing: bool

    @property
    def heading(self) -> str:
        """What stands above the others: who does what to whom, where a verb alone might be misread."""
        return (self.field.heading if self.outgoing else self.field.reverse_heading) or self.verb


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a document is in force: a term id of the `validity` vocabulary, since when, and by what act.

    What has expired has since the day after the last one of its period (有效期).
    """

    state: str
    since: date | None = None
    by: Record | None = None
