"""Posting lists as bytes: which records a term is in, and where in them, best first.

A shard is LEB128 numbers in a stream of zlib, which checks them: the count of its terms, and for each term, in order
of hash: the distance to the hash before it (to the shard's first possible hash, for the first); its count of postings,
doubled, plus 1 when more of them lie in a cold shard; in that case the count of all of them. Then its postings: a
single one as `record * 16 + code`, several in groups of one code, best code first: `count * 16 + code` and the records'
numbers, each as the distance to the one before.

A code says where the term stands: 8 in the title, 4 in the facts, plus 0 to 3 for how much the text is about it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Keys = NDArray[np.uint64]
Unsigned = NDArray[np.uint32]

IN_TITLE = 8
IN_FACTS = 4
MOST_RECORDS = 1 << 28


DAMAGED = "检索数据不完整 / the search data is not whole"


class ShardDamaged(ValueError):
    """A shard is not what was written: cut off, or of another version."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of one term. `count` is how many there are in all; here may be only the best."""

    count: int
    records: Numbers
    codes: Numbers


def posting_keys(hashes: NDArray[np.uint32] | Keys, records: Numbers, codes: Numbers) -> Keys:
    """One number a posting, which sorts by term, then best code, then record."""
    keys: Keys = hashes.astype(np.uint64) << np.uint64(32)
    keys += (15 - codes).astype(np.uint64) << np.uint64(28)
    keys += records.astype(np.uint64)
    return keys


@dataclass(frozen=True, slots=True)
class Stream:
    """Terms in order of hash as one run of bytes; `starts` has one entry more than `hashes`."""

    hashes: NDArray[np.uint32]
    starts: Numbers
    data: bytes


def encode_terms(keys: Keys, totals: Numbers, bits: int) -> Stream:
    """Sorted posting keys as bytes. `totals` says of each term how many postings it has in all."""
    groups = keys >> np.uint64(28)
    group_first = _changes(groups)
    groups = groups[group_first]
    codes = (np.uint64(15) - (groups & np.uint64(15))).astype(np.uint32)
    hashes = (groups >> np.uint64(4)).astype(np.uint32)
    term_groups = _changes(hashes)
    term_first, hashes = group_first[term_groups], hashes[term_groups]
    group_sizes = np.diff(group_first, append=len(keys))
    counts = np.diff(term_first, append=len(keys))
    several = np.repeat(counts > 1, np.diff(term_groups, append=len(groups)))
    cut = totals > counts
    extras = several.astype(np.int64)
    extras[term_groups] += 2 + cut
    header = term_first + np.cumsum(extras)[term_groups] - extras[term_groups]
    place = np.arange(len(keys)) + np.repeat(np.cumsum(extras), group_sizes)
    records = (keys & np.uint64(MOST_RECORDS - 1)).astype(np.uint32)
    values = records.copy()
    values[1:] -= records[:-1]
    values[group_first] = np.where(several, records[group_first], records[group_first] * 16 + codes)
    out = np.zeros(len(keys) + int(extras.sum()), dtype=np.uint32)
    out[place] = values
    out[place[group_first[several]] - 1] = (group_sizes[several] << 4) | codes[several]
    out[header] = _gaps(hashes, bits)
    out[header + 1] = counts * 2 + cut
    out[header[cut] + 2] = totals[cut]
    data, sizes = _varints(out)
    ends = np.cumsum(sizes, dtype=np.int64)
    starts = np.append(0, ends)[np.append(header, len(out))]
    return Stream(hashes, starts, data.tobytes())


def shards_of(stream: Stream, bits: int, numbers: range) -> Iterator[tuple[int, bytes]]:
    """The stream cut into the shards with these numbers, as (number, file).

    Empty shards are written too: a reader who does not find one knows that it got lost.
    """
    ends = (np.arange(numbers.start, numbers.stop + 1, dtype=np.uint64) << np.uint64(32 - bits)).astype(
        np.uint64
    )
    places = np.searchsorted(stream.hashes.astype(np.uint64), ends).tolist()
    for number, (start, end) in zip(numbers, pairwise(places), strict=True):
        body = varint(end - start) + stream.data[int(stream.starts[start]) : int(stream.starts[end])]
        yield number, checked(body)


def checked(body: bytes) -> bytes:
    """The bytes in the form of zlib, with a checksum and not compressed: they hardly would be."""
    return zlib.compress(body, 0)


def unchecked(data: bytes) -> bytes:
    """The bytes within. Raises ShardDamaged when they are not what was written."""
    stream = zlib.decompressobj()
    try:
        body = stream.decompress(data)
    except zlib.error as reason:
        raise ShardDamaged(DAMAGED) from reason
    if not stream.eof or stream.unused_data:
        raise ShardDamaged(DAMAGED)
    return body


def read_shard(data: bytes, number: int, bits: int) -> dict[int, Postings]:
    """The terms of a shard by hash."""
    values = varints_in(unchecked(data)).tolist()
    found: dict[int, Postings] = {}
    hash_ = number << (32 - bits)
    at = 1
    for _ in range(values[0]):
        hash_ += values[at]
        count, cut = divmod(values[at + 1], 2)
        total = values[at + 2] if cut else count
        at += 2 + cut
        if count == 1:
            found[hash_] = Postings(total, np.array([values[at] >> 4]), np.array([values[at] & 15]))
            at += 1
            continue
        records: list[Numbers] = []
        codes: list[Numbers] = []
        while count > 0:
            size, code = values[at] >> 4, values[at] & 15
            records.append(np.cumsum(values[at + 1 : at + 1 + size]))
            codes.append(np.full(size, code))
            at += 1 + size
            count -= size
        found[hash_] = Postings(total, np.concatenate(records), np.concatenate(codes))
    return found


def encode_lists(lists: list[Numbers]) -> bytes:
    """Lists of rising numbers as bytes: for each its length and the distances."""
    flat: list[Numbers] = []
    for numbers in lists:
        flat += [np.array([len(numbers)]), np.diff(numbers, prepend=0)]
    return _varints(np.concatenate(flat))[0].tobytes() if flat else b""


def read_lists(data: bytes) -> list[Numbers]:
    """What `encode_lists` wrote."""
    values = varints_in(data)
    found: list[Numbers] = []
    at = 0
    while at < len(values):
        length = int(values[at])
        found.append(np.cumsum(values[at + 1 : at + 1 + length]))
        at += 1 + length
    return found


def varint(number: int) -> bytes:
    """One number as LEB128."""
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes((*found, number))


def varints_in(data: bytes) -> Numbers:
    """All LEB128 numbers of some bytes."""
    raw = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(raw < 128)
    starts = np.append(0, ends[:-1] + 1)[: len(ends)]
    values = np.zeros(len(ends), dtype=np.int64)
    sizes = ends - starts + 1
    for step in range(int(sizes.max()) if len(sizes) else 0):
        longer = sizes > step
        values[longer] |= (raw[starts[longer] + step].astype(np.int64) & 127) << (7 * step)
    return values


def _varints(values: Unsigned | Numbers) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The bytes of all values, and how many each takes."""
    sizes = np.ones(len(values), dtype=np.uint8)
    longer = np.flatnonzero(values > 127)
    left: Unsigned | Numbers = values[longer] >> 7
    while len(longer):
        sizes[longer] += 1
        more = left > 127
        longer, left = longer[more], left[more] >> 7
    starts = np.cumsum(sizes, dtype=np.int64) - sizes
    out = np.zeros(int(sizes.sum(dtype=np.int64)), dtype=np.uint8)
    left = values
    while len(left):
        more = left > 127
        out[starts] = (left & 127) | (more << 7)
        starts, left = starts[more] + 1, left[more] >> 7
    return out, sizes


def _is_change(values: NDArray[np.uint32] | Numbers) -> NDArray[np.bool_]:
    return np.append(True, values[1:] != values[:-1])[: len(values)]


def _changes(values: NDArray[np.uint32] | Numbers) -> Numbers:
    return np.flatnonzero(_is_change(values))


def _gaps(hashes: NDArray[np.uint32], bits: int) -> Numbers:
    """The distance of each hash to the one before, or to its shard's first where it is the shard's first."""
    wide = hashes.astype(np.int64)
    numbers = wide >> (32 - bits)
    gaps = np.diff(wide, prepend=0)
    first = _changes(numbers)
    gaps[first] = wide[first] - (numbers[first] << (32 - bits))
    return gaps
