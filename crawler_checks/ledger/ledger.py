"""The ledger as the rest sees it: runs begin and are saved; findings, waivers and tasks are asked for.

with Ledger(Path("ledger.db")) as ledger:
    run = ledger.begin("https://www.example.gov.cn/", today)
    day = ledger.save(run, inspected)
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler_checks.checks import page_unreachable
from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.ledger.states import Remembered, State, Waiver, advance
from crawler_checks.ledger.store import LedgerRefused, in_words, open_store, transaction
from crawler_checks.ledger.terms import Due, Terms, load_terms


@dataclass(frozen=True, slots=True)
class SectionSeen:
    """A section as a run saw it."""

    id: str
    state: str
    address: str | None
    newest: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a run brings to the ledger. `pages` are the addresses read; `was_cut`: it did not see the whole site."""

    site: str
    today: date
    profile: str
    pages: tuple[str, ...]
    addresses: int
    was_cut: bool
    findings: tuple[Finding, ...]
    sections: tuple[SectionSeen, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What people write into the rectification ledger about one finding."""

    organ: str = ""
    person: str = ""
    measure: str = ""
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A site at the end of a period. `found` and `fixed` count the period's; the rest is how it stood at its end."""

    site: str
    runs: int
    found: int
    fixed: int
    unmended: int
    overdue: int
    waived: int
    by_check: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """What the ledger says of a site on a day: every finding that is open, waived, or was fixed that day.

    `partial` says why the run is not trusted to have seen everything, in Chinese and English.
    """

    site: str
    today: date
    findings: Mapping[str, Remembered]
    waivers: Mapping[str, Waiver]
    partial: tuple[str, str] | None

    def having(self, *states: State) -> tuple[Remembered, ...]:
        """The findings in these states, the earliest due first."""
        found = (one for one in self.findings.values() if one.state in states)
        return tuple(
            sorted(found, key=lambda one: (one.due.on, one.finding.check, one.finding.place, one.fingerprint))
        )

    @property
    def overdue(self) -> tuple[Remembered, ...]:
        """The findings whose time is over."""
        late = (one for one in self.having(*State) if one.is_overdue(self.today))
        return tuple(late)


class Ledger:
    """One ledger file, open. `interrupted` says which runs began and never ended."""

    def __init__(self, path: Path, terms: Terms | None = None) -> None:
        self.path = path
        self.terms = terms or load_terms()
        self._db = open_store(path)
        self.interrupted = self._note_broken_runs()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # ---- runs ----

    def begin(self, target: str, today: date) -> int:
        """Write down that a run begins; the number it has from now on. Raises LedgerRefused."""
        with transaction(self._db, self.path) as db:
            done = db.execute(
                "INSERT INTO run (target, day, outcome, owner) VALUES (?, ?, 'begun', ?)",
                (_storable(target), today.isoformat(), _owner()),
            )
            return int(done.lastrowid or 0)

    def save(self, run: int, inspected: Inspected) -> LedgerDay:
        """Write down what a run saw, and say what became of every finding. Raises LedgerRefused."""
        with transaction(self._db, self.path) as db:
            self._refuse_older(inspected.site, inspected.today)
            day = inspected.today.isoformat()
            unseen = sum(
                one.check == page_unreachable.CHECK.id and one.object is None for one in inspected.findings
            )
            partial = self.terms.guard.reason(
                len(inspected.pages), inspected.addresses, unseen, self._usual_pages(inspected.site), inspected.was_cut
            )  # fmt: skip
            was_blind = inspected.was_cut or (
                inspected.addresses > 0 and unseen / inspected.addresses > self.terms.guard.most_unseen
            )
            db.execute(
                "UPDATE run SET site = ?, profile = ?, outcome = 'saved', pages = ?, addresses = ?, unseen = ?, "
                "was_cut = ?, reason_zh = ?, reason_en = ?, findings = ? WHERE id = ?",
                (
                    inspected.site, inspected.profile, len(inspected.pages), inspected.addresses, unseen,
                    was_blind, *(partial or (None, None)), _packed(inspected.findings), run,
                ),
            )  # fmt: skip
            db.executemany(
                "INSERT INTO page VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last_run = excluded.last_run",
                ((inspected.site, _storable(address), run, run) for address in inspected.pages),
            )
            db.executemany(
                "INSERT OR REPLACE INTO section_day VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (inspected.site, day, one.id, one.state, _storable(one.address), _day(one.newest), one.count)
                    for one in inspected.sections
                ),
            )  # fmt: skip
            return self._advance(run, inspected.site, inspected.today, inspected.findings, partial)

    def fail(self, run: int, today: date, reason_zh: str, reason_en: str) -> LedgerDay | None:
        """Write down that a run saw nothing: what was open stays so. None when the site was never seen before."""
        with transaction(self._db, self.path) as db:
            target = db.execute("SELECT target FROM run WHERE id = ?", (run,)).fetchone()["target"]
            known = db.execute(
                "SELECT site FROM run WHERE target = ? AND outcome = 'saved' ORDER BY id DESC LIMIT 1",
                (target,),
            ).fetchone()
            site = known["site"] if known else None
            if site:
                self._refuse_older(site, today)
            db.execute(
                "UPDATE run SET site = ?, outcome = 'failed', reason_zh = ?, reason_en = ? WHERE id = ?",
                (site, reason_zh, reason_en, run),
            )
            return self._advance(run, site, today, (), (reason_zh, reason_en)) if site else None

    def was_failing(self, run: int) -> bool:
        """Whether the last run of the same target before this one saw nothing either."""
        row = self._db.execute(
            "SELECT outcome FROM run WHERE target = (SELECT target FROM run WHERE id = ?) AND id < ? "
            "AND outcome IN ('saved', 'failed') ORDER BY id DESC LIMIT 1",
            (run, run),
        ).fetchone()
        return row is not None and row["outcome"] == "failed"

    def replay(self, run: int) -> tuple[str, tuple[Finding, ...], bool]:
        """A saved run again: its site, its findings, and whether it was partial. Raises LedgerRefused."""
        row = self._db.execute(
            "SELECT site, findings, reason_zh FROM run WHERE id = ? AND outcome = 'saved'", (run,)
        ).fetchone()
        if row is None:
            raise LedgerRefused(f"台账中没有第 {run} 次巡检。", f"The ledger has no run {run}.")
        return row["site"], _unpacked(row["findings"]), row["reason_zh"] is not None

    def runs(self, site: str | None = None) -> list[tuple[int, str, date]]:
        """The saved runs, oldest first: number, site, day."""
        rows = self._db.execute(
            "SELECT id, site, day FROM run WHERE outcome = 'saved' AND (? IS NULL OR site = ?) ORDER BY id",
            (site, site),
        )
        return [(row["id"], row["site"], date.fromisoformat(row["day"])) for row in rows]

    def sites(self) -> list[str]:
        """The sites the ledger knows."""
        return [
            row[0]
            for row in self._db.execute("SELECT DISTINCT site FROM run WHERE site IS NOT NULL ORDER BY 1")
        ]

    # ---- findings ----

    def remembered(self, site: str) -> dict[str, Remembered]:
        """Every finding a site ever had, by fingerprint."""
        rows = self._db.execute("SELECT * FROM finding WHERE site = ?", (site,))
        return {row["fingerprint"]: _remembered(row) for row in rows}

    def day(self, site: str, today: date) -> LedgerDay:
        """How a site stands: the last saved run, seen from `today`."""
        waivers = self.waivers()
        found = {
            fingerprint: _as_waived(one, waivers.get(fingerprint), today)
            for fingerprint, one in self.remembered(site).items()
            if one.is_open or one.fixed_on == today
        }
        row = self._db.execute(
            "SELECT reason_zh, reason_en FROM run WHERE site = ? AND outcome <> 'begun' ORDER BY id DESC LIMIT 1",
            (site,),
        ).fetchone()
        partial = (row["reason_zh"], row["reason_en"]) if row and row["reason_zh"] else None
        return LedgerDay(site, today, found, waivers, partial)

    def standing(self, site: str, first: date, last: date) -> Standing:
        """How a site stood on the last day of a period, and what happened to its findings in it."""
        rows = self._db.execute(
            "SELECT finding, first_on, opened_on, due_on, (SELECT state FROM change WHERE change.fingerprint = "
            "finding.fingerprint AND day <= ? ORDER BY run DESC LIMIT 1) AS state_then FROM finding "
            "WHERE site = ? AND first_on <= ?",
            (last.isoformat(), site, last.isoformat()),
        ).fetchall()
        span = (site, first.isoformat(), last.isoformat())
        fixed = self._db.execute(
            "SELECT count(DISTINCT fingerprint) FROM change JOIN finding USING (fingerprint) "
            "WHERE site = ? AND change.state = 'fixed' AND day BETWEEN ? AND ?",
            span,
        ).fetchone()[0]
        runs = self._db.execute(
            "SELECT count(*) FROM run WHERE site = ? AND outcome = 'saved' AND day BETWEEN ? AND ?", span
        ).fetchone()[0]
        unmended = [row for row in rows if row["state_then"] not in ("fixed", "waived", None)]
        return Standing(
            site=site,
            runs=runs,
            found=sum(row["first_on"] >= first.isoformat() for row in rows),
            fixed=fixed,
            unmended=len(unmended),
            overdue=sum(row["opened_on"] <= last.isoformat() > row["due_on"] for row in unmended),
            waived=sum(row["state_then"] == "waived" for row in rows),
            by_check=Counter(str(json.loads(row["finding"])["check"]) for row in unmended),
        )

    def history(self, fingerprint: str) -> list[tuple[date, State]]:
        """When the state of a finding changed, oldest first."""
        rows = self._db.execute(
            "SELECT day, state FROM change WHERE fingerprint = ? ORDER BY run", (fingerprint,)
        )
        return [(date.fromisoformat(row["day"]), State(row["state"])) for row in rows]

    # ---- waivers and tasks ----

    def waivers(self) -> dict[str, Waiver]:
        """The waiver of each finding that has one that was not taken back; it may be over by date."""
        rows = self._db.execute("SELECT * FROM waiver WHERE ended_on IS NULL ORDER BY id")
        return {
            row["fingerprint"]: Waiver(
                row["reason"],
                row["person"],
                date.fromisoformat(row["until"]),
                date.fromisoformat(row["made_on"]),
            )
            for row in rows
        }

    def tasks(self) -> dict[str, Task]:
        """What was written about each finding."""
        return {
            row["fingerprint"]: Task(
                row["organ"], row["person"], row["measure"],
                date.fromisoformat(row["done_on"]) if row["done_on"] else None, row["note"],
            )
            for row in self._db.execute("SELECT * FROM task")
        }  # fmt: skip

    def write(self, today: date, tasks: Mapping[str, Task], waivers: Mapping[str, Waiver | None]) -> None:
        """Write tasks and waivers; None takes a waiver back. All of it or nothing. Raises LedgerRefused.

        A waiver is shown from then on, and enters the history of its finding with the next run.
        """
        held = self.waivers()
        with transaction(self._db, self.path) as db:
            db.executemany(
                "INSERT OR REPLACE INTO task VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (key, one.organ, one.person, one.measure, _day(one.done_on), one.note)
                    for key, one in tasks.items()
                ),
            )
            for key, waiver in waivers.items():
                if held.get(key) == waiver:
                    continue
                db.execute(
                    "UPDATE waiver SET ended_on = ? WHERE fingerprint = ? AND ended_on IS NULL",
                    (today.isoformat(), key),
                )
                if waiver is not None:
                    db.execute(
                        "INSERT INTO waiver (fingerprint, reason, person, until, made_on) VALUES (?, ?, ?, ?, ?)",
                        (
                            key,
                            waiver.reason,
                            waiver.person,
                            waiver.until.isoformat(),
                            waiver.made_on.isoformat(),
                        ),
                    )

    # ---- within ----

    def _note_broken_runs(self) -> tuple[tuple[str, date], ...]:
        with in_words(self.path):
            begun = self._db.execute(
                "SELECT id, target, day, owner FROM run WHERE outcome = 'begun'"
            ).fetchall()
        broken = [row for row in begun if not _is_at_work(row["owner"])]
        if broken:
            with transaction(self._db, self.path) as db:
                db.executemany(
                    "UPDATE run SET outcome = 'broken' WHERE id = ?", ((row["id"],) for row in broken)
                )
        return tuple((row["target"], date.fromisoformat(row["day"])) for row in broken)

    def _refuse_older(self, site: str, today: date) -> None:
        last = self._db.execute(
            "SELECT max(day) AS day FROM run WHERE site = ? AND outcome IN ('saved', 'failed')", (site,)
        ).fetchone()["day"]
        if last and today.isoformat() < last:
            raise LedgerRefused(
                f"台账里这个网站已有 {last} 的巡检，不能再写入 {today} 的。请核对日期。",
                f"The ledger has an inspection of this site of {last}; one of {today} cannot follow it. Check the date.",
            )

    def _usual_pages(self, site: str) -> list[int]:
        rows = self._db.execute(
            "SELECT pages FROM run WHERE site = ? AND outcome = 'saved' AND NOT was_cut ORDER BY id DESC LIMIT ?",
            (site, self.terms.guard.of_the_last_runs),
        )
        return [row["pages"] for row in rows]

    def _advance(
        self, run: int, site: str, today: date, findings: tuple[Finding, ...], partial: tuple[str, str] | None
    ) -> LedgerDay:
        before, waivers = self.remembered(site), self.waivers()
        after = advance(before, waivers, findings, site, today, self.terms.due, partial=partial is not None)
        self._db.executemany(
            "INSERT OR REPLACE INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_row(site, one) for one in after.values()),
        )
        self._db.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?)",
            (
                (key, run, today.isoformat(), one.state.value)
                for key, one in after.items()
                if key not in before or before[key].state is not one.state
            ),
        )
        return LedgerDay(site, today, after, waivers, partial)


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


def _row(site: str, one: Remembered) -> tuple[str | int | None, ...]:
    return (
        one.fingerprint, site, json.dumps(asdict(one.finding)), one.state.value, one.state_on.isoformat(),
        one.first_on.isoformat(), one.last_on.isoformat(), one.opened_on.isoformat(), _day(one.fixed_on),
        one.due.on.isoformat(), one.due.is_estimated,
    )  # fmt: skip


def _remembered(row: sqlite3.Row) -> Remembered:
    fixed_on = row["fixed_on"]
    return Remembered(
        row["fingerprint"],
        _finding(json.loads(row["finding"])),
        State(row["state"]),
        date.fromisoformat(row["state_on"]),
        date.fromisoformat(row["first_on"]),
        date.fromisoformat(row["last_on"]),
        date.fromisoformat(row["opened_on"]),
        date.fromisoformat(fixed_on) if fixed_on else None,
        Due(date.fromisoformat(row["due_on"]), bool(row["due_is_estimated"])),
    )


def _packed(findings: Iterable[Finding]) -> bytes:
    return zlib.compress(json.dumps([asdict(one) for one in findings]).encode("ascii"))


def _unpacked(packed: bytes) -> tuple[Finding, ...]:
    return tuple(_finding(one) for one in json.loads(zlib.decompress(packed)))


def _finding(data: dict[str, str | int | None]) -> Finding:
    return Finding(**data | {"outcome": Outcome(str(data["outcome"]))})  # type: ignore[arg-type]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _storable(text: str | None) -> str | None:
    """Text that a database can hold: what is no sign at all becomes a mark."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")
