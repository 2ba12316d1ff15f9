"""Values of the ledger as rows of a database, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.ledger.states import Remembered, State, Waiver
from crawler_checks.ledger.store import Row, Value
from crawler_checks.ledger.terms import Due
from crawler_checks.ledger.values import DayCount, Task

FINDING_COLUMNS = (
    "fingerprint", "site", "finding", "state", "state_on", "first_on", "last_on", "opened_on", "fixed_on", "due_on",
    "due_is_estimated",
)  # fmt: skip

FINDING = tuple(one.name for one in fields(Finding))
_values = attrgetter(*FINDING)


def finding_row(site: str, one: Remembered) -> tuple[Value, ...]:
    """The row of a finding, in the order of FINDING_COLUMNS."""
    return (
        one.fingerprint, site, json.dumps(_as_data(one.finding)), one.state.value, one.state_on.isoformat(),
        one.first_on.isoformat(), one.last_on.isoformat(), one.opened_on.isoformat(), day_text(one.fixed_on),
        one.due.on.isoformat(), int(one.due.is_estimated),
    )  # fmt: skip


def remembered_of(row: Row) -> Remembered:
    """The finding of a row."""
    return Remembered(
        row["fingerprint"],
        _finding(json.loads(row["finding"])),
        State(row["state"]),
        date.fromisoformat(row["state_on"]),
        date.fromisoformat(row["first_on"]),
        date.fromisoformat(row["last_on"]),
        date.fromisoformat(row["opened_on"]),
        date.fromisoformat(row["fixed_on"]) if row["fixed_on"] else None,
        Due(date.fromisoformat(row["due_on"]), bool(row["due_is_estimated"])),
    )


def waiver_of(row: Row) -> Waiver:
    """The waiver of a row."""
    return Waiver(
        row["reason"], row["person"], date.fromisoformat(row["until"]), date.fromisoformat(row["made_on"])
    )


def task_of(row: Row) -> Task:
    """The task of a row."""
    done_on = date.fromisoformat(row["done_on"]) if row["done_on"] else None
    return Task(row["organ"], row["person"], row["measure"], done_on, row["note"])


def day_count_of(row: Row) -> DayCount:
    """The counts of a row."""
    counts = {state: row[f"{state.value}_count"] for state in State}
    return DayCount(date.fromisoformat(row["day"]), row["pages"], counts, row["overdue_count"])


def packed(findings: Iterable[Finding]) -> bytes:
    """All findings of a run, small."""
    return zlib.compress(json.dumps([_as_data(one) for one in findings]).encode("ascii"))


def _as_data(finding: Finding) -> dict[str, Any]:
    """A finding by the names of its fields, all of which are plain values: there are thousands, and `asdict` is slow."""
    return dict(zip(FINDING, _values(finding), strict=True))


def unpacked(data: bytes) -> tuple[Finding, ...]:
    """The findings of a run again."""
    return tuple(_finding(one) for one in json.loads(zlib.decompress(bytes(data))))


def day_text(day: date | None) -> str | None:
    """A day as the ledger writes it."""
    return day.isoformat() if day else None


def _finding(data: dict[str, Any]) -> Finding:
    return Finding(**data | {"outcome": Outcome(str(data["outcome"]))})
