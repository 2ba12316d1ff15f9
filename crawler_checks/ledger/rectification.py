"""整改台账: the findings of a site as a spreadsheet that goes out to be filled in, and comes back without loss."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crawler_checks.checks.registry import CHECKS
from crawler_checks.faulty_file import Fault, FaultyFile
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.states import Remembered, State, Waiver
from crawler_checks.ledger.values import Task
from crawler_checks.spreadsheet import Column, Row, Sheet, read_spreadsheet, write_spreadsheet

STATES = {
    State.NEW: "新发现",
    State.KNOWN: "未整改",
    State.BACK: "再次出现",
    State.FIXED: "已整改",
    State.WAIVED: "暂不整改",
    State.UNKNOWN: "今日无法判断",
}
TITLES = {check.id: check.title_zh for check in CHECKS}
ID, ORGAN, PERSON, MEASURE, DONE, NOTE = "编号", "责任单位", "责任人", "整改措施", "完成日期", "备注"
REASON, APPROVER, UNTIL = "暂不整改理由", "批准人", "暂不整改至"
COLUMNS = (
    Column(ID, 16),
    Column("状态", 12),
    Column("检查项", 18),
    Column("问题", 60),
    Column("位置", 36),
    Column("对象", 36),
    Column("依据", 36),
    Column("首次发现", 12),
    Column("整改期限", 12),
    Column("逾期", 8),
    Column(ORGAN, 18, to_fill=True),
    Column(PERSON, 12, to_fill=True),
    Column(MEASURE, 36, to_fill=True),
    Column(DONE, 12, to_fill=True),
    Column(NOTE, 24, to_fill=True),
    Column(REASON, 24, to_fill=True),
    Column(APPROVER, 12, to_fill=True),
    Column(UNTIL, 12, to_fill=True),
)


class FaultyRectification(FaultyFile):
    """A spreadsheet that cannot be taken back; nothing of it was written."""


def write_rectification(path: Path, ledger: Ledger, site: str, today: date) -> int:
    """Write every finding of the site, the earliest due first and what is fixed last; returns how many."""
    waivers, tasks = ledger.waivers(), ledger.tasks()
    shown = ledger.remembered(site) | dict(ledger.day(site, today).findings)
    found = sorted(
        shown.values(), key=lambda one: (not one.is_open, one.due.on, one.finding.check, one.finding.place)
    )
    rows = [
        _row(one, tasks.get(one.fingerprint, Task()), waivers.get(one.fingerprint), today) for one in found
    ]
    above = (
        f"整改台账：{site}",
        f"日期：{today}",
        "请填写底色为黄的各列；编号一列不要改动。日期写成 2026-01-31。",
    )
    write_spreadsheet(path, [Sheet("整改台账", COLUMNS, rows, above)])
    return len(rows)


def _row(one: Remembered, task: Task, waiver: Waiver | None, today: date) -> tuple[str | date | None, ...]:
    due = f"{one.due.on}（预估）" if one.due.is_estimated else one.due.on
    return (
        one.fingerprint,
        STATES[one.state],
        TITLES.get(one.finding.check, one.finding.check),
        one.finding.message_zh,
        one.finding.place,
        one.finding.object,
        one.finding.basis,
        one.first_on,
        due,
        "逾期" if one.is_overdue(today) else None,
        task.organ or None,
        task.person or None,
        task.measure or None,
        task.done_on,
        task.note or None,
        waiver.reason if waiver else None,
        waiver.person if waiver else None,
        waiver.until if waiver else None,
    )


def read_rectification(path: Path, ledger: Ledger, today: date) -> int:
    """Take back a filled-in spreadsheet; returns how many rows differ from what was known.

    Raises FaultyRectification with every fault, NotASpreadsheet, LedgerRefused; nothing is written then.
    """
    _, rows = read_spreadsheet(path, ID)
    faults: list[Fault] = []
    known = {key: one for site in ledger.sites() for key, one in ledger.remembered(site).items()}
    old_tasks, old_waivers = ledger.tasks(), ledger.waivers()
    tasks: dict[str, Task] = {}
    waivers: dict[str, Waiver | None] = {}
    for row in rows:
        key = row.cells.get(ID, "").strip()
        try:
            if key not in known:
                raise _Unreadable(
                    f"台账中没有编号“{key}”。请不要改动编号一列，也不要增加行。",
                    f"the ledger has no {key!r}. Leave the ids as they are, and add no rows.",
                )
            if key in tasks:
                raise _Unreadable(
                    f"编号“{key}”出现了两次。请留一行。", f"{key!r} stands twice. Keep one row."
                )
            tasks[key] = _task(row)
            waivers[key] = _waiver(row, old_waivers.get(key), today)
        except _Unreadable as reason:
            faults.append(Fault(path.name, row.number, reason.zh, reason.en))
    if not rows:
        faults.append(
            Fault(
                path.name, 1, f"没有找到“{ID}”一列和它下面的内容。请用导出的表格填写。",
                f"no column {ID!r} with rows below it. Fill in the spreadsheet as it was written.",
            )
        )  # fmt: skip
    if faults:
        raise FaultyRectification(faults)
    changed = {key for key in tasks if tasks[key] != old_tasks.get(key, Task())}
    changed |= {key for key in waivers if waivers[key] != old_waivers.get(key)}
    ledger.write(today, {key: tasks[key] for key in changed}, {key: waivers[key] for key in changed})
    return len(changed)


class _Unreadable(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def _task(row: Row) -> Task:
    cells = row.cells
    return Task(
        cells.get(ORGAN, ""),
        cells.get(PERSON, ""),
        cells.get(MEASURE, ""),
        _date(row, DONE),
        cells.get(NOTE, ""),
    )


def _waiver(row: Row, old: Waiver | None, today: date) -> Waiver | None:
    reason, person, until = row.cells.get(REASON, ""), row.cells.get(APPROVER, ""), _date(row, UNTIL)
    if not (reason or person or until):
        return None
    if not (reason and person and until):
        raise _Unreadable(
            f"“{REASON}”“{APPROVER}”“{UNTIL}”要么都写，要么都不写。",
            f"{REASON}, {APPROVER} and {UNTIL} are all filled in, or none of them.",
        )
    if old and (old.reason, old.person, old.until) == (reason, person, until):
        return old
    if until < today:
        raise _Unreadable(
            f"“{UNTIL}”写作 {until}，已经过去。请写 {today} 或以后的日期。",
            f"{UNTIL} is {until}, which is over. Write {today} or a later day.",
        )
    return Waiver(reason, person, until, today)


def _date(row: Row, heading: str) -> date | None:
    text = row.cells.get(heading, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _Unreadable(
            f"“{heading}”写作“{text}”。请写成 2026-01-31 的样子。",
            f"{heading} is {text!r}. Write it like 2026-01-31.",
        ) from None
