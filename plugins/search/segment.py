"""A segment: an index of some records, complete in itself and never changed once it is written.

Records are taken in batches, whose posting keys go to disk as sorted runs; shards are then merged one range of
hashes at a time. So memory does not grow with the site. The files of the segment lie one behind the other in a few
packs of a work folder; whoever publishes them cuts them out.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plugins.search.analyzer import analyzer_version, pinyin_terms
from plugins.search.entry import FACETS, Entry, facet_values
from plugins.search.extraction import extract, hashes_of
from plugins.search.postings import (
    IN_FACTS,
    IN_TITLE,
    Keys,
    Numbers,
    encode_lists,
    encode_terms,
    posting_keys,
    shards_of,
)

FORMAT = 1
BATCH = 1000
MERGED_AT_ONCE = 1_500_000
SHARD_BYTES = 4096
DELTA_SHARD_BYTES = 16384
COLD_SHARD_BYTES = 65536
BYTES_A_POSTING = 1.8
MOST_POSTINGS = 2048
MOST_POSTINGS_OF_ONE_CHARACTER = 64
FRAGMENT_BYTES = 4096
MOST_IN_A_FRAGMENT = 64
TEXT_PART = 3000
LATER_PART = 12000
OVERLAP = 80
FREQUENT = 400
LAST_DAY = 100_000
USUAL_LENGTH = 1000.0
K1, B = 1.2, 0.75
LEVEL_STEPS = (0.5, 0.68)


@dataclass(frozen=True, slots=True)
class Slice:
    """Where the bytes of one file of the index lie, and their hash in hexadecimal."""

    address: str
    pack: str
    start: int
    length: int
    digest: str

    def read(self, folder: Path) -> bytes:
        """The bytes. `folder` is the work folder."""
        with (folder / self.pack).open("rb") as file:
            file.seek(self.start)
            return file.read(self.length)


@dataclass(frozen=True, slots=True)
class Segment:
    """A written segment: its name, what a reader must know of it, and its files."""

    name: str
    facts: Mapping[str, Any]
    files: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all batches of a segment share."""

    folder: Path
    name: str
    per_fragment: int
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a batch left in the work folder: a run of posting keys, one of single characters, and fragments."""

    keys: int
    singles: int
    single_hashes: NDArray[np.uint32]
    files: list[Slice]


def segment_name(entries: Iterable[Entry]) -> str:
    """The name of the segment of these entries: the same entries, the same name."""
    digest = blake2b(f"{FORMAT} {analyzer_version()}".encode(), digest_size=6)
    for entry in entries:
        digest.update(entry.fingerprint.encode())
    return digest.hexdigest()


def build_segment(
    entries: Sequence[Entry], folder: Path, *, delta: bool = False, workers: int = 1
) -> Segment:
    """Index the entries, which stand in their order (`entry.in_order`), into `folder`."""
    name = segment_name(entries)
    (folder / name).mkdir(parents=True, exist_ok=True)
    plan = _Plan(folder, name, _per_fragment(entries), entries)
    batches = list(_batches(plan, workers))
    files = [file for batch in batches for file in batch.files]
    facts, shards = _merge(plan, batches, DELTA_SHARD_BYTES if delta else SHARD_BYTES)
    facets, facet_files = _facets(plan)
    facts |= {"n": len(entries), "per": plan.per_fragment, "facets": facets}
    for run in (folder / name).glob("*.run"):
        run.unlink()
    return Segment(name, facts, (*shards, *facet_files, *files))


class _Pack:
    """Files written one behind the other."""

    def __init__(self, plan: _Plan, stem: str) -> None:
        self.name = f"{plan.name}/{stem}.pack"
        self.segment = plan.name
        self.file = (plan.folder / self.name).open("wb")
        self.slices: list[Slice] = []

    def add(self, address: str, data: bytes) -> None:
        """Append one file, whose address is below the segment's."""
        digest = blake2b(data, digest_size=16).hexdigest()
        self.slices.append(Slice(f"{self.segment}/{address}", self.name, self.file.tell(), len(data), digest))
        self.file.write(data)

    def close(self) -> list[Slice]:
        """No more files. What there are."""
        self.file.close()
        return self.slices


def _batches(plan: _Plan, workers: int) -> Iterator[_Batch]:
    """All batches, in this process or in forked ones."""
    global _plan  # noqa: PLW0603 workers are forked: so nothing of it is copied or pickled
    size = max(BATCH // plan.per_fragment, 1) * plan.per_fragment
    starts = range(0, len(plan.entries), size)
    _plan = plan
    try:
        if workers < 2 or len(starts) < 2 or "fork" not in multiprocessing.get_all_start_methods():
            yield from (_batch(start, start + size) for start in starts)
            return
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_batch, starts, [start + size for start in starts])
    finally:
        _plan = None


_plan: _Plan | None = None


def _batch(start: int, end: int) -> _Batch:
    if _plan is None:
        raise RuntimeError("a worker was started without its plan")
    entries = _plan.entries[start:end]
    keys, singles = _keys(entries, start)
    _write_run(_plan, "keys", start, keys)
    _write_run(_plan, "singles", start, singles)
    hashes = np.unique((singles >> np.uint64(32)).astype(np.uint32))
    return _Batch(len(keys), len(singles), hashes, _fragments(_plan, entries, start))


def _write_run(plan: _Plan, what: str, start: int, keys: Keys) -> None:
    (plan.folder / plan.name / f"{what}-{start:09}.run").write_bytes(keys.tobytes())


def _read_runs(plan: _Plan) -> list[Keys]:
    """All runs, each read from disk as it is needed."""
    paths = sorted((plan.folder / plan.name).glob("*.run"))
    return [np.memmap(path, dtype=np.uint64, mode="r") for path in paths if path.stat().st_size]


def _keys(entries: Sequence[Entry], start: int) -> tuple[Keys, Keys]:
    """The sorted posting keys of a batch: of all terms, and of single characters."""
    titles = extract([entry.title for entry in entries])
    facts = extract([entry.searched_facts for entry in entries])
    texts = extract([entry.text for entry in entries])
    spelt_hashes, spelt_owners = hashes_of(pinyin_terms(entry.title) for entry in entries)
    norms = (1 - B + B * texts.lengths / USUAL_LENGTH).astype(np.float64)
    fields = (
        (np.append(titles.hashes, spelt_hashes), np.append(titles.texts, spelt_owners)),
        (facts.hashes, facts.texts),
        (texts.hashes, texts.texts),
    )
    single_fields = tuple((field.single_hashes, field.single_texts) for field in (titles, facts, texts))
    return _coded(fields, norms, start), _coded(single_fields, norms, start)


def _coded(
    fields: Sequence[tuple[NDArray[np.uint32], Numbers]], norms: NDArray[np.float64], start: int
) -> Keys:
    """Terms found in the title, the facts and the text become one posting each, with its code."""
    found = [
        (hashes.astype(np.uint64) << np.uint64(32))
        | (owners.astype(np.uint64) << np.uint64(2))
        | np.uint64(field)
        for field, (hashes, owners) in enumerate(fields)
    ]
    keys = np.sort(np.concatenate(found))
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    times = np.diff(np.append(first, len(keys)))
    keys = keys[first]
    owners = ((keys & np.uint64(0xFFFFFFFF)) >> np.uint64(2)).astype(np.int64)
    field = (keys & np.uint64(3)).astype(np.int64)
    relevance = times / (times + K1 * norms[owners])
    level = 1 + sum((relevance >= step).astype(np.int64) for step in LEVEL_STEPS)
    codes = np.where(field == 0, IN_TITLE, np.where(field == 1, IN_FACTS, level))
    postings = keys >> np.uint64(2)
    first = np.flatnonzero(np.append(True, postings[1:] != postings[:-1])[: len(keys)])
    codes = np.add.reduceat(codes, first) if len(first) else codes
    hashes = (keys[first] >> np.uint64(32)).astype(np.uint32)
    return np.sort(posting_keys(hashes, owners[first] + start, codes))


def _merge(plan: _Plan, batches: Sequence[_Batch], shard_bytes: int) -> tuple[dict[str, Any], list[Slice]]:
    """The runs of all batches as hot and cold shards."""
    total = sum(batch.keys for batch in batches)
    singles = _unique(batch.single_hashes for batch in batches)
    bits = _bits(total * BYTES_A_POSTING / shard_bytes)
    cold_bits = min(bits, _bits(total * BYTES_A_POSTING / COLD_SHARD_BYTES))
    parts = cold_bits  # a part of the hashes is merged at a time; it holds whole shards of both tiers
    while parts > 0 and (total + sum(b.singles for b in batches)) >> (parts - 1) < MERGED_AT_ONCE:
        parts -= 1
    runs = _read_runs(plan)
    hot, cold = _Pack(plan, "hot"), _Pack(plan, "cold")
    frequent: Counter[int] = Counter()
    for part in range(1 << parts):
        tier = _Tiers(
            hot, bits, _numbers(part, parts, bits), cold, cold_bits, _numbers(part, parts, cold_bits)
        )
        _write_part(_part(runs, part, parts), singles, tier, frequent)
    most = sorted(frequent.items(), key=lambda pair: (-pair[1], pair[0]))[:FREQUENT]
    often = [hash_ for hash_, count in most if count * 16 > len(plan.entries)]
    facts = {"bits": bits, "cold": cold_bits, "often": sorted(often)}
    return facts, [*hot.close(), *cold.close()]


def _part(runs: Sequence[Keys], part: int, parts: int) -> Keys:
    """One part of the hashes out of all runs, sorted."""
    first = np.uint64(part << (64 - parts)) if parts else np.uint64(0)
    last = np.uint64(((part + 1) << (64 - parts)) - 1) if parts else np.uint64(0xFFFFFFFFFFFFFFFF)
    found = [run[np.searchsorted(run, first) : np.searchsorted(run, last, side="right")] for run in runs]
    return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class _Tiers:
    """Where the shards of one part of the hashes go, and which numbers they have."""

    hot: _Pack
    bits: int
    numbers: range
    cold: _Pack
    cold_bits: int
    cold_numbers: range


def _numbers(part: int, parts: int, bits: int) -> range:
    """The shards that hold one part of the hashes."""
    return range(part << (bits - parts), (part + 1) << (bits - parts))


def _write_part(keys: Keys, singles: NDArray[np.uint32], tiers: _Tiers, frequent: Counter[int]) -> None:
    """Write the shards of one part of the hashes."""
    hashes = (keys >> np.uint64(32)).astype(np.uint32)
    first = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])[: len(keys)])
    totals = np.diff(np.append(first, len(keys)))
    own = hashes[first]
    single = np.isin(own, singles, assume_unique=True)
    for index in np.argsort(-totals, kind="stable")[:FREQUENT].tolist():
        if not single[index]:
            frequent[int(own[index])] = int(totals[index])
    most = np.where(single, MOST_POSTINGS_OF_ONE_CHARACTER, MOST_POSTINGS)
    rank = np.arange(len(keys)) - np.repeat(first, totals)
    is_hot = rank < np.repeat(most, totals)
    for number, data in shards_of(encode_terms(keys[is_hot], totals, tiers.bits), tiers.bits, tiers.numbers):
        tiers.hot.add(f"h/{number:0{hex_digits(tiers.bits)}x}.bin", data)
    left = totals[totals > most] - most[totals > most]
    rest = encode_terms(keys[~is_hot], left, tiers.cold_bits)
    for number, data in shards_of(rest, tiers.cold_bits, tiers.cold_numbers):
        tiers.cold.add(f"c/{number:0{hex_digits(tiers.cold_bits)}x}.bin", data)


def hex_digits(bits: int) -> int:
    """How many hexadecimal digits the name of a shard has."""
    return max(1, (bits + 3) // 4)


def _bits(wanted: float) -> int:
    """The bits that number about as many shards as wanted."""
    return max(0, round(float(np.log2(wanted)))) if wanted > 1 else 0


def _unique(parts: Iterable[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    found = list(parts)
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.uint32)


# ---- what is shown of a record: fragments ----


def _per_fragment(entries: Sequence[Entry]) -> int:
    """How many records share a fragment: a power of two, so that short records lie together."""
    characters = sum(min(len(entry.text), TEXT_PART) + len(entry.title) + 80 for entry in entries)
    mean = 3 * characters / max(1, len(entries))
    count = 1
    while count < MOST_IN_A_FRAGMENT and 2 * count * mean <= FRAGMENT_BYTES:
        count *= 2
    return count


def _fragments(plan: _Plan, entries: Sequence[Entry], start: int) -> list[Slice]:
    """What is shown of each record, and its text, in which what was asked is looked for again."""
    pack = _Pack(plan, f"text-{start:09}")
    for offset in range(0, len(entries), plan.per_fragment):
        shown = entries[offset : offset + plan.per_fragment]
        number = (start + offset) // plan.per_fragment
        pack.add(f"t/{number:x}.bin", packed([_card(entry) for entry in shown]))
        for record, entry in enumerate(shown, start + offset):
            for part, text in enumerate(later_parts(entry.text), 1):
                pack.add(f"t/{record:x}-{part}.bin", packed(text))
    return pack.close()


def _card(entry: Entry) -> list[Any]:
    return [
        entry.key,
        entry.address,
        entry.title,
        entry.number,
        entry.organ,
        entry.kind,
        entry.published_on,
        entry.validity,
        "\n".join((*entry.topics, entry.facts)),
        entry.text[:TEXT_PART],
        len(list(later_parts(entry.text))),
    ]


def later_parts(text: str) -> Iterator[str]:
    """What a card leaves out of a long text, in parts that overlap, so that no phrase falls between two."""
    for start in range(TEXT_PART, len(text), LATER_PART):
        yield text[start - OVERLAP : start + LATER_PART]


def packed(value: object) -> bytes:
    """A value as compressed JSON, always the same bytes."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(data, 6, mtime=0)


def _facets(plan: _Plan) -> tuple[dict[str, list[str]], list[Slice]]:
    """The values of each facet, and the records that have each value."""
    pack = _Pack(plan, "facets")
    values: dict[str, list[str]] = {}
    for facet in FACETS:
        members: dict[str, list[int]] = {}
        for record, entry in enumerate(plan.entries):
            for value in facet_values(entry, facet):
                members.setdefault(value, []).append(record)
        values[facet] = sorted(members)
        lists = [np.array(members[value], dtype=np.int64) for value in values[facet]]
        pack.add(f"f/{facet}.bin", gzip.compress(encode_lists(lists), 6, mtime=0))
    pack.add("f/day.bin", gzip.compress(encode_lists(_days(plan.entries)), 6, mtime=0))
    return values, pack.close()


def _days(entries: Sequence[Entry]) -> list[Numbers]:
    """The days of the entries, counted back from LAST_DAY, and the number of the record with which each ends."""
    ends = {entry.published_on: number + 1 for number, entry in enumerate(entries) if entry.published_on}
    days = [LAST_DAY - (date.fromisoformat(day) - date(1970, 1, 1)).days for day in ends]
    return [np.array(days, dtype=np.int64), np.array(list(ends.values()), dtype=np.int64)]
