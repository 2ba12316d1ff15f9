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
    """Look for circles seldom, and not at all when the process ends: the system takes everything back at once."""
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)
