"""LibreOffice with the part that a test needs; Debian has a package for each, and one part cannot open files of another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbench.debian import found_or_brought

LIBRARIES = {"writer": "libswlo", "calc": "libsclo"}


def libreoffice(part: str) -> Path:
    """The program, with `writer` or `calc`; installed where this machine lets us. The test is skipped where it cannot be had."""
    package = f"libreoffice-{part}-nogui"
    office = found_or_brought(lambda: _with(part), (package,))
    if office is None:
        pytest.skip(f"LibreOffice is not here and cannot be installed: apt-get install {package}")
    return office


def _with(part: str) -> Path | None:
    found = shutil.which("soffice")
    if found is None:
        return None
    beside = Path(found).resolve().parent
    is_debians = any(beside.glob("*lo.so"))
    return Path(found) if not is_debians or any(beside.glob(f"{LIBRARIES[part]}.*")) else None
