"""The result as SARIF 2.1.0, for tools that follow findings from run to run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from crawler_checks.checks.check import Check, Finding, Outcome
from crawler_checks.ledger.states import Remembered, State, Waiver
from crawler_checks.reports.result import InspectionResult
from crawler_checks.reports.wording import address_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "gongkaiFinding/v1"
BASELINE = {
    State.NEW: "new",
    State.BACK: "new",
    State.KNOWN: "unchanged",
    State.WAIVED: "unchanged",
    State.UNKNOWN: "unchanged",
    State.FIXED: "absent",
}


def sarif_report(result: InspectionResult) -> str:
    """The whole log. With a ledger every failing result has its baseline state; what is fixed today is `absent`."""
    return json.dumps(as_sarif(result), ensure_ascii=True, indent=1) + "\n"


def as_sarif(result: InspectionResult) -> dict[str, Any]:
    """The log as plain data."""
    order = {check.id: number for number, check in enumerate(result.checks)}
    run = {
        "tool": {
            "driver": {
                "name": "gongkai",
                "language": "zh-CN",
                "rules": [_rule(check) for check in result.checks],
            }
        },
        "automationDetails": {"id": f"gongkai/{result.site}/{result.today}"},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not result.partial}],
        "properties": {"target": result.target, "profile": result.profile, "pages": result.pages},
        "results": [_result(one, order, result) for one in result.findings] + list(_gone(result, order)),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "shortDescription": {"text": check.title_zh},
        "fullDescription": {"text": check.title_en},
        "help": {"text": f"依据：{check.basis}"},
        "defaultConfiguration": {"level": "error"},
    }


def _result(finding: Finding, order: dict[str, int], result: InspectionResult) -> dict[str, Any]:
    fails = finding.outcome is Outcome.FAIL
    data: dict[str, Any] = {
        "ruleId": finding.check,
        "kind": "fail" if fails else "open",
        "level": "error" if fails else "none",
        "message": {"text": finding.message_zh},
        "locations": [_location(finding, result)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint(result.site)},
        "properties": {"basis": finding.basis, "object": finding.object, "section": finding.section},
    }
    if finding.check in order:
        data["ruleIndex"] = order[finding.check]
    known = result.remembered(finding)
    if known is not None and result.ledger is not None:
        _add_memory(data, known, result.ledger.waivers.get(known.fingerprint))
    return data


def _add_memory(data: dict[str, Any], known: Remembered, waiver: Waiver | None) -> None:
    data["baselineState"] = BASELINE[known.state]
    data["properties"] |= {"firstSeen": known.first_on.isoformat(), "due": known.due.on.isoformat()}
    if known.state is State.WAIVED and waiver is not None:
        data["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": f"{waiver.reason}（{waiver.person}，至 {waiver.until}）",
            }
        ]


def _gone(result: InspectionResult, order: dict[str, int]) -> Iterator[dict[str, Any]]:
    """What yesterday's run had and today's has not: fixed, or not to be told today."""
    if result.ledger is None:
        return
    told = {one.fingerprint(result.site) for one in result.findings}
    for known in result.ledger.having(State.FIXED, State.UNKNOWN):
        if known.fingerprint in told:
            continue
        data = _result(known.finding, order, result)
        _add_memory(data, known, None)
        if known.state is State.UNKNOWN:
            data |= {"kind": "open", "level": "none"}
        yield data


def _location(finding: Finding, result: InspectionResult) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": address_of(finding, result)}}
    if finding.source_line:
        physical["region"] = {"startLine": finding.source_line}
    return {"physicalLocation": physical}
