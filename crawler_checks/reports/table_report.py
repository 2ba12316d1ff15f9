"""The findings as a table: CSV for any program, a spreadsheet for offices. What a site wrote stays text in both."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from crawler_checks.reports.result import InspectionResult
from crawler_checks.reports.score_report import STATES as SCORE_STATES
from crawler_checks.reports.wording import OUTCOMES, STATES, address_of, due_in_words
from crawler_checks.scoring.score import ScoreSheet, State
from crawler_checks.spreadsheet import Column, Sheet, write_spreadsheet

COLUMNS = (
    Column("编号", 16),
    Column("检查项", 18),
    Column("结论", 10),
    Column("状态", 12),
    Column("问题", 60),
    Column("位置", 40),
    Column("对象", 40),
    Column("栏目", 14),
    Column("依据", 40),
    Column("首次发现", 12),
    Column("整改期限", 14),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for a formula when it opens a CSV file."""
Cell = str | int | date | None


def csv_report(result: InspectionResult) -> str:
    """All findings; with a mark in front by which spreadsheet programs know UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([_harmless(cell) for cell in row] for row in _rows(result))
    return "\ufeff" + text.getvalue().encode("utf-8", "replace").decode("utf-8")


def write_xlsx_report(path: Path, result: InspectionResult) -> None:
    """All findings, the sections, and the score if there is one."""
    about = (
        f"网站巡检：{result.target}",
        f"日期：{result.today}",
        f"规则：{result.profile_label}（{result.profile}）",
    )
    sheets = [
        Sheet("问题", COLUMNS, list(_rows(result)), about),
        Sheet(
            "栏目",
            (Column("栏目", 24), Column("情况", 16), Column("地址", 48), Column("最新日期", 12), Column("信息数", 10)),
            [(one.label, one.state, one.address, one.newest, one.count) for one in result.sections],
        ),
    ]  # fmt: skip
    if result.score is not None:
        sheets.append(_score(result.score))
    write_spreadsheet(path, sheets)


def _rows(result: InspectionResult) -> Iterator[tuple[Cell, ...]]:
    titles = {check.id: check.title_zh for check in result.checks}
    labels = {section.id: section.label for section in result.sections}
    for finding in result.findings:
        known = result.remembered(finding)
        yield (
            finding.fingerprint(result.site),
            titles.get(finding.check, finding.check),
            OUTCOMES[finding.outcome],
            STATES[known.state] if known else None,
            finding.message_zh,
            address_of(finding, result),
            finding.object,
            labels.get(finding.section or "", finding.section),
            finding.basis,
            known.first_on if known else None,
            due_in_words(known) if known else None,
        )


def _harmless(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _score(sheet: ScoreSheet) -> Sheet:
    columns = (
        Column("编号", 12),
        Column("内容", 60),
        Column("结论", 20),
        Column("个数", 8),
        Column("扣分", 8),
        Column("依据", 48),
    )
    vetoes = [
        (one.veto.id, f"单项否决：{one.veto.label}", SCORE_STATES[one.state], one.count, None, str(one.veto.source))
        for one in sheet.vetoes
    ]  # fmt: skip
    lines = [
        (
            one.line.id, one.line.label, SCORE_STATES[one.state], one.count,
            one.counted if one.state in (State.CLEAR, State.DEDUCTED) else None, str(one.line.source),
        )
        for one in sheet.lines
    ]  # fmt: skip
    total = "—" if sheet.score is None else str(sheet.score)
    above = (sheet.rubric.label, f"{'得分' if sheet.is_final else '按已知扣分'}：{total}")
    return Sheet("评分", columns, [*vetoes, *lines], above)
