"""Many texts at once to arrays of term hashes: what `analyzer.terms` says, at the speed a large site needs.

A test holds that the arrays are the hashes of `analyzer.terms`, term for term.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from plugins.search.analyzer import hash_term, named, words
from plugins.search.folding import HAN, LETTER, fold, fold_character, ranges, traditional

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint32]
Places = NDArray[np.int64]

_ODD = np.uint32(0xFFFFFFFF)
_BASIS = np.uint32(2166136261)
_PRIME = np.uint32(16777619)


@dataclass(frozen=True, slots=True)
class Found:
    """Terms of many texts: the hash of each and the number of the text it was found in. `lengths` in characters."""

    hashes: Hashes
    texts: Places
    single_hashes: Hashes
    single_texts: Places
    lengths: Places


def extract(texts: Sequence[str]) -> Found:
    """The terms of each text; those of single characters apart, because they are kept apart."""
    folded = _fold_all(texts)
    codes = np.frombuffer("\n".join(folded).encode("utf-32-le"), dtype="<u4")
    owner = np.repeat(np.arange(len(folded)), [len(one) + 1 for one in folded])[: len(codes)]
    searched = _is_searched(codes)
    bare, bare_owner = codes[searched], owner[searched]
    lengths = np.bincount(bare_owner, minlength=len(folded)).astype(np.int64)
    together = bare_owner[1:] == bare_owner[:-1]
    pair_hashes = _mixed((_step(_step(_BASIS, bare[:-1]), bare[1:]))[together])
    other_hashes, other_texts = _others(folded, bare, lengths)
    return Found(
        np.concatenate((pair_hashes, other_hashes)),
        np.concatenate((bare_owner[1:][together], other_texts)),
        _mixed(_step(_BASIS, bare)),
        bare_owner,
        lengths,
    )


def hashes_of(lists: Iterable[Iterable[str]]) -> tuple[Hashes, Places]:
    """The hashes of lists of terms, and for each the number of its list."""
    hashes: list[int] = []
    owners: list[int] = []
    for owner, found in enumerate(lists):
        before = len(hashes)
        hashes.extend(map(_hash, found))
        owners.extend([owner] * (len(hashes) - before))
    return np.array(hashes, dtype=np.uint32), np.array(owners, dtype=np.int64)


def _others(folded: Sequence[str], bare: Codes, lengths: Places) -> tuple[Hashes, Places]:
    """Words and named things, which are few, one text at a time."""
    ends = np.cumsum(lengths)
    whole = bare.tobytes().decode("utf-32-le")
    bares = (whole[end - length : end] for end, length in zip(ends.tolist(), lengths.tolist(), strict=True))
    return hashes_of([*words(text), *named(text, own)] for text, own in zip(folded, bares, strict=True))


@cache
def _hash(term: str) -> int:
    return hash_term(term)


def _step(hashes: NDArray[np.uint32] | np.uint32, codes: Codes) -> Hashes:
    return (hashes ^ codes) * _PRIME


def _mixed(hashes: Hashes) -> Hashes:
    hashes = hashes ^ (hashes >> np.uint32(15))
    hashes = hashes * np.uint32(0x2C1B3C6D)
    hashes = hashes ^ (hashes >> np.uint32(12))
    hashes = hashes * np.uint32(0x297A2D39)
    return hashes ^ (hashes >> np.uint32(15))


def _fold_all(texts: Sequence[str]) -> list[str]:
    """Each text folded; those with characters that fold to none or to several go the slow way."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype="<u4")
    plain = _table()[np.minimum(codes, 0xFFFF)]
    ends = np.cumsum([len(text) + 1 for text in texts])
    odd = set(
        np.searchsorted(ends, np.flatnonzero((codes > 0xFFFF) | (plain == _ODD)), side="right").tolist()
    )
    plain[codes > 0xFFFF] = 0x20
    plain[plain == _ODD] = 0x20
    whole = plain.tobytes().decode("utf-32-le", "surrogatepass")
    starts = [0, *ends.tolist()]
    return [
        fold(text) if number in odd else whole[starts[number] : starts[number + 1] - 1]
        for number, text in enumerate(texts)
    ]


@cache
def _table() -> Codes:
    """For each character of the first plane the one it folds to, or _ODD."""
    table = np.arange(0x10000, dtype=np.uint32)
    table[0xD800:0xE000] = _ODD
    for code in (
        *range(0x3400),
        *(ord(one) for one in traditional()),
        *range(0xA000, 0xA640),
        *range(0xE000, 0x10000),
    ):
        if code < 0x10000:
            folded = fold_character(chr(code))
            table[code] = ord(folded) if len(folded) == 1 and ord(folded) < 0x10000 else _ODD
    return table


def _is_searched(codes: Codes) -> NDArray[np.bool_]:
    """For each character whether it is a Chinese one, a letter or a digit."""
    found = _searched_table()[np.minimum(codes, 0xFFFF)]
    found[codes > 0xFFFF] = False
    for first, last in ranges(HAN):
        if first > 0xFFFF:
            found[(codes >= first) & (codes <= last)] = True
    return found


@cache
def _searched_table() -> NDArray[np.bool_]:
    table = np.zeros(0x10000, dtype=bool)
    for first, last in (*ranges(LETTER), *ranges(HAN)):
        table[first : last + 1] = True
    return table
