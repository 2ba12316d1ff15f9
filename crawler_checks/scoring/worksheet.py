"""The worksheet: what a form asks of a person, as YAML or a spreadsheet, and the answers read back.

Every line that the findings do not decide is a question, with what the findings say of it beside. A line whose
points the form does not know takes the points as the person reads them in the original.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from crawler_checks.checks.check import Finding
from crawler_checks.faulty_file import Fault, FaultyFile
from crawler_checks.scoring.rubric import Cost, Judge, Line, Rubric, Veto
from crawler_checks.scoring.score import Answer, Answers, Watched, measure_for
from crawler_checks.spreadsheet import Column, Row, Sheet, read_spreadsheet, write_spreadsheet
from plugins.disclosure.yaml_data import read_yaml, yaml_lines

HEADINGS = {
    "id": "编号",
    "question": "问题",
    "how": "怎样回答",
    "found": "巡检发现（供参考）",
    "basis": "依据",
    "answer": "回答",
    "by": "评分人",
    "evidence": "佐证材料",
}
SHOWN = 5
"""Findings that are quoted beside a question; the report has them all."""
WITHOUT_SERVICES = "without_services"
YES, NO = {"是", "有", "yes", "y", "true"}, {"否", "无", "没有", "no", "n", "false"}
POINTS = re.compile(r"\d{1,3}(\.\d{1,2})?")
COUNT = re.compile(r"\d{1,4}")


class FaultyWorksheet(FaultyFile):
    """A worksheet that cannot be used."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the form that a person decides, and how the answer is written."""

    id: str
    question: str
    how: str
    found: str
    basis: str
    kind: Cost
    is_stated: bool
    most: Decimal | None = None


def questions(
    rubric: Rubric,
    findings: Iterable[Finding] = (),
    site: str = "",
    watched: Mapping[str, Watched] | None = None,
) -> list[Question]:
    """What the form asks of a person, in its order."""
    findings = tuple(findings)
    said = {key: one.said for key, one in (watched or {}).items()}
    asked: list[Question] = []
    if rubric.without_services is not None:
        rest = rubric.without_services
        asked.append(
            Question(
                WITHOUT_SERVICES,
                "本网站没有对外办事服务，不检查办事服务吗？",
                "是或否",
                "",
                str(rest.source),
                Cost.ONCE,
                False,
            )
        )
    asked += [
        _about_veto(veto, said.get(veto.id) or _found(veto, findings, site))
        for veto in rubric.vetoes
        if veto.judge is not Judge.MACHINE
    ]
    for group, item, line in rubric.lines():
        if line.judge is not Judge.MACHINE or (line.points is None and rubric.base is not None):
            limits = [limit for limit in (item.points, group.points, rubric.base) if limit is not None]
            asked.append(
                _about_line(
                    line,
                    f"{item.label}：{line.label}",
                    _found(line, findings, site),
                    min(limits, default=None),
                )
            )
    if rubric.bonus is not None:
        asked += [
            _about_line(line, f"加分：{line.label}", "", rubric.bonus.most) for line in rubric.bonus.lines
        ]
    return asked


def _about_veto(veto: Veto, found: str) -> Question:
    return Question(
        veto.id,
        f"单项否决：{veto.label}。有这种情形吗？",
        "是或否",
        found,
        str(veto.source),
        Cost.ONCE,
        False,
    )


def _about_line(line: Line, text: str, found: str, most: Decimal | None) -> Question:
    is_stated = line.points is None or line.cost is Cost.STATED
    if is_stated:
        upto = "" if most is None else f"，不超过 {most}"
        how = f"按原文应计的分值，例如 0 或 1.5{upto}"
    elif line.cost is Cost.EACH:
        how = f"个数，例如 0 或 3（每个扣 {line.points} 分）"
    else:
        how = f"是或否（是：扣 {line.points} 分）"
    most = line.points if line.cost is Cost.STATED and line.points is not None else most
    return Question(line.id, text, how, found, str(line.source), line.cost, is_stated, most)


def _found(line: Line | Veto, findings: tuple[Finding, ...], site: str) -> str:
    measured = measure_for(line, findings, site)
    if line.measure is None:
        return ""
    shown = [one.message_zh for one in findings if one.fingerprint(site) in measured.findings][:SHOWN]
    more = [f"……共 {measured.count}"] if measured.count > len(shown) else []
    untold = [f"另有 {measured.untold} 处无法判断"] if measured.untold else []
    return "\n".join([*shown, *more, *untold]) or "没有发现问题"


# ---- out ----


def write_worksheet(
    path: Path,
    rubric: Rubric,
    site: str,
    today: date,
    findings: Iterable[Finding] = (),
    watched: Mapping[str, Watched] | None = None,
) -> None:
    """Write the questions; a spreadsheet when the name ends in .xlsx, else YAML."""
    asked = questions(rubric, findings, site, watched)
    if path.suffix.lower() == ".xlsx":
        write_spreadsheet(path, [_sheet(rubric, site, today, asked)])
    else:
        path.write_text("".join(_yaml(rubric, site, today, asked)), encoding="utf-8", newline="\n")


def _sheet(rubric: Rubric, site: str, today: date, asked: list[Question]) -> Sheet:
    columns = (
        Column(HEADINGS["id"], 14),
        Column(HEADINGS["question"], 48),
        Column(HEADINGS["how"], 22),
        Column(HEADINGS["found"], 40),
        Column(HEADINGS["basis"], 40),
        Column(HEADINGS["answer"], 10, to_fill=True),
        Column(HEADINGS["by"], 12, to_fill=True),
        Column(HEADINGS["evidence"], 40, to_fill=True),
    )
    rows = [(one.id, one.question, one.how, one.found, one.basis, None, None, None) for one in asked]
    above = (f"评分标准：{rubric.id}", f"网站：{site}", f"日期：{today}", rubric.label)
    return Sheet("评分人填写", columns, rows, above)


def _yaml(rubric: Rubric, site: str, today: date, asked: list[Question]) -> Iterator[str]:
    yield f"# {rubric.label}：请在 answer 后填写回答，by 后写评分人，evidence 后写佐证材料。不清楚的留空。\n"
    yield f"rubric: {_quoted(rubric.id)}\nsite: {_quoted(site)}\ntoday: {today}\nanswers:\n"
    for one in asked:
        yield f"\n  # {_comment(one.question)}\n  # 怎样回答：{_comment(one.how)}\n  # 依据：{_comment(one.basis)}\n"
        for line in one.found.splitlines():
            yield f"  # 巡检发现：{_comment(line)}\n"
        yield f"  - id: {_quoted(one.id)}\n    answer:\n    by:\n    evidence:\n"


def _comment(text: str) -> str:
    """Text on one line of a comment: nothing in it can end the comment."""
    return " ".join(re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]", " ", text).split())


def _quoted(text: str) -> str:
    return json.dumps(text)


# ---- back ----


def read_worksheet(path: Path, rubric: Rubric, site: str | None = None) -> Answers:
    """The answers of a filled-in worksheet. Raises FaultyWorksheet with every fault, or NotASpreadsheet."""
    named, rows = _rows_of_sheet(path) if path.suffix.lower() == ".xlsx" else _rows_of_yaml(path)
    faults: list[Fault] = []
    for key, wanted in (("评分标准", rubric.id), ("网站", site)):
        if wanted is not None and named.get(key) != wanted:
            faults.append(
                Fault(
                    path.name,
                    1,
                    f"{key}是“{named.get(key, '')}”，应当是“{wanted}”。请换用这一份的填写表。",
                    f"it is for {named.get(key, '')!r}, not {wanted!r}. Use the worksheet made for that.",
                )
            )
    known = {one.id: one for one in questions(rubric)}
    answers: dict[str, Answer] = {}
    for row in rows:
        try:
            _take(row, known, answers)
        except _Unreadable as reason:
            faults.append(Fault(path.name, row.number, reason.zh, reason.en))
    if faults:
        raise FaultyWorksheet(faults)
    services = answers.pop(WITHOUT_SERVICES, None)
    return Answers(answers, services is not None and services.value == 1)


class _Unreadable(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def _take(row: Row, known: Mapping[str, Question], answers: dict[str, Answer]) -> None:
    id_, text = row.cells.get("id", "").strip(), row.cells.get("answer", "").strip()
    if id_ not in known:
        raise _Unreadable(
            f"没有编号“{id_}”。请不要改动编号一栏。", f"there is no line {id_!r}. Leave the ids as they are."
        )
    if not text:
        return
    if id_ in answers:
        raise _Unreadable(
            f"编号“{id_}”回答了两次。请留一次。", f"line {id_!r} is answered twice. Keep one answer."
        )
    one = known[id_]
    value = _value(one, text)
    answers[id_] = Answer(value, row.cells.get("by", ""), row.cells.get("evidence", ""), one.is_stated)


def _value(one: Question, text: str) -> Decimal:
    if one.is_stated:
        value = _points(text)
        if value is None or (one.most is not None and value > one.most):
            raise _Unreadable(
                f"“{one.id}”写作“{text}”。请写{one.how}。",
                f"line {one.id!r} is {text!r}. Write points with at most two decimals, for example 1.5"
                + ("." if one.most is None else f", up to {one.most}."),
            )
        return value
    if one.kind is Cost.EACH:
        if not COUNT.fullmatch(text):
            raise _Unreadable(
                f"“{one.id}”写作“{text}”。请写个数，例如 0 或 3。",
                f"line {one.id!r} is {text!r}. Write how many, for example 0 or 3.",
            )
        return Decimal(text)
    if text.lower() in YES:
        return Decimal(1)
    if text.lower() in NO:
        return Decimal(0)
    raise _Unreadable(
        f"“{one.id}”写作“{text}”。请写是或否。", f"line {one.id!r} is {text!r}. Write 是 or 否."
    )


def _points(text: str) -> Decimal | None:
    if not POINTS.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _rows_of_sheet(path: Path) -> tuple[dict[str, str], list[Row]]:
    above, rows = read_spreadsheet(path, HEADINGS["id"])
    named = dict(line.split("：", 1) for line in above if "：" in line)
    return named, [
        Row(row.number, {key: row.cells.get(heading, "") for key, heading in HEADINGS.items()})
        for row in rows
    ]


def _rows_of_yaml(path: Path) -> tuple[dict[str, str], list[Row]]:
    try:
        data, lines = read_yaml(path), yaml_lines(path)
    except (ValueError, OSError) as fault:
        raise FaultyWorksheet(
            [
                Fault(
                    path.name,
                    1,
                    f"不是规范的 YAML（{fault}）。请检查缩进和冒号。",
                    f"not well-formed YAML ({fault}).",
                )
            ]
        ) from fault
    data = data if isinstance(data, dict) else {}
    entries = data.get("answers")
    rows = [
        Row(lines[("answers", number)], {key: _yaml_text(entry.get(key)) for key in HEADINGS})
        for number, entry in enumerate(entries if isinstance(entries, list) else [])
        if isinstance(entry, dict)
    ]
    return {"评分标准": _yaml_text(data.get("rubric")), "网站": _yaml_text(data.get("site"))}, rows


def _yaml_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
    return str(value).strip()
