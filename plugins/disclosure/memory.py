"""What was read and judged before, kept for as long as it holds: a file's record, and what its text has wrong.

Both depend on the file itself and on a context that is the same for all files (the code, the rules, the organs, the
attachments, the day). When the context changes nothing is remembered; when a file changes, its own entry is not.
Bodies are not kept: they stay in their files (`record.BodyInFile`).
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from plugins.disclosure.problem import Problem
from plugins.disclosure.record import UNREAD, digest_of

FORMAT = 2
_OURS = "plugins.disclosure."
_PLAIN = frozenset(
    [("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("decimal", "Decimal")]
)


_Judged = tuple[Problem, ...] | None
_Entry = tuple[bytes, bytes, bytes, _Judged]
"""The file's digest, what was read of it, the digest of that without the body, what its text has wrong if judged."""
_Entries = dict[str, _Entry]


class Memory:
    """What is remembered of the files of one content folder. `digests` are the files' as they are now, by name, or
    UNREAD where nobody knows before the file is read.
    """

    def __init__(self, path: Path, context: bytes, digests: dict[str, bytes]) -> None:
        self.path = path
        self.digests = digests
        self.changed = False
        self._context = context
        self._entries = _load(path, context)
        self._values: dict[str, tuple[bytes, Any]] = {}

    def renewed(self, context: bytes, digests: dict[str, bytes]) -> Memory:
        """The same for a folder whose files are others by now; what it has in hand need not be unpacked again."""
        if context != self._context:
            return Memory(self.path, context, digests)
        self.digests = digests
        return self

    def recall(self, name: str) -> Any:
        """What was read from a file; None where it must be read."""
        entry = self._entry(name)
        if entry is None:
            return None
        digest, found = self._values.get(name, (b"", None))
        if digest != entry[0]:
            found = _unpacked(entry[1])
            self._values[name] = (entry[0], found)
        return found

    def keep(self, name: str, read: bytes, outer: bytes) -> Any:
        """Keep what was read, as `packed` and `without_body` have it; and give it back."""
        found = _unpacked(read)
        if self.digests.get(name) == UNREAD:
            self.digests[name] = found.digest
        if self.digests.get(name) == found.digest:  # else it was changed in this very moment
            self._entries[name] = (found.digest, read, outer, None)
            self._values[name] = (found.digest, found)
            self.changed = True
        return found

    def recall_judged(self, name: str) -> Sequence[Problem] | None:
        """What the text of a file has wrong; None where it must be judged."""
        entry = self._entry(name)
        return entry[3] if entry is not None else None

    def keep_judged(self, name: str, problems: Sequence[Problem]) -> None:
        """Keep what the text of a file has wrong."""
        entry = self._entry(name)
        if entry is not None:
            self._entries[name] = (*entry[:3], tuple(problems))
            self.changed = True

    def before(self, name: str) -> tuple[Any, bytes, Sequence[Problem] | None] | None:
        """What was read of a file when it was last read, that without the body, and what its text had wrong."""
        entry = self._entries.get(name)
        return (_loads(entry[1]), entry[2], entry[3]) if entry is not None else None

    def outer(self, name: str) -> bytes | None:
        """Changes with everything in a file but the body; None where that cannot be told apart."""
        entry = self._entry(name)
        return entry[2] if entry is not None else None

    def write(self, file: BinaryIO) -> None:
        """Write all of it, for the file at `path`."""
        there = {name: self._entries[name] for name in self.digests if name in self._entries}
        pickle.dump((FORMAT, self._context, there), file, protocol=pickle.HIGHEST_PROTOCOL)

    def _entry(self, name: str) -> _Entry | None:
        entry = self._entries.get(name)
        return entry if entry is not None and entry[0] == self.digests.get(name) else None


def _unpacked(read: bytes) -> Any:
    found = _loads(read)
    for record in found.records:
        record.share()
    return found


def packed(read: Any) -> bytes:
    """What was read, as bytes."""
    return pickle.dumps(read, protocol=pickle.HIGHEST_PROTOCOL)


def without_body(read: Any) -> bytes:
    """A digest of what was read without its bodies; with them, where they may hold links, which all rules look at."""
    records = [
        record
        if isinstance(record.text, str) or record.may_link
        else replace(record, text=f"{record.has_body}")
        for record in read.records
    ]
    return digest_of(packed((records, read.problems, read.met_count)))


def _load(path: Path, context: bytes) -> _Entries:
    try:
        form, known, entries = _loads(path.read_bytes())
    except (OSError, pickle.UnpicklingError, EOFError, TypeError, ValueError):
        return {}
    return entries if (form, known) == (FORMAT, context) else {}


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
