"""Many texts at once to arrays of term hashes: what `analyzer.terms` says, at the speed a large site needs.

Tests hold that the arrays are the hashes of the analyzer's terms, term for term.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from plugins.search import analyzer
from plugins.search.arrays import (
    IS_FIGURE,
    IS_HAN,
    IS_JOINER,
    IS_LETTER,
    NO_CLASS,
    Codes,
    Hashes,
    Mask,
    Places,
    begun,
    classes,
    codes_of,
    hashes_of,
    mixed,
    run_hashes,
    runs,
    step,
)
from plugins.search.folding import fold_character, may_fold
from plugins.search.naming import concepts, named

_ODD = np.uint32(0xFFFFFFFF)
_NONE = -1


@dataclass(frozen=True, slots=True)
class Found:
    """Terms of many texts: the hash of each and the number of the text it was found in.

    `characters` are the code points of single characters, which are kept apart; `lengths` count them by text.
    """

    hashes: Hashes
    texts: Places
    characters: Codes
    character_texts: Places
    lengths: Places


def extract(texts: Sequence[str]) -> Found:
    """The terms of each text."""
    codes, sizes = _folded(texts)
    of_class = classes()[np.minimum(codes, NO_CLASS)]
    searched = (of_class & (IS_HAN | IS_LETTER)) > 0
    bare = codes[searched]
    lengths = _sums(searched, sizes)
    bare_owners = np.repeat(np.arange(len(texts)), lengths)
    together = np.ones(max(0, len(bare) - 1), dtype=bool)
    edges = np.cumsum(lengths)[:-1]
    together[edges[(edges > 0) & (edges < len(bare))] - 1] = False
    pairs = step(step(begun(), bare[:-1]), bare[1:])
    at = _seams(bare)
    at = at[together[at + 1]]
    pairs[at] = step(pairs[at], bare[at + 2])
    pairs = mixed(pairs)[together]
    triple_hashes, triple_owners = _triples(bare, (of_class & IS_FIGURE)[searched] > 0, bare_owners)
    word_hashes, word_places = _words(codes, of_class)
    named_hashes, named_places = named(codes, _years(codes, of_class))
    ends = np.cumsum(sizes)
    places = np.concatenate((word_places, named_places))
    concept_hashes, concept_owners = concepts(bare, bare_owners, lengths)
    return Found(
        np.concatenate((pairs, triple_hashes, word_hashes, named_hashes, concept_hashes)),
        np.concatenate(
            (
                bare_owners[1:][together],
                triple_owners,
                np.searchsorted(ends, places, side="right"),
                concept_owners,
            )
        ),
        bare,
        bare_owners,
        lengths,
    )


def prepare() -> None:
    """Make the tables, so that forked processes need not each make their own."""
    found = extract([""])
    extract_pinyin(found.characters, found.character_texts)


def _seams(bare: Codes) -> Places:
    """Where the three characters of a seam begin."""
    begins = np.flatnonzero(_begins_seam()[np.minimum(bare[:-2], NO_CLASS)])
    found = [
        np.all([bare[begins + at] == code for at, code in enumerate(codes_of(seam))], axis=0)
        for seam in analyzer.SEAMS
    ]
    return begins[np.any(found, axis=0)]


@cache
def _begins_seam() -> Mask:
    table = np.zeros(NO_CLASS + 1, dtype=bool)
    table[codes_of("".join(seam[0] for seam in analyzer.SEAMS))] = True
    return table


def _triples(bare: Codes, figure: Mask, owners: Places) -> tuple[Hashes, Places]:
    """Every three characters of which the middle one and another are figures, and whose they are."""
    middle = np.flatnonzero(figure[1:-1] & (figure[:-2] | figure[2:])) + 1
    middle = middle[owners[middle - 1] == owners[middle + 1]]
    hashes = step(begun(), bare[middle - 1])
    return mixed(step(step(hashes, bare[middle]), bare[middle + 1])), owners[middle]


def _sums(mask: Mask, sizes: Places) -> Places:
    """How many are true in each stretch of these sizes, none of which is empty."""
    found: Places = np.add.reduceat(mask, np.cumsum(sizes) - sizes, dtype=np.int64)
    return found


def _years(codes: Codes, of_class: NDArray[np.uint8]) -> Places:
    """The places of runs of figures that begin with a year."""
    starts, ends = runs((of_class & IS_FIGURE) > 0)
    starts = starts[ends - starts >= 4]
    century = (codes[starts] - ord("0")) * 10 + codes[starts + 1] - ord("0")
    found: Places = starts[(century == 19) | (century == 20)]
    return found


def _words(codes: Codes, of_class: NDArray[np.uint8]) -> tuple[Hashes, Places]:
    """The words of the texts and where they begin: every run of letters, and those joined by signs as a whole."""
    letter = (of_class & IS_LETTER) > 0
    starts, ends = runs(letter)
    hashes = [_word_hashes(codes, starts, ends - starts)]
    between = np.flatnonzero(starts[1:] - ends[:-1] == 1)
    between = between[(of_class[ends[between]] & IS_JOINER) > 0]
    joined = np.zeros(len(starts), dtype=bool)
    joined[between + 1] = True
    first_runs = np.flatnonzero(~joined & np.append(joined[1:], False))
    last_runs = np.flatnonzero(joined & ~np.append(joined[1:], False))
    before = np.append(0, np.cumsum(ends - starts))
    letters = codes[letter]
    hashes.append(_word_hashes(letters, before[first_runs], before[last_runs + 1] - before[first_runs]))
    return np.concatenate(hashes), np.concatenate((starts, starts[first_runs]))


def _word_hashes(letters: Codes, starts: Places, lengths: Places) -> Hashes:
    return mixed(run_hashes(letters, starts, np.minimum(lengths, analyzer.LONGEST_WORD), begun("=")))


# ---- pinyin ----


def extract_pinyin(codes: Codes, owners: Places) -> tuple[Hashes, Places]:
    """The hashes of `analyzer.pinyin_terms` of titles, of whose characters these are the owners, and theirs."""
    readings, initials = _readings()
    read = readings[np.minimum(codes, 0xFFFF)]
    letters = initials[read]
    two = owners[1:] == owners[:-1]
    three = two[1:] & two[:-1]
    hashes: list[Hashes] = []
    places: list[Places] = []
    for one in range(read.shape[1]):
        for other in range(read.shape[1]):
            first, second = read[:-1, one], read[1:, other]
            both = two & (first != _NONE) & (second != _NONE)
            hashes.append(_syllable_pairs()[first[both], second[both]])
            places.append(owners[1:][both])
            for third in range(read.shape[1]):
                cut = (letters[:-2, one], letters[1:-1, other], letters[2:, third])
                all_ = three & (cut[0] > 0) & (cut[1] > 0) & (cut[2] > 0)
                letter = step(begun("~"), cut[0][all_])
                hashes.append(mixed(step(step(letter, cut[1][all_]), cut[2][all_])))
                places.append(owners[2:][all_])
    said, said_by = concepts(codes, owners, np.bincount(owners))
    known, starts, counts, spelt = _short_names()
    at = np.searchsorted(known, said)
    steps = np.arange(counts[at].sum()) - np.repeat(np.cumsum(counts[at]) - counts[at], counts[at])
    hashes.append(spelt[np.repeat(starts[at], counts[at]) + steps])
    places.append(np.repeat(said_by, counts[at]))
    return np.concatenate(hashes), np.concatenate(places)


@cache
def _short_names() -> tuple[Hashes, Places, Places, Hashes]:
    """The hashes of concepts, in order; where the pinyin of its short names begins, and how much of it there is."""
    names = analyzer.short_names()
    spelt = [[term for name in one for term in analyzer.spelt(name)] for one in names.values()]
    known = hashes_of([f"§{concept}" for concept in names])
    counts = np.array([len(one) for one in spelt])
    order = np.argsort(known)
    starts = (np.cumsum(counts) - counts)[order]
    return known[order], starts, counts[order], hashes_of([term for one in spelt for term in one])


@cache
def _syllables() -> Sequence[str]:
    return sorted({syllable for found in analyzer.syllables().values() for syllable in found})


@cache
def _readings() -> tuple[NDArray[np.int64], Codes]:
    """The numbers of each character's syllables, and each syllable's first letter; the last is none's."""
    numbers = {syllable: number for number, syllable in enumerate(_syllables())}
    most = max(map(len, analyzer.syllables().values()))
    table = np.full((0x10000, most), _NONE, dtype=np.int64)
    for character, found in analyzer.syllables().items():
        if ord(character) < 0xFFFF:
            table[ord(character), : len(found)] = [numbers[one] for one in found]
    return table, np.append(codes_of("".join(one[0] for one in _syllables())), np.uint32(0))


@cache
def _syllable_pairs() -> Hashes:
    """The hash of every two syllables."""
    lengths = np.array([len(one) for one in _syllables()])
    letters = np.array([[*map(ord, one.ljust(lengths.max()))] for one in _syllables()], dtype=np.uint32)
    ones = step(begun("~"), letters[:, 0])
    for place in range(1, letters.shape[1]):
        ones = np.where(lengths > place, step(ones, letters[:, place]), ones)
    both = np.repeat(step(ones, np.uint32(ord(" ")))[:, None], len(letters), axis=1)
    for place in range(letters.shape[1]):
        both = np.where(lengths > place, step(both, letters[:, place]), both)
    return mixed(both)


# ---- folding ----


def _folded(texts: Sequence[str]) -> tuple[Codes, Places]:
    """The characters of all texts folded, a line feed behind each text, and how many there are of each."""
    codes = codes_of("\n".join((*texts, "")))
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    plain = _table()[np.minimum(codes, 0xFFFF)]
    odd = np.flatnonzero(plain == _ODD)
    if not len(odd):
        return plain, sizes
    written = {code: codes_of(fold_character(chr(code))) for code in np.unique(codes[odd]).tolist()}
    widths = np.ones(len(codes), dtype=np.int64)
    widths[odd] = [len(written[code]) for code in codes[odd].tolist()]
    ends = np.cumsum(widths)
    found = np.repeat(plain, widths)
    for place, code in zip(odd.tolist(), codes[odd].tolist(), strict=True):
        found[ends[place] - widths[place] : ends[place]] = written[code]
    return found, np.diff(ends[np.cumsum(sizes) - 1], prepend=0)


@cache
def _table() -> Codes:
    """For each character of the first plane the one it folds to, or _ODD. The last stands for all other planes."""
    table = np.arange(0x10000, dtype=np.uint32)
    table[0xD800:0xE000] = table[0xFFFF] = _ODD
    for one in may_fold():
        if one < "\uffff":
            folded = fold_character(one)
            table[ord(one)] = ord(folded) if len(folded) == 1 and folded < "\uffff" else _ODD
    return table
