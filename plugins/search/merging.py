"""The runs of all batches become shards, one range of hashes at a time, so that memory does not grow with the site.

The best postings of a term are in its hot shard, which the browser reads; what is left of frequent terms is cold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plugins.search.pack import Slice, write_pack
from plugins.search.postings import Keys, encode_terms, shards_of

MERGED_AT_ONCE = 1_000_000
COLD_SHARD_BYTES = 65536
BYTES_A_POSTING = 1.8
MOST_POSTINGS = 2048
MOST_POSTINGS_OF_ONE_CHARACTER = 64
FREQUENT = 400


@dataclass(frozen=True, slots=True)
class Run:
    """The posting keys of a batch in a file of the segment's folder: stretches, each in order by itself."""

    name: str
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shards:
    """How a segment's hashes are divided: bits that number its hot and cold shards, and parts that are merged at once."""

    bits: int
    cold_bits: int
    part_bits: int

    @property
    def parts(self) -> range:
        """The numbers of the parts."""
        return range(1 << self.part_bits)

    def numbers(self, part: int, bits: int) -> range:
        """The shards that hold one part of the hashes."""
        return range(part << (bits - self.part_bits), (part + 1) << (bits - self.part_bits))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the hashes, merged: its shards, and the most frequent of its terms."""

    files: tuple[Slice, ...]
    frequent: Counter[int]


def divided(postings: int, shard_bytes: int) -> Shards:
    """How to divide that many postings. A part holds whole shards of both tiers."""
    bits = _bits(postings * BYTES_A_POSTING / shard_bytes)
    cold = min(bits, _bits(postings * BYTES_A_POSTING / COLD_SHARD_BYTES))
    parts = cold
    while parts > 0 and postings >> (parts - 1) < MERGED_AT_ONCE:
        parts -= 1
    return Shards(bits, cold, parts)


def merge_part(
    folder: Path,
    segment: str,
    runs: Sequence[Run],
    characters: NDArray[np.uint32],
    shards: Shards,
    part: int,
) -> Part:
    """Write the shards of one part of the hashes. `characters` are the hashes of single ones."""
    keys = _gathered(folder / segment, runs, part, shards.part_bits)
    hashes = (keys >> np.uint64(32)).astype(np.uint32)
    first = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])[: len(keys)])
    totals = np.diff(np.append(first, len(keys)))
    own = hashes[first]
    single = np.isin(own, characters, assume_unique=True)
    most = np.where(single, MOST_POSTINGS_OF_ONE_CHARACTER, MOST_POSTINGS)
    hot = np.arange(len(keys)) - np.repeat(first, totals) < np.repeat(most, totals)
    left = totals[totals > most] - most[totals > most]
    files = (
        *write_pack(folder, segment, f"hot-{part}", _tier("h", keys[hot], totals, shards, part, shards.bits)),
        *write_pack(
            folder, segment, f"cold-{part}", _tier("c", keys[~hot], left, shards, part, shards.cold_bits)
        ),
    )
    return Part(files, _frequent(own[~single], totals[~single]))


def often_found(parts: Sequence[Part], records: int) -> list[int]:
    """The hashes of terms so common that others are looked up rather than they."""
    together: Counter[int] = Counter()
    for part in parts:
        together |= part.frequent
    most = sorted(together.items(), key=lambda pair: (-pair[1], pair[0]))[:FREQUENT]
    return sorted(hash_ for hash_, count in most if count * 16 > records)


def hex_digits(bits: int) -> int:
    """How many hexadecimal digits the name of a shard has."""
    return max(1, (bits + 3) // 4)


def _tier(
    tier: str, keys: Keys, totals: NDArray[np.int64], shards: Shards, part: int, bits: int
) -> Iterator[tuple[str, bytes]]:
    for number, data in shards_of(encode_terms(keys, totals, bits), bits, shards.numbers(part, bits)):
        yield f"{tier}/{number:0{hex_digits(bits)}x}.bin", data


def _frequent(hashes: NDArray[np.uint32], totals: NDArray[np.int64]) -> Counter[int]:
    order = np.argsort(-totals, kind="stable")[:FREQUENT]
    return Counter(dict(zip(hashes[order].tolist(), totals[order].tolist(), strict=True)))


def _gathered(folder: Path, runs: Sequence[Run], part: int, part_bits: int) -> Keys:
    """One part of the hashes out of all runs, sorted. Runs are opened one by one: what is mapped counts as memory."""
    first = np.uint64(part << (64 - part_bits)) if part_bits else np.uint64(0)
    last = np.uint64(((part + 1) << (64 - part_bits)) - 1) if part_bits else np.uint64(0xFFFFFFFFFFFFFFFF)
    found = [np.zeros(0, dtype=np.uint64)]
    for run in runs:
        if not sum(run.lengths):
            continue
        whole = np.memmap(folder / run.name, dtype=np.uint64, mode="r")
        end = 0
        for length in run.lengths:
            start, end = end, end + length
            keys = whole[start:end]
            found.append(np.array(keys[keys.searchsorted(first) : keys.searchsorted(last, side="right")]))
        del whole, keys
    together = np.concatenate(found)
    together.sort(kind="stable")
    return together


def _bits(wanted: float) -> int:
    """The bits that number about as many shards as wanted."""
    return max(0, round(float(np.log2(wanted)))) if wanted > 1 else 0
