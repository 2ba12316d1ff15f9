"""The ledger's file: an SQLite database that is whole after every crash, and says in words what stands in its way.

Every change is one transaction. A run is written down when it begins, so that one that never ended is known.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEDGER_MARK = 0x676B6C31  # "gkl1", in the file's head
VERSION = 1
PATIENCE_SECONDS = 10.0
"""How long another program may hold the ledger before we give up."""

SCHEMA = """
CREATE TABLE run (
    id INTEGER PRIMARY KEY, target TEXT NOT NULL, site TEXT, day TEXT NOT NULL, profile TEXT, owner TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('begun', 'saved', 'failed', 'broken')),
    pages INTEGER, addresses INTEGER, unseen INTEGER, was_cut INTEGER, reason_zh TEXT, reason_en TEXT, findings BLOB
) STRICT;
CREATE INDEX run_of_site ON run (site, id);
CREATE TABLE page (
    site TEXT NOT NULL, address TEXT NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER NOT NULL,
    PRIMARY KEY (site, address)
) STRICT, WITHOUT ROWID;
CREATE TABLE section_day (
    site TEXT NOT NULL, day TEXT NOT NULL, section TEXT NOT NULL, state TEXT NOT NULL, address TEXT, newest TEXT,
    count INTEGER NOT NULL, PRIMARY KEY (site, day, section)
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


class LedgerRefused(Exception):
    """The ledger cannot be opened or written; says why and what to do. Nothing was changed by what was refused."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh}\n{message_en}")
        self.message_zh, self.message_en = message_zh, message_en


def open_store(path: Path) -> sqlite3.Connection:
    """The database of a ledger, made when there is none. Raises LedgerRefused."""
    with in_words(path):
        connection = sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    is_empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    mark, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    if not is_empty and mark != LEDGER_MARK:
        raise LedgerRefused(
            f"“{path.name}”是别的程序的数据库，不是巡检台账。请换一个文件名。",
            f"{path.name!r} is a database of another program, not a ledger. Choose another name.",
        )
    if version > VERSION:
        raise LedgerRefused(
            f"台账“{path.name}”由更新的版本写成。请升级本程序。",
            f"The ledger {path.name!r} was written by a newer version. Update this program.",
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if is_empty:
        with transaction(connection, path):
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in filter(str.strip, SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {LEDGER_MARK}")
                connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """All that is done inside is written, or nothing of it. Raises LedgerRefused."""
    with in_words(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turns what the database complains of into words."""
    try:
        yield
    except sqlite3.Error as fault:
        raise LedgerRefused(*_explained(path.name, fault)) from fault


def _explained(name: str, fault: sqlite3.Error) -> tuple[str, str]:
    match getattr(fault, "sqlite_errorcode", None) or 0:
        case code if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return (
                f"台账“{name}”正被另一个程序占用，等了 {PATIENCE_SECONDS:g} 秒。请等它做完再试。台账没有改动。",
                f"The ledger {name!r} is in use by another program. Try again when it is done. Nothing was changed.",
            )
        case code if code & 0xFF == sqlite3.SQLITE_FULL:
            return (
                f"磁盘已满，台账“{name}”没有写入，以前的内容完好。请腾出空间再试。",
                f"The disk is full; the ledger {name!r} was not written and is as it was. Make room and try again.",
            )
        case code if code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return (
                f"“{name}”不是巡检台账，或已损坏。请换一个文件名，或者从备份恢复。",
                f"{name!r} is no ledger, or is damaged. Choose another name, or restore a backup.",
            )
        case code if code & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            return (
                f"台账“{name}”打不开或不能写入。请检查文件夹是否存在、是否有写的权限。",
                f"The ledger {name!r} cannot be opened or written. Check that its folder exists and may be written.",
            )
    return (
        f"台账“{name}”没有写入，数据库的回答是“{fault}”。",
        f"The ledger {name!r} was not written; the database answered {str(fault)!r}.",
    )
