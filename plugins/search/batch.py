"""A batch of records: its postings as a run on disk, its cards and texts as files, the values of its facets.

One batch after the other, or several beside each other, so that memory does not grow with the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plugins.search.arrays import NO_CLASS, hashes_of_characters
from plugins.search.entry import FACETS, Entry, facet_values
from plugins.search.extraction import Found, extract, extract_pinyin
from plugins.search.merging import Run
from plugins.search.pack import Slice, packed, write_pack
from plugins.search.postings import IN_FACTS, IN_TITLE, Keys, Numbers, posting_keys

MOST_IN_A_BATCH = 960
MOST_CHARACTERS = 250_000
MOST_AT_ONCE = 320
"""So many records at most are one batch; postings are made of so many characters and records at a time."""

FRAGMENT_BYTES = 12_000
MOST_IN_A_FRAGMENT = 64
TEXT_PART = 3000
LATER_PART = 12000
OVERLAP = 80
USUAL_LENGTH = 1000.0
K1, B = 1.2, 0.75
LEVEL_STEPS = (0.5, 0.68)
FIELDS = 3
_TEXT_BITS = 12
"""Enough to number the three fields of the records of a batch."""

_CODES = np.array([IN_TITLE, IN_FACTS, 0])


@dataclass(frozen=True, slots=True)
class Batch:
    """What is known of a batch once it lies in the work folder. `facets` say of each value which records have it."""

    run: Run
    character_hashes: NDArray[np.uint32]
    facets: dict[str, dict[str, list[int]]]
    files: tuple[Slice, ...]


def index_batch(folder: Path, segment: str, start: int, entries: Sequence[Entry], per_fragment: int) -> Batch:
    """Index these entries, the first of which has the number `start` in its segment."""
    characters = np.zeros(0, dtype=np.uint32)
    first = start
    lengths: list[int] = []
    name = f"{start:09}.run"
    with (folder / segment / name).open("wb") as file:
        for group in _groups(entries):
            several, single, own = _keys(group, first)
            for keys in (several, single):
                keys.tofile(file)
                lengths.append(len(keys))
            characters = np.union1d(characters, own)
            first += len(group)
    return Batch(
        Run(name, tuple(lengths)),
        characters,
        {facet: _members(entries, facet, start) for facet in FACETS},
        write_pack(folder, segment, f"text-{start:09}", _fragments(entries, start, per_fragment)),
    )


def _groups(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """The entries in groups of not too many characters."""
    first = size = 0
    for at, entry in enumerate(entries):
        if size and (size + len(entry.text) > MOST_CHARACTERS or at - first == MOST_AT_ONCE):
            yield entries[first:at]
            first, size = at, 0
        size += len(entry.text)
    yield entries[first:]


def _members(entries: Sequence[Entry], facet: str, start: int) -> dict[str, list[int]]:
    """The values of a facet, and the records that have each."""
    found: dict[str, list[int]] = {}
    for record, entry in enumerate(entries, start):
        for value in facet_values(entry, facet):
            found.setdefault(value, []).append(record)
    return found


# ---- postings ----


def _keys(entries: Sequence[Entry], start: int) -> tuple[Keys, Keys, NDArray[np.uint32]]:
    """The sorted posting keys of terms and of single characters, and the hashes of the latter."""
    found = extract([text for one in entries for text in (one.title, one.searched_facts, one.text)])
    is_title = np.repeat(np.arange(len(found.lengths)) % FIELDS == 0, found.lengths)
    spelt = extract_pinyin(found.characters[is_title], found.character_texts[is_title])
    norms = 1 - B + B * found.lengths[FIELDS - 1 :: FIELDS] / USUAL_LENGTH
    many = _Many(start, np.array([K1 * step / (1 - step) for step in LEVEL_STEPS])[:, None] * norms)
    several = many.of_terms(np.concatenate((found.hashes, spelt[0])), np.concatenate((found.texts, spelt[1])))
    return several, *many.of_characters(found)


@dataclass(frozen=True, slots=True)
class _Many:
    """Terms of several records become postings. `enough` says how often a text must have a term to be about it."""

    start: int
    enough: NDArray[np.float64]

    def of_terms(self, hashes: NDArray[np.uint32], texts: Numbers) -> Keys:
        """The keys of terms, each found in the text with that number: a title, facts, or a text."""
        keys = hashes.astype(np.uint64) << np.uint64(_TEXT_BITS)
        keys |= texts.astype(np.uint64)
        keys = keys[_in_order(hashes)]
        keys.sort(kind="stable")  # mends what two sorts of terms have with one hash; all else is in order
        first = _changes(keys)
        times = np.diff(first, append=len(keys))
        keys = keys[first]
        records, fields = np.divmod((keys & np.uint64((1 << _TEXT_BITS) - 1)).astype(np.uint16), FIELDS)
        codes = np.where(fields == FIELDS - 1, self.levels(times, records), _CODES[fields])
        keys >>= np.uint64(_TEXT_BITS)
        first = np.flatnonzero(
            np.append(True, (keys[1:] != keys[:-1]) | (records[1:] != records[:-1]))[: len(keys)]
        )
        if len(first):
            codes = np.add.reduceat(codes, first)
        found = posting_keys(keys[first], records[first].astype(np.int64) + self.start, codes)
        found.sort(kind="stable")  # nearly in order already
        return found

    def levels(self, times: Numbers, records: Numbers) -> Numbers:
        """How much a text is about what it has so many times."""
        found = np.ones(len(times), dtype=np.int64)
        for enough in self.enough:
            found += times >= enough[records]
        return found

    def of_characters(self, found: Found) -> tuple[Keys, NDArray[np.uint32]]:
        """The keys of single characters, and their hashes: counted in a table, for they are few."""
        count = self.enough.shape[1]
        known = np.zeros(NO_CLASS, dtype=bool)
        known[found.characters] = True
        own = np.flatnonzero(known)
        hashes = hashes_of_characters(own.astype(np.uint32))
        own, hashes = own[np.argsort(hashes)], np.sort(hashes)
        row = np.zeros(NO_CLASS, dtype=np.int32)
        row[own] = np.arange(len(own)) * (FIELDS * count)
        cells = row[found.characters] + found.character_texts
        times = np.bincount(cells, minlength=FIELDS * count * len(own)).reshape(-1, FIELDS)
        held = np.flatnonzero(times[:, FIELDS - 1])
        codes = (times[:, : FIELDS - 1] > 0) @ _CODES[: FIELDS - 1]
        codes[held] += self.levels(times[held, FIELDS - 1], held % count)
        held = np.flatnonzero(codes)
        of, records = np.divmod(held, count)
        return np.sort(posting_keys(hashes[of], records + self.start, codes[held]), kind="stable"), hashes


def _in_order(hashes: NDArray[np.uint32]) -> NDArray[np.intp]:
    """The order of hashes, equal ones as they stand: sixteen bits at a time, which numpy does in linear time."""
    order = np.argsort(hashes.astype(np.uint16), kind="stable")
    return order[np.argsort((hashes >> np.uint32(16)).astype(np.uint16)[order], kind="stable")]


def _changes(keys: Keys) -> Numbers:
    """Where a key differs from the one before."""
    return np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])


# ---- what is shown of a record: fragments ----


def entries_per_fragment(sample: Sequence[Entry]) -> int:
    """How many records share a fragment: a power of two, so that short records lie together."""
    characters = sum(min(len(entry.text), TEXT_PART) + len(entry.title) + 80 for entry in sample)
    mean = 3 * characters / max(1, len(sample))
    count = 1
    while count < MOST_IN_A_FRAGMENT and 2 * count * mean <= FRAGMENT_BYTES:
        count *= 2
    return count


def _fragments(entries: Sequence[Entry], start: int, per_fragment: int) -> Iterator[tuple[str, bytes]]:
    """What is shown of each record, and its text, in which what was asked is looked for again."""
    for offset in range(0, len(entries), per_fragment):
        shown = entries[offset : offset + per_fragment]
        later = [list(later_parts(entry.text)) for entry in shown]
        cards = [_card(entry, len(parts)) for entry, parts in zip(shown, later, strict=True)]
        yield f"t/{(start + offset) // per_fragment:x}.bin", packed(cards)
        for record, parts in enumerate(later, start + offset):
            for part, text in enumerate(parts, 1):
                yield f"t/{record:x}-{part}.bin", packed(text)


def _card(entry: Entry, later: int) -> list[Any]:
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
        later,
    ]


def later_parts(text: str) -> Iterable[str]:
    """What a card leaves out of a long text, in parts that overlap, so that no phrase falls between two."""
    for start in range(TEXT_PART, len(text), LATER_PART):
        yield text[start - OVERLAP : start + LATER_PART]
