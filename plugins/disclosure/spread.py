"""Work over many things, spread over forked processes; in this one where there is one worker or no fork.

The processes are forked, so what the work needs is there already and is not copied; only results are sent back.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Result = TypeVar("Result")

_jobs: list[Callable[[int], Any]] = []
"""The work in hand, for the processes to find after the fork."""


def spread(job: Callable[[int], Result], starts: Sequence[int], workers: int) -> Iterator[Result]:
    """`job(start)` for each start, as the results come."""
    import multiprocessing

    if workers < 2 or len(starts) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(job, starts)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed

    _jobs.append(job)
    gc.freeze()  # keeps what is shared with the workers unwritten by the collector
    try:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            for future in as_completed([pool.submit(_do, start) for start in starts]):
                yield future.result()
    finally:
        gc.unfreeze()
        _jobs.pop()


def _do(start: int) -> Any:
    return _jobs[-1](start)
