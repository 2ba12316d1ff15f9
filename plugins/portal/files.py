"""Files on disk: replaced whole, and where those lie that only save work."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

TEMPORARY = ".gongkai-part"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def work_path(output: Path, ending: str) -> Path:
    """A file that belongs to an output folder but is never published: it lies beside the folder."""
    return output.resolve().parent / ".gongkai" / f"{output.resolve().name}.{ending}"


def replace_whole(path: Path, content: bytes) -> os.stat_result:
    """Write a file so that at every moment it is either the old one or the new one; the answer is the new one's stat."""
    return put(os.fspath(path.parent), path.name, content)


def replace_written(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """As `replace_whole`, for what is so large that it is written piece by piece."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{TEMPORARY}{os.getpid()}")
    with temporary.open("wb") as file:
        write(file)
    temporary.replace(path)


def put(folder: str, address: str, content: bytes) -> os.stat_result:
    """As `replace_whole`, `address` being the path below `folder` with forward slashes. It is done for every page."""
    within, slash, name = address.rpartition("/")
    temporary = f"{within}{slash}.{name}{TEMPORARY}{os.getpid()}"
    stat = put_new(folder, temporary, content)
    os.replace(f"{folder}/{temporary}", f"{folder}/{address}")  # noqa: PTH105 a Path would cost as much as the call
    return stat


def put_new(folder: str, address: str, content: bytes) -> os.stat_result:
    """Write a file where nobody reads yet; killed half-way it leaves half a file."""
    path = f"{folder}/{address}"
    try:
        opened = os.open(path, _NEW, 0o666)
    except FileNotFoundError:  # asked for only when it is needed: most folders are there
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(path, _NEW, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(opened, left) :]
        return os.fstat(opened)
    finally:
        os.close(opened)
