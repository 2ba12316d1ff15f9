"""A program from Debian is found where it is, and installed only where that is allowed."""

from pathlib import Path

import pytest

from workbench import debian


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What would have been run; installing puts the program there, but not before the list is renewed."""
    asked: list[str] = []

    def runs(command: list[str]) -> bool:
        asked.append(" ".join(word for word in command[3:] if not word.startswith("-")))
        if asked[-1].startswith("install") and "update" in asked:
            (tmp_path / "15" / "bin").mkdir(parents=True)
            (tmp_path / "15" / "bin" / "server").touch()
            return True
        return asked[-1] == "update"

    monkeypatch.setattr(debian, "_runs", runs)
    monkeypatch.setattr(debian, "_may_install", lambda: True)
    return asked


def test_what_is_there_is_not_installed_and_the_newest_is_taken(commands: list[str], tmp_path: Path) -> None:
    for version in ("13", "15"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "server").touch()

    found = debian.program("server", "server-package", folders=f"{tmp_path}/*/bin")

    assert found == tmp_path / "15" / "bin" / "server"
    assert commands == []


def test_what_is_missing_is_installed_after_the_list_is_renewed(commands: list[str], tmp_path: Path) -> None:
    found = debian.program("server", "server-package", folders=f"{tmp_path}/*/bin")

    assert found == tmp_path / "15" / "bin" / "server"
    assert commands == ["install server-package", "update", "install server-package"]


def test_where_nothing_may_be_installed_the_answer_is_none(
    commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "_may_install", lambda: False)

    assert debian.program("no-such-program", "no-such-package") is None
    assert commands == []
