"""What a check is, what it is given, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from crawler_checks.checks.site_notes import NO_NOTES, SiteNotes
from crawler_checks.extract.site import Site
from plugins.disclosure.profile import Profile

if TYPE_CHECKING:
    from crawler_checks.extract.sections import FoundSection


class Outcome(StrEnum):
    """What a check says about a place where something is the matter. Where nothing is, it says nothing."""

    FAIL = "fail"
    UNKNOWN = "unknown"  # it could not be told; shown, and counted as neither well nor wrong


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or could not be told, at one place.

    `place` is a page's address from the root of its host; `object` the link, tag or mark that is meant;
    `section` the id of the profile's section.
    """

    check: str
    outcome: Outcome
    place: str
    object: str | None
    section: str | None
    message_zh: str
    message_en: str
    basis: str
    source_line: int | None = None

    def fingerprint(self, site: str) -> str:
        """Names the same fault of the same site on every day: made of nothing that changes by itself."""
        parts = (self.check, site, self.place, self.object or "", self.section or "")
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier inspections saw: the day of the last one that saw the whole site, and for each page seen until then
    the day of publication it gave (None: it gave none that was certain)."""

    last_on: date
    said: Mapping[str, date | None]


class _NotLookedFor:
    """Stands for sections before anybody has looked for them; whoever asks for one has not said that he would."""

    def __getattr__(self, *_: object) -> Any:
        raise TypeError("a check that asks for the sections has to say so: asks_of_sections=True")

    __iter__ = __len__ = __contains__ = __getitem__ = __getattr__


NOT_LOOKED_FOR: Any = _NotLookedFor()


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that was gathered, for checks to judge. `earlier` is None where nothing is remembered. The profile and the
    sections are as the notes have them; `columns` are those that the profile does not know. Both are NOT_LOOKED_FOR
    where checks are run that do not ask of sections."""

    profile: Profile
    today: date
    site: Site
    sections: Mapping[str, FoundSection]
    earlier: Earlier | None = None
    notes: SiteNotes = NO_NOTES
    columns: tuple[FoundSection, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A rule by which pages are judged: its id is the name of its module.

    `basis` is the clause behind it; where the clause differs from section to section, the finding names it.
    `parameters` are the limits it goes by under a profile, in words: Chinese, English.
    `asks_of_sections`: it must know where the sections are. `asks_of_each_object`: what cannot be told of one object of a
    place leaves what is said of the others as it is.
    """

    id: str
    title_zh: str
    title_en: str
    run: Callable[[Inspection], Iterator[Finding]]
    basis: str
    parameters: Callable[[Profile], Iterable[tuple[str, str]]] = lambda _: ()
    asks_of_each_object: bool = False
    asks_of_sections: bool = False

    def fail(
        self, place: str, object_: str | None, message_zh: str, message_en: str, *, section: str | None = None,
        basis: str | None = None,
    ) -> Finding:  # fmt: skip
        """A finding that something is wrong."""
        return Finding(
            self.id, Outcome.FAIL, place, object_, section, message_zh, message_en, basis or self.basis
        )

    def unknown(
        self, place: str, object_: str | None, message_zh: str, message_en: str, *, section: str | None = None,
        basis: str | None = None,
    ) -> Finding:  # fmt: skip
        """A finding that it cannot be told."""
        return Finding(
            self.id, Outcome.UNKNOWN, place, object_, section, message_zh, message_en, basis or self.basis
        )


def run_checks(inspection: Inspection, checks: Iterable[Check]) -> tuple[Finding, ...]:
    """What the checks find: check after check, within each by place and object."""
    return tuple(
        finding
        for check in checks
        for finding in sorted(
            check.run(inspection),
            key=lambda one: (one.outcome, one.place, one.object or "", one.section or ""),
        )
    )
