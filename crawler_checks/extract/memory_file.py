"""The file in which is kept what was read of a site: all that was known at one time, and behind it, each time whole,
what is other since then. So an inspection writes what has changed, and one that breaks off spoils nothing.

It holds values of this package and nothing that could run; one that was written by another version is as good as none,
and of one that was damaged what stands before the damage counts.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from zlib import crc32

from msgspec import Struct

from crawler_checks.crawl.answer import Want
from crawler_checks.crawl.telling import Teller
from crawler_checks.extract.facts import Facts, FileFacts
from crawler_checks.extract.often import Counted

OURS = ("crawler_checks.crawl.", "crawler_checks.extract.", "plugins.disclosure.")
HARMLESS = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("array", "array"),
    ("array", "_array_reconstructor"),
    ("datetime", "date"),
    ("copyreg", "__newobj__"),
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
}
HEAD = struct.Struct("<QI")
"""Before each frame of the file: its length and checksum."""
MOST_ADDED = 0.5
"""When what is other has grown to this share of the whole, the whole is written anew."""
Lines = Mapping[str, Mapping[str, int]]


class Seen(Struct, frozen=True, gc=False):
    """An address as it was last answered: how much of it was wanted, by what it is known to be the same, its facts."""

    want: Want
    conditions: tuple[str, ...]
    digest: int
    facts: Facts


@dataclass(slots=True)
class MemoryFile:
    """What is known of the addresses of a site, `seen`, the `lines` of findings by place and object, and what was `counted`
    of its pages. `mark` says of what site it is, and how its pages were read."""

    path: Path
    mark: str
    seen: Mapping[str, Seen] = field(init=False, default_factory=dict)
    lines: Lines = field(init=False, default_factory=dict)
    counted: Counted | None = field(init=False, default=None)
    _whole: Mapping[str, Seen] = field(init=False, default_factory=dict)
    _size_of_whole: int = field(init=False, default=0)
    _size: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        try:
            self._load(self.path.read_bytes())
        except Exception:  # noqa: BLE001 whatever damage does; then everything is read anew
            self.seen, self.lines, self.counted, self._whole, self._size = {}, {}, None, {}, 0

    def save(self, seen: Mapping[str, Seen], lines: Lines, counted: Counted | None = None) -> None:
        """Write down what is known now, in one go or not at all."""
        other = {address: one for address, one in seen.items() if self._whole.get(address) is not one}
        gone = tuple(self._whole.keys() - seen.keys())
        if seen == self.seen and lines == self.lines:
            return
        if len(other) + len(gone) < MOST_ADDED * len(self._whole):
            numbers = {id(one): number for number, one in enumerate(_shared(self._whole.values()))}
            added = _framed(Teller(lambda one: numbers.get(id(one))).frame((other, gone, lines, counted)))
            if self._size + len(added) < (1 + MOST_ADDED) * self._size_of_whole:
                self._add(added)
                return
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        beside.write_bytes(_framed(pickle.dumps((self.mark, seen, lines, counted), protocol=5)))
        beside.replace(self.path)

    def _add(self, added: bytes) -> None:
        with self.path.open("r+b") as file:
            file.truncate(self._size)  # behind it is what was never finished
            file.seek(self._size)
            file.write(added)

    def _load(self, held: bytes) -> None:
        frames = list(_frames(held))
        mark, whole, lines, counted = _Values(frames[0]).load()
        if mark != self.mark:
            return
        self.seen, self.lines, self.counted, self._whole = whole, lines, counted, whole
        self._size_of_whole = HEAD.size + len(frames[0])
        self._size = sum(HEAD.size + len(frame) for frame in frames)
        if len(frames) > 1:
            known = list(_shared(whole.values()))
            other, gone, self.lines, self.counted = _Values(frames[-1], known).load()
            self.seen = {address: one for address, one in whole.items() if address not in gone} | other


def _shared(seen: Iterable[Seen]) -> Iterator[object]:
    """The links and parts of pages, each once: what is other may refer to them."""
    of_pages = (one.facts.parts for one in seen if not isinstance(one.facts, FileFacts))
    parts = {id(part): part for parts in of_pages for part in parts}
    yield from parts.values()
    yield from {id(link): link for part in parts.values() for link in part.links}.values()


def _framed(body: bytes) -> bytes:
    return HEAD.pack(len(body), crc32(body)) + body


def _frames(held: bytes) -> Iterator[memoryview]:
    """The frames of a file, up to the first that is not whole."""
    left = memoryview(held)
    while len(left) >= HEAD.size:
        length, checksum = HEAD.unpack_from(left)
        body = left[HEAD.size : HEAD.size + length]
        if len(body) < length or crc32(body) != checksum:
            return
        yield body
        left = left[HEAD.size + length :]


class _Values(pickle.Unpickler):
    """Reads values of this package only; whatever else a file names is refused. A number is one of those `known`."""

    def __init__(self, body: memoryview, known: list[object] | None = None) -> None:
        super().__init__(io.BytesIO(body))
        self._known = known or []

    def persistent_load(self, number: Any) -> object:
        """What is meant by a number."""
        return self._known[number]

    def find_class(self, module: str, name: str) -> object:
        """The class of a value: of ours what cannot change, enumerations and named tuples."""
        if (module, name) in HARMLESS:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith(OURS) and "." not in name else None
        if not (isinstance(found, type) and (_is_value(found) or issubclass(found, Enum | tuple))):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _is_value(found: type) -> bool:
    """Whether what is made of a class never changes."""
    if issubclass(found, Struct):
        return found.__struct_config__.frozen
    return is_dataclass(found) and getattr(found, "__dataclass_params__").frozen is True  # noqa: B009 not in its type
