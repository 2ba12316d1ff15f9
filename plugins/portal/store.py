"""The store: what the last build wrote and why; skips what is unchanged and writes only what differs.

The output folder belongs to the build. Each file is replaced whole (written beside, then renamed), so a build
killed at any moment leaves every file readable, and the next build finds by hash what is not as it should be.
The store itself lies beside the output folder and may be deleted at any time: it only saves work.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import structs

from plugins.disclosure.record import noting_bodies
from plugins.disclosure.spread import Aside, spread
from plugins.portal.files import TEMPORARY, put, put_new, replace_whole, work_path
from plugins.portal.plan import Later, Output, Template, planned
from plugins.portal.why import changed, part_names

Render = Callable[[Output], bytes]
Progress = Callable[[str, int, int], None]
Afterwards = Callable[[dict[str, "Entry"]], Sequence[Output]]


class InOrder(tuple[Output, ...]):
    """Outputs of which each may be made from files of those before it: one process makes them, one after the other."""


Asked = tuple[str, bytes]
"""A file somebody else is to make, and the fingerprint of the one that is there, if it is as it was left."""

Stamp = tuple[int, int]
"""A file's size and time, by which it is seen whether somebody touched it."""

FORMAT = 5
CHUNK = 64
"""So many outputs are looked at at a time by one process; fewer where there are few, so that all have work."""


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of one output file. `sha256` is raw; `mtime_ns` and `size` tell whether it was touched since.

    `bodies` are the keys of the records whose texts its values were made from, `parts` short digests of all it was
    made from (why.py).
    """

    fingerprint: bytes
    sha256: bytes
    size: int
    mtime_ns: int
    bodies: tuple[str, ...] = ()
    parts: bytes = b""


@dataclass(frozen=True, slots=True)
class Made:
    """A file somebody else made; without content where the one that is there is the same."""

    address: str
    fingerprint: bytes
    bodies: tuple[str, ...]
    parts: bytes
    content: bytes | None


Far = Callable[[Sequence[Asked]], Iterable[Made]]
"""Others that make files; what they do not send back is made here."""


class StoreFile(msgspec.Struct, frozen=True):
    """The store on disk. `templates` are those that made the files, each with the fingerprint of its family."""

    format: int
    entries: dict[str, Entry]
    templates: dict[str, bytes]


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
    before: dict[str, Entry] = field(default_factory=dict)
    plan: Sequence[Output] = ()

    def why(self, address: str) -> list[str] | None:
        """What of a file's inputs is not as it was before this run; None where the file was not there before."""
        if address not in self.before or address not in self.entries:
            return None
        out = next((out for out in self.plan if out.address == address and out.basis), None)
        names = part_names(out.settled().inputs) if out is not None else []
        return changed(names, self.before[address].parts, self.entries[address].parts)

    def take(self, address: str, looked: _Looked) -> None:
        """Note what came of one output."""
        self.entries[address] = looked.entry
        if not looked.rendered:
            self.unchanged += 1
            return
        self.rendered.append(address)
        if looked.written:
            self.written.append(address)


def store_path(output: Path) -> Path:
    """Where the store of an output folder lies: beside it, so that it is never published."""
    return work_path(output, "store")


def write_outputs(
    plan: Sequence[Output],
    output: Path,
    render: Render,
    afterwards: Sequence[Sequence[Afterwards]] = (),
    *,
    rest: Callable[[], Sequence[Output]] = tuple,
    workers: int = 1,
    progress: Progress | None = None,
    texts: frozenset[str] | None = None,
    far: Far | None = None,
) -> Written:
    """Bring `output` to exactly the planned files.

    `rest` plans more of them, while other processes make the first.

    `texts`, where it is known that nothing but some records' texts and the theme changed since the last build, are
    their keys: then values that were made without these are not made again for a template that is the same. `far` makes
    what is made later.

    Those of `afterwards` plan more of them (tables of all records, the manifest) from the state of all before; what
    stands together there is made at the same time.
    Raises OutputNotOurs when the folder holds files but was never written by a build, so that a mistyped folder
    is never emptied.
    """
    stored = _load(output)
    claim(output)
    on_disk = _files(output)
    result = Written(before=stored.entries)

    def job(outputs: Sequence[Output]) -> _Job:
        return _Job(outputs, output, render, stored, on_disk, texts)

    if far is not None:
        result.plan = planned([*plan, *rest()])
        left = _bring_far(job(result.plan), far, result, progress)
        _Bringing(_Job(left, output, render, stored, on_disk), workers).take(result, progress)
    else:
        begun = _Bringing(job(plan), workers)
        others = rest()
        result.plan = planned([*plan, *others])
        begun.take(result, progress)
        _Bringing(job(others), workers).take(result, progress)
    for together in afterwards:
        for bringing in [_Bringing(job(more(result.entries)), workers) for more in together]:
            bringing.take(result, progress)
    _remove_strays(output, on_disk, result)
    result.rendered.sort()
    result.written.sort()
    _save(output, result.entries, _templates(result.plan))
    return result


def write_at_once(some: Sequence[Output], output: Path, render: Render, known: dict[str, Entry]) -> list[str]:
    """Bring some outputs of a built site to what they should be, and say which were written.

    The store is not told, so that the next build looks at these files again.
    """
    there = {out.address: _stamp(path.stat()) for out in some if (path := output / out.address).exists()}
    job = _Job(some, output, render, StoreFile(FORMAT, known, {}), there)
    return [out.address for out, looked in job.all() if looked.written]


def write_some(
    some: Sequence[Output],
    output: Path,
    render: Render,
    afterwards: Sequence[Afterwards] = (),
    whole: str = "",
) -> Written:
    """Bring some outputs to what they should be, where all are as they were left (`files_as_left`).

    Of files whose address begins with `whole`, where it is named, `some` has all there are.
    """
    stored = _load(output)
    known = stored.entries
    on_disk = _Left(output, known)
    kept = {address: entry for address, entry in known.items() if not whole or not address.startswith(whole)}
    result = Written(entries=kept, before=known, plan=some)
    for plan in (lambda _: some, *afterwards):
        for out, looked in _Job(plan(result.entries), output, render, stored, on_disk).all():
            result.take(out.address, looked)
    result.unchanged = len(result.entries) - len(result.rendered)
    _remove_strays(output, on_disk, result)
    result.rendered.sort()
    result.written.sort()
    _save(output, result.entries, stored.templates)
    return result


class _Looked(msgspec.Struct, frozen=True, array_like=True):
    """What came of looking at one output."""

    entry: Entry
    rendered: bool
    written: bool


@dataclass(frozen=True, slots=True)
class _Job:
    """What the workers share: they are forked, so nothing of it is copied or pickled."""

    outputs: Sequence[Output]
    folder: Path
    render: Render
    stored: StoreFile
    on_disk: Mapping[str, Stamp]
    texts: frozenset[str] | None = None

    def chunk(self, some: range) -> tuple[int, list[_Looked]]:
        """Some of the outputs, each brought to what it should be; and where they begin."""
        return some.start, [self._bring(out) for out in self.outputs[some.start : some.stop]]

    def all(self) -> list[tuple[Output, _Looked]]:
        """All of them at once."""
        return [(out, self._bring(out)) for out in self.outputs]

    def _bring(self, out: Output) -> _Looked:
        if (entry := self.untouched(out)) is not None:
            return _Looked(entry, rendered=False, written=False)
        with noting_bodies() as bodies:
            settled = out.settled()
        if (entry := self._still_good(settled)) is not None:
            entry = structs.replace(entry, bodies=tuple(sorted(bodies)))
            return _Looked(entry, rendered=False, written=False)
        return self._write(settled, tuple(sorted(bodies)))

    def untouched(self, out: Output) -> Entry | None:
        """The entry of a file that cannot have changed, without making its values."""
        if out.fingerprint:
            return self._still_good(out)
        entry = self.stored.entries.get(out.address)
        if self.texts is None or not isinstance(out.inputs, Later) or entry is None:
            return None
        if isinstance(out.maker, Template) and self.stored.templates.get(out.maker.name) != out.basis:
            return None
        if not self.texts.isdisjoint(entry.bodies):
            return None
        return self._still_good(structs.replace(out, fingerprint=entry.fingerprint))

    def take(self, made: Made) -> _Looked:
        """Take over a file that somebody else made."""
        entry = self.stored.entries.get(made.address)
        if made.content is None and entry is not None:
            return _Looked(structs.replace(entry, bodies=made.bodies), rendered=False, written=False)
        return self._put(made.address, made.content or b"", made.fingerprint, made.bodies, made.parts)

    def asked(self, out: Output) -> Asked:
        """What somebody else must know to make a file."""
        entry, stamp = self.stored.entries.get(out.address), self.on_disk.get(out.address)
        as_left = entry and (entry.size, entry.mtime_ns) == stamp
        return out.address, entry.fingerprint if entry and as_left else b""

    def _write(self, out: Output, bodies: tuple[str, ...]) -> _Looked:
        return self._put(out.address, self.render(out), out.fingerprint, bodies, out.parts)

    def _put(
        self, address: str, content: bytes, fingerprint: bytes, bodies: tuple[str, ...], parts: bytes
    ) -> _Looked:
        digest = sha256(content).digest()
        same = address in self.on_disk and _holds(self.folder / address, content, digest)
        write = put if self.on_disk else put_new
        stat = (self.folder / address).stat() if same else write(os.fspath(self.folder), address, content)
        entry = Entry(fingerprint, digest, stat.st_size, stat.st_mtime_ns, bodies, parts)
        return _Looked(entry, rendered=True, written=not same)

    def _still_good(self, out: Output) -> Entry | None:
        """The entry of the file on disk, if the file is what this output would be."""
        entry, stamp = self.stored.entries.get(out.address), self.on_disk.get(out.address)
        if entry is None or stamp is None or entry.fingerprint != out.fingerprint:
            return None
        if (entry.size, entry.mtime_ns) == stamp:
            return entry
        if sha256((self.folder / out.address).read_bytes()).digest() != entry.sha256:
            return None
        return structs.replace(entry, size=stamp[0], mtime_ns=stamp[1])


def _holds(path: Path, content: bytes, digest: bytes) -> bool:
    return path.stat().st_size == len(content) and sha256(path.read_bytes()).digest() == digest


def _bring_far(job: _Job, far: Far, result: Written, progress: Progress | None) -> list[Output]:
    """Have others make what is made later, and take it over; what is left for this process."""
    left: dict[str, Output] = {}
    asked = []
    for out in job.outputs:
        if (entry := job.untouched(out)) is not None:
            result.take(out.address, _Looked(entry, rendered=False, written=False))
            continue
        left[out.address] = out
        if isinstance(out.inputs, Later):
            asked.append(job.asked(out))
    for done, made in enumerate(far(asked), 1):
        del left[made.address]
        result.take(made.address, job.take(made))
        if progress is not None:
            progress("far", done, len(asked))
    return [*left.values()]


class _Bringing:
    """A job that other processes have begun, where there are any."""

    def __init__(self, job: _Job, workers: int) -> None:
        self._outputs = job.outputs
        self._batches = (
            _one_by_one(job, workers) if isinstance(job.outputs, InOrder) else _shared(job, workers)
        )

    def take(self, result: Written, progress: Progress | None) -> None:
        """Wait for it, and note what came of it."""
        done = 0
        for start, batch in self._batches:
            for place, looked in enumerate(batch, start):
                result.take(self._outputs[place].address, looked)
            done += len(batch)
            if progress is not None:
                progress("render", done, len(self._outputs))


def _shared(job: _Job, workers: int) -> Iterator[tuple[int, list[_Looked]]]:
    """The outputs of a job, some at a time, as the processes come to them."""
    return spread(job.chunk, _ever_fewer(len(job.outputs), workers), workers)


def _ever_fewer(count: int, workers: int) -> list[range]:
    """Places from 0 to `count` in parts that grow small at the end, so that all processes end together."""
    parts, start = [], 0
    while start < count:
        size = min(CHUNK, -(-(count - start) // (4 * workers)))
        parts.append(range(start, min(start + size, count)))
        start += size
    return parts


def _one_by_one(job: _Job, workers: int) -> Iterator[tuple[int, list[_Looked]]]:
    """The outputs of a job in their order, by one process, which begins at once where there may be two."""
    aside = Aside(partial(job.chunk, range(len(job.outputs))), workers)
    return (found() for found in [aside.result])


def _stamp(stat: os.stat_result) -> Stamp:
    return stat.st_size, stat.st_mtime_ns


def _files(output: Path) -> dict[str, Stamp]:
    """Every file below the folder, by its address; symbolic links are not followed."""
    found: dict[str, Stamp] = {}
    folders = [(output, "")] if output.is_dir() else []
    while folders:
        folder, prefix = folders.pop()
        for item in os.scandir(folder):
            if item.is_dir(follow_symlinks=False):
                folders.append((Path(item.path), f"{prefix}{item.name}/"))
            else:
                found[prefix + item.name] = _stamp(item.stat(follow_symlinks=False))
    return found


def files_as_left(output: Path) -> int | None:
    """How many files the last build left, if all of them and no others are there as it left them; else None."""
    known = _load(output).entries
    count = 0
    folders = [(os.fspath(output), "")] if known and output.is_dir() else []
    while folders:
        folder, prefix = folders.pop()
        with os.scandir(folder) as items:
            for item in items:
                if item.is_dir(follow_symlinks=False):
                    folders.append((item.path, f"{prefix}{item.name}/"))
                    continue
                entry = known.get(prefix + item.name)
                stat = item.stat(follow_symlinks=False)
                if entry is None or entry.size != stat.st_size or entry.mtime_ns != stat.st_mtime_ns:
                    return None
                count += 1
    return count if known and count == len(known) else None


class _Left(Mapping[str, Stamp]):
    """The files of a folder in which all are as the last build left them; each is looked at when it is asked for."""

    def __init__(self, folder: Path, known: Mapping[str, Entry]) -> None:
        self._folder = os.fspath(folder)
        self._known = known

    def __getitem__(self, address: str) -> Stamp:
        if address not in self._known:
            raise KeyError(address)
        try:
            return _stamp(os.lstat(f"{self._folder}/{address}"))
        except FileNotFoundError as fault:
            raise KeyError(address) from fault

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


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
    _save(output, {}, {})


def _remove_strays(output: Path, on_disk: Mapping[str, Stamp], result: Written) -> None:
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


def _templates(plan: Iterable[Output]) -> dict[str, bytes]:
    """The templates of a plan, each with the fingerprint of its family."""
    return {out.maker.name: out.basis for out in plan if isinstance(out.maker, Template)}


def _load(output: Path) -> StoreFile:
    """What the last build left to know; nothing when there was no build or its store cannot be read."""
    try:
        stored = msgspec.msgpack.decode(store_path(output).read_bytes(), type=StoreFile)
    except (OSError, msgspec.MsgspecError):
        return StoreFile(FORMAT, {}, {})
    return stored if stored.format == FORMAT else StoreFile(FORMAT, {}, {})


def _save(output: Path, entries: dict[str, Entry], templates: dict[str, bytes]) -> None:
    path = store_path(output)
    content = msgspec.msgpack.encode(StoreFile(FORMAT, dict(sorted(entries.items())), templates))
    if not path.exists() or path.read_bytes() != content:
        replace_whole(path, content)
