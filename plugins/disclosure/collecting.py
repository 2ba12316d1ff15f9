"""Python's collector of circles: what is read makes very many values that stay, and hardly a circle of them."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector, which would go through all that was read again and again and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def collect_seldom() -> None:
    """For a process of one errand: look for circles seldom, and not at all at its end, when the system takes all."""
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)
