"""Texts as arrays of code points: of which class each character is, and the hashes of runs of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from plugins.search.folding import HAN, LETTER, ranges

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint32]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

IS_HAN, IS_LETTER, IS_FIGURE, IS_JOINER = (np.uint8(1 << bit) for bit in range(4))
"""Classes of characters, one bit each."""

NO_CLASS = 0x40000
"""Stands in the table of classes for all code points from here on."""

LARGEST_KEPT = (32 << 20) - 8192
"""Bytes: the largest array whose memory glibc can be brought to keep."""

_PRIME = np.uint32(16777619)


def keep_memory() -> None:
    """Have the memory of large arrays used again by the next ones, rather than given back and cleared each time.

    glibc goes by the largest block that was freed; what is never written to costs nothing. It is a fifth of the
    time of indexing. Forked processes inherit it.
    """
    np.empty(LARGEST_KEPT, dtype=np.uint8)


def codes_of(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32, copy=False)


@cache
def classes() -> NDArray[np.uint8]:
    """The classes of each character."""
    table = np.zeros(NO_CLASS + 1, dtype=np.uint8)
    for class_, bit in ((HAN, IS_HAN), (LETTER, IS_LETTER), ("0-9", IS_FIGURE)):
        for first, last in ranges(class_):
            table[first : last + 1] |= bit
    table[codes_of("._-")] |= IS_JOINER
    return table


def begun(text: str = "") -> Hashes:
    """The hash of what a term begins with, to go on from."""
    found = np.array([2166136261], dtype=np.uint32)
    for code in codes_of(text):
        found = step(found, code)
    return found


def step(hashes: Hashes, codes: Codes | np.uint32) -> Hashes:
    """The hashes with one character more."""
    return (hashes ^ codes) * _PRIME


def mixed(hashes: Hashes) -> Hashes:
    """The hashes of terms that are complete."""
    hashes = hashes ^ (hashes >> np.uint32(15))
    hashes *= np.uint32(0x2C1B3C6D)
    hashes ^= hashes >> np.uint32(12)
    hashes *= np.uint32(0x297A2D39)
    hashes ^= hashes >> np.uint32(15)
    return hashes


def run_hashes(codes: Codes, starts: Places, lengths: Places, begun: Hashes) -> Hashes:
    """The hash of each run of characters, not yet mixed, on top of what has begun."""
    found = np.zeros(len(starts), dtype=np.uint32)
    found[:] = begun
    left = np.flatnonzero(lengths > 0)
    for place in range(int(lengths.max()) if len(lengths) else 0):
        found[left] = step(found[left], codes[starts[left] + place])
        left = left[lengths[left] > place + 1]
    return found


def hashes_of(terms: Sequence[str]) -> Hashes:
    """The hash of each term."""
    lengths = np.fromiter(map(len, terms), dtype=np.int64, count=len(terms))
    return mixed(run_hashes(codes_of("".join(terms)), np.cumsum(lengths) - lengths, lengths, begun()))


def hashes_of_characters(codes: Codes) -> Hashes:
    """The hash of each character."""
    return mixed(step(begun(), codes))


def runs(mask: Mask) -> tuple[Places, Places]:
    """Where each run of what is true begins and ends."""
    edges = np.flatnonzero(mask[1:] != mask[:-1]) + 1
    before = np.zeros(int(mask[:1].any()), dtype=np.int64)
    after = np.full(int(mask[-1:].any()), len(mask), dtype=np.int64)
    change = np.concatenate((before, edges, after))
    return change[::2], change[1::2]


def first_come(starts: Places, ends: Places) -> Mask:
    """Which of some stretches are left, in their order, when none may begin before the last that was left has ended."""
    left = np.ones(len(starts), dtype=bool)
    if (starts[1:] >= ends[:-1]).all():
        return left
    done = 0
    for at, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if start >= done:
            done = end
        else:
            left[at] = False
    return left
