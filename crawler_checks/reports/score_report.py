"""A score sheet as data, as text and as a part of the HTML report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape
from typing import Any

from crawler_checks.scoring.rubric import Judge
from crawler_checks.scoring.score import LineResult, ScoreSheet, State, VetoResult

STATES = {
    State.CLEAR: "没有问题",
    State.DEDUCTED: "扣分",
    State.MET: "出现",
    State.LEFT_OUT: "不检查",
    State.UNKNOWN_POINTS: "有问题，分值未核实",
    State.UNTOLD: "无法判断",
    State.UNANSWERED: "等待评分人",
}
JUDGES = {Judge.MACHINE: "巡检", Judge.PERSON: "评分人", None: "—"}


# ---- for programs ----


def score_data(sheet: ScoreSheet) -> dict[str, Any]:
    """The sheet as plain data; its keys are a contract."""
    return {
        "rubric": sheet.rubric.id,
        "base": _number(sheet.rubric.base),
        "score": _number(sheet.score),
        "score_before_bonus": _number(sheet.score_before_bonus),
        "bonus": _number(sheet.bonus),
        "grade": sheet.grade.label if sheet.grade else None,
        "is_final": sheet.is_final,
        "reasons": [{"zh": zh, "en": en} for zh, en in sheet.reasons],
        "without_services": sheet.without_services,
        "deducted": {
            "machine": _number(sheet.deducted_by_machine),
            "person": _number(sheet.deducted_by_person),
        },
        "open": {
            "unanswered": len(sheet.open_lines(State.UNANSWERED)),
            "untold": len(sheet.open_lines(State.UNTOLD)),
            "unknown_points": len(sheet.open_lines(State.UNKNOWN_POINTS)),
            "points": _number(sheet.open_points),
        },
        "vetoes": [_veto_data(one) for one in sheet.vetoes],
        "lines": [_line_data(one) for one in (*sheet.lines, *sheet.bonus_lines)],
    }


def _veto_data(one: VetoResult) -> dict[str, Any]:
    return {
        "id": one.veto.id,
        "label": one.veto.label,
        "state": one.state.value,
        "judged_by": one.judged_by,
        "count": one.count,
        "at_least": one.veto.at_least,
        "source": str(one.veto.source),
        "findings": list(one.findings),
    }


def _line_data(one: LineResult) -> dict[str, Any]:
    return {
        "id": one.line.id,
        "item": one.item,
        "group": one.group,
        "label": one.line.label,
        "state": one.state.value,
        "judged_by": one.judged_by,
        "points": _number(one.line.points),
        "count": one.count,
        "deducted": _number(one.deducted) if one.group else 0,
        "counted": _number(one.counted),
        "source": str(one.line.source),
        "by": one.answer.by if one.answer else None,
        "evidence": one.answer.evidence if one.answer else None,
        "findings": list(one.findings),
    }


def _number(points: Decimal | None) -> int | float | None:
    if points is None:
        return None
    return int(points) if points == points.to_integral_value() else float(points)


# ---- for the screen ----


def score_text(sheet: ScoreSheet) -> Iterator[str]:
    """A few lines: the score or the veto, who judged what, and what is open."""
    yield f"—— {sheet.rubric.label} / {sheet.rubric.label_en} ——"
    for veto in sheet.vetoes:
        if veto.state is State.MET:
            yield f"单项否决 / veto [{veto.veto.id}]：{veto.veto.label}"
    if sheet.rubric.base is None:
        faulty = [one for one in sheet.lines if one.state is State.UNKNOWN_POINTS]
        for one in faulty:
            yield f"  {one.line.label} [{one.line.id}]：{one.count}"
        yield f"{len(sheet.lines)} 项中 {len(faulty)} 项有问题 / {len(faulty)} of {len(sheet.lines)} lines are not clear"
        return
    machine, person = points(sheet.deducted_by_machine), points(sheet.deducted_by_person)
    yield f"巡检扣 {machine} 分，评分人扣 {person} 分 / deducted: by the inspection {machine}, by a person {person}"
    if sheet.score is None:
        yield f"结果：{sheet.grade.label if sheet.grade else '—'} / scoring stops at a veto"
    elif sheet.is_final:
        grade = f"，{sheet.grade.label} / {sheet.grade.label_en}" if sheet.grade else ""
        yield f"得分 / score：{points(sheet.score)}{grade}"
    else:
        yield f"按已知扣分为 {points(sheet.score)} 分，还不是最终得分 / {points(sheet.score)} by what is known; not final"
        for zh, en in sheet.reasons:
            yield f"  {zh} / {en}"


def points(number: Decimal | None) -> str:
    """A number of points without needless zeros; a dash where none is known."""
    return "—" if number is None else f"{number.normalize():f}"


# ---- for people ----


def score_html(sheet: ScoreSheet) -> str:
    """The sheet as a section of the HTML report."""
    return "".join(_html(sheet))


def _html(sheet: ScoreSheet) -> Iterator[str]:
    yield f'<h2 id="score">评分：{escape(sheet.rubric.label)}</h2>\n'
    yield f'<p class="basis">依据：{escape(str(sheet.rubric.source))}</p>\n'
    yield f'<p class="note">{_verdict(sheet)}</p>\n'
    if sheet.reasons and sheet.rubric.base is not None:
        yield (
            "<p>还不是最终得分：</p>\n<ul>"
            + "".join(f"<li>{escape(zh)}</li>" for zh, _ in sheet.reasons)
            + "</ul>\n"
        )
    if sheet.vetoes:
        yield from _table("单项否决", ("编号", "情形", "结论", "判断", "巡检所见"))
        for veto in sheet.vetoes:
            yield _row(
                (
                    veto.veto.id,
                    veto.veto.label,
                    STATES[veto.state],
                    JUDGES[veto.judged_by],
                    str(veto.count) if veto.veto.measure else "—",
                )
            )
        yield "</tbody></table>\n"
    yield from _table("逐项", ("编号", "内容", "结论", "判断", "个数", "扣分"))
    labels = {item.id: item.label for _, item, _ in sheet.rubric.lines()}
    for one in sheet.lines:
        count = (
            str(one.count) if one.line.measure else str(one.answer.value.normalize()) if one.answer else "—"
        )
        text = f"{labels[one.item]}：{one.line.label}"
        cost = points(one.counted) if one.state in (State.CLEAR, State.DEDUCTED) else "—"
        yield _row((one.line.id, text, STATES[one.state], JUDGES[one.judged_by], count, cost))
    yield "</tbody></table>\n"


def _verdict(sheet: ScoreSheet) -> str:
    if sheet.score is None and sheet.grade is not None:
        return f"<strong>{escape(sheet.grade.label)}</strong>"
    if sheet.score is None:
        faulty = sum(one.state is State.UNKNOWN_POINTS for one in sheet.lines)
        return f"{len(sheet.lines)} 项中 {faulty} 项有问题。这份标准不计分。"
    machine, person = points(sheet.deducted_by_machine), points(sheet.deducted_by_person)
    parts = f"巡检扣 {machine} 分，评分人扣 {person} 分"
    if sheet.bonus is not None:
        parts += f"，加分 {points(sheet.bonus)} 分"
    if not sheet.is_final:
        return (
            f"按已知扣分为 {points(sheet.score)} 分（{parts}；待定部分已知 {points(sheet.open_points)} 分）。"
        )
    grade = f"，{escape(sheet.grade.label)}" if sheet.grade else ""
    return f"<strong>得分 {points(sheet.score)}{grade}</strong>（{parts}）。"


def _table(caption: str, headings: tuple[str, ...]) -> Iterator[str]:
    yield f"<table>\n<caption>{caption}</caption>\n<thead><tr>"
    yield "".join(f'<th scope="col">{heading}</th>' for heading in headings) + "</tr></thead>\n<tbody>\n"


def _row(cells: tuple[str, ...]) -> str:
    first, *others = cells
    return (
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in others)
        + "</tr>\n"
    )
