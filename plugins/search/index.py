"""The index of a site over time: a base, small additions to it, and the one file by which readers begin.

Most edits touch a few records. They go into a small segment beside the large one, whose versions of them are
marked dead; when there are too many, segments are merged. Merged into one, an index is what a first build makes.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, groupby, repeat
from pathlib import Path
from typing import Any

from plugins.disclosure.collecting import uncollected
from plugins.search.analyzer import PINYIN, analyzer_version, syllables, synonym_lines
from plugins.search.entry import Entry, Version, in_order
from plugins.search.folding import TRADITIONAL
from plugins.search.pack import Slice, packed
from plugins.search.query import question_lists
from plugins.search.segment import FORMAT, Read, Segment, build_segment, segment_name

START = "start.bin"
STATE = "state.json"

WHOLE_BELOW = 512
"""With fewer records the index is always made as a whole: that takes no time, and leaves nothing to merge."""

NEWEST = 16
"""So many records may lie in the newest segment, which every edit writes anew."""

MIDDLE = 512
MIDDLE_SHARE = 16
"""The middle segment holds up to MIDDLE records or one in MIDDLE_SHARE of the site's, whichever is more."""


@dataclass(frozen=True, slots=True)
class Index:
    """The files of the index: those cut out of packs in the work folder, and those made here."""

    slices: tuple[Slice, ...]
    small: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """A segment of an earlier build, and which version of which records it holds, in their order."""

    segment: Segment
    versions: tuple[tuple[str, str], ...]

    def alive(self, current: Mapping[str, str]) -> list[str]:
        """The keys of its records that are still what they were."""
        return [key for key, version in self.versions if current.get(key) == version]

    def dead(self, current: Mapping[str, str]) -> list[int]:
        """The numbers of its other records."""
        return [n for n, (key, version) in enumerate(self.versions) if current.get(key) != version]


def update_index(
    versions: Iterable[Version], read: Read, work: Path, *, compact: bool = False, workers: int = 1
) -> Index:
    """Bring the index up to date with these records. `work` is a folder that lasts from build to build.

    Only records that are new or changed are read, and those that go into a segment with them. Whatever is lost or
    damaged in `work` is made again. With `compact`, all segments are merged.
    """
    by_key = {version.key: version for version in versions}
    current = {key: version.mark for key, version in by_key.items()}
    before = _read_state(work)
    wanted = arranged([] if compact else before, current)
    segments: list[Kept] = []
    for one in wanted:
        if isinstance(one, Kept):
            segments.append(one)
            continue
        chosen = in_order(by_key[key] for key in one)
        name = segment_name(chosen)
        found = next((kept for kept in before if kept.segment.name == name), None)
        if found is None:
            delta = len(wanted) > 1 and len(chosen) <= NEWEST
            segment = build_segment(chosen, read, work, delta=delta, workers=workers)
            found = Kept(segment, tuple((version.key, version.mark) for version in chosen))
        segments.append(found)
    _write_state(work, segments)
    start = start_file((one.segment, one.dead(current)) for one in segments)
    slices = tuple(chain.from_iterable(one.segment.files for one in segments))
    return Index(slices, {START: start, **_tables()})


def make_index(entries: Iterable[Entry], work: Path, *, compact: bool = False, workers: int = 1) -> Index:
    """The index of entries that are all at hand."""
    by_key = {entry.key: entry for entry in entries}
    versions = [entry.version for entry in by_key.values()]
    return update_index(
        versions, lambda keys: [by_key[key] for key in keys], work, compact=compact, workers=workers
    )


@cache
def _tables() -> Mapping[str, bytes]:
    """What the browser fetches when it meets a rare character, or finds nothing."""
    tables = {"traditional.bin": TRADITIONAL, "pinyin.bin": PINYIN}
    return {name: gzip.compress(path.read_bytes(), 9, mtime=0) for name, path in tables.items()}


def arranged(kept: Sequence[Kept], current: Mapping[str, str]) -> list[Kept | list[str]]:
    """The segments wanted, the base first: kept ones, and which records go into new ones, as few as possible."""
    alive = {id(one): one.alive(current) for one in kept}
    held = {key for keys in alive.values() for key in keys}
    fresh = [key for key in current if key not in held]
    dead = sum(len(one.versions) for one in kept) - len(held)
    whole = list(current)
    if not kept or len(current) < WHOLE_BELOW or not alive[id(kept[0])] or dead > len(current) // 4:
        return [whole]
    base, *later = (one for one in kept if alive[id(one)])
    if not fresh:
        return [base, *later]
    newest = later.pop() if later and len(later[-1].versions) <= NEWEST else None
    added = [*(alive[id(newest)] if newest else []), *fresh]
    if len(added) <= NEWEST:
        return [base, *later, added]
    merged = [*(key for one in later for key in alive[id(one)]), *added]
    if len(merged) <= max(MIDDLE, len(current) // MIDDLE_SHARE):
        return [base, merged]
    return [whole]


def start_file(segments: Iterable[tuple[Segment, Sequence[int]]]) -> bytes:
    """Where readers begin: the segments, the records of each that are no longer valid, and the words to know."""
    return packed(
        {
            "format": FORMAT,
            "analyzer": analyzer_version(),
            "segments": [{"path": one.name, "dead": list(dead), **one.facts} for one, dead in segments],
            "syllables": sorted({syllable for found in syllables().values() for syllable in found}),
            "questions": ["|".join(words) for words in question_lists()],
            "synonyms": synonym_lines(),
        }
    )


@uncollected()
def _read_state(work: Path) -> list[Kept]:
    """The segments of the last build; none when any of it is not as it was left."""
    try:
        state = json.loads((work / STATE).read_bytes())
        if state["version"] != [FORMAT, analyzer_version()]:
            return []
        return [_read_segment(work, name) for name in state["segments"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _read_segment(work: Path, name: str) -> Kept:
    """One segment. Raises ValueError when its packs are not whole."""
    data: dict[str, Any] = json.loads((work / name / STATE).read_bytes())
    files = _read_files(data["packs"], data["addresses"], data["lengths"], data["digests"])
    for pack, _, size in data["packs"]:
        if (work / pack).stat().st_size != size:
            raise ValueError(f"{name}: a pack is not whole")
    return Kept(Segment(name, data["facts"], files), tuple(zip(data["keys"], data["marks"], strict=True)))


def _read_files(
    packs: Sequence[tuple[str, int, int]],
    addresses: Sequence[str],
    lengths: Sequence[int],
    digests: Sequence[str],
) -> tuple[Slice, ...]:
    """The files of the packs, of each of which the name, the count of files and the size are known."""
    names = chain.from_iterable(repeat(pack, count) for pack, count, _ in packs)
    rows = zip(packs, accumulate((count for _, count, _ in packs), initial=0), strict=False)
    places = chain.from_iterable(
        accumulate(lengths[start : start + count - 1], initial=0) for (_, count, _), start in rows if count
    )
    return tuple(map(Slice._make, zip(addresses, names, places, lengths, digests, strict=True)))


def _write_state(work: Path, segments: Sequence[Kept]) -> None:
    """Remember the segments, and forget all others."""
    names = [one.segment.name for one in segments]
    for one in segments:
        path = work / one.segment.name / STATE
        if not path.exists():
            path.write_text(json.dumps(_state(one), ensure_ascii=False), encoding="utf-8")
    (work / STATE).write_text(
        json.dumps({"version": [FORMAT, analyzer_version()], "segments": names}), encoding="utf-8"
    )
    for folder in work.iterdir():
        if folder.is_dir() and folder.name not in names:
            shutil.rmtree(folder)


def _state(kept: Kept) -> dict[str, Any]:
    """What `_read_segment` reads: columns rather than rows, for it is read at every edit."""
    files = kept.segment.files
    packs = ((pack, list(own)) for pack, own in groupby(files, key=lambda file: file.pack))
    return {
        "facts": dict(kept.segment.facts),
        "keys": [key for key, _ in kept.versions],
        "marks": [mark for _, mark in kept.versions],
        "packs": [(pack, len(own), sum(file.length for file in own)) for pack, own in packs],
        "addresses": [file.address for file in files],
        "lengths": [file.length for file in files],
        "digests": [file.digest for file in files],
    }
