"""What is done with the result of an inspection: score it. Both front doors do it through here.

follow_up = prepare(options)            # before the inspection: what is asked for can be read
result, told = follow_up.finish(result) # after it
"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path

from crawler_checks.reports.result import InspectionResult
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.rubric import Rubric
from crawler_checks.scoring.score import score
from crawler_checks.scoring.worksheet import read_worksheet, write_worksheet


class NeedsRubric(ValueError):
    """A worksheet was named without a rubric."""

    def __init__(self) -> None:
        self.message_zh = "填写表要和评分标准一起用。请同时写 --rubric，例如 --rubric national-2019。"
        self.message_en = (
            "A worksheet goes with a rubric. Name one as well, for example --rubric national-2019."
        )
        super().__init__(f"{self.message_zh}\n{self.message_en}")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was asked for, ready before the inspection begins."""

    rubric: Rubric | None
    worksheet: Path | None
    answers: Path | None

    def finish(self, result: InspectionResult) -> tuple[InspectionResult, tuple[str, ...]]:
        """The result with all that was asked for, and lines to tell. Raises FaultyWorksheet, NotASpreadsheet."""
        told: list[str] = []
        if self.rubric is not None:
            result = _scored(result, self.rubric, self.answers)
            if self.worksheet is not None:
                write_worksheet(self.worksheet, self.rubric, result.site, result.today, result.findings)
                told.append(f"填写表在 / the worksheet is in: {self.worksheet}")
        return result, tuple(told)


def prepare(options: Namespace) -> FollowUp:
    """Reads what was asked for. Raises NoRubric, FaultyRubric, NeedsRubric."""
    if options.rubric is None and (options.worksheet or options.answers):
        raise NeedsRubric
    rubric = load_rubric(options.rubric) if options.rubric else None
    return FollowUp(rubric, options.worksheet, options.answers)


def _scored(result: InspectionResult, rubric: Rubric, answers: Path | None) -> InspectionResult:
    given = read_worksheet(answers, rubric, result.site) if answers else None
    return replace(result, score=score(rubric, result.findings, result.site, given, partial=result.partial))
