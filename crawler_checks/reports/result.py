"""The result of one inspection, as every report reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crawler_checks.checks.check import Check, Finding, Outcome

if TYPE_CHECKING:
    from crawler_checks.ledger.states import Remembered
    from crawler_checks.ledger.values import LedgerDay
    from crawler_checks.scoring.score import ScoreSheet


@dataclass(frozen=True, slots=True)
class SectionState:
    """How a section of the profile was found: its page, the day of its newest item, how many items were seen."""

    id: str
    label: str
    state: str
    address: str | None
    newest: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding was seen in: lines of the page around it, and where the page is kept beside the report.

    `file` and `picture` are paths from the report's folder; empty where nothing is kept.
    """

    quote: str
    file: str = ""
    sha256: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class InspectionResult:
    """What one inspection saw and found.

    `site` names the site in fingerprints. `base` is put before an address to open it; empty for a folder.
    `pages` were read; `addresses` were asked for, of which `unseen` were blocked or gave no usable answer.
    `partial`: so much of the site was not seen that nothing may be concluded from what was not found.
    `against_robots` was asked for although robots.txt forbids it, because that was wanted.
    `not_asked` are the checks for which this inspection did not look, as of other sites' answers without `--outside`.
    `looked_at` says for each check how many things it looked at, with their unit.
    `page_days` are the days of publication that articles surely give.
    `score` is there when a rubric was asked for, `ledger` when a ledger was; it tells what is new. `evidence`
    is by fingerprint, as far as it was asked for.
    """

    target: str
    site: str
    base: str
    today: date
    profile: str
    profile_label: str
    pages: int
    addresses: int
    partial: bool
    findings: tuple[Finding, ...]
    sections: tuple[SectionState, ...]
    checks: tuple[Check, ...]
    looked_at: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    page_addresses: tuple[str, ...] = ()
    page_days: Mapping[str, date] = field(default_factory=dict)
    unseen: int = 0
    against_robots: tuple[str, ...] = ()
    not_asked: frozenset[str] = frozenset()
    score: ScoreSheet | None = None
    ledger: LedgerDay | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)

    def count(self, outcome: Outcome) -> int:
        """How many findings have this outcome."""
        return sum(finding.outcome is outcome for finding in self.findings)

    def counts(self, outcome: Outcome) -> Counter[str]:
        """The same by check."""
        return Counter(finding.check for finding in self.findings if finding.outcome is outcome)

    def remembered(self, finding: Finding) -> Remembered | None:
        """What the ledger knows of a failing finding."""
        if self.ledger is None or finding.outcome is not Outcome.FAIL:
            return None
        return self.ledger.findings.get(finding.fingerprint(self.site))

    @property
    def is_clean(self) -> bool:
        """Whether the whole site was seen and nothing in it fails."""
        return not self.partial and self.count(Outcome.FAIL) == 0
