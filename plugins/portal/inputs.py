"""What a build was made from, by size, time and hash: when none of it changed, there is nothing to do.

One look at every file answers that. A file whose size and time are as before counts as unchanged; any other is
hashed, so that a fresh checkout with new times everywhere costs a reading and no rendering. The note lies beside the
output folder and may be deleted at any time.
"""

from __future__ import annotations

import os
import platform
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from plugins.disclosure.problem import Problem
from plugins.disclosure.record import UNREAD, digest_of
from plugins.portal.files import replace_whole, work_path

if TYPE_CHECKING:
    from plugins.disclosure.memory import Memory

FORMAT = 2
LIBRARIES = (
    "chinesecalendar", "comrak", "feedgen", "jinja2", "lxml", "markdown", "msgspec", "nh3", "numpy", "pelican",
    "segno", "xlsxwriter",
)  # fmt: skip
"""Whatever makes bytes of the site."""

READ = "read"
"""What of a build's work is what was read."""

IGNORED = (".", "~$", "__pycache__")


class Seen(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One file as it was."""

    size: int
    mtime_ns: int
    digest: bytes


GONE = Seen(-1, -1, b"")


class Note(msgspec.Struct, frozen=True):
    """What a build was made from, and what it had to say."""

    format: int
    basis: str
    files: dict[str, Seen]
    records: int
    problems: tuple[Problem, ...]
    world: bytes


def versions() -> str:
    """Python and the libraries that make bytes of the site."""
    installed = _installed()
    return " ".join(
        [platform.python_version(), *(f"{name} {installed.get(name, '-')}" for name in LIBRARIES)]
    )


def basis(today: date, profile: str | None, parts: frozenset[str]) -> str:
    """All that a site depends on beside files, in one line."""
    return f"{versions()} | {today} {profile or '-'} {' '.join(sorted(parts))}"


def nothing_known(output: Path) -> bool:
    """Whether there is neither a note of a build into `output` nor anything that one remembers having read."""
    return not _path(output).exists() and not work_path(output, READ).exists()


def read_note(output: Path) -> Note | None:
    """The note of the last build into `output`; None where there is none that can be read."""
    try:
        note = msgspec.msgpack.decode(_path(output).read_bytes(), type=Note)
    except (OSError, msgspec.MsgspecError):
        return None
    return note if note.format == FORMAT else None


def packed(note: Note) -> bytes:
    """The note as it is kept."""
    return msgspec.msgpack.encode(note)


def write_note(output: Path, note: bytes) -> None:
    """Keep a packed note for the next build."""
    replace_whole(_path(output), note)


def forget_note(output: Path) -> None:
    """Have no note until the next is written."""
    _path(output).unlink(missing_ok=True)


def look(
    folders: Mapping[str, Path], before: Mapping[str, Seen], read_anyway: tuple[str, str] | None = None
) -> dict[str, Seen]:
    """Every file of the folders, by folder's name and path; hashed where its size or time is not as `before`.

    Files that begin and end as `read_anyway` says have no digest yet: who reads them makes it (`digested`).
    """
    first, last = read_anyway or ("", "/")
    found: dict[str, Seen] = {}
    for name, folder in folders.items():
        waiting = [(os.fspath(folder), f"{name}/")]
        while waiting:
            place, prefix = waiting.pop()
            with os.scandir(place) as items:
                for item in items:
                    own = item.name
                    if own.startswith(IGNORED):
                        continue
                    if item.is_dir(follow_symlinks=False):
                        waiting.append((item.path, f"{prefix}{own}/"))
                        continue
                    address = prefix + own
                    old = before.get(address)
                    if old is not None and _untouched(item, old):
                        found[address] = old
                    else:
                        later = address.startswith(first) and address.endswith(last)
                        found[address] = _seen(item, later=later)
    return found


def _untouched(item: os.DirEntry[str], old: Seen) -> bool:
    try:
        stat = item.stat()
    except OSError:
        return False
    return old.mtime_ns == stat.st_mtime_ns and old.size == stat.st_size


def digested(files: Mapping[str, Seen], content: Path, memory: Memory) -> dict[str, Seen]:
    """The files of `look`, each with its digest: from the memory of what was read, else from the file."""
    return {
        address: seen
        if seen.digest != UNREAD
        else _digested(seen, address.removeprefix("content/"), content, memory)
        for address, seen in files.items()
    }


def _digested(seen: Seen, name: str, content: Path, memory: Memory) -> Seen:
    known = memory.digests[name]
    if known != UNREAD:
        return structs.replace(seen, digest=known)
    try:
        return structs.replace(seen, digest=_digest(content / name))
    except OSError:
        return GONE


def same(now: Mapping[str, Seen], before: Mapping[str, Seen]) -> bool:
    """Whether the same files hold the same, whenever they were written."""
    return len(now) == len(before) and all(
        (old := before.get(name)) is not None and old.digest == seen.digest for name, seen in now.items()
    )


def remembered(
    output: Path, content: Path, basis: str, files: Mapping[str, Seen], before: Memory | None = None
) -> Memory:
    """What the last build read and judged of the files of `content`, as far as it still holds."""
    from plugins.disclosure.memory import Memory

    context = blake2b(f"{basis} {content.resolve()}".encode(), digest_size=16)
    for name, seen in sorted(files.items()):
        if name.startswith(("code/", "content/attachments/")) or name.endswith((".yaml", ".csv")):
            context.update(name.encode() + seen.digest)
    digests = {name.removeprefix("content/"): s.digest for name, s in files.items() if name.endswith(".md")}
    if before is not None:
        return before.renewed(context.digest(), digests)
    return Memory(work_path(output, READ), context.digest(), digests)


def all_of(basis: str, files: Mapping[str, Seen]) -> bytes:
    """Changes with everything a site is made from."""
    digest = blake2b(basis.encode(), digest_size=16)
    for name, seen in sorted(files.items()):
        digest.update(name.encode() + seen.digest)
    return digest.digest()


def world(basis: str, files: Mapping[str, Seen], memory: Memory) -> bytes:
    """Changes with everything that pages are given, but for the bodies of records that can be told apart from the rest.

    The theme is no part of it: each page knows its own template (store.py).
    """
    digest = blake2b(basis.encode(), digest_size=16)
    for name, seen in sorted(files.items()):
        if name.startswith("theme/"):
            continue
        outer = memory.outer(name.removeprefix("content/")) if name.startswith("content/") else None
        digest.update(name.encode() + (outer or seen.digest))
    return digest.digest()


def texts_changed(now: Mapping[str, Seen], before: Mapping[str, Seen], memory: Memory) -> frozenset[str]:
    """The keys of the records whose files changed, where nothing but their bodies can have, and the theme."""
    names = (name for name in changed(now, before) if name.startswith("content/"))
    read = [memory.recall(name.removeprefix("content/")) for name in names]
    return frozenset(record.key for batch in read if batch is not None for record in batch.records)


def changed(now: Mapping[str, Seen], before: Mapping[str, Seen]) -> tuple[str, ...]:
    """The names of files that came, went or hold something else."""
    names = {name for name, seen in now.items() if name not in before or before[name].digest != seen.digest}
    return tuple(sorted(names | (before.keys() - now.keys())))


def are_records(changed: Iterable[str], now: Mapping[str, Seen], before: Mapping[str, Seen]) -> bool:
    """Whether all that changed are files of records that were there and still are."""
    return all(
        name.startswith("content/") and name.endswith(".md") and name in now and name in before
        for name in changed
    )


def _seen(item: os.DirEntry[str], *, later: bool) -> Seen:
    try:
        found = item.stat()
        plain = stat.S_ISREG(found.st_mode)
        digest = UNREAD if later and plain else _digest(Path(item.path) if plain else None)
    except OSError:  # a link to nothing, or not ours to read: the reader reports it
        return GONE
    return Seen(found.st_size, found.st_mtime_ns, digest)


def _digest(path: Path | None) -> bytes:
    return digest_of(path.read_bytes() if path else b"")


def _installed() -> dict[str, str]:
    """The version of each installed library, from the folder beside it that is named after both.

    `importlib.metadata` reads the same and a file within, but takes longer to load than a build with nothing to do.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        with suppress(OSError):  # an archive, or a folder that is not there
            for item in os.scandir(place or "."):
                if item.name.endswith(".dist-info"):
                    name, _, version = item.name.removesuffix(".dist-info").partition("-")
                    found.setdefault(name.lower(), version)  # the first on the way is the one that is used
    return found


def _path(output: Path) -> Path:
    return work_path(output, "inputs")
