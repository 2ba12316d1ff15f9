"""A tombstone: a published record that was taken down, with the day and the reason, and what took its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tombstone:
    """`key` is the record's (`policy/2025-0012`); `replaced_by` a reference to another record, or empty."""

    key: str
    removed_on: date
    reason: str
    replaced_by: str
    line: int
