"""The report for the screen: what fails, what could not be told, and how much was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler_checks.checks.check import Check, Finding, Outcome
from crawler_checks.ledger.terms import Terms, load_terms
from crawler_checks.reports.alike import brought_together, by_object, others_in_words, places_in_words
from crawler_checks.reports.result import InspectionResult

if TYPE_CHECKING:
    from crawler_checks.scoring.score import ScoreSheet

MOST_A_CHECK = 20
"""Findings of one check that are spelled out; the JSON and HTML reports have them all."""
HEADINGS = {
    Outcome.FAIL: ("不合格", "failing"),
    Outcome.UNKNOWN: ("无法判断，不计入结论", "could not be told, counted neither way"),
}


def text_report(result: InspectionResult, terms: Terms | None = None, *, in_english_too: bool = True) -> str:
    """The whole report, the gravest first by `terms` (those shipped, unless an office has its own), then by place.

    In Chinese, with English beside it unless it is not wanted; its last lines say it all.
    """
    said = _Said(terms or load_terms(), in_english_too)
    lines: list[str] = []
    for outcome, heading in HEADINGS.items():
        if result.count(outcome):
            lines += [
                f"—— {said.both(*heading)}：{result.count(outcome)} ——",
                *_by_check(result, outcome, said),
                "",
            ]
    score = [*_score(result.score), ""] if result.score else []
    return "\n".join([*lines, *score, *_summary(result, said), ""])


@dataclass(frozen=True, slots=True)
class _Said:
    """How grave checks are, and whether English is wanted too."""

    terms: Terms
    in_english_too: bool

    def both(self, chinese: str, english: str) -> str:
        return f"{chinese} / {english}" if self.in_english_too else chinese

    def gravity(self, check: Check) -> int:
        """The place of a check's severity among those of the terms, which begin with the gravest."""
        return [*self.terms.severities].index(self.terms.severity(check.id).id)


def _by_check(result: InspectionResult, outcome: Outcome, said: _Said) -> Iterator[str]:
    labels = {section.id: section.label for section in result.sections}
    for check in sorted(result.checks, key=said.gravity):
        found = [one for one in result.findings if one.check == check.id and one.outcome is outcome]
        if found:
            severity = said.terms.severity(check.id)
            grave = said.both(severity.label, severity.label_en)
            yield f"【{grave}】{said.both(check.title_zh, check.title_en)} [{check.id}]：{len(found)}"
            together = (
                [(one, places_in_words(places)) for one, places in by_object(found)]
                if outcome is Outcome.FAIL
                else [(one, others_in_words(others)) for one, others in brought_together(found, labels)]
            )
            for finding, others in together[:MOST_A_CHECK]:
                yield from _finding(finding, said)
                if others:
                    yield f"    {printable(others)}"
            if len(together) > MOST_A_CHECK:
                left = len(together) - MOST_A_CHECK
                yield said.both(
                    f"  ……另有 {left} 条，见网页或 JSON 报告", f"{left} more in the HTML and JSON reports"
                )


def _finding(finding: Finding, said: _Said) -> Iterator[str]:
    yield f"  {printable(finding.place)}"
    yield f"    {printable(finding.message_zh)}"
    if said.in_english_too:
        yield f"    {printable(finding.message_en)}"
    yield f"    {said.both('依据', 'basis')}：{finding.basis}"


def _summary(result: InspectionResult, said: _Said) -> Iterator[str]:
    fails, unknowns = result.count(Outcome.FAIL), result.count(Outcome.UNKNOWN)
    if result.partial:
        yield said.both(
            "本次没有看到整个网站，结论不完整", "the site was not seen whole; the findings are incomplete"
        )
    if result.unseen:
        yield said.both(
            f"有 {result.unseen} 个地址被拦截或没有回应，没有看到，不作结论",
            f"{result.unseen} addresses were blocked or did not answer; nothing is concluded about them",
        )
    if result.against_robots:
        first, number = printable(result.against_robots[0]), len(result.against_robots)
        yield said.both(
            f"robots.txt 不许访问的地址有 {number} 个，按要求仍然访问了，例如 {first}",
            f"{number} addresses that robots.txt forbids were asked for, as was wanted, for example {first}",
        )
    yield (
        f"巡检“{result.target}”，按{result.profile_label}（{result.profile}），以 {result.today} 为今天："
        f"读了 {result.pages} 页，{_by_gravity(result, said)}无法判断 {unknowns} 项"
    )
    if said.in_english_too:
        yield (
            f"inspected {result.target!r} by {result.profile} as of {result.today}: {result.pages} pages read, "
            f"{fails} failing, {unknowns} could not be told"
        )


def _by_gravity(result: InspectionResult, said: _Said) -> str:
    """How many fail, and how many of these are how grave; that nothing does is said as such."""
    counts = Counter(
        said.terms.severity(one.check).label for one in result.findings if one.outcome is Outcome.FAIL
    )
    if not counts:
        return "没有发现不合格，"
    labels = [severity.label for severity in said.terms.severities.values()]
    shares = "、".join(f"{label} {counts[label]}" for label in labels if counts[label])
    return f"不合格 {counts.total()} 项（{shares}），"


def printable(text: str) -> str:
    """Text of a foreign site without what could steer a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _score(sheet: ScoreSheet) -> Iterator[str]:
    from crawler_checks.reports.score_report import score_text  # few inspections are scored

    return iter(score_text(sheet))
