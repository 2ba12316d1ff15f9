"""One at a time: two that write the same output folder at once would each take away what the other just wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.portal.files import work_path


@contextmanager
def alone(output: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Be the only one that writes `output`; `waiting` is called once where another has to end first.

    Who dies lets the next one in. Where the system cannot lock files, nobody waits.
    """
    path = work_path(output, "lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as handle:
        try:
            import fcntl
        except ImportError:
            yield
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting is not None:
                waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
