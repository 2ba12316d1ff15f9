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

from plugins.search.entry import FACETS, Entry, facet_values
from plugins.search.extraction import extract, extract_pinyin, hashes_of_characters
from plugins.search.pack import Slice, packed, write_pack
from plugins.search.postings import IN_FACTS, IN_TITLE, Keys, Numbers, posting_keys

MOST_IN_A_BATCH = 960
MOST_CHARACTERS = 500_000
"""So many records at most are one batch, and of so many characters postings are made at a time."""

FRAGMENT_BYTES = 4096
MOST_IN_A_FRAGMENT = 64
TEXT_PART = 3000
LATER_PART = 12000
OVERLAP = 80
USUAL_LENGTH = 1000.0
K1, B = 1.2, 0.75
LEVEL_STEPS = (0.5, 0.68)
_FIELD_BITS = 2
_OWNER_BITS = 10

Terms = tuple[NDArray[np.uint32], Numbers]
"""What was found, as numbers of 32 bits, and the number of the record in which."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is known of a batch once it lies in the work folder. `facets` say of each value which records have it."""

    keys: int
    character_hashes: NDArray[np.uint32]
    facets: dict[str, dict[str, list[int]]]
    files: tuple[Slice, ...]


def index_batch(folder: Path, segment: str, start: int, entries: Sequence[Entry], per_fragment: int) -> Batch:
    """Index these entries, the first of which has the number `start` in its segment."""
    count = 0
    characters = np.zeros(0, dtype=np.uint32)
    first = start
    for group in _groups(entries):
        keys, own = _keys(group, first)
        (folder / segment / f"{first:09}.run").write_bytes(keys.tobytes())
        count += len(keys)
        characters = np.union1d(characters, own)
        first += len(group)
    return Batch(
        count,
        characters,
        {facet: _members(entries, facet, start) for facet in FACETS},
        write_pack(folder, segment, f"text-{start:09}", _fragments(entries, start, per_fragment)),
    )


def _groups(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """The entries in groups of not too many characters."""
    first = size = 0
    for at, entry in enumerate(entries):
        if size and size + len(entry.text) > MOST_CHARACTERS:
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


def _keys(entries: Sequence[Entry], start: int) -> tuple[Keys, NDArray[np.uint32]]:
    """The sorted posting keys of all terms, and which hashes are those of single characters."""
    titles = extract([entry.title for entry in entries])
    facts = extract([entry.searched_facts for entry in entries])
    texts = extract([entry.text for entry in entries])
    spelt, spelt_in = extract_pinyin([entry.title for entry in entries])
    norms = (1 - B + B * texts.lengths / USUAL_LENGTH).astype(np.float64)
    in_titles = (np.append(titles.hashes, spelt), np.append(titles.texts, spelt_in))
    hashes, records, codes = _coded(
        [in_titles, (facts.hashes, facts.texts), (texts.hashes, texts.texts)], norms
    )
    several = np.sort(posting_keys(hashes, records + start, codes), kind="stable")  # nearly in order already
    characters, records, codes = _coded(
        [(found.characters, found.character_texts) for found in (titles, facts, texts)], norms
    )
    own = hashes_of_characters(characters)
    single = np.sort(posting_keys(own, records + start, codes))
    return np.sort(np.concatenate((several, single)), kind="stable"), np.unique(own)


def _coded(
    fields: Sequence[Terms], norms: NDArray[np.float64]
) -> tuple[NDArray[np.uint32], Numbers, Numbers]:
    """Terms found in the title, the facts and the text become one posting each: (terms, records, codes), in order."""
    keys = _sorted_keys(fields)
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    times = np.diff(np.append(first, len(keys)))
    keys = keys[first]
    kind = keys.dtype.type
    records = ((keys >> kind(_FIELD_BITS)) & kind((1 << _OWNER_BITS) - 1)).astype(np.int64)
    field = (keys & kind((1 << _FIELD_BITS) - 1)).astype(np.int64)
    relevance = times / (times + K1 * norms[records])
    level = 1 + sum((relevance >= step).astype(np.int64) for step in LEVEL_STEPS)
    codes = np.where(field == 0, IN_TITLE, np.where(field == 1, IN_FACTS, level))
    postings = keys >> kind(_FIELD_BITS)
    first = np.flatnonzero(np.append(True, postings[1:] != postings[:-1])[: len(keys)])
    codes = np.add.reduceat(codes, first) if len(first) else codes
    terms = (keys[first] >> kind(_FIELD_BITS + _OWNER_BITS)).astype(np.uint32)
    return terms, records[first], codes


def _sorted_keys(fields: Sequence[Terms]) -> NDArray[Any]:
    """One number for each time a term was found: the term, the record, the field. Characters need but 32 bits."""
    highest = max((int(terms.max()) for terms, _ in fields if len(terms)), default=0)
    kind: Any = np.uint32 if highest < 1 << (32 - _OWNER_BITS - _FIELD_BITS) else np.uint64
    found = [
        (terms.astype(kind) << kind(_OWNER_BITS + _FIELD_BITS))
        | (records.astype(kind) << kind(_FIELD_BITS))
        | kind(field)
        for field, (terms, records) in enumerate(fields)
    ]
    return np.sort(np.concatenate(found))


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
