"""Profiles: which sections a disclosure portal has, who owes what by when, and which clause says so.

A profile is a folder `profiles/<id>/` of YAML. Profiles of one legal order form a *regime*: a record is
judged by the profile in force on its own date, today's duties by the profile in force today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from plugins.disclosure.problem import Severity
from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import read_yaml, yaml_of

HERE = Path(__file__).parent / "profiles"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MaxAge:
    """Something new at least every `days` calendar days; an age of exactly `days` is still in time."""

    days: int


@dataclass(frozen=True, slots=True)
class YearlyBy:
    """Something new every calendar year, at the latest on this day of the year; the day itself is in time."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The due day in `year`."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Standing:
    """Must be there; no period is set for renewing it."""


Freshness = MaxAge | YearlyBy
Rhythm = Standing | MaxAge | YearlyBy


def is_stale(rule: Rhythm, newest: date, today: date) -> bool:
    """Whether a section whose newest item is dated `newest` is overdue on `today`.

    A deadline is met on the day itself: with a due day of 31 March the section turns stale on 1 April,
    and an age of exactly `days` is still in time.
    """
    return today > due_after(rule, newest) if not isinstance(rule, Standing) else False


def due_after(rule: Freshness, newest: date) -> date:
    """The last day on which something newer than `newest` is still in time."""
    match rule:
        case MaxAge(days):
            return newest + timedelta(days=days)
        case YearlyBy():
            return rule.in_year(newest.year + 1)


@dataclass(frozen=True, slots=True)
class Section:
    """One section (栏目) of a portal.

    `column` is 1 to 4 for the fixed first-level columns, in their order; other sections have a `parent` or
    stand on the site itself (`place` is `site`). `kinds` are the kinds of record it may hold; a section
    without kinds is a branch whose children hold the records. `per_organ`: every organ has its own.
    `column_type` is the ColumnType meta value. The clause that asks for the section (`source`) is seldom the
    one that says how fresh it must be (`freshness_source`, there whenever `freshness` is).
    """

    id: str
    label: str
    label_en: str
    description: str
    keywords: tuple[str, ...]
    column_type: str
    place: Literal["platform", "site"]
    source: Source
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    column: int | None = None
    kinds: tuple[str, ...] = ()
    per_organ: bool = True
    freshness: Freshness | None = None
    freshness_source: Source | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty to publish: what, whose, how often, and by which clause.

    Records satisfy it when they stand in `section` and, where given, are of one of `kinds`. With
    `organ_fields` the organ's own record satisfies it by having those fields filled. `applies_to` are the
    organ categories that owe it with its `severity`; `expected_of` those that owe it only as far as their
    powers reach, so that a gap there is a warning. Records of an organ directly below count too when its
    category is in `from_below`: a government's budget is published by its finance department.

    `year_field` is the record's field that says which year it covers; without it the day of publication
    counts. The clause that sets the duty (`source`) may set no period; then `rhythm_source` says who does.
    """

    id: str
    label: str
    label_en: str
    section: str
    applies_to: tuple[str, ...]
    rhythm: Rhythm
    severity: Severity
    source: Source
    kinds: tuple[str, ...] = ()
    organ_fields: tuple[str, ...] = ()
    expected_of: tuple[str, ...] = ()
    from_below: tuple[str, ...] = ()
    year_field: str | None = None
    rhythm_source: Source | None = None

    def severity_for(self, category: str) -> Severity | None:
        """How grave a gap is for an organ of this category; None when the duty is not theirs."""
        if category in self.applies_to:
            return self.severity
        return "warning" if category in self.expected_of else None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit between two dates, counted in 工作日; the day after the start is day 1.

    `start` and `end` are fields of a record of `kind`; with `through`, `end` is a field of the record
    that names this one by that relation (interpretations: `interprets`). `when` is a field that must be 是, or
    filled in, for the clock to run, `unless` one that must not; `since` is the first start day the rule is known
    to cover. `done` is what is to be done in time, as messages say it.
    """

    id: str
    label: str
    label_en: str
    kind: str
    start: str
    end: str
    workdays: int
    source: Source
    severity: Severity = "warning"
    through: str | None = None
    when: str | None = None
    unless: str | None = None
    since: date | None = None
    done: str = "公开"


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A rule set with the days it is in force (`in_force_to` None: still)."""

    id: str
    label: str
    label_en: str
    regime: str
    in_force_from: date
    in_force_to: date | None
    sections: tuple[Section, ...]
    obligations: tuple[Obligation, ...]
    clocks: tuple[Clock, ...]
    source: Source

    def section(self, id_: str) -> Section | None:
        """The section with this id, or None."""
        return _by_id(self).get(id_)

    def children(self, id_: str) -> tuple[Section, ...]:
        """The sections directly below this one, in the profile's order."""
        return tuple(section for section in self.sections if section.parent == id_)

    def shelf(self, kind: str, usual: str) -> str:
        """The id of the section where records of a kind stand: the usual one, or the first that holds the kind."""
        section = self.section(usual)
        if section is not None and kind in section.kinds:
            return usual
        return next((s.id for s in self.sections if kind in s.kinds), usual)

    @property
    def columns(self) -> tuple[Section, ...]:
        """The fixed first-level columns, in order."""
        return tuple(sorted((s for s in self.sections if s.column is not None), key=lambda s: s.column or 0))

    @property
    def entries(self) -> tuple[Section, ...]:
        """What a reader finds first on the platform: its top sections, in the profile's order."""
        return tuple(s for s in self.sections if s.place == "platform" and s.parent is None)

    def find_section(self, text: str) -> Section | None:
        """The section whose id, label or alias is `text`."""
        text = text.strip()
        return next((s for s in self.sections if text in (s.id, s.label, *s.aliases)), None)


@lru_cache(maxsize=16)  # an inspection may make a profile of its own, and a fleet makes many
def _by_id(profile: Profile) -> dict[str, Section]:
    return {section.id: section for section in profile.sections}


@dataclass(frozen=True, slots=True, eq=False)
class Regime:
    """The profiles of one legal order, oldest first."""

    id: str
    profiles: tuple[Profile, ...]

    def on(self, day: date) -> Profile:
        """The profile in force on `day`; before the first one began, the first one."""
        return _in_force([(profile.in_force_from, profile) for profile in self.profiles], day)


def profile_ids(folder: Path = HERE) -> list[str]:
    """The profiles there are."""
    return sorted(path.parent.name for path in folder.glob("*/profile.yaml"))


@cache
def load_profile(id_: str, folder: Path = HERE) -> Profile:
    """The profile with this id. Raises FileNotFoundError naming the profiles there are."""
    path = folder / id_ / "profile.yaml"
    if id_ not in profile_ids(folder):
        raise _no_profile(id_, folder)
    return _profile(path)


@cache
def load_regime(id_: str, folder: Path = HERE) -> Regime:
    """All profiles of a regime, or one profile alone when `id_` names one. Raises FileNotFoundError."""
    if id_ in profile_ids(folder):
        return Regime(id_, (load_profile(id_, folder),))
    found = [p for p in (load_profile(name, folder) for name in profile_ids(folder)) if p.regime == id_]
    if not found:
        raise _no_profile(id_, folder)
    return Regime(id_, tuple(sorted(found, key=lambda profile: profile.in_force_from)))


@cache
def profile_on(id_: str, day: date, folder: Path = HERE) -> Profile:
    """As `load_regime(id_).on(day)`, and only that profile is read. Raises FileNotFoundError."""
    ids = profile_ids(folder)
    if id_ in ids:
        return load_profile(id_, folder)
    heads = ((_head(folder / name / "profile.yaml"), name) for name in ids)
    begun = sorted((head["in_force_from"], name) for head, name in heads if head["regime"] == id_)
    if not begun:
        raise _no_profile(id_, folder)
    return load_profile(_in_force(begun, day), folder)


def _in_force(begun: Sequence[tuple[date, T]], day: date) -> T:
    """Of several, each with the day it begins on and oldest first, the one in force; before the first began, the first."""
    return next((one for begins_on, one in reversed(begun) if begins_on <= day), begun[0][1])


def _head(path: Path) -> dict[str, Any]:
    """What a profile says of itself, which usually stands above the documents it rests on."""
    text = path.read_text(encoding="utf-8")
    head = yaml_of(text.partition("\ndocuments:")[0], path.name) or {}
    return dict(head if {"regime", "in_force_from"} <= head.keys() else yaml_of(text, path.name))


def _no_profile(id_: str, folder: Path) -> FileNotFoundError:
    there_are = "、".join(profile_ids(folder))
    return FileNotFoundError(f"没有规则集“{id_}”，现有 / no profile {id_!r}; there are: {there_are}")


def _profile(path: Path) -> Profile:
    data = read_yaml(path)
    where = f"{path.parent.name}/{path.name}"
    if data["id"] != path.parent.name:
        raise ValueError(f"{where}: id is {data['id']!r}; it must be the folder's name")
    cited = _Cited(data["documents"])
    sections = tuple(_section(dict(entry), cited, where) for entry in data["sections"])
    obligations = tuple(_obligation(dict(entry), cited, where) for entry in data["obligations"])
    clocks = tuple(_clock(dict(entry), cited, where) for entry in data["clocks"])
    _refuse_faults(where, sections, obligations, clocks)
    return Profile(
        id=data["id"],
        label=data["label"],
        label_en=data["label_en"],
        regime=data["regime"],
        in_force_from=data["in_force_from"],
        in_force_to=data.get("in_force_to"),
        sections=sections,
        obligations=obligations,
        clocks=clocks,
        source=cited.source(data["source"], where),
    )


@dataclass(frozen=True, slots=True)
class _Cited:
    """The documents a profile cites, each said once: `{of: reg, clause: 第二十条}` names one by its key."""

    documents: Mapping[str, Mapping[str, Any]]

    def source(self, data: Mapping[str, Any], where: str) -> Source:
        key = data["of"]
        if key not in self.documents:
            raise ValueError(f"{where}: no such document {key!r}; there are {', '.join(self.documents)}")
        own = {name: value for name, value in data.items() if name != "of"}
        return read_source({**self.documents[key], **own}, where)


def _section(data: dict[str, Any], cited: _Cited, where: str) -> Section:
    where = f"{where}: section {data.get('id')!r}"
    freshness, freshness_source = _rhythm(data.pop("freshness", None), cited, where)
    if freshness == Standing():
        raise ValueError(f"{where}: freshness needs days or yearly_by")
    if freshness is not None and freshness_source is None:
        raise ValueError(f"{where}: the freshness has no source")
    tuples = {key: tuple(data.pop(key, ())) for key in ("keywords", "aliases", "kinds")}
    rhythm = {"freshness": freshness, "freshness_source": freshness_source}
    return Section(**data | tuples | rhythm | {"source": cited.source(data["source"], where)})


def _obligation(data: dict[str, Any], cited: _Cited, where: str) -> Obligation:
    where = f"{where}: obligation {data.get('id')!r}"
    names = ("applies_to", "expected_of", "from_below", "kinds", "organ_fields")
    tuples = {key: tuple(data.pop(key, ())) for key in names}
    rhythm, rhythm_source = _rhythm(data.pop("rhythm"), cited, where)
    own = {"rhythm": rhythm, "rhythm_source": rhythm_source, "source": cited.source(data["source"], where)}
    return Obligation(**data | tuples | own)


def _clock(data: dict[str, Any], cited: _Cited, where: str) -> Clock:
    where = f"{where}: clock {data.get('id')!r}"
    return Clock(**data | {"source": cited.source(data["source"], where)})


def _rhythm(
    data: Mapping[str, Any] | str | None, cited: _Cited, where: str
) -> tuple[Rhythm | None, Source | None]:
    source = cited.source(data["source"], where) if isinstance(data, Mapping) and "source" in data else None
    match data:
        case None:
            return None, None
        case "standing":
            return Standing(), None
        case {"days": int(days)}:
            return MaxAge(days), source
        case {"yearly_by": str(day)}:
            month, number = day.split("-")
            return YearlyBy(int(month), int(number)), source
    raise ValueError(f"{where}: {data!r} is none of: standing, {{days: 14}}, {{yearly_by: '03-31'}}")


def _refuse_faults(
    where: str, sections: tuple[Section, ...], obligations: tuple[Obligation, ...], clocks: tuple[Clock, ...]
) -> None:
    known = {section.id for section in sections}
    for ids in ([o.id for o in obligations], [c.id for c in clocks]):
        _refuse_twice(f"{where}: ids", ids)
    names = [name for section in sections for name in (section.id, section.label, *section.aliases)]
    _refuse_twice(f"{where}: names of sections", names)
    for section in sections:
        if section.parent is not None and section.parent not in known:
            raise ValueError(f"{where}: section {section.id!r} has no such parent: {section.parent!r}")
    for obligation in obligations:
        if obligation.section not in known:
            raise ValueError(f"{where}: obligation {obligation.id!r}: no section {obligation.section!r}")
        if not obligation.applies_to:
            raise ValueError(f"{where}: obligation {obligation.id!r} applies to nobody")
    duties: tuple[Obligation | Clock, ...] = (*obligations, *clocks)
    for duty in duties:
        if duty.severity == "error" and duty.source.evidence in ("local", "memory", "proposal"):
            raise ValueError(f"{where}: {duty.id!r} rests on {duty.source.evidence}; make it a warning")


def _refuse_twice(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{what} stand twice: {', '.join(twice)}")
