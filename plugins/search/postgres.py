# ruff: noqa: S608  statements are put together of our own words; what readers and records say goes as parameters
"""PostgreSQL as the search engine of a site too large for one index: how records are loaded, and how it answers.

Our analyzer makes the terms, the database keeps and matches them (`tsvector`, A in the title, B in the facts, D in
the text), and the best are looked at again as everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

try:
    import psycopg
except ModuleNotFoundError:  # an extra: python3 tasks.py installs it for what needs it
    psycopg = None  # type: ignore[assignment]

from plugins.search.analyzer import pinyin_terms, terms
from plugins.search.documents import Document
from plugins.search.entry import FACETS
from plugins.search.query import Lookup, Query, read_query
from plugins.search.second_look import Card, Hit, looked_at
from plugins.search.server_answer import Asked, ServerAnswer

SCHEMA = "gongkai_search"
LOOKED_AT = 60
"""So many of the best are looked at again."""

MOST_BYTES = 900_000
"""A `tsvector` ends at a megabyte; of a longer text the rarest terms are left out."""

MOST_TIMES = 4
VALUES = 12
COLUMNS = ("key", "address", "title", "number", "organ", "kind", "published_on", "validity", "facts", "text")

TABLE = f"""
DROP SCHEMA IF EXISTS {SCHEMA}_new CASCADE;
CREATE SCHEMA {SCHEMA}_new;
CREATE TABLE {SCHEMA}_new.record (
  {", ".join(f"{column} text NOT NULL" for column in COLUMNS)}, topic text[] NOT NULL, terms tsvector NOT NULL
);
"""
FINISH = f"""
CREATE INDEX ON {SCHEMA}_new.record USING gin (terms);
CREATE INDEX ON {SCHEMA}_new.record (published_on);
ANALYZE {SCHEMA}_new.record;
DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;
ALTER SCHEMA {SCHEMA}_new RENAME TO {SCHEMA};
"""


class NotReached(OSError):
    """The database does not answer, or does not let us; or the library that speaks to it is not installed."""


def load(address: str, all_: Iterable[Document]) -> int:
    """Put the records into a database, in the place of those there; readers see the old ones until the end. How many."""
    copied = f"COPY {SCHEMA}_new.record ({', '.join(COLUMNS)}, topic, terms) FROM STDIN"
    with _in_words(), _connected(address) as connection, connection.cursor() as cursor:
        cursor.execute(TABLE)
        with cursor.copy(copied) as copy:
            for document in all_:
                row = [_storable(getattr(document.card, column)) for column in COLUMNS[:-1]]
                copy.write_row((*row, _storable(document.text), list(document.topics), term_vector(document)))
        cursor.execute(FINISH)
        cursor.execute(f"SELECT count(*) FROM {SCHEMA}.record")
        return int(cursor.fetchone()[0])


def term_vector(document: Document) -> str:
    """All terms of a record with where they stand, as PostgreSQL writes them."""
    card = document.card
    places: dict[str, list[str]] = {}
    facts = "\n".join((card.fields[1], *document.topics))
    in_text = Counter(terms(document.text))
    for term in {*terms(card.title), *pinyin_terms(card.title)}:
        places.setdefault(term, []).append("1A")
    for term in set(terms(facts)):
        places.setdefault(term, []).append("2B")
    size = 0
    for term, times in in_text.most_common():
        size += len(term.encode()) + 16
        if size > MOST_BYTES:
            break
        places.setdefault(term, []).extend(str(3 + at) for at in range(min(times, MOST_TIMES)))
    return " ".join(f"{_quoted(term)}:{','.join(found)}" for term, found in places.items())


class PostgresIndex:
    """The records in a database."""

    def __init__(self, address: str) -> None:
        self.address = address

    def answer(self, asked: Asked) -> ServerAnswer:
        """One page of what was found, with the counts of its facets."""
        query = read_query(asked.words)
        narrowed, values = _narrowed(asked)
        with _in_words(), _connected(self.address) as connection, connection.cursor() as cursor:
            tests = _tests(query, cursor, narrowed, values) if query.lookups else ("", "")
            where = (
                " AND ".join([*narrowed, *(["terms @@ %(match)s::tsquery"] if tests[0] else [])]) or "true"
            )
            values |= {"match": tests[0], "rank": tests[1]}
            hits, total, exact = _hits(cursor, where, values, asked, query)
            return ServerAnswer(hits, total, exact, _counts(cursor, where, values))


def _tests(query: Query, cursor: Any, narrowed: Sequence[str], values: Mapping[str, Any]) -> tuple[str, str]:
    """What must match and what counts for the order: all that is needed, or any of it where nothing has it all."""
    groups = [(one, _group(one, cursor)) for one in query.lookups]
    any_ = " | ".join(group for _, group in groups)
    all_ = " & ".join(group for one, group in groups if one.needed) or any_
    where = " AND ".join([*narrowed, "terms @@ %(match)s::tsquery"])
    cursor.execute(f"SELECT 1 FROM {SCHEMA}.record WHERE {where} LIMIT 1", {**values, "match": all_})
    return (all_ if cursor.fetchone() else any_), any_


def _group(lookup: Lookup, cursor: Any) -> str:
    """A term; where nothing has it, what may stand for it."""
    own = _quoted(lookup.term)
    if lookup.instead:
        cursor.execute(f"SELECT 1 FROM {SCHEMA}.record WHERE terms @@ %s::tsquery LIMIT 1", (own,))
        if not cursor.fetchone():
            between = " & " if lookup.instead[0][0][0] == "~" else " | "
            ways = (f"({between.join(map(_quoted, way))})" for way in lookup.instead)
            return f"({' | '.join(ways)})"
    return own


def _hits(
    cursor: Any, where: str, values: Mapping[str, Any], asked: Asked, query: Query
) -> tuple[tuple[Hit, ...], int, bool]:
    """The hits of one page, how many there are in all, and whether that was counted or estimated."""
    rank = "ts_rank('{0.15, 0.3, 0.7, 1.0}', terms, %(rank)s::tsquery)" if values["rank"] else "0"
    order = (
        "published_on DESC, key"
        if asked.by_date or not values["rank"]
        else "score DESC, published_on DESC, key"
    )
    start = (asked.page - 1) * asked.size
    first = 0 if start + asked.size <= LOOKED_AT else start
    cursor.execute(
        f"SELECT {', '.join(COLUMNS)}, {rank} AS score, count(*) OVER () FROM {SCHEMA}.record"
        f" WHERE {where} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s",
        {**values, "limit": max(LOOKED_AT, asked.size), "offset": first},
    )
    rows = cursor.fetchall()
    total = int(rows[0][-1]) if rows else 0
    hits = [looked_at(query, float(row[-2]), _card(row)) for row in rows]
    if not asked.by_date and query.lookups:
        hits.sort(key=lambda hit: (not hit.whole, -hit.score))
    shown = hits[start - first : start - first + asked.size]
    if total <= len(hits):
        return tuple(shown), sum(hit.whole for hit in hits), True
    return tuple(shown), total if any(hit.whole for hit in hits) else 0, not query.lookups


def _counts(cursor: Any, where: str, values: Mapping[str, Any]) -> dict[str, list[tuple[str, int]]]:
    """Of each facet the most frequent values, and the years, newest first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for facet in FACETS:
        value = "unnest(topic)" if facet == "topic" else facet
        cursor.execute(
            f"SELECT {value} AS value, count(*) FROM {SCHEMA}.record WHERE {where}"
            f" GROUP BY value ORDER BY count(*) DESC, value LIMIT {VALUES}",
            values,
        )
        found[facet] = [(name, count) for name, count in cursor.fetchall() if name]
    cursor.execute(
        f"SELECT left(published_on, 4) AS year, count(*) FROM {SCHEMA}.record WHERE {where}"
        " GROUP BY year ORDER BY year DESC",
        values,
    )
    found["year"] = [(year, count) for year, count in cursor.fetchall() if year]
    return found


def _narrowed(asked: Asked) -> tuple[list[str], dict[str, Any]]:
    """The filters as conditions and their values."""
    tests: list[str] = []
    values: dict[str, Any] = {}
    for facet, wanted in asked.filters.items():
        if wanted:
            tests.append("topic && %(topic)s" if facet == "topic" else f"{facet} = ANY(%({facet})s)")
            values[facet] = list(wanted)
    if asked.first or asked.last:
        tests.append("published_on BETWEEN %(first)s AND %(last)s AND published_on <> ''")
        values |= {"first": asked.first, "last": asked.last or "9"}
    return tests, values


def _connected(address: str) -> Any:
    return psycopg.connect(address, connect_timeout=10)


@contextmanager
def _in_words() -> Iterator[None]:
    """Whatever the database refuses becomes NotReached, without its address, which may hold a password."""
    if psycopg is None:
        raise NotReached("psycopg")
    try:
        yield
    except psycopg.Error as reason:
        raise NotReached(type(reason).__name__) from None


def _storable(text: str) -> str:
    return text.replace("\0", "")


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _card(row: Sequence[Any]) -> Card:
    return Card(**dict(zip(COLUMNS, row, strict=False)), later_parts=0)
