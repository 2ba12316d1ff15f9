"""Work over many things, spread over this process and others forked for it; in this one alone where it cannot fork.

The processes are forked, so what the work needs is there already and is not copied; only results are sent back.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Generic, NoReturn, TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")

_AT_ONCE = 1 << 16
_LENGTH = 8


def spread(job: Callable[[Part], Result], starts: Sequence[Part], workers: int) -> Iterator[Result]:
    """`job(start)` for each start, as the results come. Other processes begin at once, this one when it is asked."""
    if workers < 2 or len(starts) < 2 or not can_fork():
        return map(job, starts)
    return _Spread(job, starts, min(workers, len(starts)) - 1).results()


class _Spread(Generic[Part, Result]):
    """Work that several processes take from one queue, piece by piece; this is one of them."""

    def __init__(self, job: Callable[[Part], Result], starts: Sequence[Part], others: int) -> None:
        self._job = job
        self._starts = starts
        self._left = len(starts)
        self._next = _Counter()
        gc.freeze()  # keeps what is shared with the others unwritten by the collector
        self._pipes: dict[int, bytearray] = {}
        self._children: list[int] = []
        for _ in range(others):
            ours, theirs = os.pipe()
            child = os.fork()
            if not child:
                _end_with_all(self._taken(), theirs, (*self._pipes, ours))
            os.close(theirs)
            os.set_blocking(ours, False)
            self._pipes[ours] = bytearray()
            self._children.append(child)

    def results(self) -> Iterator[Result]:
        """What comes of it, here and there."""
        try:
            for result in self._taken():
                self._left -= 1
                yield result
                yield from self._come(wait=False)
            while self._pipes:
                yield from self._come(wait=True)
            if self._left:
                raise ChildProcessError
        finally:
            self._end()

    def __del__(self) -> None:
        self._end()

    def _taken(self) -> Iterator[Result]:
        while (place := self._next.take()) < len(self._starts):
            yield self._job(self._starts[place])

    def _come(self, *, wait: bool) -> Iterator[Result]:
        """What others have sent meanwhile."""
        import select

        for pipe in select.select([*self._pipes], [], [], None if wait else 0)[0]:
            data = os.read(pipe, _AT_ONCE)
            come = self._pipes[pipe]
            come += data
            while len(come) > _LENGTH and len(come) >= (
                end := _LENGTH + int.from_bytes(come[:_LENGTH], "big")
            ):
                result, fault = pickle.loads(come[_LENGTH:end])  # noqa: S301 from a process of our own
                del come[:end]
                if fault is not None:
                    raise fault
                self._left -= 1
                yield result
            if not data:
                os.close(pipe)
                del self._pipes[pipe]

    def _end(self) -> None:
        """Wait for nobody: who has not sent all it has is not wanted any more, and finds that out by itself."""
        if self._children:
            gc.unfreeze()
            self._next.close()
        while self._pipes:
            os.close(self._pipes.popitem()[0])
        while self._children:
            os.waitpid(self._children.pop(), 0)


class _Counter:
    """Counts for several processes: the number lies in a pipe, and who takes it out puts the next one in."""

    def __init__(self) -> None:
        self._out, self._in = os.pipe()
        self._put(0)

    def take(self) -> int:
        """A number that nobody else is given."""
        number = int.from_bytes(os.read(self._out, _LENGTH), "big")
        self._put(number + 1)
        return number

    def close(self) -> None:
        """Count no more in this process."""
        os.close(self._out)
        os.close(self._in)

    def _put(self, number: int) -> None:
        os.write(self._in, number.to_bytes(_LENGTH, "big"))


def _end_with_all(results: Iterator[Any], pipe: int, others: Sequence[int]) -> NoReturn:
    """Send all of them, in a process that ends with it; what cannot be sent at once does not keep it from its work."""
    try:
        for other in others:
            os.close(other)
        os.set_blocking(pipe, False)
        waiting = bytearray()
        for sent in _packed(results):
            waiting += len(sent).to_bytes(_LENGTH, "big") + sent
            with suppress(BlockingIOError):
                del waiting[: os.write(pipe, waiting)]
        os.set_blocking(pipe, True)
        while waiting:
            del waiting[: os.write(pipe, waiting)]
    finally:
        os._exit(0)


def _packed(results: Iterator[Any]) -> Iterator[bytes]:
    """Each result, and at the end the fault where it was not reached."""
    try:
        for result in results:
            yield pickle.dumps((result, None), pickle.HIGHEST_PROTOCOL)
    except Exception as fault:  # noqa: BLE001 raised again where the results are asked for
        yield pickle.dumps((None, fault))


def can_fork() -> bool:
    """Whether a process can go on in two."""
    return hasattr(os, "fork")


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
