"""The report for programs. Its keys are a contract: they are added to, never renamed or removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crawler_checks.checks.check import Finding
from crawler_checks.reports.result import InspectionResult, SectionState

if TYPE_CHECKING:
    from crawler_checks.ledger.values import LedgerDay
    from crawler_checks.scoring.score import ScoreSheet

VERSION = 1


def json_report(result: InspectionResult) -> str:
    """The whole result as JSON."""
    return json.dumps(as_data(result), ensure_ascii=False) + "\n"  # to indent it takes ten times as long


def as_data(result: InspectionResult) -> dict[str, Any]:
    """The result as plain data. `first_seen`, `due` and `state` need a ledger and `score` a rubric: without them
    they are null."""
    return {
        "version": VERSION,
        "target": result.target,
        "today": result.today.isoformat(),
        "profile": result.profile,
        "pages": result.pages,
        "partial": result.partial,
        "findings": [_finding(one, result) for one in result.findings],
        "sections": [_section(one) for one in result.sections],
        "checked": {id_: {"count": count, "unit": unit} for id_, (count, unit) in result.looked_at.items()},
        "ledger": _ledger(result.ledger) if result.ledger else None,
        "score": _score(result.score) if result.score else None,
    }


def _finding(finding: Finding, result: InspectionResult) -> dict[str, Any]:
    known = result.remembered(finding)
    fingerprint = finding.fingerprint(result.site)
    kept = result.evidence.get(fingerprint)
    return {
        "check": finding.check,
        "outcome": finding.outcome.value,
        "place": finding.place,
        "object": finding.object,
        "section": finding.section,
        "source_line": finding.source_line,
        "message_zh": finding.message_zh,
        "message_en": finding.message_en,
        "basis": finding.basis,
        "fingerprint": fingerprint,
        "first_seen": known.first_on.isoformat() if known else None,
        "due": known.due.on.isoformat() if known else None,
        "state": known.state.value if known else None,
        "evidence": {"file": kept.file, "sha256": kept.sha256, "picture": kept.picture or None}
        if kept
        else None,
    }


def _ledger(day: LedgerDay) -> dict[str, Any]:
    from crawler_checks.ledger.states import State  # few inspections are remembered or scored

    return {
        "counts": {state.value: len(day.having(state)) for state in State},
        "overdue": [one.fingerprint for one in day.overdue],
        "fixed": [one.fingerprint for one in day.having(State.FIXED)],
        "not_told": [one.fingerprint for one in day.having(State.UNKNOWN)],
        "partial": {"zh": day.partial[0], "en": day.partial[1]} if day.partial else None,
    }


def _section(section: SectionState) -> dict[str, Any]:
    return {
        "id": section.id,
        "state": section.state,
        "address": section.address,
        "newest": section.newest.isoformat() if section.newest else None,
        "count": section.count,
    }


def _score(sheet: ScoreSheet) -> dict[str, Any]:
    from crawler_checks.reports.score_report import score_data

    return score_data(sheet)
