"""Many sites at once: a list of targets to inspections, one ledger and one ranking.

Workers are whatever keeps the interface of `concurrent.futures`: processes of this computer, or a Dask cluster. What
they have done, and who does what, stands in the ledger alone, so that workers, driver and scheduler may die: the same
command goes on. Sites of one host are inspected one after the other, by one worker, at the pace of a guest.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from datetime import time as TimeOfDay  # noqa: N812 `time` is the clock's
from hashlib import sha256
from itertools import islice
from pathlib import Path
from uuid import uuid4

from crawler_checks.checks.check import Earlier
from crawler_checks.follow_up import inspected
from crawler_checks.inspection import CannotInspect, inspect_site
from crawler_checks.ledger.leases import LeaseLost, Leases
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.store import LedgerRefused
from crawler_checks.reports.result import InspectionResult
from crawler_checks.reports.score_report import points
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.score import score
from crawler_checks.targets import Target
from crawler_checks.visit import Visit
from plugins.disclosure.collecting import uncollected

HOSTS_A_TASK = 100
LEAST_TASKS = 4
"""A short list is divided too, so that several workers have something to do."""
HOSTS_AT_ONCE = 200
TURN_SECONDS = 0.05
"""How long a thread may go on while others wait. Each that waits looks up once in that time: at Python's own 5 ms two hundred
did nothing else."""
LEASE_SECONDS = 90
LOOK_SECONDS = 2.0
MOST_ROUNDS = 8

Told = Callable[[dict[str, tuple[str, str]]], None]


@dataclass(frozen=True, slots=True)
class Round:
    """One round over a list. Its name is what a later command goes on with; everything in it can be sent to workers.
    `memory` is a folder in which each worker's computer remembers what it read of each site, for the next round;
    `contact` stands in the user agent."""

    name: str
    ledger: Path | str
    today: date
    lease_seconds: int = LEASE_SECONDS
    time_of_day: Callable[[], TimeOfDay] | None = None
    driver: str = ""
    memory: Path | None = None
    contact: str = ""


def inspect_fleet(
    targets: Sequence[Target],
    round_: Round,
    new_executor: Callable[[], Executor],
    told: Told = lambda _: None,
) -> dict[str, tuple[str, str]]:
    """Inspect all that are not done yet; what became of each. `told` is given the same from time to time.

    Raises LedgerRefused; SchedulerGone where the executor is a cluster (plugins/disclosure/cluster.py).
    """
    by_site = {target.site: target for target in targets}
    Ledger(round_.ledger).close()  # made before many want to make it
    leases = Leases(round_.ledger, round_.name, time.time)
    try:
        if not targets:
            return leases.states()
        leases.plan(by_site)
        for _ in range(MOST_ROUNDS):
            left = [by_site[site] for site in leases.left() if site in by_site]
            if not left or leases.is_stopped():
                break
            time.sleep(min(leases.seconds_until_free(), round_.lease_seconds + 1))
            _once(left, round_, new_executor, leases, told)
        return leases.states()
    finally:
        leases.close()


def stop_fleet(round_: Round) -> dict[str, tuple[str, str]]:
    """Let a round end that others are at: what was begun is finished, nothing else is begun."""
    leases = Leases(round_.ledger, round_.name, time.time)
    try:
        leases.stop()
        return leases.states()
    finally:
        leases.close()


def local_executor(workers: int) -> Callable[[], Executor]:
    """So many processes of this computer."""
    return lambda: ProcessPoolExecutor(workers)


def _once(
    left: list[Target], round_: Round, new_executor: Callable[[], Executor], leases: Leases, told: Told
) -> None:
    """Hand out what is left and wait for it; what a dead worker had is given back."""
    executor = new_executor()
    pending: set[Future[None]] = set()
    try:
        pending = {executor.submit(inspect_some, round_, some) for some in _tasks(left)}
        while pending:
            done, pending = wait(pending, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            told(leases.states())
            if any(future.exception() is not None for future in done):
                leases.release(round_.driver or "?")
    finally:
        for future in pending:
            future.cancel()
        executor.shutdown(wait=False)


def _tasks(targets: Sequence[Target]) -> Iterator[tuple[tuple[Target, ...], ...]]:
    """The targets by host, so many hosts to a task."""
    by_host: dict[str, list[Target]] = {}
    for target in targets:
        by_host.setdefault(target.host, []).append(target)
    hosts = iter(tuple(some) for some in by_host.values())
    size = min(HOSTS_A_TASK, -(-len(by_host) // LEAST_TASKS))
    while task := tuple(islice(hosts, size)):
        yield task


# ---- in a worker ----


def inspect_some(round_: Round, hosts: Sequence[Sequence[Target]]) -> None:
    """Inspect the sites of these hosts, the hosts side by side; sites that somebody else has are passed over."""
    worker = f"{round_.driver}/{socket.gethostname()}/{os.getpid()}/{uuid4().hex[:8]}"
    leases = Leases(round_.ledger, round_.name, time.time)
    try:
        with (
            uncollected(),
            _long_turns(),
            Ledger(round_.ledger) as ledger,
            ThreadPoolExecutor(HOSTS_AT_ONCE) as threads,
        ):
            _Worker(round_, worker, leases, ledger, threads).work(hosts)
    finally:
        leases.release(worker)
        leases.close()


@contextmanager
def _long_turns() -> Iterator[None]:
    """Threads take turns of a length that suits hundreds of them."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@dataclass(slots=True)
class _Worker:
    round: Round
    name: str
    leases: Leases
    ledger: Ledger
    threads: ThreadPoolExecutor

    def work(self, hosts: Sequence[Sequence[Target]]) -> None:
        """The ledger is written by this thread alone; the others only inspect."""
        waiting = [list(targets) for targets in hosts]
        running: dict[Future[InspectionResult | CannotInspect], list[Target]] = {}
        runs: dict[str, int] = {}
        renewed = time.monotonic()
        while waiting or running:
            while waiting and len(running) < HOSTS_AT_ONCE:
                self._start(waiting.pop(), running, runs)
            if not running:
                continue
            done, _ = wait(running, timeout=self.round.lease_seconds / 4, return_when=FIRST_COMPLETED)
            if time.monotonic() - renewed > self.round.lease_seconds / 4:
                self.leases.renew(self.name, self.round.lease_seconds)
                renewed = time.monotonic()
            for future in done:
                target, *rest = running.pop(future)
                self._write(target, runs.pop(target.site), future.result())
                if rest:
                    waiting.append(rest)

    def _start(
        self, targets: list[Target], running: dict[Future[InspectionResult | CannotInspect], list[Target]],
        runs: dict[str, int],
    ) -> None:  # fmt: skip
        """Begin with the first of a host's sites that is to be had."""
        while targets and not self.leases.is_stopped():
            if self.leases.claim(targets[0].site, self.name, self.round.lease_seconds):
                runs[targets[0].site] = self.ledger.begin(targets[0].site, self.round.today)
                earlier = self.ledger.earlier(targets[0].site, self.round.today)
                running[self.threads.submit(_inspect, self.round, targets[0], earlier)] = targets
                return
            targets = targets[1:]

    def _write(self, target: Target, run: int, result: InspectionResult | CannotInspect) -> None:
        try:
            if isinstance(result, CannotInspect):
                end = self.leases.ending(target.site, self.name, "failed", result.message_zh)
                self.ledger.fail(run, self.round.today, result.message_zh, result.message_en, within=end)
                return
            end = self.leases.ending(target.site, self.name, "done", _told(target, result))
            self.ledger.save(run, inspected(result), within=end)
        except LeaseLost:
            self.ledger.drop(run)
        except LedgerRefused as reason:
            self.leases.end(target.site, self.name, "failed", reason.message_zh)


def _inspect(round_: Round, target: Target, earlier: Earlier | None) -> InspectionResult | CannotInspect:
    visit = Visit(
        target.manners(round_.contact), time_of_day=round_.time_of_day, memory=_memory(round_, target.site)
    )
    try:
        return inspect_site(
            target.site,
            today=round_.today,
            profile=target.profile or None,
            visit=visit,
            earlier=earlier,
            notes=Path(target.notes) if target.notes else None,
        )
    except CannotInspect as reason:
        return reason


def _memory(round_: Round, site: str) -> Path | None:
    """The file in which is remembered what was read of a site."""
    if round_.memory is None:
        return None
    round_.memory.mkdir(parents=True, exist_ok=True)
    return round_.memory / f"{sha256(site.encode()).hexdigest()[:32]}.memory"


def _told(target: Target, result: InspectionResult) -> str:
    """What a ranking says of a site besides what the ledger knows: whether it was seen whole, and its score."""
    seen = "没有看全 / partial" if result.partial else ""
    if not target.rubric:
        return seen
    sheet = score(load_rubric(target.rubric), result.findings, result.site, partial=result.partial)
    return "；".join(filter(None, (f"{points(sheet.score)} 分", seen)))
