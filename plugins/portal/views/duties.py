"""What is owed and what is there, as pages show it; and the time limits of single records."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from plugins.disclosure.clocks import ClockReading, clocks_of
from plugins.disclosure.completeness import LABELS, Cell, Completeness, counts, judge_completeness
from plugins.disclosure.record import Record
from plugins.disclosure.workdays import default_calendar
from plugins.portal import addresses
from plugins.portal.models import ClockFace, CompletenessPage, Counts, Duty, Link
from plugins.portal.views.desk import Desk


class Board:
    """Every organ's duties on the day of the build."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.today = desk.catalog.today
        self.calendar = default_calendar()

    @cached_property
    def judged(self) -> Completeness:
        """Every duty of every organ."""
        return judge_completeness(self.desk.catalog, self.desk.profile, self.today)

    @cached_property
    def _of_organ(self) -> dict[str, tuple[Cell, ...]]:
        return {organ.id: self.judged.of_organ(organ.id) for organ in self.desk.catalog.organs}

    def counts(self, organ_id: str | None = None) -> Counts:
        """How many duties stand how, of one organ or of all."""
        found = counts(self.judged.cells if organ_id is None else self._of_organ[organ_id])
        return Counts(found["present"], found["missing"], found["overdue"], found["not_applicable"])

    def overdue(self) -> list[Duty]:
        """The gaps the rules call errors, in the order of the organs."""
        return self._duties(cell for cell in self.judged.gaps if cell.severity == "error")

    def open_by_section(self, organ_id: str) -> dict[str, Duty]:
        """An organ's gaps by the section they belong to; the first where a section has several."""
        found: dict[str, Duty] = {}
        for cell in self._of_organ[organ_id]:
            if cell.is_gap:
                found.setdefault(cell.obligation.section, self._duty(cell))
        return found

    def site_page(self) -> CompletenessPage:
        """All organs: how many duties stand how, and the gaps the rules call errors; the rest is on each one's page."""
        head = self.desk.head(
            addresses.COMPLETENESS,
            "履职情况",
            "各机关应当主动公开的事项公开了没有：已公开、缺、逾期、不适用，逐项注明期限和依据。",
        )
        rows = tuple(
            (self.desk.organ_link(organ.id), self.counts(organ.id)) for organ in self.desk.catalog.organs
        )
        expected = tuple(self._duties(cell for cell in self.judged.gaps if cell.severity != "error"))
        today, profile = self.today.isoformat(), self.desk.profile.label
        return CompletenessPage(head, today, profile, rows, tuple(self.overdue()), expected_duties=expected)

    def organ_page(self, organ: Record) -> CompletenessPage:
        """One organ with every duty."""
        cells = self._of_organ[organ.id]
        link = self.desk.organ_link(organ.id)
        head = self.desk.head(
            addresses.organ_completeness(organ.id),
            "履职情况",
            f"{organ.title}应当主动公开的事项公开了没有，逐项注明期限和依据。",
            (Link("机构职能", addresses.section("functions")), link),
            within=organ.title,
        )
        return CompletenessPage(
            head,
            self.today.isoformat(),
            self.desk.profile.label,
            ((link, self.counts(organ.id)),),
            tuple(self._duties(cell for cell in cells if cell.is_gap)),
            tuple(self._duties(cells)),
        )

    def data(self) -> dict[str, object]:
        """The same for machines (`data/completeness.json`)."""
        return {
            "version": 1,
            "today": self.today.isoformat(),
            "profile": self.desk.profile.id,
            "cells": [_cell_data(cell) for cell in self.judged.cells],
        }

    def clocks(self, record: Record) -> tuple[ClockFace, ...]:
        """The time limits of a record; of an interpretation, those of what it interprets."""
        readings = [*clocks_of(self.desk.catalog, record, self.calendar, self.today)]
        for policy in self.desk.catalog.related(record, "interprets", outgoing=True):
            of_policy = clocks_of(self.desk.catalog, policy, self.calendar, self.today)
            readings += [reading for reading in of_policy if reading.clock.through == "interprets"]
        return tuple(_face(reading) for reading in readings if reading.state != "not_applicable")

    def _duties(self, cells: Iterable[Cell]) -> list[Duty]:
        return [self._duty(cell) for cell in cells]

    def _duty(self, cell: Cell) -> Duty:
        section = self.desk.profile.section(cell.obligation.section)
        return Duty(
            organ=self.desk.organ_link(cell.organ),
            label=cell.obligation.label,
            section=self.desk.section_link(section) if section else Link(cell.obligation.section, ""),
            state=cell.state,
            state_label=LABELS[cell.state][0],
            newest=self.desk.record_link(cell.newest) if cell.newest else None,
            newest_on=cell.newest_on.isoformat() if cell.newest_on else "",
            due=cell.due.isoformat() if cell.due else "",
            reason=cell.reason,
            basis=str(cell.source),
            severity=cell.severity or "",
        )


@lru_cache(maxsize=4096)
def _face(reading: ClockReading) -> ClockFace:
    label = f"{reading.clock.label}（{reading.clock.workdays} 个工作日）"
    return ClockFace(label, reading.state, reading.message_zh, str(reading.clock.source), reading.days)


def _cell_data(cell: Cell) -> dict[str, object]:
    return {
        "organ": cell.organ,
        "obligation": cell.obligation.id,
        "label": cell.obligation.label,
        "section": cell.obligation.section,
        "state": cell.state,
        "severity": cell.severity,
        "newest": cell.newest.key if cell.newest else None,
        "newest_on": cell.newest_on.isoformat() if cell.newest_on else None,
        "due": cell.due.isoformat() if cell.due else None,
        "reason_zh": cell.reason,
        "reason_en": cell.reason_en,
        "basis": str(cell.source),
    }
