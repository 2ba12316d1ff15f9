"""Two that write one output folder take turns."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from plugins.portal.one_at_a_time import alone

ROOT = Path(__file__).parents[3]
pytest.importorskip("fcntl", reason="这个系统不能锁文件 / this system cannot lock files")


def test_the_second_waits_for_the_first_and_is_told_so(tmp_path: Path) -> None:
    order: list[str] = []
    told = threading.Event()

    def second() -> None:
        with alone(tmp_path / "output", told.set):
            order.append("second")

    waiter = threading.Thread(target=second)
    with alone(tmp_path / "output"):
        waiter.start()
        assert told.wait(30)
        order.append("first")
    waiter.join(30)
    assert order == ["first", "second"]


def test_another_folder_waits_for_nobody(tmp_path: Path) -> None:
    told: list[str] = []
    with alone(tmp_path / "output"), alone(tmp_path / "preview", lambda: told.append("waits")):
        assert told == []


def test_who_was_killed_lets_the_next_one_in(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from plugins.portal.one_at_a_time import alone\n"
        "with alone(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "output"], check=False, cwd=ROOT, timeout=60
    )
    told: list[str] = []
    with alone(tmp_path / "output", lambda: told.append("waits")):
        assert killed.returncode < 0
        assert told == []


def test_two_builds_begun_at_once_both_end_well_and_leave_one_whole_site(office, tmp_path: Path) -> None:
    for number in range(1, 30):
        office.policy(number)
    command = [sys.executable, "tasks.py", "build", "--content", office.content, "--today", "2026-11-20"]
    alone_built = tmp_path / "alone"
    subprocess.run(
        [*command, "--output", alone_built], cwd=ROOT, check=True, timeout=120, capture_output=True
    )

    with alone(office.output):
        both = [_begun([*command, "--output", office.output]) for _ in range(2)]
        said = [one.stderr.readline() for one in both]
    rest = [one.communicate(timeout=120) for one in both]

    assert all("另一次生成" in line for line in said)
    assert [one.returncode for one in both] == [0, 0], rest
    assert _tree(office.output) == _tree(alone_built)


def _begun(command: list[str | Path]) -> "subprocess.Popen[str]":
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _tree(folder: Path) -> dict[str, bytes]:
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    assert "index.html" in found
    return found
