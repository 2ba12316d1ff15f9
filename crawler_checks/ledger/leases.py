"""Who of many workers inspects which site of a round, so that each is in the ledger once whatever dies or is done twice.

A site is leased for a while, by whoever asks first; a lease that is not renewed runs out. What a worker brings is
written together with the end of its lease, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from crawler_checks.ledger.store import Store, open_store

ALL = ""
"""The row that stands for the whole round: there while it is stopped."""


class LeaseLost(Exception):
    """Somebody else has the site by now, or is done with it."""


class Leases:
    """The sites of one round, open. `clock` gives seconds that all workers share."""

    def __init__(self, place: Path | str, round_: str, clock: Callable[[], float]) -> None:
        self._store: Store = open_store(place)
        self._round, self._clock = round_, clock

    def close(self) -> None:
        """Let go of the ledger."""
        self._store.close()

    def plan(self, targets: Iterable[str]) -> None:
        """Make sure that these are in the round; what became of them stays. A round that was stopped goes on."""
        with self._store.transaction():
            self._store.change("DELETE FROM lease WHERE round = ? AND target = ?", self._round, ALL)
            self._store.change_many(
                "INSERT INTO lease (round, target, state, worker, until_second, told) VALUES (?, ?, 'waiting', '', 0, '') "
                "ON CONFLICT (round, target) DO NOTHING",
                ((self._round, target) for target in targets),
            )

    def stop(self) -> None:
        """Let nobody take a site any more."""
        with self._store.transaction():
            self._store.change(
                "INSERT INTO lease (round, target, state, worker, until_second, told) VALUES (?, ?, 'stopped', '', 0, '') "
                "ON CONFLICT (round, target) DO NOTHING",
                self._round,
                ALL,
            )

    def is_stopped(self) -> bool:
        """Whether the round was stopped."""
        return bool(
            self._store.rows("SELECT 1 AS one FROM lease WHERE round = ? AND target = ?", self._round, ALL)
        )

    def left(self) -> list[str]:
        """The sites that are not done, leased or not."""
        rows = self._store.rows(
            "SELECT target FROM lease WHERE round = ? AND state IN ('waiting', 'leased') ORDER BY target",
            self._round,
        )
        return [row["target"] for row in rows]

    def claim(self, target: str, worker: str, seconds: int) -> bool:
        """Take a site for so long, if nobody has it."""
        with self._store.transaction():
            return bool(
                self._store.rows(
                    "UPDATE lease SET state = 'leased', worker = ?, until_second = ? WHERE round = ? AND target = ? "
                    "AND (state = 'waiting' OR (state = 'leased' AND until_second < ?)) RETURNING target",
                    worker,
                    self._in(seconds),
                    self._round,
                    target,
                    self._in(0),
                )
            )

    def renew(self, worker: str, seconds: int) -> None:
        """Keep all that this worker has for so long from now."""
        with self._store.transaction():
            self._store.change(
                "UPDATE lease SET until_second = ? WHERE round = ? AND worker = ? AND state = 'leased'",
                self._in(seconds), self._round, worker,
            )  # fmt: skip

    def release(self, worker: str) -> None:
        """Give back all that a worker, or every worker whose name begins so, has and is not done with."""
        with self._store.transaction():
            self._store.change(
                "UPDATE lease SET state = 'waiting', worker = '' WHERE round = ? AND state = 'leased' "
                "AND substr(worker, 1, ?) = ?",
                self._round, len(worker), worker,
            )  # fmt: skip

    def seconds_until_free(self) -> int:
        """How long until the first lease runs out; 0 when one has, or when something waits."""
        rows = self._store.rows(
            "SELECT state, until_second FROM lease WHERE round = ? AND state IN ('waiting', 'leased')",
            self._round,
        )
        ends = [0 if row["state"] == "waiting" else row["until_second"] + 1 for row in rows]
        return max(0, min(ends, default=0) - self._in(0))

    def ending(self, target: str, worker: str, state: str, told: str) -> Callable[[Store], None]:
        """What ends a lease within the transaction that writes its result: `done`, or `failed` with the reason.

        It raises LeaseLost, and nothing is written, when the lease is no longer this worker's.
        """

        def end(store: Store) -> None:
            if not store.rows(
                "UPDATE lease SET state = ?, told = ? WHERE round = ? AND target = ? AND worker = ? "
                "AND state = 'leased' RETURNING target",
                state, told, self._round, target, worker,
            ):  # fmt: skip
                raise LeaseLost(target)

        return end

    def end(self, target: str, worker: str, state: str, told: str) -> None:
        """End a lease by itself, where there is nothing to write with it. Raises LeaseLost."""
        with self._store.transaction():
            self.ending(target, worker, state, told)(self._store)

    def states(self) -> dict[str, tuple[str, str]]:
        """What became of each site: `waiting`, `leased`, `done`, `failed`, and what was told of it."""
        rows = self._store.rows(
            "SELECT target, state, told FROM lease WHERE round = ? AND target <> ? ORDER BY target",
            self._round,
            ALL,
        )
        return {row["target"]: (row["state"], row["told"]) for row in rows}

    def _in(self, seconds: int) -> int:
        return int(self._clock()) + seconds
