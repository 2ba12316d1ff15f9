"""Programs that come from Debian: found where they are, installed where this machine lets us."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

INSTALL_SECONDS = 900
WAITING = "DPkg::Lock::Timeout=600"
"""Another installation may be going on; apt-get waits for it."""


def program(name: str, *packages: str, folders: str | None = None) -> Path | None:
    """The program, from the PATH or from the newest of the `folders` a pattern names; None when it cannot be had.

    What is missing is installed from `packages` on a Debian that we may change.
    """
    return found_or_brought(lambda: _on_path(name) or _in(folders, name), packages)


def found_or_brought(find: Callable[[], Path | None], packages: tuple[str, ...]) -> Path | None:
    """What `find` finds, before or after the packages are installed."""
    found = find()
    if found is None and _may_install() and _install(packages):
        found = find()
    return found


def _on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _in(folders: str | None, name: str) -> Path | None:
    if folders is None:
        return None
    held = [folder / name for folder in Path("/").glob(folders.lstrip("/")) if (folder / name).exists()]
    return max(held, default=None)


def _may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(packages: tuple[str, ...]) -> bool:
    print(f"正在用 apt-get 安装 / installing with apt-get: {' '.join(packages)}", file=sys.stderr)
    install = ["apt-get", "-o", WAITING, "install", "-y", "--no-install-recommends", *packages]
    return _runs(install) or (_runs(["apt-get", "-o", WAITING, "update"]) and _runs(install))


def _runs(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, timeout=INSTALL_SECONDS, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
