"""A segment: an index of some records, complete in itself and never changed once it is written.

Records are read and indexed batch by batch; what the batches leave on disk is merged part by part. Both are shared
among forked processes. The files of the segment lie in packs of a work folder; whoever publishes them cuts them out.
"""

from __future__ import annotations

import gc
import gzip
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from plugins.search.analyzer import analyzer_version
from plugins.search.arrays import keep_memory
from plugins.search.batch import (
    MOST_IN_A_BATCH,
    MOST_IN_A_FRAGMENT,
    Batch,
    entries_per_fragment,
    index_batch,
)
from plugins.search.entry import FACETS, Entry, Version
from plugins.search.extraction import prepare
from plugins.search.merging import Part, Run, Shards, divided, merge_part, often_found
from plugins.search.pack import Slice, write_pack
from plugins.search.postings import Numbers, encode_lists

FORMAT = 2
SHARD_BYTES = 8192
DELTA_SHARD_BYTES = 16384
LAST_DAY = 100_000
SAMPLE = 64
SHARED_FROM = 256
"""With fewer records one process is faster than several."""

Read = Callable[[Sequence[str]], Iterable[Entry]]
"""Gives the entries of some keys, in that order. It may be called in forked processes, for a thousand at a time."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A written segment: its name, what a reader must know of it, and its files."""

    name: str
    facts: Mapping[str, Any]
    files: tuple[Slice, ...]


def segment_name(versions: Iterable[Version]) -> str:
    """The name of the segment of these records: the same records, the same name."""
    digest = blake2b(f"{FORMAT} {analyzer_version()}".encode(), digest_size=6)
    for version in versions:
        digest.update(f"{version.key} {version.mark}\n".encode())
    return digest.hexdigest()


def build_segment(
    versions: Sequence[Version], read: Read, folder: Path, *, delta: bool = False, workers: int = 1
) -> Segment:
    """Index the records, which stand in their order (`entry.in_order`), into `folder`."""
    keep_memory()
    name = segment_name(versions)
    (folder / name).mkdir(parents=True, exist_ok=True)
    keys = [version.key for version in versions]
    per_fragment = entries_per_fragment(list(read(keys[:: max(1, len(keys) // SAMPLE)])))
    plan = _Plan(folder, name, keys, read, per_fragment)
    with _shared(plan, workers if len(keys) >= SHARED_FROM else 1) as run:
        batches: list[Batch] = list(run(_batch, _spans(len(keys), workers)))
        postings = sum(sum(batch.run.lengths) for batch in batches)
        shards = divided(postings, DELTA_SHARD_BYTES if delta else SHARD_BYTES)
        characters = np.unique(
            np.concatenate([np.zeros(0, np.uint32), *(one.character_hashes for one in batches)])
        )
        runs = [batch.run for batch in batches]
        parts: list[Part] = list(run(partial(_part, runs, characters, shards), shards.parts))
    for one in runs:
        (folder / name / one.name).unlink()
    facets, facet_files = _facets(plan, versions, batches)
    facts = {
        "bits": shards.bits,
        "cold": shards.cold_bits,
        "often": often_found(parts, len(keys)),
        "n": len(keys),
        "per": per_fragment,
        "facets": facets,
    }
    files = [file for part in parts for file in part.files]
    files += [*facet_files, *(file for batch in batches for file in batch.files)]
    return Segment(name, facts, tuple(files))


# ---- sharing the work ----


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all batches of a segment share."""

    folder: Path
    name: str
    keys: Sequence[str]
    read: Read
    per_fragment: int


_plan: _Plan | None = None

Shared = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@contextmanager
def _shared(plan: _Plan, workers: int) -> Iterator[Shared]:
    """A `map` in this process or over forked ones, in which `_planned()` is the plan."""
    global _plan  # noqa: PLW0603 workers are forked: so nothing of it is copied or pickled
    _plan = plan
    try:
        if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
            yield map
            return
        prepare()
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(workers, mp_context=fork, initializer=gc.disable) as pool:
            yield pool.map
    finally:
        _plan = None


def _planned() -> _Plan:
    if _plan is None:
        raise RuntimeError("a worker was started without its plan")
    return _plan


def _spans(count: int, workers: int) -> list[range]:
    """The numbers of the records of each batch: not too many, evenly shared, fragments whole."""
    batches = -(-count // (MOST_IN_A_BATCH * workers)) * workers if count >= SHARED_FROM else 1
    size = max(1, -(-count // (batches * MOST_IN_A_FRAGMENT))) * MOST_IN_A_FRAGMENT
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def _batch(span: range) -> Batch:
    plan = _planned()
    entries = list(plan.read(plan.keys[span.start : span.stop]))
    return index_batch(plan.folder, plan.name, span.start, entries, plan.per_fragment)


def _part(runs: Sequence[Run], characters: Any, shards: Shards, part: int) -> Part:
    plan = _planned()
    return merge_part(plan.folder, plan.name, runs, characters, shards, part)


# ---- facets ----


def _facets(
    plan: _Plan, versions: Sequence[Version], batches: Sequence[Batch]
) -> tuple[dict[str, list[str]], tuple[Slice, ...]]:
    """The values of each facet, and the records that have each value."""
    values = {facet: sorted({value for one in batches for value in one.facets[facet]}) for facet in FACETS}
    lists = {
        facet: [
            np.array([n for one in batches for n in one.facets[facet].get(value, ())], dtype=np.int64)
            for value in values[facet]
        ]
        for facet in FACETS
    }
    files = {**lists, "day": _days(versions)}
    packed = ((f"f/{name}.bin", gzip.compress(encode_lists(one), 6, mtime=0)) for name, one in files.items())
    return values, write_pack(plan.folder, plan.name, "facets", packed)


def _days(versions: Sequence[Version]) -> list[Numbers]:
    """The days of the records, counted back from LAST_DAY, and the number of the record with which each ends."""
    ends = {one.published_on: number + 1 for number, one in enumerate(versions) if one.published_on}
    days = [LAST_DAY - (date.fromisoformat(day) - date(1970, 1, 1)).days for day in ends]
    return [np.array(days, dtype=np.int64), np.array(list(ends.values()), dtype=np.int64)]
