"""Reading a content folder and judging all of it, as every command does before it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins.disclosure.absent import told_of_the_absent
from plugins.disclosure.catalog import Catalog
from plugins.disclosure.change_notes import read_notes
from plugins.disclosure.collecting import uncollected
from plugins.disclosure.content import Content, read_content
from plugins.disclosure.memory import Memory
from plugins.disclosure.problem import Problem, in_order
from plugins.disclosure.readers.around import Around
from plugins.disclosure.record import noting_bodies
from plugins.disclosure.validate import Validation
from plugins.disclosure.waivers import read_waivers, without_waived


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What is wrong with a content folder. `records` counts every record met; read = in the catalog + reported."""

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    records: int
    reported: int
    around: Around | None = None
    looked: frozenset[str] = frozenset()


class Checking:
    """Content that was read; another process, where there may be one, has begun to judge it."""

    def __init__(
        self, content: Path, read: Content, today: date, memory: Memory | None, workers: int
    ) -> None:
        self.read = read
        self._content = content
        self._today = today
        catalogs = [read.whole] if read.catalog is read.whole else [read.whole, read.catalog]
        self._begun = [
            Validation(catalog, today, memory, workers)
            for catalog in catalogs  # what is public may not lean on what is not yet
            if catalog is not None
        ]

    def result(self) -> CheckResult:
        """What is wrong with it."""
        read, problems = self.read, list(self.read.problems)
        looked: set[str] = set()
        for validation in self._begun:
            problems += validation.result()
            looked |= validation.looked
        if read.catalog is not None and read.whole is not None:
            with noting_bodies() as noted:
                problems = told_of_the_absent(problems, self._content, read.whole, read.catalog)
            looked |= noted
        waivers, wrong = read_waivers(self._content)
        if read.whole is not None:
            _, wrong_notes = read_notes(self._content, read.whole)
            problems += wrong_notes
        found = tuple(in_order([*without_waived(problems, waivers, self._today), *wrong]))
        return CheckResult(
            read.catalog, found, read.read_count, read.reported_count, read.around, frozenset(looked)
        )


def begin_check(
    content: Path,
    today: date,
    profile: str | None = None,
    *,
    preview: bool = False,
    memory: Memory | None = None,
    workers: int = 1,
    meanwhile: Callable[[], None] = lambda: None,
) -> Checking:
    """Read a content folder and begin to judge it, what waits for its day included; with `preview`, drafts too.

    `meanwhile` is done here when other processes have begun to read.
    """
    with uncollected():
        read = read_content(
            content, today, profile, preview=preview, memory=memory, workers=workers, meanwhile=meanwhile
        )
    return Checking(content, read, today, memory, workers)


def check_content(
    content: Path, today: date, profile: str | None = None, *, preview: bool = False
) -> CheckResult:
    """Read a content folder and judge all of it, as `begin_check` does."""
    return begin_check(content, today, profile, preview=preview).result()
