"""Findings as parts of the HTML report: each with its place, what is there, its basis, evidence, and its life so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from itertools import groupby
from urllib.parse import quote, urlsplit

from crawler_checks.checks.check import Check, Finding, Outcome
from crawler_checks.ledger.states import Remembered, State, Waiver
from crawler_checks.reports.alike import brought_together, by_object, others_in_words
from crawler_checks.reports.result import Evidence, InspectionResult
from crawler_checks.reports.wording import STATES, due_in_words

SHORT = 8
"""Signs of a fingerprint by which people name a finding."""


def failing_html(result: InspectionResult) -> Iterator[str]:
    """All that fails, check by check."""
    if not result.count(Outcome.FAIL):
        return
    yield f'<h2 id="fail">不合格：{result.count(Outcome.FAIL)} 项</h2>\n'
    for check, found in _by_check(result, Outcome.FAIL):
        yield f'<h3 id="fail-{escape(check.id)}">{escape(check.title_zh)}（{len(found)}）</h3>\n'
        for one, places in by_object(found):
            if places and one.object:
                yield f"<p>“{escape(one.object)}”一处，牵涉 {len(places) + 1} 页：改好它，这些都改好。</p>\n"
        yield from _by_basis(found, result)


def unknown_html(result: InspectionResult) -> Iterator[str]:
    """All that could not be told, folded away: nobody has to mend it."""
    if not result.count(Outcome.UNKNOWN):
        return
    yield f'<h2 id="unknown">无法判断（不计入结论）：{result.count(Outcome.UNKNOWN)} 项</h2>\n'
    yield "<p>看不到，或者看到的不足以下结论。请人工打开看看。</p>\n"
    for check, found in _by_check(result, Outcome.UNKNOWN):
        yield f'<details id="unknown-{escape(check.id)}">\n'
        yield f"<summary>{escape(check.title_zh)}（{len(found)}）</summary>\n"
        together = brought_together(found, {section.id: section.label for section in result.sections})
        if many := [(one, others) for one, others in together if others]:
            said = (
                f"<li>{escape(one.message_zh)}<br>{escape(others_in_words(others))}</li>"
                for one, others in many
            )
            yield '<ol class="findings">\n' + "\n".join(said) + "\n</ol>\n"
        yield from _by_basis([one for one, others in together if not others], result)
        yield "</details>\n"


def remembered_html(
    entries: Iterable[Remembered], result: InspectionResult, waivers: dict[str, Waiver]
) -> Iterator[str]:
    """Findings as the ledger has them: in short where today's part has them at length, else whole."""
    today = {one.fingerprint(result.site) for one in result.findings if one.outcome is Outcome.FAIL}
    yield '<ol class="findings">\n'
    for one in entries:
        told = escape(one.finding.message_zh)
        if one.fingerprint in today:
            told = f'<a href="#f-{one.fingerprint[:SHORT]}">{told}</a>'
        else:
            told = f"{place_html(one.finding.place, result.base)}<br>{told}"
        yield f"<li>{told}{_small(_life(one, result.today))}{_waiver(waivers.get(one.fingerprint), one)}</li>\n"
    yield "</ol>\n"


def place_html(place: str, base: str) -> str:
    """A place as a link where it can be opened; only http and https ever become one."""
    address = base + place if base else place
    if urlsplit(address).scheme not in ("http", "https"):
        return f"<code>{escape(place)}</code>"
    target = quote(address, safe="/:?&=%#@!$,;+*()~[]", errors="replace")
    return f'<a href="{escape(target)}" rel="noreferrer">{escape(place)}</a>'


def _by_check(result: InspectionResult, outcome: Outcome) -> Iterator[tuple[Check, list[Finding]]]:
    for check in result.checks:
        found = [one for one in result.findings if one.check == check.id and one.outcome is outcome]
        if found:
            yield check, found


def _by_basis(found: list[Finding], result: InspectionResult) -> Iterator[str]:
    for basis, group in groupby(sorted(found, key=lambda one: one.basis), key=lambda one: one.basis):
        yield f'<p class="basis">依据：{escape(basis)}</p>\n<ol class="findings">\n'
        for finding in group:
            yield _finding(finding, result)
        yield "</ol>\n"


def _finding(finding: Finding, result: InspectionResult) -> str:
    known = result.remembered(finding)
    key = finding.fingerprint(result.site)
    named = f' id="f-{key[:SHORT]}"' if finding.outcome is Outcome.FAIL else ""
    number = f"编号 <code>{key[:SHORT]}</code>" if named else ""
    line = f"源代码第 {finding.source_line} 行" if finding.source_line else ""
    small = "，".join(one for one in (number, line, _life(known, result.today) if known else "") if one)
    return (
        f"<li{named}>{place_html(finding.place, result.base)}<br>{escape(finding.message_zh)}"
        f"{_small(small)}{_evidence(result.evidence.get(key))}</li>\n"
    )


def _small(text: str) -> str:
    return f'<br><span class="basis">{text}</span>' if text else ""


def _evidence(one: Evidence | None) -> str:
    if one is None:
        return ""
    lines = f"<pre>{escape(one.quote)}</pre>" if one.quote else ""
    kept = (
        f'<a href="{escape(quote(one.file))}">当时的网页源代码</a>（SHA-256 <code>{one.sha256}</code>）'
        if one.file
        else ""
    )
    picture = f'<br><a href="{escape(quote(one.picture))}">当时的画面</a>' if one.picture else ""
    return f"<details><summary>证据</summary>{lines}<p>{kept}{picture}</p></details>"


def _life(one: Remembered, today: date) -> str:
    late = "，<strong>已逾期</strong>" if one.is_overdue(today) else ""
    due = f"，整改期限 {due_in_words(one)}{late}" if one.is_open else ""
    return f"{STATES[one.state]}，首次发现 {one.first_on}{due}"


def _waiver(waiver: Waiver | None, one: Remembered) -> str:
    if waiver is None or one.state is not State.WAIVED:
        return ""
    said = f"理由：{waiver.reason}；批准人：{waiver.person}；至 {waiver.until}"
    return _small(escape(said))
