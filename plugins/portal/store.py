"""The store: what the last build wrote and why; skips what is unchanged and writes only what differs.

The output folder belongs to the build. Each file is replaced whole (written beside, then renamed), so a build
killed at any moment leaves every file readable, and the next build finds by hash what is not as it should be.
The store itself lies beside the output folder and may be deleted at any time: it only saves work.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import msgspec

from plugins.portal.plan import Output

Render = Callable[[Output], bytes]
Progress = Callable[[str, int, int], None]

FORMAT = 1
TEMPORARY = ".gongkai-part"
CHUNK = 64


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What is known of one output file. `sha256` is raw; `mtime_ns` and `size` tell whether it was touched since."""

    fingerprint: bytes
    sha256: bytes
    size: int
    mtime_ns: int


class StoreFile(msgspec.Struct, frozen=True):
    """The store on disk."""

    format: int
    entries: dict[str, Entry]


class OutputNotOurs(ValueError):
    """The output folder holds files no build of ours has written."""


@dataclass(slots=True)
class Written:
    """What one run of the store did, by address, and the state of every output afterwards."""

    entries: dict[str, Entry] = field(default_factory=dict)
    rendered: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0


def store_path(output: Path) -> Path:
    """Where the store of an output folder lies: beside it, so that it is never published."""
    return output.resolve().parent / ".gongkai" / f"{output.resolve().name}.store"


def write_outputs(
    plan: Sequence[Output],
    output: Path,
    render: Render,
    finish: Callable[[dict[str, Entry]], Output] | None = None,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> Written:
    """Bring `output` to exactly the planned files.

    `finish` makes one last output (the manifest) from the state of all others. Raises OutputNotOurs when the
    folder holds files but was never written by a build, so that a mistyped folder is never emptied.
    """
    known = _load(output)
    claim(output)
    on_disk = _files(output)
    result = Written()
    dirty = [out for out in plan if not _still_good(out, output, known, on_disk, result)]
    _render_all(dirty, output, render, on_disk, result, workers, progress)
    if finish is not None:
        last = finish(result.entries)
        if not _still_good(last, output, known, on_disk, result):
            _take(_render_one(last, output, render, last.address in on_disk), result)
    _remove_strays(output, on_disk, result)
    _save(output, result.entries)
    return result


def _still_good(
    out: Output, output: Path, known: dict[str, Entry], on_disk: dict[str, os.stat_result], result: Written
) -> bool:
    """Whether the file on disk is what this output would be; then it is kept, in `result` too."""
    entry, stat = known.get(out.address), on_disk.get(out.address)
    if entry is None or stat is None or entry.fingerprint != out.fingerprint:
        return False
    if (entry.size, entry.mtime_ns) != (stat.st_size, stat.st_mtime_ns):
        if sha256((output / out.address).read_bytes()).digest() != entry.sha256:
            return False
        entry = Entry(entry.fingerprint, entry.sha256, stat.st_size, stat.st_mtime_ns)
    result.entries[out.address] = entry
    result.unchanged += 1
    return True


@dataclass(frozen=True, slots=True)
class _Made:
    address: str
    entry: Entry
    written: bool


def _render_one(out: Output, output: Path, render: Render, exists: bool) -> _Made:
    content = render(out)
    digest = sha256(content).digest()
    path = output / out.address
    same = exists and path.stat().st_size == len(content) and sha256(path.read_bytes()).digest() == digest
    if not same:
        replace_whole(path, content)
    stat = path.stat()
    return _Made(out.address, Entry(out.fingerprint, digest, stat.st_size, stat.st_mtime_ns), not same)


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file so that at every moment it is either the old one or the new one."""
    temporary = path.with_name(f".{path.name}{TEMPORARY}{os.getpid()}")
    try:
        temporary.write_bytes(content)
    except FileNotFoundError:  # asked for only when it is needed: most folders are there
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
    temporary.replace(path)


def _take(made: _Made, result: Written) -> None:
    result.entries[made.address] = made.entry
    result.rendered.append(made.address)
    if made.written:
        result.written.append(made.address)


def _render_all(
    dirty: Sequence[Output],
    output: Path,
    render: Render,
    on_disk: dict[str, os.stat_result],
    result: Written,
    workers: int,
    progress: Progress | None,
) -> None:
    done = 0
    for batch in _batches(_Job(dirty, output, render, frozenset(on_disk)), workers):
        for made in batch:
            _take(made, result)
        done += len(batch)
        if progress is not None:
            progress("render", done, len(dirty))
    result.rendered.sort()
    result.written.sort()


@dataclass(frozen=True, slots=True)
class _Job:
    """What the workers share: they are forked, so nothing of it is copied or pickled."""

    outputs: Sequence[Output]
    folder: Path
    render: Render
    on_disk: frozenset[str]

    def chunk(self, start: int) -> list[_Made]:
        return [
            _render_one(out, self.folder, self.render, out.address in self.on_disk)
            for out in self.outputs[start : start + CHUNK]
        ]


_forked: list[_Job] = []
"""The job in hand, for the workers to find after the fork."""


def _chunk_of_job(start: int) -> list[_Made]:
    return _forked[-1].chunk(start)


def _batches(job: _Job, workers: int) -> Iterator[list[_Made]]:
    """The job in chunks, in this process or in forked ones; where fork is missing, in this one."""
    starts = range(0, len(job.outputs), CHUNK)
    if workers < 2 or len(starts) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(job.chunk, starts)
        return
    _forked.append(job)
    gc.freeze()  # keeps the pages shared with the workers unwritten by the collector
    try:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            for future in as_completed([pool.submit(_chunk_of_job, start) for start in starts]):
                yield future.result()
    finally:
        gc.unfreeze()
        _forked.pop()


def _files(output: Path) -> dict[str, os.stat_result]:
    """Every file below the folder, by its address, with its stat; symbolic links are not followed."""
    found: dict[str, os.stat_result] = {}
    folders = [(output, "")] if output.is_dir() else []
    while folders:
        folder, prefix = folders.pop()
        for item in os.scandir(folder):
            if item.is_dir(follow_symlinks=False):
                folders.append((Path(item.path), f"{prefix}{item.name}/"))
            else:
                found[prefix + item.name] = item.stat(follow_symlinks=False)
    return found


def claim(output: Path) -> None:
    """Make sure the folder is ours before anything in it, or beside it, is touched.

    It is when a store lies beside it or our manifest in it. The store is laid down first, so that a build
    killed half-way finds its own folder again.
    """
    if store_path(output).exists():
        return
    if output.is_dir() and any(output.iterdir()) and not (output / "manifest.json").exists():
        raise OutputNotOurs(
            f"文件夹 {output} 里有不是本程序生成的文件，未改动。请换一个空文件夹，或先把它清空。"
            f" / The folder {output} holds files this program did not write; nothing was changed."
        )
    _save(output, {})


def _remove_strays(output: Path, on_disk: dict[str, os.stat_result], result: Written) -> None:
    """Remove what is not planned any more, and what a killed build left behind."""
    for address in sorted(set(on_disk) - set(result.entries)):
        path = output / address
        path.unlink()
        if TEMPORARY not in path.name:
            result.removed.append(address)
        for folder in path.parents:
            if folder == output or any(folder.iterdir()):
                break
            folder.rmdir()


def _load(output: Path) -> dict[str, Entry]:
    """The last build's entries; none when there was no build or its store cannot be read."""
    try:
        stored = msgspec.msgpack.decode(store_path(output).read_bytes(), type=StoreFile)
    except (OSError, msgspec.MsgspecError):
        return {}
    return stored.entries if stored.format == FORMAT else {}


def _save(output: Path, entries: dict[str, Entry]) -> None:
    path = store_path(output)
    content = msgspec.msgpack.encode(StoreFile(FORMAT, dict(sorted(entries.items()))))
    if not path.exists() or path.read_bytes() != content:
        replace_whole(path, content)
