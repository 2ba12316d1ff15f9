"""The ledger as one SQLite file, that is whole after every crash."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crawler_checks.ledger import store
from crawler_checks.ledger.store import LEDGER_MARK, SCHEMA, VERSION, LedgerRefused, Row, Value, storable


class SqliteStore:
    """An SQLite file, open."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        with self._in_words():
            self.connection = sqlite3.connect(path, timeout=store.PATIENCE_SECONDS, isolation_level=None)
            self.connection.row_factory = sqlite3.Row
            try:
                self._prepare()
            except BaseException:
                self.connection.close()
                raise

    def rows(self, sql: str, *values: Value) -> Sequence[Row]:
        """What a query answers."""
        with self._in_words():
            return self.connection.execute(sql, [storable(one) for one in values]).fetchall()

    def change(self, sql: str, *values: Value) -> None:
        """One change, within a transaction."""
        with self._in_words():
            self.connection.execute(sql, [storable(one) for one in values])

    def change_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """The same change for many rows, within a transaction."""
        with self._in_words():
            self.connection.executemany(sql, ([storable(one) for one in row] for row in rows))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside is written, or nothing of it."""
        with self._in_words():
            self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._in_words():
                self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _prepare(self) -> None:
        is_empty = not self._has_tables()
        mark, version = (
            self.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        )
        if not is_empty and mark != LEDGER_MARK:
            raise LedgerRefused(
                f"“{self.name}”是别的程序的数据库，不是巡检台账。请换一个文件名。",
                f"{self.name!r} is a database of another program, not a ledger. Choose another name.",
            )
        if version > VERSION:
            raise LedgerRefused(
                f"台账“{self.name}”由更新的版本写成。请升级本程序。",
                f"The ledger {self.name!r} was written by a newer version. Update this program.",
            )
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        if is_empty:
            with self.transaction():
                self._make()

    def _make(self) -> None:
        if self._has_tables():  # another program was first
            return
        for statement in filter(str.strip, SCHEMA.split(";")):
            self.connection.execute(statement)
        self.connection.execute(f"PRAGMA application_id = {LEDGER_MARK}")
        self.connection.execute(f"PRAGMA user_version = {VERSION}")

    def _has_tables(self) -> bool:
        return bool(self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as fault:
            raise LedgerRefused(*_explained(self.name, fault)) from fault


def _explained(name: str, fault: sqlite3.Error) -> tuple[str, str]:
    match (getattr(fault, "sqlite_errorcode", None) or 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return (
                f"台账“{name}”正被另一个程序占用，等了 {store.PATIENCE_SECONDS:g} 秒。请等它做完再试。台账没有改动。",
                f"The ledger {name!r} is in use by another program. Try again when it is done. Nothing was changed.",
            )
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return (
                f"磁盘已满或不能写入，台账“{name}”没有写入，以前的内容完好。请腾出空间再试。",
                f"The disk is full; the ledger {name!r} was not written and is as it was. Make room and try again.",
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return (
                f"“{name}”不是巡检台账，或已损坏。请换一个文件名，或者从备份恢复。",
                f"{name!r} is no ledger, or is damaged. Choose another name, or restore a backup.",
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return (
                f"台账“{name}”打不开或不能写入。请检查文件夹是否存在、是否有写的权限。",
                f"The ledger {name!r} cannot be opened or written. Check that its folder exists and may be written.",
            )
    return (
        f"台账“{name}”没有写入，数据库的回答是“{fault}”。",
        f"The ledger {name!r} was not written; the database answered {str(fault)!r}.",
    )
