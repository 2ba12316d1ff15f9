"""Show how far long work has come: one moving line on a terminal, a line now and then elsewhere."""

import sys
import time
from typing import TextIO

QUIET_SECONDS = 5.0
BAR_WIDTH = 24


class Progress:
    """A progress display on `stream`, which is standard error so that standard output stays for results."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._stage = ""
        self._shown_at = 0.0
        self._open = False

    def step(self, stage: str, done: int, total: int, unit: str = "") -> None:
        """Show that `done` of `total` are finished in `stage`; a total of 0 means that nobody knows.

        `unit` says what is counted.
        """
        now = time.monotonic()
        finished = 0 < total <= done
        pause = 0.1 if self._live else QUIET_SECONDS
        if stage == self._stage and now - self._shown_at < pause and not finished:
            return
        self._stage, self._shown_at = stage, now
        self._write(_line(stage, done, total, f" {unit}" if unit else "", self._live))

    def end(self) -> None:
        """Leave the terminal as it was found: the moving line is wiped."""
        if self._open:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._open = False

    def _write(self, line: str) -> None:
        if self._live:
            self._stream.write(f"\r\x1b[K{line}")
            self._open = True
        else:
            self._stream.write(f"{line}\n")
        self._stream.flush()


def _line(stage: str, done: int, total: int, unit: str, live: bool) -> str:
    if total <= 0:
        return f"{stage} {done}{unit} …" if done else f"{stage} …"
    if not live:
        return f"{stage} {done}/{total}{unit}"
    filled = BAR_WIDTH * min(done, total) // total
    return f"{stage} [{'█' * filled}{'·' * (BAR_WIDTH - filled)}] {done}/{total}{unit}"
