"""The ledger as the rest sees it: runs begin and are saved; findings, waivers and tasks are asked for.

with Ledger(Path("ledger.db")) as ledger:
    run = ledger.begin("https://www.example.gov.cn/", today)
    day = ledger.save(run, inspected)
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler_checks.checks import page_unreachable
from crawler_checks.checks.check import Earlier, Finding
from crawler_checks.ledger.rows import (
    FINDING_COLUMNS,
    day_count_of,
    day_text,
    finding_row,
    packed,
    remembered_of,
    task_of,
    unpacked,
    waiver_of,
)
from crawler_checks.ledger.states import Remembered, State, Waiver, advance
from crawler_checks.ledger.store import LedgerRefused, Store, open_store, upsert
from crawler_checks.ledger.terms import Terms, load_terms
from crawler_checks.ledger.values import Attempt, Change, DayCount, Inspected, LedgerDay, Opened, Task

WRITE_PAGE = (  # the first day a page surely gave is the one it is held to
    "INSERT INTO page (site, address, first_run, last_run, said_on) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (site, address) DO UPDATE SET last_run = excluded.last_run, "
    "said_on = COALESCE(page.said_on, excluded.said_on)"
)
SECTION = ("site", "day", "section", "state", "address", "newest", "count")
COUNTS = ("site", "day", "pages", *(f"{state.value}_count" for state in State), "overdue_count")
TASK = ("fingerprint", "organ", "person", "measure", "done_on", "note")


class Ledger:
    """One ledger, open: a file, or a database by its address. `interrupted` says which runs began and never ended."""

    def __init__(self, place: Path | str, terms: Terms | None = None) -> None:
        self.terms = terms or load_terms()
        self._store = open_store(place)
        self.interrupted = self._note_broken_runs()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger."""
        self._store.close()

    # ---- runs ----

    def begin(self, target: str, today: date, person: str = "") -> int:
        """Write down that a run begins; the number it has from now on. Raises LedgerRefused."""
        with self._store.transaction():
            [row] = self._store.rows(
                "INSERT INTO run (target, day, outcome, owner, person) VALUES (?, ?, 'begun', ?, ?) RETURNING id",
                target, today.isoformat(), _owner(), person or None,
            )  # fmt: skip
            return int(row["id"])

    def save(
        self, run: int, inspected: Inspected, within: Callable[[Store], None] = lambda _: None
    ) -> LedgerDay:
        """Write down what a run saw, and say what became of every finding; `within` is done with it, or neither.

        Raises LedgerRefused.
        """
        site, day, guard = inspected.site, inspected.today.isoformat(), self.terms.guard
        with self._store.transaction():
            within(self._store)
            self._refuse_older(site, inspected.today)
            unseen = sum(
                one.check == page_unreachable.CHECK.id and one.object is None for one in inspected.findings
            )
            partial = guard.reason(
                len(inspected.pages), inspected.addresses, unseen, self._usual_pages(site), inspected.was_cut
            )
            was_blind = inspected.was_cut or (
                inspected.addresses > 0 and unseen / inspected.addresses > guard.most_unseen
            )
            self._store.change(
                "UPDATE run SET site = ?, profile = ?, outcome = 'saved', pages = ?, addresses = ?, unseen = ?, "
                "was_cut = ?, reason_zh = ?, reason_en = ?, findings = ? WHERE id = ?",
                site, inspected.profile, len(inspected.pages), inspected.addresses, unseen,
                int(was_blind), *(partial or (None, None)), packed(inspected.findings), run,
            )  # fmt: skip
            self._store.change_many(
                WRITE_PAGE,
                (
                    (site, address, run, run, day_text(inspected.said.get(address)))
                    for address in inspected.pages
                ),
            )
            self._store.change_many(
                upsert("section_day", SECTION, ("site", "day", "section")),
                (
                    (site, day, one.id, one.state, one.address, day_text(one.newest), one.count)
                    for one in inspected.sections
                ),
            )
            after = self._advance(
                run,
                site,
                inspected.today,
                inspected.findings,
                is_partial=partial is not None,
                not_asked=inspected.not_asked,
            )
            return self._day_written(site, inspected.today, len(inspected.pages), after, partial)

    def drop(self, run: int) -> None:
        """Forget a run that began: somebody else has written down what it saw."""
        with self._store.transaction():
            self._store.change("DELETE FROM run WHERE id = ? AND outcome = 'begun'", run)

    def fail(
        self, run: int, today: date, reason_zh: str, reason_en: str,
        within: Callable[[Store], None] = lambda _: None,
    ) -> LedgerDay | None:  # fmt: skip
        """Write down that a run saw nothing: what was open stays so. None when the site was never seen before."""
        with self._store.transaction():
            within(self._store)
            [begun] = self._store.rows("SELECT target FROM run WHERE id = ?", run)
            known = self._store.rows(
                "SELECT site FROM run WHERE target = ? AND outcome = 'saved' ORDER BY id DESC LIMIT 1",
                begun["target"],
            )
            site = str(known[0]["site"]) if known else None
            if site:
                self._refuse_older(site, today)
            self._store.change(
                "UPDATE run SET site = ?, outcome = 'failed', reason_zh = ?, reason_en = ? WHERE id = ?",
                site, reason_zh, reason_en, run,
            )  # fmt: skip
            if site is None:
                return None
            after = self._advance(run, site, today, (), is_partial=True)
            return self._day_written(site, today, 0, after, (reason_zh, reason_en))

    def recheck(
        self, run: int, today: date, fingerprint: str, finding: Finding | None, *, is_told: bool = True
    ) -> Remembered:
        """Write down a look at one finding: as it is now, None when it is gone; not told, it stays as it was.

        Raises LedgerRefused.
        """
        with self._store.transaction():
            [row] = self._store.rows("SELECT * FROM finding WHERE fingerprint = ?", fingerprint)
            entry, site = remembered_of(row), str(row["site"])
            self._refuse_older(site, today)
            found = (finding,) if finding else ()
            self._store.change(
                "UPDATE run SET site = ?, outcome = 'rechecked', findings = ? WHERE id = ?",
                site, packed(found), run,
            )  # fmt: skip
            if not is_told:
                return entry
            before = {fingerprint: entry}
            after = advance(before, self.waivers(), found, site, today, self.terms.due, partial=False)
            self._write_findings(run, site, today, before, after)
            return after.get(fingerprint, entry)

    def was_failing(self, run: int) -> bool:
        """Whether the last run of the same target before this one saw nothing either."""
        rows = self._store.rows(
            "SELECT outcome FROM run WHERE target = (SELECT target FROM run WHERE id = ?) AND id < ? "
            "AND outcome IN ('saved', 'failed') ORDER BY id DESC LIMIT 1",
            run, run,
        )  # fmt: skip
        return bool(rows) and rows[0]["outcome"] == "failed"

    def replay(self, run: int) -> tuple[str, tuple[Finding, ...], bool]:
        """A saved run again: its site, its findings, and whether it was partial. Raises LedgerRefused."""
        rows = self._store.rows(
            "SELECT site, findings, reason_zh FROM run WHERE id = ? AND outcome = 'saved'", run
        )
        if not rows:
            raise LedgerRefused(f"台账中没有第 {run} 次巡检。", f"The ledger has no run {run}.")
        return rows[0]["site"], unpacked(rows[0]["findings"]), rows[0]["reason_zh"] is not None

    def runs(self, site: str | None = None) -> list[tuple[int, str, date]]:
        """The saved runs, oldest first: number, site, day."""
        rows = self._store.rows("SELECT id, site, day FROM run WHERE outcome = 'saved' ORDER BY id")
        return [
            (row["id"], row["site"], date.fromisoformat(row["day"]))
            for row in rows
            if site in (None, row["site"])
        ]

    def target(self, site: str) -> tuple[str, str]:
        """How a site was last asked for, and by which profile."""
        [row] = self._store.rows(
            "SELECT target, profile FROM run WHERE site = ? AND outcome = 'saved' ORDER BY id DESC LIMIT 1",
            site,
        )
        return row["target"], row["profile"]

    def sites(self) -> list[str]:
        """The sites the ledger knows."""
        rows = self._store.rows("SELECT DISTINCT site FROM run WHERE site IS NOT NULL")
        return sorted(row["site"] for row in rows)

    def earlier(self, target: str, today: date) -> Earlier | None:
        """What the inspections of a target before today saw; None when none of them saw the whole site."""
        whole = self._store.rows(
            "SELECT site, day FROM run WHERE target = ? AND outcome = 'saved' AND reason_zh IS NULL AND day < ? "
            "ORDER BY id DESC LIMIT 1",
            target, today.isoformat(),
        )  # fmt: skip
        if not whole:
            return None
        rows = self._store.rows(
            "SELECT address, said_on FROM page JOIN run ON run.id = page.first_run "
            "WHERE page.site = ? AND run.day < ?",
            whole[0]["site"], today.isoformat(),
        )  # fmt: skip
        said = {
            row["address"]: date.fromisoformat(row["said_on"]) if row["said_on"] else None for row in rows
        }
        return Earlier(date.fromisoformat(whole[0]["day"]), said)

    # ---- whether it opens ----

    def note_attempt(self, target: str, attempt: Attempt) -> None:
        """Write down an attempt to open a site. Raises LedgerRefused."""
        with self._store.transaction():
            self._store.change(
                "INSERT INTO attempt (target, day, at, outcome, milliseconds) VALUES (?, ?, ?, ?, ?)",
                target, attempt.at.date().isoformat(), attempt.at.isoformat(), attempt.outcome.value,
                attempt.milliseconds,
            )  # fmt: skip

    def attempts(self, target: str, first: date, last: date) -> list[Attempt]:
        """The attempts to open a site from the first day to the last."""
        rows = self._store.rows(
            "SELECT at, outcome, milliseconds FROM attempt WHERE target = ? AND day BETWEEN ? AND ? ORDER BY id",
            target, first.isoformat(), last.isoformat(),
        )  # fmt: skip
        return [
            Attempt(datetime.fromisoformat(row["at"]), Opened(row["outcome"]), row["milliseconds"])
            for row in rows
        ]

    # ---- findings ----

    def remembered(self, site: str) -> dict[str, Remembered]:
        """Every finding a site ever had, by fingerprint."""
        rows = self._store.rows("SELECT * FROM finding WHERE site = ?", site)
        return {row["fingerprint"]: remembered_of(row) for row in rows}

    def beginning_with(self, start: str) -> list[tuple[str, Remembered]]:
        """The findings whose fingerprint begins so, each with its site."""
        rows = self._store.rows(
            "SELECT * FROM finding WHERE substr(fingerprint, 1, ?) = ?", len(start), start
        )
        return [(row["site"], remembered_of(row)) for row in rows]

    def day(self, site: str, today: date) -> LedgerDay:
        """How a site stands: the last saved run, seen from `today`."""
        waivers = self.waivers()
        found = {
            fingerprint: _as_waived(one, waivers.get(fingerprint), today)
            for fingerprint, one in self.remembered(site).items()
            if one.is_open or one.fixed_on == today
        }
        rows = self._store.rows(
            "SELECT reason_zh, reason_en FROM run WHERE site = ? AND outcome IN ('saved', 'failed') "
            "ORDER BY id DESC LIMIT 1",
            site,
        )
        partial = (rows[0]["reason_zh"], rows[0]["reason_en"]) if rows and rows[0]["reason_zh"] else None
        return LedgerDay(site, today, found, waivers, partial, self.trend(site))

    def trend(self, site: str) -> tuple[DayCount, ...]:
        """How many findings there were after each day's last run, oldest first."""
        rows = self._store.rows("SELECT * FROM site_day WHERE site = ? ORDER BY day", site)
        return tuple(day_count_of(row) for row in rows)

    def history(self, fingerprint: str) -> list[Change]:
        """When the state of a finding changed, oldest first."""
        rows = self._store.rows(
            "SELECT change.day AS day, state, run, person FROM change JOIN run ON run.id = change.run "
            "WHERE fingerprint = ? ORDER BY run",
            fingerprint,
        )
        return [
            Change(date.fromisoformat(row["day"]), State(row["state"]), row["run"], row["person"] or "")
            for row in rows
        ]

    def changes(self, site: str) -> list[tuple[str, date, State]]:
        """Every change of state of the findings of a site, oldest first."""
        rows = self._store.rows(
            "SELECT change.fingerprint AS fingerprint, day, change.state AS state FROM change "
            "JOIN finding ON finding.fingerprint = change.fingerprint WHERE site = ? ORDER BY run",
            site,
        )
        return [(row["fingerprint"], date.fromisoformat(row["day"]), State(row["state"])) for row in rows]

    # ---- waivers and tasks ----

    def waivers(self) -> dict[str, Waiver]:
        """The waiver of each finding that has one that was not taken back; it may be over by date."""
        rows = self._store.rows("SELECT * FROM waiver WHERE ended_on IS NULL ORDER BY id")
        return {row["fingerprint"]: waiver_of(row) for row in rows}

    def tasks(self) -> dict[str, Task]:
        """What was written about each finding."""
        return {row["fingerprint"]: task_of(row) for row in self._store.rows("SELECT * FROM task")}

    def write(self, today: date, tasks: Mapping[str, Task], waivers: Mapping[str, Waiver | None]) -> None:
        """Write tasks and waivers; None takes a waiver back. All of it or nothing. Raises LedgerRefused.

        A waiver is shown from then on, and enters the history of its finding with the next run.
        """
        held = self.waivers()
        with self._store.transaction():
            self._store.change_many(
                upsert("task", TASK, ("fingerprint",)),
                (
                    (key, one.organ, one.person, one.measure, day_text(one.done_on), one.note)
                    for key, one in tasks.items()
                ),
            )
            for key, waiver in waivers.items():
                if held.get(key) != waiver:
                    self._replace_waiver(today, key, waiver)

    # ---- within ----

    def _replace_waiver(self, today: date, key: str, waiver: Waiver | None) -> None:
        self._store.change(
            "UPDATE waiver SET ended_on = ? WHERE fingerprint = ? AND ended_on IS NULL",
            today.isoformat(),
            key,
        )
        if waiver is not None:
            self._store.change(
                "INSERT INTO waiver (fingerprint, reason, person, until, made_on) VALUES (?, ?, ?, ?, ?)",
                key, waiver.reason, waiver.person, waiver.until.isoformat(), waiver.made_on.isoformat(),
            )  # fmt: skip

    def _note_broken_runs(self) -> tuple[tuple[str, date], ...]:
        begun = self._store.rows("SELECT id, target, day, owner FROM run WHERE outcome = 'begun'")
        broken = [row for row in begun if not _is_at_work(row["owner"])]
        if broken:
            with self._store.transaction():
                self._store.change_many(
                    "UPDATE run SET outcome = 'broken' WHERE id = ?", ((row["id"],) for row in broken)
                )
        return tuple((row["target"], date.fromisoformat(row["day"])) for row in broken)

    def _refuse_older(self, site: str, today: date) -> None:
        [row] = self._store.rows(
            "SELECT max(day) AS day FROM run WHERE site = ? AND outcome IN ('saved', 'failed')", site
        )
        last = row["day"]
        if last and today.isoformat() < last:
            raise LedgerRefused(
                f"台账里这个网站已有 {last} 的巡检，不能再写入 {today} 的。请核对日期。",
                f"The ledger has an inspection of this site of {last}; one of {today} cannot follow it. Check the date.",
            )

    def _usual_pages(self, site: str) -> list[int]:
        rows = self._store.rows(
            "SELECT pages FROM run WHERE site = ? AND outcome = 'saved' AND was_cut = 0 ORDER BY id DESC LIMIT ?",
            site, self.terms.guard.of_the_last_runs,
        )  # fmt: skip
        return [row["pages"] for row in rows]

    def _advance(
        self,
        run: int,
        site: str,
        today: date,
        findings: tuple[Finding, ...],
        *,
        is_partial: bool,
        not_asked: frozenset[str] = frozenset(),
    ) -> dict[str, Remembered]:
        before = self.remembered(site)
        after = advance(
            before,
            self.waivers(),
            findings,
            site,
            today,
            self.terms.due,
            partial=is_partial,
            not_asked=not_asked,
        )
        self._write_findings(run, site, today, before, after)
        return after

    def _write_findings(
        self,
        run: int,
        site: str,
        today: date,
        before: Mapping[str, Remembered],
        after: Mapping[str, Remembered],
    ) -> None:
        self._store.change_many(
            upsert("finding", FINDING_COLUMNS, ("fingerprint",)),
            (finding_row(site, one) for one in after.values()),
        )
        self._store.change_many(
            "INSERT INTO change VALUES (?, ?, ?, ?)",
            (
                (key, run, today.isoformat(), one.state.value)
                for key, one in after.items()
                if key not in before or before[key].state is not one.state
            ),
        )

    def _day_written(
        self,
        site: str,
        today: date,
        pages: int,
        after: dict[str, Remembered],
        partial: tuple[str, str] | None,
    ) -> LedgerDay:
        day = LedgerDay(site, today, after, self.waivers(), partial)
        counts = (len(day.having(state)) for state in State)
        self._store.change(
            upsert("site_day", COUNTS, ("site", "day")),
            site,
            today.isoformat(),
            pages,
            *counts,
            len(day.overdue),
        )
        return replace(day, trend=self.trend(site))


def _owner() -> str:
    """Who is at work: this computer and this process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _is_at_work(owner: str) -> bool:
    """Whether the process that began a run may still be at it; of another computer that cannot be told."""
    host, _, process = owner.rpartition(":")
    if host != socket.gethostname() or os.name != "posix":
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _as_waived(one: Remembered, waiver: Waiver | None, today: date) -> Remembered:
    """The finding with the waivers as they are now, which the last run may not have known."""
    holds = waiver is not None and waiver.holds_on(today)
    if one.is_open and holds != (one.state is State.WAIVED):
        return replace(one, state=State.WAIVED if holds else State.KNOWN)
    return one
