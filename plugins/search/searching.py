"""Answering from the static index, as the browser does: the same lookups, the same scores, the same second look."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plugins.search.analyzer import hash_term, pairs
from plugins.search.batch import OVERLAP
from plugins.search.folding import fold
from plugins.search.merging import hex_digits
from plugins.search.postings import (
    IN_FACTS,
    IN_TITLE,
    Numbers,
    Postings,
    ShardDamaged,
    read_lists,
    read_shard,
)
from plugins.search.query import Lookup, Query, read_query
from plugins.search.second_look import NUMBER_OR_DAY, Card, Hit, has_word, looked_at
from plugins.search.segment import LAST_DAY

START = "start.bin"
WEIGHTS = np.array(
    [
        (0.0, 0.9, 1.2, 1.4)[code & 3] + (1.6 if code & IN_TITLE else 0) + (1.1 if code & IN_FACTS else 0)
        for code in range(16)
    ]
)
"""What a posting's code is worth."""

NAMED_WEIGHT = 2.0
PAGE = 10
FEWEST_LOOKED_AT = 5
MOST_LOOKED_AT = 9
"""So many are looked at where none has everything: with ten lookups and where to begin, twenty files."""

MOST_PARTS = 4

Masks = Sequence[NDArray[np.bool_]]


class IndexMissing(FileNotFoundError):
    """There is no index, or it cannot be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `total` counts what has everything that was asked, exactly or as an estimate."""

    hits: tuple[Hit, ...]
    total: int
    exact: bool


@dataclass
class StaticSegment:
    """One segment of an index on disk. What is read is kept."""

    folder: Path
    facts: Mapping[str, Any]
    _kept: dict[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many records it holds, those no longer valid included."""
        return int(self.facts["n"])

    def postings(self, hash_: int, *, all_: bool = False) -> Postings:
        """A term's postings: the best, or with `all_` every one."""
        hot = self._shard("h", hash_, self.facts["bits"])
        if not all_ or hot.count <= len(hot.records):
            return hot
        rest = self._shard("c", hash_, self.facts["cold"])
        return Postings(
            hot.count, np.concatenate((hot.records, rest.records)), np.concatenate((hot.codes, rest.codes))
        )

    def card(self, record: int) -> Card:
        """What is shown of a record."""
        number, place = divmod(record, self.facts["per"])
        address = f"t/{number:x}.bin"
        if address not in self._kept:
            self._kept[address] = unpacked(self.folder / address)
        return Card(*self._kept[address][place])

    def whole_text(self, record: int, most_parts: int | None = None) -> str:
        """A record's text to its end, or with so many later parts. They overlap, which a search does not mind."""
        card = self.card(record)
        last = card.later_parts if most_parts is None else min(card.later_parts, most_parts)
        parts = (unpacked(self.folder / f"t/{record:x}-{part}.bin") for part in range(1, last + 1))
        return "\n".join((card.text, *parts))

    def to_the_end(self, record: int) -> str:
        """A record's text, once: without what its parts repeat of one another."""
        card = self.card(record)
        parts = (
            unpacked(self.folder / f"t/{record:x}-{part}.bin") for part in range(1, card.later_parts + 1)
        )
        return "".join((card.text, *(part[OVERLAP:] for part in parts)))

    def with_facet(self, facet: str, value: str) -> NDArray[np.bool_]:
        """Which records have a value of a facet."""
        mask = np.zeros(self.count, dtype=bool)
        values = self.facts["facets"][facet]
        if value in values:
            data = gzip.decompress((self.folder / f"f/{facet}.bin").read_bytes())
            mask[read_lists(data)[values.index(value)]] = True
        return mask

    def published(self, first: str, last: str) -> NDArray[np.bool_]:
        """Which records were published in a span of days (2026-01-31), both included; an empty end is open."""
        mask = np.zeros(self.count, dtype=bool)
        days, ends = read_lists(gzip.decompress((self.folder / "f/day.bin").read_bytes())) or ([], [])
        start = 0
        for number, end in zip(days, ends, strict=True):
            day = (date(1970, 1, 1) + timedelta(days=LAST_DAY - int(number))).isoformat()
            mask[start:end] = first <= day <= (last or "9")
            start = end
        return mask

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Which records are still valid."""
        mask = np.ones(self.count, dtype=bool)
        mask[self.facts["dead"]] = False
        return mask

    def _shard(self, tier: str, hash_: int, bits: int) -> Postings:
        number = hash_ >> (32 - bits)
        address = f"{tier}/{number:0{hex_digits(bits)}x}.bin"
        if address not in self._kept:
            path = self.folder / address
            self._kept[address] = read_shard(path.read_bytes(), number, bits) if path.exists() else {}
        found: Postings | None = self._kept[address].get(hash_)
        return found or Postings(0, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A term that was looked up: its postings by segment, and how much it says about a record."""

    term: str
    needed: bool
    row: Sequence[Postings]
    idf: float

    @property
    def cut(self) -> bool:
        """Whether only its best postings were read."""
        return any(one.count > len(one.records) for one in self.row)

    @property
    def as_title(self) -> int:
        """The places that count as the title: for numbers and dates the facts too."""
        return IN_TITLE | (IN_FACTS if NUMBER_OR_DAY.match(self.term) else 0)


@dataclass(frozen=True, slots=True)
class Match:
    """A record that has any of what was asked; `whole` when it may have all of it."""

    whole: bool
    score: float
    segment: int
    record: int


class StaticIndex:
    """The index of a site, as it lies in the folder `search` of the output."""

    def __init__(self, folder: Path) -> None:
        try:
            start = unpacked(folder / START)
        except OSError as reason:
            raise IndexMissing(str(folder / START)) from reason
        self.segments = [StaticSegment(folder / facts["path"], facts) for facts in start["segments"]]
        self.often = frozenset(self.segments[0].facts["often"]) if self.segments else frozenset()
        self.count = sum(int(segment.alive.sum()) for segment in self.segments)

    def search(self, text: str, limit: int = PAGE, masks: Masks | None = None) -> Answer:
        """The best records for a query; `masks` say of each segment which records may be shown."""
        query = read_query(text, self.often)
        if not query.lookups:
            return Answer((), 0, exact=True)
        asked, query = self._look_up(query)
        best = sorted(self.matches(asked, masks), key=lambda m: (not m.whole, -m.score, m.segment, m.record))
        likely = sum(match.whole for match in best)
        shown = min(limit, max(FEWEST_LOOKED_AT, likely))
        looked = [self._second_look(query, match) for match in best[:shown]]
        if not any(hit.as_asked for hit in looked):
            looked += [
                self._second_look(query, match)
                for match in best[shown : max(MOST_LOOKED_AT, min(likely, 2 * limit))]
            ]
        hits = sorted(looked, key=lambda hit: (not hit.whole, -hit.score))
        all_seen = len(best) <= len(hits) or likely <= len(hits)
        total = sum(hit.whole for hit in hits) if all_seen else likely
        return Answer(tuple(hits[:limit]), total, all_seen or not any(one.cut for one in asked))

    def having_all(self, text: str, looked_at: int) -> list[tuple[Match, float]]:
        """Every record that has all of a query, and its score; so many of the best are looked at again."""
        query = read_query(text, self.often)
        if not query.lookups:
            return []
        asked, query = self._look_up(query)
        whole = [match for match in self.matches(asked) if match.whole]
        best = sorted(whole, key=lambda match: (-match.score, match.segment, match.record))
        looked = [(match, self._second_look(query, match)) for match in best[:looked_at]]
        found = [(match, hit.score) for match, hit in looked if hit.whole]
        return [*found, *((match, match.score) for match in best[looked_at:])]

    def find_exactly(self, phrase: str) -> list[str]:
        """The keys of exactly the records that have a phrase, sign by sign; every candidate is read."""
        query = read_query(f'"{phrase}"')
        if not query.words:
            return []
        word = query.words[0]
        terms = list(pairs(word.parts[0].bare)) or [word.parts[0].bare]
        found: list[str] = []
        for segment in self.segments:
            candidates = segment.alive.copy()
            for term in terms:
                has_term = np.zeros(segment.count, dtype=bool)
                has_term[segment.postings(hash_term(term), all_=True).records] = True
                candidates &= has_term
            for record in np.flatnonzero(candidates).tolist():
                card = segment.card(record)
                fields = [fold(text) for text in (*card.fields[:2], segment.whole_text(record))]
                if has_word(word, fields, fields):
                    found.append(card.key)
        return found

    def _look_up(self, query: Query) -> tuple[list[_Asked], Query]:
        """The postings of what a query asks for; what nothing has is replaced by what may stand for it.

        Words that are pinyin are left out of the query: the index has said that the title has them, its text cannot.
        """
        asked: list[_Asked] = []
        spelt: set[int] = set()
        for lookup in query.lookups:
            row = self._row(lookup.term)
            if lookup.instead and not any(one.count for one in row):
                asked += self._instead(lookup)
                if lookup.instead[0][0][0] == "~":
                    spelt.add(lookup.word)
            else:
                weight = NAMED_WEIGHT if lookup.term[0] in "№@§#" else 1.0
                asked.append(self._asked(lookup.term, lookup.needed, row, weight))
        written = tuple(word for number, word in enumerate(query.words) if number not in spelt)
        return asked, replace(query, words=written)

    def _instead(self, lookup: Lookup) -> list[_Asked]:
        """What may stand for a term that nothing has: the ways to read it of which there is everything.

        Of several ways none is known to be meant, and what not all have is not needed.
        """
        rows = {term: self._row(term) for way in lookup.instead for term in way}
        ways = [
            way for way in lookup.instead if all(any(one.count for one in rows[term]) for term in way)
        ] or lookup.instead[:1]
        return [
            self._asked(term, lookup.needed and all(term in way for way in ways), rows[term], 1.0)
            for term in dict.fromkeys(chain(*ways))
        ]

    def _row(self, term: str) -> list[Postings]:
        return [segment.postings(hash_term(term)) for segment in self.segments]

    def _asked(self, term: str, needed: bool, row: Sequence[Postings], weight: float) -> _Asked:
        dead = sum(
            int((~segment.alive[one.records]).sum()) for segment, one in zip(self.segments, row, strict=True)
        )
        count = sum(one.count for one in row) - dead
        left = self.count - min(count, self.count)
        return _Asked(
            term, needed, row, weight * math.log(1 + (left + 0.5) / (count + 0.5)) if count else 0.0
        )

    def matches(self, asked: Sequence[_Asked], masks: Masks | None = None) -> list[Match]:
        """Every record that has any of it."""
        found: list[Match] = []
        for number, segment in enumerate(self.segments):
            sums = _Sums(segment.count)
            for one in asked:
                sums.add(one, one.row[number])
            may = segment.alive & sums.touched
            if masks is not None:
                may &= masks[number]
            records = np.flatnonzero(may)
            need = sum(one.needed and not one.cut for one in asked)
            scores = sums.scores(records, sum(one.idf for one in asked) or 1.0)
            found += map(
                Match,
                (sums.have[records] == need).tolist(),
                scores.tolist(),
                [number] * len(records),
                records.tolist(),
            )
        return found

    def _second_look(self, query: Query, match: Match) -> Hit:
        """The record itself: does it have what was asked, and how near together."""
        segment = self.segments[match.segment]
        card = segment.card(match.record)
        hit = looked_at(query, match.score, card)
        if not hit.whole and match.whole and card.later_parts:
            longer = replace(card, text=segment.whole_text(match.record, MOST_PARTS))
            hit = looked_at(query, match.score, longer)
        if query.words or match.whole:
            return hit
        return replace(hit, whole=False, as_asked=False)  # all of it is pinyin, which only the index knows


class _Sums:
    """What is added up for the records of a segment, term by term."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.score, self.cover, self.titled, self.headed = np.zeros((4, count))
        self.have = np.zeros(count, dtype=np.int64)
        self.touched = np.zeros(count, dtype=bool)
        self.unseen = 0.0

    def add(self, asked: _Asked, one: Postings) -> None:
        """Add a term. What was not read of its postings counts for every record by its share."""
        hidden = asked.idf * (one.count - len(one.records)) / max(1, self.count - len(one.records))
        self.unseen += hidden
        self.score[one.records] += asked.idf * WEIGHTS[one.codes]
        self.cover[one.records] += asked.idf - hidden
        self.titled[one.records] += asked.idf * ((one.codes & asked.as_title) > 0)
        self.headed[one.records] += asked.idf * ((one.codes & (IN_TITLE | IN_FACTS)) > 0)
        self.have[one.records] += asked.needed and not asked.cut
        self.touched[one.records] = True

    def scores(self, records: Numbers, total: float) -> NDArray[np.float64]:
        """The scores of some records. `total` is what a record would have that has everything."""
        part = (self.cover[records] + self.unseen) / total
        scores: NDArray[np.float64] = (
            (self.score[records] + self.unseen)
            * (0.3 + 0.7 * part * part)
            * (1 + 1.2 * (self.titled[records] / total) ** 2)
            * (1 + 0.6 * (self.headed[records] / total) ** 2)
        )
        return scores


def unpacked(path: Path) -> Any:
    """The value of a packed file. Raises ShardDamaged when it is not whole."""
    try:
        return json.loads(gzip.decompress(path.read_bytes()))
    except (EOFError, zlib.error, gzip.BadGzipFile, ValueError) as reason:
        raise ShardDamaged(f"{path.name}: 检索数据不完整 / the search data is not whole") from reason
