"""Files on disk: replaced whole, and where those lie that only save work."""

from __future__ import annotations

import os
from pathlib import Path

TEMPORARY = ".gongkai-part"


def work_path(output: Path, ending: str) -> Path:
    """A file that belongs to an output folder but is never published: it lies beside the folder."""
    return output.resolve().parent / ".gongkai" / f"{output.resolve().name}.{ending}"


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file so that at every moment it is either the old one or the new one."""
    temporary = path.with_name(f".{path.name}{TEMPORARY}{os.getpid()}")
    try:
        temporary.write_bytes(content)
    except FileNotFoundError:  # asked for only when it is needed: most folders are there
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
    temporary.replace(path)
