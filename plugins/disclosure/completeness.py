"""Who owes what, and is it there: organ × obligation -> 有 / 缺 / 逾期 / 不适用, each with how it was found.

A pure function of the catalog, the rules and the day. Only records published by then count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Severity
from plugins.disclosure.profile import MaxAge, Obligation, Profile, Standing, YearlyBy, due_after
from plugins.disclosure.record import Record
from plugins.disclosure.source import Source

State = Literal["present", "missing", "overdue", "not_applicable"]

LABELS: Mapping[State, tuple[str, str]] = {
    "present": ("已公开", "present"),
    "missing": ("缺", "missing"),
    "overdue": ("逾期", "overdue"),
    "not_applicable": ("不适用", "not applicable"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """How one organ stands with one duty.

    `newest` is the record that answers for it. `due` is the last day in time: for what is there, of its next
    renewal; for what is missing or overdue, the day that was missed; None where no period is set.
    `reason` says in Chinese (`reason_en` in English) how this was found. `severity` is how grave a gap is,
    None where there is none. `missing_years` are gaps in a yearly series that otherwise goes on.
    """

    organ: str
    obligation: Obligation
    state: State
    reason: str
    reason_en: str
    source: Source
    severity: Severity | None = None
    newest: Record | None = None
    newest_on: date | None = None
    due: date | None = None
    missing_years: tuple[int, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Whether something is owed: missing or overdue."""
        return self.state in ("missing", "overdue")


@dataclass(frozen=True, slots=True, eq=False)
class Completeness:
    """Every organ's duties, in the order of organs.csv and of the profile."""

    profile: Profile
    today: date
    cells: tuple[Cell, ...]

    def of_organ(self, organ: str) -> tuple[Cell, ...]:
        """An organ's cells, in the order of the profile."""
        return tuple(cell for cell in self.cells if cell.organ == organ)

    def cell(self, organ: str, obligation: str) -> Cell | None:
        """One cell, by the ids of the organ and the duty."""
        found = (c for c in self.cells if c.organ == organ and c.obligation.id == obligation)
        return next(found, None)

    @property
    def gaps(self) -> tuple[Cell, ...]:
        """All that is missing or overdue."""
        return tuple(cell for cell in self.cells if cell.is_gap)


def counts(cells: Iterable[Cell]) -> dict[State, int]:
    """How many cells stand how; every state has an entry."""
    states = [cell.state for cell in cells]
    return {state: states.count(state) for state in LABELS}


def judge_completeness(catalog: Catalog, profile: Profile, today: date) -> Completeness:
    """How every organ stands with every duty of the profile on `today`."""
    shelves = _shelves(catalog, profile, today)
    below = _below(catalog)
    cells = [
        _cell(catalog, duty, organ, _answering(duty, organ, shelves, below), today)
        for organ in catalog.organs
        for duty in profile.obligations
    ]
    return Completeness(profile, today, tuple(cells))


_Shelves = Mapping[tuple[str, str], Sequence[Record]]
"""The records that stand in a section or below it, by issuer and section."""


def _shelves(catalog: Catalog, profile: Profile, today: date) -> _Shelves:
    found: dict[tuple[str, str], list[Record]] = {}
    for record in catalog.records:
        if record.kind != "organ" and record.published_on <= today:
            for section in _upwards(profile, catalog.section_id(record)):
                found.setdefault((record.issuer, section), []).append(record)
    return found


def _upwards(profile: Profile, section_id: str) -> Iterator[str]:
    at: str | None = section_id
    while at is not None:
        yield at
        section = profile.section(at)
        at = section.parent if section else None


def _below(catalog: Catalog) -> Mapping[tuple[str, str], Sequence[str]]:
    """The ids of organs directly below one, by the one above and their own category. Whose organ above is not written is
    below the one that answers for the portal."""
    found: dict[tuple[str, str], list[str]] = {}
    for organ in catalog.organs:
        if organ.id != catalog.site.government:
            above = str(organ.values.get("superior", catalog.site.government))
            found.setdefault((above, str(organ.values.get("category", ""))), []).append(organ.id)
    return found


def _answering(
    duty: Obligation,
    organ: Record,
    shelves: _Shelves,
    below: Mapping[tuple[str, str], Sequence[str]],
) -> list[Record]:
    """The records that answer for a duty, oldest first."""
    issuers = [
        organ.id,
        *(id_ for category in duty.from_below for id_ in below.get((organ.id, category), ())),
    ]
    found = [record for issuer in issuers for record in shelves.get((issuer, duty.section), ())]
    return sorted((r for r in found if not duty.kinds or r.kind in duty.kinds), key=lambda r: r.order)


def _cell(catalog: Catalog, duty: Obligation, organ: Record, records: list[Record], today: date) -> Cell:
    category = str(organ.values.get("category", ""))
    severity = duty.severity_for(catalog.duties_as(organ))
    if severity is None:
        term = next((t for t in catalog.vocabularies["organ_category"].terms if t.id == category), None)
        zh, en = (term.label, term.label_en) if term else (category, category)
        return _not_applicable(
            organ, duty, f"规则没有要求“{zh}”公开此项。", f'The rules do not ask this of "{en}".'
        )
    if (declared := catalog.not_applicable.get((organ.id, duty.id))) is not None:
        return _not_applicable(organ, duty, declared, declared)
    if duty.organ_fields:
        return _of_fields(catalog, duty, organ, severity)
    if not records:
        return _missing(duty, organ, severity, today)
    if duty.year_field is not None and isinstance(duty.rhythm, YearlyBy):
        return _of_years(duty, duty.year_field, duty.rhythm, organ, records, severity, today)
    return _of_days(duty, organ, records, severity, today)


def _not_applicable(organ: Record, duty: Obligation, zh: str, en: str) -> Cell:
    return Cell(organ.id, duty, "not_applicable", zh, en, duty.source)


def _of_fields(catalog: Catalog, duty: Obligation, organ: Record, severity: Severity) -> Cell:
    """A duty that the organ's own entry answers."""
    kind = catalog.kind(organ)
    fields = [field for key in duty.organ_fields if (field := kind.field(key)) is not None]
    empty = [field for field in fields if not organ.values.get(field.key)]
    if empty:
        return Cell(
            organ.id,
            duty,
            "missing",
            f"机构名录中没有填写{'、'.join(f'“{field.label}”' for field in empty)}。",
            f"Empty in the list of organs: {', '.join(field.label_en for field in empty)}.",
            duty.source,
            severity,
        )
    reason = f"机构名录中已填写{'、'.join(f'“{field.label}”' for field in fields)}。"
    reason_en = f"Given in the list of organs: {', '.join(field.label_en for field in fields)}."
    return Cell(organ.id, duty, "present", reason, reason_en, duty.source, newest=organ)


def _missing(duty: Obligation, organ: Record, severity: Severity, today: date) -> Cell:
    due = _last_missed(duty.rhythm, today) if isinstance(duty.rhythm, YearlyBy) else None
    by_zh, by_en = (f"，最近一次期限为 {due}", f"; it was last due by {due}") if due else ("", "")
    return Cell(
        organ.id,
        duty,
        "missing",
        f"还没有公开过这一项{by_zh}。",
        f"Nothing published yet{by_en}.",
        duty.source,
        severity,
        due=due,
    )


def _last_missed(rhythm: YearlyBy, today: date) -> date:
    """The latest due day that has passed."""
    this_year = rhythm.in_year(today.year)
    return this_year if today > this_year else rhythm.in_year(today.year - 1)


def _of_years(
    duty: Obligation,
    year_field: str,
    rhythm: YearlyBy,
    organ: Record,
    records: list[Record],
    severity: Severity,
    today: date,
) -> Cell:
    """A yearly series, judged by the years its records cover and not by when they were published.

    What covers a year is due on the day of the following year; the next one after 2024 by the day in 2026.
    """
    covering = {
        year: record
        for record in records
        if isinstance(year := record.values.get(year_field), int) and year <= today.year
    }
    if not covering:
        return _missing(duty, organ, severity, today)
    last = max(covering)
    newest = covering[last]
    due = rhythm.in_year(last + 2)
    gaps = tuple(year for year in range(min(covering), last) if year not in covering)
    gaps_zh = f"其间缺 {'、'.join(str(year) for year in gaps)} 年度。" if gaps else ""
    gaps_en = f" Missing in between: {', '.join(str(year) for year in gaps)}." if gaps else ""
    overdue = today > due
    next_zh = f"{last + 1}年度的应于 {due} 前公开{'，至今没有' if overdue else ''}。"
    next_en = f"the one on {last + 1} {'was' if overdue else 'is'} due by {due}."
    return _dated(
        duty,
        organ,
        newest,
        due,
        overdue,
        severity,
        f"最近的是{last}年度，{newest.published_on} 公开；{next_zh}{gaps_zh}",
        f"The latest is on {last}, published on {newest.published_on}; {next_en}{gaps_en}",
        gaps,
    )


def _of_days(duty: Obligation, organ: Record, records: list[Record], severity: Severity, today: date) -> Cell:
    """A duty whose newest record must not be too old, or must only be there."""
    newest = records[-1]
    when = newest.published_on
    said_zh, said_en = f"最近一条公开于 {when}", f"The newest was published on {when}"
    if isinstance(duty.rhythm, Standing):
        no_period = f"{said_zh}；规则没有规定更新期限。", f"{said_en}; no period is set."
        return _dated(duty, organ, newest, None, False, severity, *no_period)
    due = due_after(duty.rhythm, when)
    days = duty.rhythm.days if isinstance(duty.rhythm, MaxAge) else None
    within_zh = f"，应在 {days} 天内更新" if days else ""
    within_en = f", to be renewed within {days} days" if days else ""
    overdue = today > due
    late_zh = f"，已超过 {(today - due).days} 天" if overdue else ""
    late_en = f", {(today - due).days} days ago" if overdue else ""
    return _dated(
        duty,
        organ,
        newest,
        due,
        overdue,
        severity,
        f"{said_zh}{within_zh}，期限为 {due}{late_zh}。",
        f"{said_en}{within_en}, due by {due}{late_en}.",
    )


def _dated(
    duty: Obligation,
    organ: Record,
    newest: Record,
    due: date | None,
    overdue: bool,
    severity: Severity,
    reason: str,
    reason_en: str,
    missing_years: tuple[int, ...] = (),
) -> Cell:
    """A cell with a newest record. Nobody fails by a period that no rule was read to set."""
    source = (duty.rhythm_source or duty.source) if overdue else duty.source
    grave: Severity = severity if source.evidence == "text" else "warning"
    return Cell(
        organ.id,
        duty,
        "overdue" if overdue else "present",
        reason,
        reason_en,
        source,
        grave if overdue else None,
        newest,
        newest.published_on,
        due,
        missing_years,
    )
