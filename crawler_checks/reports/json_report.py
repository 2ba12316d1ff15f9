"""The report for programs. Its keys are a contract: they are added to, never renamed or removed."""

from __future__ import annotations

import json
from typing import Any

from crawler_checks.checks.check import Finding
from crawler_checks.reports.result import InspectionResult, SectionState
from crawler_checks.reports.score_report import score_data

VERSION = 1


def json_report(result: InspectionResult) -> str:
    """The whole result as JSON."""
    return json.dumps(as_data(result), ensure_ascii=False, indent=1) + "\n"


def as_data(result: InspectionResult) -> dict[str, Any]:
    """The result as plain data. `first_seen` and `state` need a memory of earlier runs and `score` a rubric:
    without them they are null."""
    return {
        "version": VERSION,
        "target": result.target,
        "today": result.today.isoformat(),
        "profile": result.profile,
        "pages": result.pages,
        "partial": result.partial,
        "findings": [_finding(one, result.site) for one in result.findings],
        "sections": [_section(one) for one in result.sections],
        "score": score_data(result.score) if result.score else None,
    }


def _finding(finding: Finding, site: str) -> dict[str, Any]:
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
        "fingerprint": finding.fingerprint(site),
        "first_seen": None,
        "state": None,
    }


def _section(section: SectionState) -> dict[str, Any]:
    return {
        "id": section.id,
        "state": section.state,
        "address": section.address,
        "newest": section.newest.isoformat() if section.newest else None,
        "count": section.count,
    }
