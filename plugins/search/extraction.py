"""Many texts at once to arrays of term hashes: what `analyzer.terms` says, at the speed a large site needs.

Pairs, words and pinyin are made for all texts together. What is named is rare: the places where a 文号, a day, an
ordinal or a concept can begin are found for all texts together, and only there the analyzer looks. Tests hold that
the arrays are the hashes of the analyzer's terms, term for term.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from plugins.search import analyzer
from plugins.search.folding import HAN, LETTER, fold, fold_character, may_fold, ranges

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint32]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

_ODD = np.uint32(0xFFFFFFFF)
_BASIS = np.uint32(2166136261)
_PRIME = np.uint32(16777619)
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
    parts = _fold_all(texts)
    folded = "\n".join(parts)
    codes = _codes(folded)
    owners = np.repeat(np.arange(len(parts)), [len(part) + 1 for part in parts])[: len(codes)]
    searched = _in_class(codes, HAN + LETTER)
    bare, bare_owners = codes[searched], owners[searched]
    together = bare_owners[1:] == bare_owners[:-1]
    pairs = _mixed(_step(_step(_BASIS, bare[:-1]), bare[1:])[together])
    word_hashes, word_places = _words(codes)
    named, named_places = _named(folded, codes)
    lengths = np.bincount(bare_owners, minlength=len(parts)).astype(np.int64)
    concepts, concept_owners = _concepts(bare, lengths)
    return Found(
        np.concatenate((pairs, word_hashes, hashes_of(named), concepts)),
        np.concatenate(
            (bare_owners[1:][together], owners[word_places], owners[named_places], concept_owners)
        ),
        bare,
        bare_owners,
        lengths,
    )


def prepare() -> None:
    """Make the tables, so that forked processes need not each make their own."""
    extract([""])
    extract_pinyin([""])


def hashes_of(terms: Sequence[str]) -> Hashes:
    """The hash of each term."""
    lengths = np.fromiter(map(len, terms), dtype=np.int64, count=len(terms))
    return _mixed(_run_hashes(_codes("".join(terms)), np.cumsum(lengths) - lengths, lengths, _BASIS))


def hashes_of_characters(codes: Codes) -> Hashes:
    """The hash of each character."""
    return _mixed(_step(_BASIS, codes))


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32, copy=False)


def _step(hashes: Hashes | np.uint32, codes: Codes) -> Hashes:
    return (hashes ^ codes) * _PRIME


def _mixed(hashes: Hashes) -> Hashes:
    hashes = hashes ^ (hashes >> np.uint32(15))
    hashes = hashes * np.uint32(0x2C1B3C6D)
    hashes = hashes ^ (hashes >> np.uint32(12))
    hashes = hashes * np.uint32(0x297A2D39)
    return hashes ^ (hashes >> np.uint32(15))


def _run_hashes(codes: Codes, starts: Places, lengths: Places, begun: np.uint32) -> Hashes:
    """The hash of each run of characters, not yet mixed, on top of what has begun."""
    found = np.full(len(starts), begun, dtype=np.uint32)
    left = np.flatnonzero(lengths > 0)
    for step in range(int(lengths.max()) if len(lengths) else 0):
        found[left] = _step(found[left], codes[starts[left] + step])
        left = left[lengths[left] > step + 1]
    return found


# ---- words ----


def _words(codes: Codes) -> tuple[Hashes, Places]:
    """The words of the texts and where they begin: every run of letters, and those joined by signs as a whole."""
    letter = _in_class(codes, LETTER)
    joiner = np.isin(codes, _codes("._-"))
    joiner[1:] &= letter[:-1]
    joiner[:-1] &= letter[1:]
    joiner[:1] = joiner[-1:] = False
    starts, ends = _runs(letter)
    hashes = [_word_hashes(codes, starts, ends - starts)]
    wide_starts, wide_ends = _runs(letter | joiner)
    joiners = np.append(0, np.cumsum(joiner))
    joined = joiners[wide_ends] > joiners[wide_starts]
    before = np.append(0, np.cumsum(letter))
    first, last = before[wide_starts[joined]], before[wide_ends[joined]]
    hashes.append(_word_hashes(codes[letter], first, last - first))
    return np.concatenate(hashes), np.concatenate((starts, wide_starts[joined]))


def _word_hashes(letters: Codes, starts: Places, lengths: Places) -> Hashes:
    begun = _step(_BASIS, _codes("="))[0]
    return _mixed(_run_hashes(letters, starts, np.minimum(lengths, analyzer.LONGEST_WORD), begun))


def _runs(mask: Mask) -> tuple[Places, Places]:
    """Where each run of what is true begins and ends."""
    change = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0))
    return change[::2], change[1::2]


# ---- what is named ----


def _named(folded: str, codes: Codes) -> tuple[list[str], Places]:
    """文号, days and ordinals, and where they begin."""
    starts = _starts(codes)
    terms: list[str] = []
    places: list[int] = []
    for start, _, found in analyzer.spans(folded, starts=starts):
        terms += found
        places += [start] * len(found)
    return terms, np.array(places, dtype=np.int64)


def _starts(codes: Codes) -> analyzer.Starts:
    """The only places where each expression of the analyzer can begin."""
    wide = np.concatenate((codes, np.zeros(4, dtype=np.uint32)))
    first, second, fifth = (wide[at : len(codes) + at] for at in (0, 1, 4))
    figure = (wide >= ord("0")) & (wide <= ord("9"))
    century = ((first == ord("1")) & (second == ord("9"))) | ((first == ord("2")) & (second == ord("0")))
    inside = np.append(False, figure)[: len(codes)]
    years = century & figure[2:-2] & figure[3:-1] & ~inside
    digit = _one_of(wide, "〇零一二三四五六七八九0")
    spelt = _one_of(first, "一二") & digit[1:-3] & digit[2:-2] & digit[3:-1] & _one_of(fifth, "年 ")
    order = _one_of(first, "第")
    follows = _one_of(second, " 0123456789一二三四五六七八九十廿卅")
    command = _one_of(first, "令") & _one_of(second, " (第")
    year_places = np.flatnonzero(years).tolist()
    return {
        analyzer.NUMBER: year_places,
        analyzer.DAY: year_places,
        analyzer.SPELT_DAY: np.flatnonzero(spelt).tolist(),
        analyzer.ORDINAL: np.flatnonzero(order & follows).tolist(),
        analyzer.ORDER: np.flatnonzero((order & follows) | command).tolist(),
    }


def _one_of(codes: Codes, characters: str) -> Mask:
    return _table_of(characters)[np.minimum(codes, 0xFFFF)]


@cache
def _table_of(characters: str) -> Mask:
    table = np.zeros(0x10000, dtype=bool)
    table[_codes(characters)] = True
    return table


def _concepts(bare: Codes, lengths: Places) -> tuple[Hashes, Places]:
    """The concepts named, and the text of each."""
    firsts, table = _beginnings()
    places = np.flatnonzero(table[firsts[np.minimum(bare[:-1], 0xFFFF)], np.minimum(bare[1:], 0xFFFF)])
    text = bare.tobytes().decode("utf-32-le", "surrogatepass")
    ends = np.cumsum(lengths)
    owners = np.searchsorted(ends, places, side="right")
    found: list[str] = []
    found_in: list[int] = []
    done = 0
    expression = analyzer.wordings()
    for place, owner, end in zip(places.tolist(), owners.tolist(), ends[owners].tolist(), strict=True):
        if place >= done and (match := expression.match(text, place, end)):
            done = match.end()
            found.append(match[0])
            found_in.append(owner)
    hashes = _concept_hashes()
    return np.array([hashes[one] for one in found], dtype=np.uint32), np.array(found_in, dtype=np.int64)


@cache
def _concept_hashes() -> Mapping[str, int]:
    """Of every wording the hash of its concept."""
    known = analyzer.synonyms()
    return dict(zip(known, hashes_of([f"§{concept}" for concept in known.values()]).tolist(), strict=True))


@cache
def _beginnings() -> tuple[NDArray[np.intp], Mask]:
    """A row for each character a wording begins with (row 0 is all others), and which may come second in it."""
    wordings = sorted(analyzer.synonyms())
    firsts = np.zeros(0x10000, dtype=np.intp)
    known = sorted({wording[0] for wording in wordings})
    table = np.zeros((len(known) + 1, 0x10000), dtype=bool)
    for row, first in enumerate(known, 1):
        firsts[ord(first)] = row
    for wording in wordings:
        table[firsts[ord(wording[0])], ord(wording[1])] = True
    return firsts, table


# ---- pinyin ----


def extract_pinyin(titles: Sequence[str]) -> tuple[Hashes, Places]:
    """The hashes of `analyzer.pinyin_terms` of each title, each at least once, and the number of its title."""
    parts = [analyzer.skeleton(part) for part in _fold_all(titles)]
    codes = _codes("".join(parts))
    owners = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
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
                begun = _step(_step(_BASIS, _codes("~")), cut[0][all_])
                hashes.append(_mixed(_step(_step(begun, cut[1][all_]), cut[2][all_])))
                places.append(owners[2:][all_])
    return np.concatenate(hashes), np.concatenate(places)


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
    return table, np.append(_codes("".join(one[0] for one in _syllables())), np.uint32(0))


@cache
def _syllable_pairs() -> Hashes:
    """The hash of every two syllables."""
    lengths = np.array([len(one) for one in _syllables()])
    letters = np.array([[*map(ord, one.ljust(lengths.max()))] for one in _syllables()], dtype=np.uint32)
    begun = _step(_step(_BASIS, _codes("~")), letters[:, 0])
    for step in range(1, letters.shape[1]):
        begun = np.where(lengths > step, _step(begun, letters[:, step]), begun)
    found = np.repeat(_step(begun, _codes(" "))[:, None], len(letters), axis=1)
    for step in range(letters.shape[1]):
        found = np.where(lengths > step, _step(found, letters[:, step]), found)
    return _mixed(found)


# ---- folding ----


def _fold_all(texts: Sequence[str]) -> list[str]:
    """Each text folded; those with characters that fold to none or to several go the slow way."""
    codes = _codes("\n".join(texts))
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
    for one in may_fold():
        if one < "\uffff":
            folded = fold_character(one)
            table[ord(one)] = ord(folded) if len(folded) == 1 and folded < "\uffff" else _ODD
    return table


def _in_class(codes: Codes, class_: str) -> Mask:
    """For each character whether it is in HAN, LETTER or both."""
    found = _class_table(class_)[np.minimum(codes, 0xFFFF)]
    beyond = codes > 0xFFFF
    if beyond.any():
        found[beyond] = False
        for first, last in ranges(class_):
            if first > 0xFFFF:
                found[(codes >= first) & (codes <= last)] = True
    return found


@cache
def _class_table(class_: str) -> Mask:
    table = np.zeros(0x10000, dtype=bool)
    for first, last in ranges(class_):
        table[first : last + 1] = True
    return table
