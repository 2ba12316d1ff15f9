"""A real PostgreSQL server that the tests start and end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.debian import program

SERVERS = "/usr/lib/postgresql/*/bin"
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c shared_buffers=16MB"


class Server:
    """A PostgreSQL server that listens at a socket in its own folder, run by a user without rights."""

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        self.programs, self.folder, self.user = programs, folder, user

    def run(self, name: str, *words: str) -> None:
        command = [self.programs / name, "-D", self.folder / "data", *words]
        with (self.folder / "out.txt").open("ab") as out:
            done = subprocess.run(
                command, user=self.user, cwd=self.folder, check=False, stdout=out, stderr=out, timeout=120
            )
        assert done.returncode == 0, (self.folder / "out.txt").read_text()

    def start(self) -> None:
        log = str(self.folder / "log.txt")
        self.run("pg_ctl", "-w", "-l", log, "-o", f"{OPTIONS} -k {self.folder}", "start")

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-w", "-m", mode, "stop")

    def address(self, database: str = "postgres", user: str = "owner") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server for the session; Debian's, installed where it is missing and may be."""
    found = program("initdb", "postgresql", folders=SERVERS)
    if found is None:
        pytest.skip("PostgreSQL is not here and cannot be installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="gongkai-pg-"))
    user = None
    if os.geteuid() == 0:  # it refuses to run as root
        user = next(name for name in ("postgres", "nobody") if _is_user(name))
        shutil.chown(folder, user)
    server = Server(found.parent, folder, user)
    try:
        server.run("initdb", "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder)


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
