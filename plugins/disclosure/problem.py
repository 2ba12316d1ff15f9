"""A fault in the office's own files, as a value: where it is, what is there, what to write instead.

Every reader and every rule yields `Problem`s and goes on, so that an editor sees all of them in one run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault.

    `file` is relative to the content folder, with forward slashes. `line` is counted from 1; for a
    spreadsheet it is the row as the spreadsheet shows it (the heading is row 1). `field` is the label the
    editor wrote. `code` never changes between releases. `message_*` say what is there; `hint` says, in
    Chinese, what to write, with an example. `basis` names the clause behind the rule, where there is one.
    Where nobody can doubt what was meant, `mended` takes the place of `written` (plugins/disclosure/mending.py).
    """

    file: str
    line: int | None
    field: str | None
    code: str
    severity: Severity
    message_zh: str
    message_en: str
    hint: str = ""
    basis: str = ""
    written: str = ""
    mended: str = ""

    @property
    def sort_key(self) -> tuple[str, int, str, str, str]:
        """Order in which problems are shown: by file, then by place in it."""
        return (self.file, self.line or 0, self.field or "", self.code, self.message_zh)


def error(
    file: str,
    line: int | None,
    field: str | None,
    code: str,
    zh: str,
    en: str,
    hint: str = "",
    basis: str = "",
) -> Problem:
    """A fault that stops the build."""
    return Problem(file, line, field, code, "error", zh, en, hint, basis)


def warning(
    file: str,
    line: int | None,
    field: str | None,
    code: str,
    zh: str,
    en: str,
    hint: str = "",
    basis: str = "",
) -> Problem:
    """A fault that is shown but does not stop the build."""
    return Problem(file, line, field, code, "warning", zh, en, hint, basis)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them stops the build."""
    return any(problem.severity == "error" for problem in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Without repetitions, by file and line."""
    return sorted(set(problems), key=lambda problem: problem.sort_key)


def as_json(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """The `check --json` contract (docs/contracts.md)."""
    return [
        {
            "file": problem.file,
            "line": problem.line,
            "field": problem.field,
            "code": problem.code,
            "severity": problem.severity,
            "message_zh": problem.message_zh,
            "message_en": problem.message_en,
            "hint": problem.hint,
            "basis": problem.basis,
        }
        for problem in in_order(problems)
    ]


def as_text(problems: Iterable[Problem], *, in_english_too: bool = True) -> str:
    """For the terminal: grouped by file, Chinese first, the code last for the telephone, English beneath if wanted."""
    return "\n".join(_text_lines(in_order(problems), in_english_too))


def _text_lines(problems: list[Problem], in_english_too: bool) -> Iterator[str]:
    for file, group in groupby(problems, key=lambda problem: problem.file):
        yield file
        for problem in group:
            mark, mark_en = ("错误", " error") if problem.severity == "error" else ("提醒", " warning")
            said = f"{_place_zh(problem)}{problem.message_zh}{problem.hint}"
            if in_english_too:
                yield f"  [{mark}{mark_en}] {said}"
                yield from _basis(problem)
                yield f"      {problem.message_en} [{problem.code}]"
            else:
                yield f"  [{mark}] {said} [{problem.code}]"
                yield from _basis(problem)
        yield ""


def _basis(problem: Problem) -> Iterator[str]:
    if problem.basis:
        yield f"      依据：{problem.basis}"


def _place_zh(problem: Problem) -> str:
    line = "" if problem.line is None else (f"第 {problem.line} 行")
    field = "" if problem.field is None else f"“{problem.field}”"
    return f"{line}{field}：" if line or field else ""
