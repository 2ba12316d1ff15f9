"""A process that stays and answers, a line of JSON for each line of JSON; it is started when it is first asked."""

import json
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

END_SECONDS = 10.0


class Staying:
    """One such process. `ask` is for one thread at a time; `interrupt` and `close` may come from another."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[str] | None = None
        self._is_asked = False

    def ask(self, what: Mapping[str, Any]) -> dict[str, Any] | None:
        """What it answers; None when it ended instead. The next question is for a new one."""
        process = self._process or self._start()
        self._is_asked = True
        try:
            if process.stdin is None or process.stdout is None:
                return None
            process.stdin.write(f"{json.dumps(what)}\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except (OSError, ValueError):
            line = ""
        finally:
            self._is_asked = False
        if not line:
            self.close()
            return None
        found: dict[str, Any] = json.loads(line)
        return found

    def interrupt(self) -> None:
        """Ask it to leave what it is doing, if it is doing anything and the system knows how."""
        process = self._process
        if process is not None and self._is_asked and hasattr(signal, "SIGKILL"):
            process.send_signal(signal.SIGINT)

    def close(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for end in (process.stdin, process.stdout):
            with suppress(OSError):
                if end is not None:
                    end.close()

    def _start(self) -> "subprocess.Popen[str]":
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            start_new_session=True,
        )  # fmt: skip
        return self._process
