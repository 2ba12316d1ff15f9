"""Work over many things, spread over forked processes; in this one where there is one worker or no fork.

The processes are forked, so what the work needs is there already and is not copied; only results are sent back.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Result = TypeVar("Result")

_jobs: list[Callable[[int], Any]] = []
"""The work in hand, for the processes to find after the fork."""


def spread(job: Callable[[int], Result], starts: Sequence[int], workers: int) -> Iterator[Result]:
    """`job(start)` for each start, as the results come. Other processes begin at once, this one when it is asked."""
    import multiprocessing

    if workers < 2 or len(starts) < 2 or not can_fork():
        return map(job, starts)
    from concurrent.futures import ProcessPoolExecutor

    _jobs.append(job)
    gc.freeze()  # keeps what is shared with the workers unwritten by the collector
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"))
    return _as_they_come(job, pool, [pool.submit(_do, start) for start in starts])


def _as_they_come(
    job: Callable[[int], Result], pool: ProcessPoolExecutor, futures: Sequence[Future[Result]]
) -> Iterator[Result]:
    from concurrent.futures import as_completed

    try:
        with pool:
            try:
                for future in as_completed(futures):
                    yield future.result()
            except BaseException:  # whoever stops this should not wait for what nobody wants any more
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        gc.unfreeze()
        _jobs.remove(job)


def can_fork() -> bool:
    """Whether a process can go on in two."""
    import multiprocessing

    return "fork" in multiprocessing.get_all_start_methods()


def apart(job: Callable[[], Result]) -> Result:
    """What `job()` gives in a process forked for it, so that whatever it changes in memory is gone with it.

    Raises ChildProcessError when it comes to no result.
    """
    import multiprocessing

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(job, theirs))
    child.start()
    theirs.close()
    try:
        found: Result = ours.recv()
    except EOFError as fault:
        raise ChildProcessError from fault
    finally:
        child.join()
        ours.close()
    return found


class Aside(Generic[Result]):
    """A job that a process forked for it begins at once; this one waits for the result when it asks for it.

    Where that process comes to no result, or where there is one worker or no fork, the job is done when it is asked for.
    """

    def __init__(self, job: Callable[[], Result], workers: int) -> None:
        self._job = job
        self._found: list[Result] = []
        self._child = 0
        if workers > 1 and hasattr(os, "fork"):
            self._pipe, theirs = os.pipe()
            self._child = os.fork()
            if not self._child:
                _end_with(job, theirs)
            os.close(theirs)

    def result(self) -> Result:
        """What the job gives."""
        if self._child:
            with os.fdopen(self._pipe, "rb") as pipe:
                data = pipe.read()
            os.waitpid(self._child, 0)
            self._child = 0
            self._found = [pickle.loads(data)] if data else []  # noqa: S301 from a process of our own
        if not self._found:
            self._found = [self._job()]
        return self._found[0]

    def drop(self) -> None:
        """Have no use for the result."""
        if self._child:
            os.close(self._pipe)
            os.waitpid(self._child, 0)
            self._child = 0


def _end_with(job: Callable[[], Any], place: int) -> NoReturn:
    """Do the job in a process that ends with it, whatever happens."""
    try:
        with os.fdopen(place, "wb") as pipe:
            pipe.write(pickle.dumps(job()))
    finally:
        os._exit(0)


def _send(job: Callable[[], Any], place: Any) -> None:
    try:
        place.send(job())
    except Exception:  # noqa: BLE001 - whoever waits is told by nothing coming
        place.close()


def _do(start: int) -> Any:
    return _jobs[-1](start)
