"""Where a ledger is kept: an SQLite file, or a PostgreSQL database by its address. One schema, one SQL for both.

Every change is one transaction, and one writer is let in at a time. A run is written down when it begins, so that one
that never ended is known. What a database complains of is said in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from crawler_checks.refusal import Refusal

LEDGER_MARK = 0x676B6C31  # "gkl1", in a file's head
VERSION = 1
PATIENCE_SECONDS = 10.0
"""How long another program may hold the ledger before we give up."""

Value = str | int | bytes | None
Row = Any
"""A row answers to the names of its columns."""

SCHEMA = """
CREATE TABLE run (
    id INTEGER PRIMARY KEY, target TEXT NOT NULL, site TEXT, day TEXT NOT NULL, profile TEXT, owner TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('begun', 'saved', 'failed', 'broken', 'rechecked')),
    pages INTEGER, addresses INTEGER, unseen INTEGER, was_cut INTEGER, reason_zh TEXT, reason_en TEXT, findings BLOB,
    person TEXT
) STRICT;
CREATE INDEX run_of_site ON run (site, id);
CREATE TABLE page (
    site TEXT NOT NULL, address TEXT NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER NOT NULL, said_on TEXT,
    PRIMARY KEY (site, address)
) STRICT, WITHOUT ROWID;
CREATE TABLE section_day (
    site TEXT NOT NULL, day TEXT NOT NULL, section TEXT NOT NULL, state TEXT NOT NULL, address TEXT, newest TEXT,
    count INTEGER NOT NULL, PRIMARY KEY (site, day, section)
) STRICT, WITHOUT ROWID;
CREATE TABLE site_day (
    site TEXT NOT NULL, day TEXT NOT NULL, pages INTEGER NOT NULL, new_count INTEGER NOT NULL,
    known_count INTEGER NOT NULL, back_count INTEGER NOT NULL, fixed_count INTEGER NOT NULL,
    waived_count INTEGER NOT NULL, unknown_count INTEGER NOT NULL, overdue_count INTEGER NOT NULL,
    PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE finding (
    fingerprint TEXT PRIMARY KEY, site TEXT NOT NULL, finding TEXT NOT NULL, state TEXT NOT NULL,
    state_on TEXT NOT NULL, first_on TEXT NOT NULL, last_on TEXT NOT NULL, opened_on TEXT NOT NULL, fixed_on TEXT,
    due_on TEXT NOT NULL, due_is_estimated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_of_site ON finding (site, state);
CREATE TABLE change (
    fingerprint TEXT NOT NULL, run INTEGER NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (fingerprint, run)
) STRICT, WITHOUT ROWID;
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY, target TEXT NOT NULL, day TEXT NOT NULL, at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('opened', 'failed', 'untold')), milliseconds INTEGER NOT NULL
) STRICT;
CREATE INDEX attempt_of_target ON attempt (target, day);
CREATE TABLE lease (
    round TEXT NOT NULL, target TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'failed', 'stopped')),
    worker TEXT NOT NULL, until_second INTEGER NOT NULL, told TEXT NOT NULL, PRIMARY KEY (round, target)
) STRICT, WITHOUT ROWID;
CREATE TABLE waiver (
    id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, reason TEXT NOT NULL, person TEXT NOT NULL,
    until TEXT NOT NULL, made_on TEXT NOT NULL, ended_on TEXT
) STRICT;
CREATE INDEX waiver_of ON waiver (fingerprint);
CREATE TABLE task (
    fingerprint TEXT PRIMARY KEY, organ TEXT NOT NULL, person TEXT NOT NULL, measure TEXT NOT NULL,
    done_on TEXT, note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


class LedgerRefused(Refusal):
    """The ledger cannot be opened or written; says why and what to do. Nothing was changed by what was refused."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh}\n{message_en}")
        self.message_zh, self.message_en = message_zh, message_en


class Store(Protocol):
    """A ledger's database, open. Values stand for `?`; everything raises LedgerRefused."""

    def rows(self, sql: str, *values: Value) -> Sequence[Row]:
        """What a query answers."""

    def change(self, sql: str, *values: Value) -> None:
        """One change, within a transaction."""

    def change_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """The same change for many rows, within a transaction."""

    def transaction(self) -> AbstractContextManager[None]:
        """All that is done inside is written, or nothing of it."""

    def close(self) -> None:
        """Let go of the database."""


def open_store(place: str | Path) -> Store:
    """The database of a ledger, made when there is none: a file, or as text an address. Raises LedgerRefused."""
    if isinstance(place, str):
        from crawler_checks.ledger.postgres_store import PostgresStore

        return PostgresStore(place)
    from crawler_checks.ledger.sqlite_store import SqliteStore

    return SqliteStore(place)


def upsert(table: str, columns: Sequence[str], key: Sequence[str], keep: Sequence[str] = ()) -> str:
    """The change that writes a row, over the one with the same key; the columns in `keep` stay as they were."""
    changed = [one for one in columns if one not in (*key, *keep)]
    return (  # table and columns are named in this package
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "  # noqa: S608
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(f'{one} = excluded.{one}' for one in changed)}"
    )


def storable(value: Value) -> Value:
    """The value as every database can hold it: in a text, what is no sign at all becomes a mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    return value
