"""Places a site is brought to, and the nearest of them: a folder of this computer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

TEMPORARY = ".gongkai-part"


class Target(Protocol):
    """A place that holds files by name. At every moment each file is whole: the old one or the new one."""

    compresses: bool
    """Whether compressed copies are of use there."""

    def read(self, name: str) -> bytes | None:
        """A file, or None when there is no such file."""

    def is_empty(self) -> bool:
        """Whether nothing is there at all, not even of others."""

    def put(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Put files, in any order, and return when all of them are there."""

    def remove(self, names: Sequence[str]) -> None:
        """Remove files; those that are not there count as removed."""


class TargetRefused(Exception):
    """The place does not answer, or does not let us; the messages name the reason and what to do."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh} / {message_en}")
        self.message_zh = message_zh
        self.message_en = message_en


class FolderTarget:
    """A folder that a web server reads."""

    compresses = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """A file, or None when there is no such file."""
        path = self.folder / name
        return path.read_bytes() if path.is_file() else None

    def is_empty(self) -> bool:
        """Whether the folder is new or holds nothing."""
        return not self.folder.is_dir() or not any(self.folder.iterdir())

    def put(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write each beside its place, then move it there."""
        for name, content in files:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = _beside(path)
            temporary.write_bytes(content)
            temporary.replace(path)

    def remove(self, names: Sequence[str]) -> None:
        """Remove files, and the folders they leave empty."""
        for name in names:
            path = self.folder / name
            path.unlink(missing_ok=True)
            _beside(path).unlink(missing_ok=True)
            for folder in path.parents:
                if folder == self.folder or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()


def _beside(path: Path) -> Path:
    """Where a file is written before it is moved to its place; a run that was killed leaves it to the next."""
    return path.with_name(f".{path.name}{TEMPORARY}")
