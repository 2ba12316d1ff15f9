"""How Python lets go of what it made: what is read makes very many values that stay, and hardly a circle of them."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import NoReturn, TypeVar

T = TypeVar("T")

_kept: list[object] = []


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector, which would go through all that was read again and again and find nothing.

    What was made counts as old afterwards, so that the collector does not begin with all of it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


@cache
def collect_seldom() -> None:
    """For a process of one errand: look for circles seldom, and not at all at its end, when the system takes all."""
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)


def kept_to_the_end(large: T) -> T:
    """The same; in a process of one errand, which calls `collect_seldom`, it is let go of by `end_errand` only."""
    if collect_seldom.cache_info().currsize:
        _kept.append(large)
    return large


def end_errand(code: int) -> NoReturn:
    """End this process of one errand with an exit code, once all files and connections are closed.

    Nothing is let go of value by value; of a large site that takes longer than any of its checks.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read has gone, or was told
            stream.flush()
    os._exit(code)
