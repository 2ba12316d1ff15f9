"""Words and addresses that several reports share."""

from __future__ import annotations

import re
from urllib.parse import quote

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.ledger.states import Remembered, State
from crawler_checks.reports.result import InspectionResult

STATES = {
    State.NEW: "新发现",
    State.KNOWN: "未整改",
    State.BACK: "再次出现",
    State.FIXED: "已整改",
    State.WAIVED: "暂不整改",
    State.UNKNOWN: "今日无法判断",
}
OUTCOMES = {Outcome.FAIL: "不合格", Outcome.UNKNOWN: "无法判断"}
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def due_in_words(known: Remembered) -> str:
    """The due day, marked where holidays had to be guessed."""
    return f"{known.due.on}（预估）" if known.due.is_estimated else str(known.due.on)


def address_of(finding: Finding, result: InspectionResult) -> str:
    """The place of a finding as an address that can be opened; for a folder, as a path in it."""
    if result.base:
        place = result.base + finding.place
    else:
        place = finding.place.lstrip("/")
        place += "index.html" if not place or place.endswith("/") else ""
    return quote(_encodable(place), safe="/:?&=%#@!$,;+*()~[]'")


def cleaned(text: str) -> str:
    """Text without the signs that XML forbids; what is forbidden is shown as a mark."""
    return NO_XML.sub("\ufffd", text)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
