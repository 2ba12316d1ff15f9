"""What was read and judged before, kept for as long as it holds: a file's record, and what its text has wrong.

Both depend on the file itself and on a context that is the same for all files (the code, the rules, the organs, the
attachments, the day). When the context changes nothing is remembered; when a file changes, its own entry is not.
Bodies are not kept: they stay in their files (`record.BodyInFile`). Files that were read together lie together, in
one parcel, which is also how they come from the process that read them; it is opened when one of them is asked for.
"""

from __future__ import annotations

import io
import pickle
from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from sys import intern
from typing import Any, BinaryIO

from plugins.disclosure.problem import Problem
from plugins.disclosure.readers.markdown_file import Batch
from plugins.disclosure.record import DIGEST_SIZE, UNREAD, BodyInFile, Record, same_lines, shared_values

FORMAT = 3
CHUNK = 64
"""So many files lie together when all is laid down anew."""

MOST_LEFT = 8
"""Parcels of single edits that are borne beside the full ones."""

_OURS = "plugins.disclosure."
_PLAIN = frozenset(
    [("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("decimal", "Decimal")]
)

_Entry = tuple[bytes, bytes, int, int]
"""The file's digest, that of all in it but the body, its parcel, and its place there."""


class Memory:
    """What is remembered of the files of one content folder. `digests` are the files' as they are now, by name, or
    UNREAD where nobody knows before the file is read.
    """

    def __init__(self, path: Path, context: bytes, digests: dict[str, bytes]) -> None:
        self.path = path
        self.digests = digests
        self.changed = False
        self._context = context
        self._entries: dict[str, _Entry] = {}
        self._judged: dict[str, tuple[Problem, ...]] = {}
        self._parcels: list[bytes] = []
        self._opened: dict[int, list[Batch]] = {}
        self._load()

    def renewed(self, context: bytes, digests: dict[str, bytes]) -> Memory:
        """The same for a folder whose files are others by now; what it has in hand need not be unpacked again."""
        if context != self._context:
            return Memory(self.path, context, digests)
        self.digests = digests
        return self

    def recall(self, name: str) -> Batch | None:
        """What was read from a file; None where it must be read."""
        entry = self._entry(name)
        return self._batch(entry) if entry is not None else None

    def keep(self, parcel: bytes) -> list[Batch]:
        """Keep what was read, as `packed` has it; and give it back."""
        batches = _unpacked(parcel)
        number = len(self._parcels)
        self._parcels.append(parcel)
        self._opened[number] = batches
        self.changed = True
        for place, batch in enumerate(batches):
            name, digest = batch.records[0].file, batch.digest
            if self.digests.get(name) == UNREAD:
                self.digests[name] = digest
            if self.digests.get(name) == digest:  # else it was changed in this very moment
                self._entries[name] = (digest, batch.outer, number, place)
                self._judged.pop(name, None)
        return batches

    def recall_judged(self, name: str) -> Sequence[Problem] | None:
        """What the text of a file has wrong; None where it must be judged."""
        return self._judged.get(name) if self._entry(name) is not None else None

    def keep_judged(self, name: str, problems: Sequence[Problem]) -> None:
        """Keep what the text of a file has wrong."""
        if self._entry(name) is not None:
            self._judged[name] = tuple(problems)
            self.changed = True

    def before(self, name: str) -> tuple[Batch, Sequence[Problem] | None] | None:
        """What was read of a file when it was last read, and what its text had wrong."""
        entry = self._entries.get(name)
        return (self._batch(entry), self._judged.get(name)) if entry is not None else None

    def outer(self, name: str) -> bytes | None:
        """Changes with everything in a file but the body; None where that cannot be told apart."""
        entry = self._entry(name)
        return entry[1] if entry is not None else None

    def write(self, file: BinaryIO) -> None:
        """Write all of it, for the file at `path`."""
        there = self._entries
        if there.keys() != self.digests.keys():
            there = {name: entry for name, entry in there.items() if name in self.digests}
        if len({entry[2] for entry in there.values()}) > 2 * (len(there) // CHUNK) + MOST_LEFT:
            there, parcels = self._laid_anew(there)
        else:
            parcels = self._parcels
        used = sorted({entry[2] for entry in there.values()})
        place_of = {number: place for place, number in enumerate(used)}
        told = {name: found for name, found in self._judged.items() if found and name in there}
        digests, outers, numbers, places = zip(*there.values(), strict=True) if there else ((), (), (), ())
        columns = (
            "\0".join(there),
            b"".join(digests),
            b"".join(outers),
            array("L", [place_of[number] for number in numbers]).tobytes(),
            array("L", places).tobytes(),
        )
        unjudged = [*(there.keys() - self._judged.keys())]
        kept = [parcels[number] for number in used]
        whole = (FORMAT, self._context, columns, told, unjudged, kept)
        pickle.dump(whole, file, protocol=pickle.HIGHEST_PROTOCOL)

    def _laid_anew(self, there: Mapping[str, _Entry]) -> tuple[dict[str, _Entry], list[bytes]]:
        """The same entries in as few parcels as can be."""
        names = [*there]
        parcels: list[bytes] = []
        entries: dict[str, _Entry] = {}
        for start in range(0, len(names), CHUNK):
            some = [(name, there[name]) for name in names[start : start + CHUNK]]
            number = len(parcels)
            parcels.append(packed([self._batch(entry) for _, entry in some]))
            entries |= {name: (*entry[:2], number, place) for place, (name, entry) in enumerate(some)}
        return entries, parcels

    def _batch(self, entry: _Entry) -> Batch:
        _, _, number, place = entry
        if number not in self._opened:
            self._opened[number] = _unpacked(self._parcels[number])
        return self._opened[number][place]

    def _entry(self, name: str) -> _Entry | None:
        entry = self._entries.get(name)
        return entry if entry is not None and entry[0] == self.digests.get(name) else None

    def _load(self) -> None:
        try:
            form, known, *rest = _loads(self.path.read_bytes())
        except (OSError, pickle.UnpicklingError, EOFError, TypeError, ValueError):
            return
        if (form, known) == (FORMAT, self._context):
            (names, digests, outers, numbers, places), told, unjudged, self._parcels = rest
            rows = zip(_cut(digests), _cut(outers), _numbers(numbers), _numbers(places), strict=True)
            self._entries = dict(zip(names.split("\0"), rows, strict=True)) if names else {}
            self._judged = dict.fromkeys(self._entries, ()) | told
            for name in unjudged:
                del self._judged[name]


def packed(batches: Iterable[Batch]) -> bytes:
    """A parcel of what was read from files of one folder, each with one record."""
    states = []
    folder = ""
    for batch in batches:
        record, body = batch.records[0], batch.records[0].text
        text: Any = body
        if isinstance(body, BodyInFile):
            folder = body.path.removesuffix(record.file)
            text = (
                body.start,
                body.end,
                body.size,
                body.mtime_ns,
                body.is_blank,
                body.has_links,
                body.has_figures,
            )
        whole = (
            record.kind,
            record.id,
            record.values,
            record.file,
            record.line,
            record.lines,
            record.body_line,
        )
        states.append((batch.digest, batch.outer, batch.problems, batch.met_count, text, whole))
    return pickle.dumps((folder, states), protocol=pickle.HIGHEST_PROTOCOL)


def _unpacked(parcel: bytes) -> list[Batch]:
    folder, states = _loads(parcel)
    alike: dict[int, Mapping[str, int]] = {}  # lines that are one in a parcel need be compared once
    return [_batch(folder, alike, *state) for state in states]


def _batch(
    folder: str,
    alike: dict[int, Mapping[str, int]],
    digest: bytes,
    outer: bytes,
    problems: tuple[Problem, ...],
    met: int,
    text: Any,
    whole: Any,
) -> Batch:
    kind, id_, values, file, line, lines, body_line = whole
    if not isinstance(text, str):
        start, end, size, mtime_ns, *signs = text
        text = BodyInFile(folder + file, start, end, digest, size, mtime_ns, *signs)
    same = alike.get(id(lines))
    if same is None:
        same = alike[id(lines)] = same_lines(tuple(lines.items()))
    record = Record(intern(kind), id_, shared_values(values), text, file, line, same, body_line)
    return Batch((record,), problems, met, (), digest, outer)


def _cut(digests: bytes) -> list[bytes]:
    return [digests[at : at + DIGEST_SIZE] for at in range(0, len(digests), DIGEST_SIZE)]


def _numbers(column: bytes) -> array[int]:
    found = array("L")
    found.frombytes(column)
    return found


class Unpickler(pickle.Unpickler):
    """Takes the kernel's own values, days and numbers, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        found = _classes.get((module, name))
        if found is None:
            if not module.startswith(_OURS) and (module, name) not in _PLAIN:
                raise pickle.UnpicklingError(f"{module}.{name}")
            found = _classes[module, name] = super().find_class(module, name)
        return found


_classes: dict[tuple[str, str], Any] = {}
"""Those that were found; they are asked for with every record."""


def _loads(data: bytes) -> Any:
    return Unpickler(io.BytesIO(data)).load()
