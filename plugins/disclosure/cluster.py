"""The workers of a Dask cluster, behind the interface of `concurrent.futures`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

CONNECT_SECONDS = 10
WAITING = 16
"""So many threads wait for results, one after the other."""


class SchedulerGone(Exception):
    """The workers cannot be reached; the same command does the rest later."""

    def __init__(self, scheduler: str) -> None:
        super().__init__(scheduler)
        self.message_zh = (
            f"连不上调度程序“{scheduler}”。已做完的都保留着；调度程序恢复后再运行同一命令就接着做。"
        )
        self.message_en = (
            f"The scheduler {scheduler!r} does not answer. What is done is kept; once the scheduler is back, "
            "the same command goes on."
        )


def dask_executor(scheduler: str) -> Callable[[], Executor]:
    """The workers of a Dask cluster, by the address of its scheduler (tcp://host:8786)."""

    return lambda: _Cluster(scheduler)


class _Cluster(Executor):
    """The workers of a Dask cluster, as long as they are needed. Raises SchedulerGone when there is none."""

    def __init__(self, scheduler: str) -> None:
        from distributed import Client

        try:
            self._client: Any = Client(scheduler, timeout=f"{CONNECT_SECONDS}s", set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError) as reason:
            raise SchedulerGone(scheduler) from reason
        self._waiting = ThreadPoolExecutor(WAITING)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have it done by some worker; by another when that one is lost.

        Who waits asks for the result itself: Dask's own bridge to these futures forgets one whose worker is lost
        just after it was done.
        """
        return self._waiting.submit(self._client.submit(fn, *args, pure=False, **kwargs).result)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster, which stays; what nobody waits for any more is given up."""
        self._waiting.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._client.close()
