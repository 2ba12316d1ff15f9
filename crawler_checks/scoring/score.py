"""Fills an assessment form in: findings and a person's answers go in, a score sheet comes out.

The same findings, answers and form give the same sheet on every day, so an old run can be scored by a new form.
Nothing is filled in where nothing is known: a line is then open, and a sheet with open lines is not final.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.scoring.rubric import Cost, Grade, Group, Item, Judge, Line, Measure, Rubric, Unit, Veto

CENT = Decimal("0.01")


class State(StrEnum):
    """How far a line or veto is decided. The last five are open."""

    CLEAR = "clear"  # nothing to deduct; a veto: not met
    DEDUCTED = "deducted"
    MET = "met"  # a veto that is met
    LEFT_OUT = "left_out"  # a site without services
    UNKNOWN_POINTS = "unknown_points"  # something is the matter, and what it costs is not known
    UNTOLD = "untold"  # the machine could not tell
    UNANSWERED = "unanswered"  # the person has not answered


OPEN = frozenset({State.UNKNOWN_POINTS, State.UNTOLD, State.UNANSWERED})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says to a line: yes or no (1 or 0), how many, or how many points.

    `stated` marks points that the person took from the original because the form does not know them.
    """

    value: Decimal
    by: str = ""
    evidence: str = ""
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """A filled-in worksheet. `without_services`: the site offers none, so the group is left out."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    without_services: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """What trying to open a site showed: MET, CLEAR or UNTOLD, how often it failed, and that in words."""

    state: State
    failed: int
    said: str


@dataclass(frozen=True, slots=True)
class VetoResult:
    """How a veto stands. `count` is what the findings speak of; `untold` of how many they could not tell."""

    veto: Veto
    state: State
    judged_by: Judge | None
    count: int
    untold: int
    findings: tuple[str, ...]
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class LineResult:
    """How a line stands. `deducted` is what it costs by itself, `counted` what is left of it below the limits.

    `item` and `group` are ids, empty for a line of the bonus.
    """

    line: Line
    item: str
    group: str
    state: State
    judged_by: Judge | None
    count: int
    untold: int
    deducted: Decimal
    counted: Decimal
    findings: tuple[str, ...]
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A form filled in. `score` is None when the form adds nothing up or a veto is met.

    `score` is exact to a hundredth; with the bonus when more than its threshold was left. `is_final` says that
    nothing is open; only then is there a grade. `reasons` say, in Chinese and English, why a sheet is not final.
    """

    rubric: Rubric
    vetoes: tuple[VetoResult, ...]
    lines: tuple[LineResult, ...]
    bonus_lines: tuple[LineResult, ...]
    without_services: bool
    deducted_by_machine: Decimal
    deducted_by_person: Decimal
    score_before_bonus: Decimal | None
    bonus: Decimal | None
    score: Decimal | None
    grade: Grade | None
    is_final: bool
    reasons: tuple[tuple[str, str], ...]

    def open_lines(self, state: State) -> tuple[LineResult, ...]:
        """The lines that are open for one reason."""
        return tuple(one for one in self.lines if one.state is state)

    @property
    def open_points(self) -> Decimal:
        """What the lines that are still to be told or answered cost once, as far as that is known."""
        waiting = (one for one in self.lines if one.state in (State.UNTOLD, State.UNANSWERED))
        return sum((one.line.points or Decimal(0) for one in waiting), Decimal(0))


def score(
    rubric: Rubric,
    findings: Iterable[Finding],
    site: str,
    answers: Answers | None = None,
    *,
    partial: bool = False,
    watched: Mapping[str, Watched] | None = None,
) -> ScoreSheet:
    """The sheet of one site. Waived findings are left out by whoever calls. `partial`: the run did not see it all.

    `watched` is by the id of the veto.
    """
    answers = answers or Answers()
    evidence = _Evidence(tuple(findings), site)
    vetoes = tuple(_veto(veto, evidence, answers, (watched or {}).get(veto.id)) for veto in rubric.vetoes)
    lines = tuple(_limited(rubric, [_line(*at, rubric, evidence, answers) for at in rubric.lines()]))
    bonus_lines = tuple(_bonus_line(line, answers) for line in (rubric.bonus.lines if rubric.bonus else ()))
    is_vetoed = any(one.state is State.MET for one in vetoes)
    before = None if rubric.base is None or is_vetoed else _before_bonus(rubric, lines, answers)
    bonus = _bonus(rubric, before, bonus_lines)
    reasons = () if is_vetoed else tuple(_reasons(rubric, vetoes, lines, bonus_lines, bonus, partial))
    total = None if before is None else before + (bonus or Decimal(0))
    return ScoreSheet(
        rubric=rubric,
        vetoes=vetoes,
        lines=lines,
        bonus_lines=bonus_lines,
        without_services=answers.without_services and rubric.without_services is not None,
        deducted_by_machine=_sum(lines, Judge.MACHINE),
        deducted_by_person=_sum(lines, Judge.PERSON),
        score_before_bonus=before,
        bonus=bonus,
        score=total,
        grade=_grade(rubric, total, is_vetoed, bool(reasons)),
        is_final=not reasons,
        reasons=reasons,
    )


# ---- what the findings say ----


@dataclass(frozen=True, slots=True)
class Measured:
    """How many of a measure's findings fail and how many could not tell; the fingerprints of those that fail."""

    count: int
    untold: int
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    findings: tuple[Finding, ...]
    site: str

    def measure(self, measure: Measure | None) -> Measured:
        if measure is None:
            return Measured(0, 0, ())
        meant = [one for one in self.findings if _is_meant(one, measure)]
        fails = [one for one in meant if one.outcome is Outcome.FAIL]
        failing = {_unit(one, measure.unit) for one in fails}
        untold = {_unit(one, measure.unit) for one in meant if one.outcome is Outcome.UNKNOWN} - failing
        prints = tuple(sorted({one.fingerprint(self.site) for one in fails}))
        count = len(prints) if measure.unit is Unit.FINDING else len(failing)
        return Measured(count, len(untold), prints)


def measure_for(line: Line | Veto, findings: Iterable[Finding], site: str) -> Measured:
    """What findings speak of a line, for a worksheet to show beside the question."""
    return _Evidence(tuple(findings), site).measure(line.measure)


def _is_meant(finding: Finding, measure: Measure) -> bool:
    return finding.check in measure.checks and (
        not measure.sections or (finding.section or "") in measure.sections
    )


def _unit(finding: Finding, unit: Unit) -> str:
    match unit:
        case Unit.SECTION:
            return finding.section or finding.place
        case Unit.PLACE:
            return finding.place
        case Unit.OBJECT:
            return finding.object or finding.place
        case Unit.FINDING:
            return "\0".join((finding.check, finding.place, finding.object or "", finding.section or ""))


# ---- single lines ----


def _veto(veto: Veto, evidence: _Evidence, answers: Answers, watched: Watched | None) -> VetoResult:
    found, answer = evidence.measure(veto.measure), answers.answers.get(veto.id)
    if watched is not None:
        found = Measured(watched.failed, 0, ())
    state, judge = _veto_state(veto, found, answer, watched)
    return VetoResult(veto, state, judge, found.count, found.untold, found.findings, answer)


def _veto_state(
    veto: Veto, found: Measured, answer: Answer | None, watched: Watched | None
) -> tuple[State, Judge | None]:
    if veto.watch is not None:
        if watched is not None and (
            watched.state is State.MET or (watched.state is State.CLEAR and not answer)
        ):
            return watched.state, Judge.MACHINE
        return _answered(answer)
    if veto.judge is not Judge.PERSON:
        if found.count >= veto.at_least:
            return State.MET, Judge.MACHINE
        if veto.judge is Judge.MACHINE:
            told = found.count + found.untold < veto.at_least
            return (State.CLEAR, Judge.MACHINE) if told else (State.UNTOLD, None)
    return _answered(answer)


def _answered(answer: Answer | None) -> tuple[State, Judge | None]:
    if answer is None:
        return State.UNANSWERED, None
    return (State.MET if answer.value else State.CLEAR), Judge.PERSON


def _line(
    group: Group, item: Item, line: Line, rubric: Rubric, evidence: _Evidence, answers: Answers
) -> LineResult:
    found, answer = evidence.measure(line.measure), answers.answers.get(line.id)
    rest = rubric.without_services
    if answers.without_services and rest is not None and rest.group == group.id:
        state, judge, deducted = State.LEFT_OUT, None, Decimal(0)
    else:
        state, judge, deducted = _judge(line, found, answer)
    return LineResult(
        line,
        item.id,
        group.id,
        state,
        judge,
        found.count,
        found.untold,
        deducted,
        deducted,
        found.findings,
        answer,
    )


def _judge(line: Line, found: Measured, answer: Answer | None) -> tuple[State, Judge | None, Decimal]:
    if answer is not None and answer.stated:
        return _cost(Judge.PERSON, answer.value)
    if line.judge is not Judge.PERSON and found.count:
        return _deduct(line, Judge.MACHINE, found.count)
    if line.judge is Judge.MACHINE:
        return (State.UNTOLD, None, Decimal(0)) if found.untold else (State.CLEAR, Judge.MACHINE, Decimal(0))
    if answer is None:
        return State.UNANSWERED, None, Decimal(0)
    return _deduct(line, Judge.PERSON, int(answer.value))


def _deduct(line: Line, judge: Judge, count: int) -> tuple[State, Judge | None, Decimal]:
    if not count:
        return State.CLEAR, judge, Decimal(0)
    if line.points is None:
        return State.UNKNOWN_POINTS, judge, Decimal(0)
    return _cost(judge, line.points * (count if line.cost is Cost.EACH else 1))


def _cost(judge: Judge, points: Decimal) -> tuple[State, Judge | None, Decimal]:
    return (State.DEDUCTED if points else State.CLEAR), judge, points


def _bonus_line(line: Line, answers: Answers) -> LineResult:
    answer = answers.answers.get(line.id)
    if answer is None:
        state, judge, points = State.UNANSWERED, None, Decimal(0)
    elif line.cost is Cost.STATED or answer.stated:
        state, judge, points = State.CLEAR, Judge.PERSON, answer.value
    else:
        times = int(answer.value) if line.cost is Cost.EACH else min(int(answer.value), 1)
        unknown = line.points is None and times > 0
        state, judge = (State.UNKNOWN_POINTS if unknown else State.CLEAR), Judge.PERSON
        points = (line.points or Decimal(0)) * times
    return LineResult(line, "", "", state, judge, 0, 0, points, points, (), answer)


# ---- adding up ----


def _limited(rubric: Rubric, lines: Iterable[LineResult]) -> Iterator[LineResult]:
    """The lines with what of each counts: an item, a group and the form never lose more than they have."""
    left: dict[str, Decimal | None] = {"": rubric.base}
    for group, item, _ in rubric.lines():
        left[group.id], left[item.id] = group.points, item.points
    for one in lines:
        over = [key for key in ("", one.group, one.item) if left[key] is not None]
        counted = min([one.deducted, *(left[key] or Decimal(0) for key in over)])
        for key in over:
            left[key] = (left[key] or Decimal(0)) - counted
        yield replace(one, counted=counted)


def _sum(lines: Iterable[LineResult], judge: Judge) -> Decimal:
    return sum((one.counted for one in lines if one.judged_by is judge), Decimal(0))


def _before_bonus(rubric: Rubric, lines: Iterable[LineResult], answers: Answers) -> Decimal:
    base, factor, rest = rubric.base or Decimal(0), Fraction(1), rubric.without_services
    if answers.without_services and rest is not None:
        left_out = next(group.points for group in rubric.groups if group.id == rest.group)
        base, factor = base - (left_out or Decimal(0)), rest.factor
    lost = sum((one.counted for one in lines), Decimal(0))
    return _rounded(Fraction(base - min(lost, base)) * factor)


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, ROUND_HALF_UP)


def _bonus(rubric: Rubric, before: Decimal | None, lines: Iterable[LineResult]) -> Decimal | None:
    if rubric.bonus is None or before is None or before <= rubric.bonus.above:
        return None
    return min(sum((one.deducted for one in lines), Decimal(0)), rubric.bonus.most)


def _grade(rubric: Rubric, total: Decimal | None, is_vetoed: bool, is_open: bool) -> Grade | None:
    if is_vetoed:
        return rubric.vetoed
    return None if total is None or is_open else rubric.grade(total)


def _reasons(
    rubric: Rubric,
    vetoes: Iterable[VetoResult],
    lines: Iterable[LineResult],
    bonus_lines: Iterable[LineResult],
    bonus: Decimal | None,
    partial: bool,
) -> Iterator[tuple[str, str]]:
    if partial:
        yield "本次没有看到整个网站。", "The whole site was not seen this time."
    waiting = [*lines, *(bonus_lines if bonus is not None else ())]
    for state, zh, en in (
        (State.UNANSWERED, "{} 行等待评分人回答。", "{} lines wait for a person's answer."),
        (State.UNTOLD, "{} 行这次无法判断。", "{} lines could not be told this time."),
        (State.UNKNOWN_POINTS, "{} 行有问题，但扣多少分未核实。", "{} lines have faults, and what they cost is not known."),
    ):  # fmt: skip
        count = sum(one.state is state for one in waiting)
        if count:
            yield zh.format(count), en.format(count)
    open_vetoes = sum(one.state in OPEN for one in vetoes)
    if open_vetoes:
        yield f"{open_vetoes} 项单项否决还没有结论。", f"{open_vetoes} vetoes are not decided."
    half_told = sum(one.state is State.DEDUCTED and one.untold > 0 and _by_count(one) for one in lines)
    if half_told:
        yield f"{half_told} 行还有没看清的部分，扣分可能不全。", f"{half_told} lines were told in part only."
    unlimited = {item.id for _, item, _ in rubric.lines() if item.points is None}
    boundless = sorted({one.item for one in lines if one.item in unlimited and _by_count(one)})
    if boundless:
        yield (
            f"项目 {'、'.join(boundless)} 的分值未核实，按个数扣分可能已超过上限。",
            f"What items {', '.join(boundless)} are worth is not known; deductions for each may exceed it.",
        )


def _by_count(one: LineResult) -> bool:
    """Whether points went for each that was counted."""
    is_stated = one.answer is not None and one.answer.stated
    return one.line.cost is Cost.EACH and one.state is State.DEDUCTED and not is_stated
