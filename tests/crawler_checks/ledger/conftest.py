"""Places for ledgers: a file, and a database of a real PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.postgres_server import Server


@pytest.fixture
def database(postgres: Server) -> str:
    """The address of an empty database."""
    with psycopg.connect(postgres.address(), autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS gongkai_ledger CASCADE")
    return postgres.address()


@pytest.fixture(params=["file", "database"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a ledger is kept: every test that asks for it is done for both."""
    if request.param == "file":
        return tmp_path / "ledger.db"
    address: str = request.getfixturevalue("database")
    return address
