"""Whoosh over the static index: its query language and its collecting, our postings, scores and facets.

Nothing is indexed a second time and no index of Whoosh's own format is opened (those are unpickled). Only what
Whoosh 2.7.4 and its forks share is used.

    公租房 机构:霁川市民政局            a word and a field
    "最低生活保障标准" 机构:"霁川市民政局"  a phrase, sign by sign
    (公租房 OR 廉租房) NOT 类别:公示     boolean
    日期:[2020-01-01 TO 2020-12-31]      a span of days
    标题:*年*预算*                       signs that stand for any characters, over titles and 文号
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, qparser, query, scoring, searching
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.reading import IndexReader

from plugins.search.folding import fold
from plugins.search.query import one_space
from plugins.search.searching import Match, StaticIndex
from plugins.search.second_look import Card

FACET_NAMES = {"机构": "organ", "类别": "kind", "主题": "topic", "有效性": "validity"}
CARD_NAMES = {"标题": "title", "文号": "number"}
NAMES = {**FACET_NAMES, **CARD_NAMES, "日期": "day"}
MOST_LOOKED_AT = 50
"""So many of the best are looked at again when only few are wanted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found; the contract of `search --json`."""

    id: str
    address: str
    title: str
    kind: str
    score: float

    def as_json(self) -> dict[str, object]:
        """The hit as a program reads it."""
        return {
            "id": self.id,
            "address": self.address,
            "title": self.title,
            "kind": self.kind,
            "score": round(self.score, 4),
        }


class QueryNotUnderstood(ValueError):
    """The query names a field there is not, or is not well formed. The message says which and shows an example."""


def search(index_dir: Path, words: str, limit: int = 10) -> list[Hit]:
    """The best records for a query in Whoosh's language. Raises IndexMissing, ShardDamaged, QueryNotUnderstood."""
    index = StaticIndex(index_dir)
    if not is_query_language(words):
        return [_hit(hit.card, hit.score) for hit in index.search(words, limit).hits]
    searcher = searching.Searcher(StaticReader(index), weighting=scoring.Frequency())
    results = searcher.search(understood(words), limit=max(limit, MOST_LOOKED_AT))
    place = searcher.reader().place
    return [_hit(place.card(hit.docnum), hit.score) for hit in list(results)[:limit]]


def is_query_language(words: str) -> bool:
    """Whether anything in the words asks for more than words: a field, a bracket, AND, OR, NOT, a wildcard."""
    if re.search(r"\b(?:AND|OR|NOT|TO)\b|[(*]", words):
        return True
    return re.search(rf"(?:{'|'.join([*NAMES, *NAMES.values()])})[:：]", words) is not None


def understood(words: str) -> Any:
    """The query as Whoosh's tree; neighbouring words become one, so that they are scored together."""
    told = re.sub(rf"({'|'.join(NAMES)})[:：]", lambda match: f"{NAMES[match[1]]}:", words)
    unknown = re.findall(r"(?<!\S)([^\s:\"(]+):(?!\d|//)", told)
    strange = [name for name in unknown if name not in SCHEMA]
    if strange:
        raise QueryNotUnderstood(
            f"检索式里的“{strange[0]}:”不是可以查的项。可以查：{'、'.join(NAMES)}。例如 机构:霁川市财政局 决算"
            f' / "{strange[0]}:" is no field. There are: {", ".join(NAMES.values())}. For example organ:霁川市财政局 决算'
        )
    quoted = re.sub(
        r'([a-z]+:)?"([^"]*)"', lambda m: f"{m[1] or 'phrase:'}'{m[2].replace(chr(39), ' ')}'", told
    )
    parser = qparser.QueryParser("text", SCHEMA, group=qparser.AndGroup)
    return _joined(parser.parse(quoted))


def _hit(card: Card, score: float) -> Hit:
    return Hit(card.key, card.address, card.title, card.kind, score)


# ---- leaves of Whoosh's tree ----


class _Leaf(query.Query):  # type: ignore[misc]
    """A leaf that our index answers: which records, and how well."""

    fieldname = "text"

    def __init__(self, text: str, boost: float = 1.0) -> None:
        self.text = text
        self.boost = boost

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self.fieldname, self.text))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.fieldname}:{self.text!r})"

    __str__ = __repr__

    def is_leaf(self) -> bool:
        """Nothing stands below it."""
        return True

    def with_boost(self, boost: float) -> _Leaf:
        """The same leaf, weighing more or less."""
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__, boost=boost)
        return other

    def estimate_size(self, reader: Any) -> int:
        """At most every record."""
        return int(reader.doc_count())

    def scores(self, place: Place) -> tuple[Sequence[int], Sequence[float]]:
        """The records in rising order, and the score of each."""
        raise NotImplementedError

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002 Whoosh hands it over
        """What Whoosh walks along."""
        records, scores = self.scores(searcher.reader().place)
        if not len(records):
            return NullMatcher()
        return ListMatcher(list(records), [score * self.boost for score in scores])


class WordsQuery(_Leaf):
    """Words, scored together as the browser scores them; a record must have them all."""

    def scores(self, place: Place) -> tuple[Sequence[int], Sequence[float]]:
        """As the browser's, the second look included."""
        found = place.index.having_all(self.text, MOST_LOOKED_AT)
        rows = sorted((place.number(match), score) for match, score in found)
        return [number for number, _ in rows], [score for _, score in rows]


class PhraseQuery(_Leaf):
    """A phrase, sign by sign."""

    def scores(self, place: Place) -> tuple[Sequence[int], Sequence[float]]:
        """Every record that has it, one as good as another."""
        keys = set(place.index.find_exactly(self.text))
        numbers = [number for number in place.all_numbers() if place.card(number).key in keys]
        return numbers, [1.0] * len(numbers)


class FacetQuery(_Leaf):
    """A value of a facet, or the beginning of one."""

    def __init__(self, facet: str, text: str, boost: float = 1.0) -> None:
        super().__init__(text, boost)
        self.fieldname = facet

    def scores(self, place: Place) -> tuple[Sequence[int], Sequence[float]]:
        """Every record that has it; it does not count for the score."""
        numbers = place.numbers(
            [segment.with_facet(self.fieldname, self.text) for segment in place.index.segments]
        )
        return numbers, [0.0] * len(numbers)


class DaysQuery(_Leaf):
    """A span of days, both included."""

    def __init__(self, first: str, last: str, boost: float = 1.0) -> None:
        super().__init__(f"{first}..{last}", boost)
        self.fieldname = "day"
        self.first, self.last = first, last

    def scores(self, place: Place) -> tuple[Sequence[int], Sequence[float]]:
        """Every record published in it; it does not count for the score."""
        numbers = place.numbers([one.published(self.first, self.last) for one in place.index.segments])
        return numbers, [0.0] * len(numbers)


class PatternQuery(_Leaf):
    """A title or 文号 with * for any characters and ? for one."""

    def __init__(self, name: str, text: str, boost: float = 1.0) -> None:
        super().__init__(text, boost)
        self.fieldname = name

    def scores(self, place: Place) -> tuple[Sequence[int], Sequence[float]]:
        """Every record whose title or 文号 is like this, read card by card."""
        parts = (re.escape(part).replace("\\?", ".") for part in one_space(fold(self.text)).split("*"))
        wanted = re.compile(".*".join(parts))
        numbers = [
            number
            for number in place.all_numbers()
            if wanted.search(one_space(fold(str(getattr(place.card(number), self.fieldname)))))
        ]
        return numbers, [1.0] * len(numbers)


class Place:
    """Records of all segments under one number each, as Whoosh wants them."""

    def __init__(self, index: StaticIndex) -> None:
        self.index = index
        self.starts = np.cumsum([0, *(segment.count for segment in index.segments)]).tolist()

    def number(self, match: Match) -> int:
        """The number of a record."""
        return int(self.starts[match.segment] + match.record)

    def card(self, number: int) -> Card:
        """What is shown of the record with a number."""
        segment = int(np.searchsorted(self.starts, number, side="right")) - 1
        return self.index.segments[segment].card(number - self.starts[segment])

    def all_numbers(self) -> Iterator[int]:
        """Every record that is still valid."""
        return iter(self.numbers([np.ones(segment.count, dtype=bool) for segment in self.index.segments]))

    def numbers(self, masks: Sequence[NDArray[np.bool_]]) -> list[int]:
        """The records of masks, one a segment, dead ones left out."""
        found = [mask & segment.alive for mask, segment in zip(masks, self.index.segments, strict=True)]
        return np.flatnonzero(np.concatenate(found)).tolist() if found else []


# ---- fields and reader ----


class _WordsField(fields.TEXT):  # type: ignore[misc]
    def self_parsing(self) -> bool:
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Any:  # noqa: ARG002
        return WordsQuery(qstring, boost)


class _PhraseField(fields.ID):  # type: ignore[misc]
    def self_parsing(self) -> bool:
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Any:  # noqa: ARG002
        return PhraseQuery(qstring, boost)


class _FacetField(fields.ID):  # type: ignore[misc]
    def self_parsing(self) -> bool:
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Any:
        return FacetQuery(fieldname, qstring, boost)


class _CardField(fields.ID):  # type: ignore[misc]
    def self_parsing(self) -> bool:
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Any:
        return PatternQuery(fieldname, qstring, boost)


class _DayField(fields.ID):  # type: ignore[misc]
    def self_parsing(self) -> bool:
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Any:  # noqa: ARG002
        return DaysQuery(qstring, f"{qstring}~", boost)

    def parse_range(
        self,
        fieldname: str,  # noqa: ARG002
        start: str | None,
        end: str | None,
        startexcl: bool,  # noqa: ARG002
        endexcl: bool,  # noqa: ARG002
        boost: float = 1.0,
    ) -> Any:
        return DaysQuery(start or "", f"{end}~" if end else "", boost)


SCHEMA = fields.Schema(
    text=_WordsField(phrase=False),
    phrase=_PhraseField(),
    day=_DayField(),
    **{name: _FacetField() for name in FACET_NAMES.values()},
    **{name: _CardField() for name in CARD_NAMES.values()},
)


class StaticReader(IndexReader):  # type: ignore[misc]
    """As much of Whoosh's reader as its searcher asks of one whose leaves answer for themselves."""

    def __init__(self, index: StaticIndex) -> None:
        self.place = Place(index)
        self.schema = SCHEMA

    def is_atomic(self) -> bool:
        """It has no readers below it."""
        return True

    def generation(self) -> int:
        """It never changes."""
        return 0

    def close(self) -> None:
        """Nothing is held open."""

    def __contains__(self, term: object) -> bool:
        return False

    def has_deletions(self) -> bool:
        """Dead records are left out before Whoosh sees them."""
        return False

    def is_deleted(self, docnum: int) -> bool:
        """Never."""
        del docnum
        return False

    def doc_count_all(self) -> int:
        """How many records all segments hold."""
        return int(self.place.starts[-1])

    doc_count = doc_count_all

    def all_doc_ids(self) -> Iterator[int]:
        """Every valid record."""
        return self.place.all_numbers()

    def doc_frequency(self, fieldname: str, text: str) -> int:
        """Not asked for by our leaves."""
        del fieldname, text
        return 0

    frequency = doc_frequency

    def field_length(self, fieldname: str) -> int:
        """Not asked for by our leaves."""
        del fieldname
        return 0

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Not asked for by our leaves."""
        del docnum, fieldname
        return default

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """What is shown of a record."""
        card = self.place.card(docnum)
        return {"id": card.key, "title": card.title}

    def has_column(self, fieldname: str) -> bool:
        """None: facets are masks."""
        del fieldname
        return False

    def codec(self) -> None:
        """None of Whoosh's."""


def _joined(tree: Any) -> Any:
    """Words side by side become one leaf."""
    match tree:
        case query.And() | query.Or():
            below = [_joined(one) for one in tree.subqueries]
            loose = [one for one in below if isinstance(one, WordsQuery)]
            if len(loose) > 1 and isinstance(tree, query.And):
                below = [one for one in below if not isinstance(one, WordsQuery)]
                below.append(WordsQuery(" ".join(one.text for one in loose)))
            return below[0] if len(below) == 1 else type(tree)(below)
        case query.Not():
            return query.Not(_joined(tree.query))
        case query.AndNot() | query.Require() | query.AndMaybe():
            return type(tree)(_joined(tree.a), _joined(tree.b))
    return tree
