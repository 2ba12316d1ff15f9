"""The environment is made from the lock files, kept while they stay the same, and mended when half made."""

import os
import sys
from pathlib import Path

import pytest

from workbench import environment
from workbench.environment import STAMP, UNFINISHED, Stamp, State, state_of


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "requirements.lock"
    file.write_text("whoosh==2.7.4 --hash=sha256:00\n", encoding="utf-8")
    return file


@pytest.fixture
def made(tmp_path: Path, lock: Path) -> Path:
    """An environment as an installation of `lock` leaves it."""
    folder = tmp_path / ".venv"
    python = environment.python_of(folder)
    python.parent.mkdir(parents=True)
    python.symlink_to(os.path.realpath(sys.executable))
    environment._write_stamp(folder, Stamp(os.path.realpath(python), environment._fingerprints([lock])))
    return folder


def test_an_environment_made_from_the_same_lock_file_is_ready(made: Path, lock: Path) -> None:
    assert state_of(made, [lock]) is State.READY


def test_no_environment_at_all_is_broken(tmp_path: Path, lock: Path) -> None:
    assert state_of(tmp_path / ".venv", [lock]) is State.BROKEN


def test_one_byte_of_the_lock_file_changed_makes_it_outdated(made: Path, lock: Path) -> None:
    lock.write_text(lock.read_text(encoding="utf-8").replace("00", "01"), encoding="utf-8")

    assert state_of(made, [lock]) is State.OUTDATED


def test_a_further_lock_file_makes_it_outdated(made: Path, lock: Path, tmp_path: Path) -> None:
    further = tmp_path / "requirements-test.lock"
    further.write_text("pytest==9.2.0\n", encoding="utf-8")

    assert state_of(made, [lock, further]) is State.OUTDATED


def test_an_installation_that_never_ended_is_broken(made: Path, lock: Path) -> None:
    (made / UNFINISHED).touch()

    assert state_of(made, [lock]) is State.BROKEN


def test_an_environment_without_a_stamp_is_outdated_and_so_installed_upon(made: Path, lock: Path) -> None:
    (made / STAMP).unlink()

    assert state_of(made, [lock]) is State.OUTDATED


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"python": "x"}'])
def test_a_stamp_that_cannot_be_read_is_no_stamp(made: Path, lock: Path, text: str) -> None:
    (made / STAMP).write_text(text, encoding="utf-8")

    assert state_of(made, [lock]) is State.OUTDATED


def test_a_python_that_is_gone_is_broken(made: Path, lock: Path) -> None:
    environment.python_of(made).unlink()

    assert state_of(made, [lock]) is State.BROKEN


def test_another_python_behind_the_link_is_broken(made: Path, lock: Path, tmp_path: Path) -> None:
    other = tmp_path / "python-of-another-version"
    other.touch()
    environment.python_of(made).unlink()
    environment.python_of(made).symlink_to(other)

    assert state_of(made, [lock]) is State.BROKEN


def test_a_ready_environment_is_left_alone(made: Path, lock: Path, tmp_path: Path) -> None:
    before = sorted(path for path in tmp_path.rglob("*"))

    environment.make_ready(tmp_path, [lock])

    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_what_was_installed_is_compiled_but_for_its_tests_and_files_that_cannot_be(made: Path) -> None:
    packages = made / "lib" / "python3.11" / "site-packages"
    for name in ("segno/encoder.py", "numpy/tests/test_array.py", "odd/two.py"):
        (packages / name).parent.mkdir(parents=True)
        (packages / name).write_text("print 1\n" if name == "odd/two.py" else "ONE = 1\n", encoding="utf-8")

    environment._compile(made, ())

    compiled = {path.parent.parent.name for path in packages.rglob("*.pyc")}
    assert compiled == {"segno"}


def test_pips_errors_are_shown_without_its_retries() -> None:
    said = "Collecting anyio\nWARNING: Retrying after connection broken\nERROR: No matching distribution\n"

    assert environment._complaints(said) == "ERROR: No matching distribution"
    assert environment._complaints("one\n\ntwo\n") == "one\ntwo"
