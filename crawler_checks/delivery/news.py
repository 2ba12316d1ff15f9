"""What there is to tell after a run: new and returned findings, or that the site could not be inspected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crawler_checks.ledger.states import Remembered, State
from crawler_checks.ledger.values import LedgerDay

MOST = 20
"""Findings that are spelled out; the report has them all."""


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell: a line for the subject, the text, and the same for programs."""

    subject: str
    text: str
    data: dict[str, Any]


def news_of(day: LedgerDay) -> News | None:
    """What a run brought to light; None when nothing is new."""
    fresh = day.having(State.NEW, State.BACK)
    if not fresh:
        return None
    site = _one_line(day.site)
    counts = {state.value: len(day.having(state)) for state in State} | {"overdue": len(day.overdue)}
    told = f"新发现 {counts['new']}，再次出现 {counts['back']}，已整改 {counts['fixed']}，逾期 {counts['overdue']}"
    lines = [f"{day.today} 巡检 {site}：{told}。"]
    lines += [f"{number}. {_entry(one)}" for number, one in enumerate(fresh[:MOST], 1)]
    if len(fresh) > MOST:
        lines.append(f"另有 {len(fresh) - MOST} 项，见报告。")
    data = {
        "version": 1, "event": "findings", "site": day.site, "today": day.today.isoformat(), "counts": counts,
        "findings": [_data(one) for one in fresh],
    }  # fmt: skip
    return News(f"网站巡检：{site} 新问题 {len(fresh)} 项", "\n".join(lines), data)


def news_of_failure(target: str, day: str, reason_zh: str, reason_en: str) -> News:
    """That a site could not be inspected."""
    target, reason = _one_line(target), _one_line(reason_zh)
    data = {
        "version": 1, "event": "not_inspected", "target": target, "today": day,
        "reason_zh": reason, "reason_en": _one_line(reason_en),
    }  # fmt: skip
    return News(f"网站巡检：{target} 没能巡检", f"{day} 没能巡检 {target}。{reason}", data)


def _entry(one: Remembered) -> str:
    again = "（再次出现）" if one.state is State.BACK else ""
    return f"{_one_line(one.finding.message_zh)}{again} 整改期限 {one.due.on}"


def _data(one: Remembered) -> dict[str, Any]:
    return {
        "fingerprint": one.fingerprint,
        "check": one.finding.check,
        "state": one.state.value,
        "place": one.finding.place,
        "object": one.finding.object,
        "message_zh": one.finding.message_zh,
        "message_en": one.finding.message_en,
        "due": one.due.on.isoformat(),
    }


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
