"""What a check says of itself: the words at the head of its module, read apart, in Chinese and in English.

They stand in a fixed order: summary, 查什么, examples (合格, 不合格, 无法判断), 依据; then the same in English.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawler_checks.checks.check import Check


@dataclass(frozen=True, slots=True)
class Words:
    """How one language says a part: what opens the question, what the examples are called, and its colon."""

    asked: str
    passes: str
    fails: str
    untold: str
    colon: str

    @property
    def outcomes(self) -> tuple[str, str, str]:
        return (self.passes, self.fails, self.untold)


CHINESE = Words("查什么：", "合格", "不合格", "无法判断", "：")
ENGLISH = Words("What is asked:", "PASS", "FAIL", "UNKNOWN", ":")
BASIS = "依据："


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is wrong, what is asked (a paragraph each), and examples by the words of `Words.outcomes`."""

    summary: str
    asked: tuple[str, ...]
    examples: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Documentation:
    """The same twice, and the clause behind it."""

    chinese: Explanation
    english: Explanation
    basis: str


def documentation(check: Check) -> Documentation:
    """What the check's module says. Raises ValueError naming the module and the part that is missing."""
    module = check.run.__module__
    return read_documentation(sys.modules[module].__doc__ or "", module)


def read_documentation(written: str, module: str) -> Documentation:
    """The parts of a module's documentation."""
    paragraphs = iter([paragraph.strip() for paragraph in written.strip().split("\n\n")])
    chinese = _explanation(paragraphs, CHINESE, module)
    basis = _one_line(next(paragraphs, ""))
    if not basis.startswith(BASIS):
        raise ValueError(f"{module}: {BASIS!r} is missing after the examples in Chinese")
    return Documentation(chinese, _explanation(paragraphs, ENGLISH, module), basis.removeprefix(BASIS))


def _explanation(paragraphs: Iterator[str], words: Words, module: str) -> Explanation:
    summary = _one_line(next(paragraphs, ""))
    asked = next(paragraphs, "")
    if not summary or not asked.startswith(words.asked):
        raise ValueError(f"{module}: a summary and {words.asked!r} are asked for")
    more: list[str] = []
    for paragraph in paragraphs:
        if paragraph.startswith(words.passes):
            asked_for = (asked.removeprefix(words.asked), *more)
            return Explanation(summary, tuple(map(_one_line, asked_for)), _examples(paragraph, words, module))
        more.append(paragraph)
    raise ValueError(f"{module}: examples that begin with {words.passes!r} are missing")


def _examples(paragraph: str, words: Words, module: str) -> dict[str, tuple[str, ...]]:
    """An example a line; a line that begins with blanks goes on with the one above."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(words.outcomes, ())
    for example in re.split(r"\n(?! )", paragraph):
        outcome, _, said = example.partition(" ")
        if outcome not in found or not said.strip():
            raise ValueError(f"{module}: an example begins with one of {words.outcomes}, not {example!r}")
        found[outcome] += (_one_line(said),)
    return {outcome: examples for outcome, examples in found.items() if examples}


def _one_line(text: str) -> str:
    """Lines joined as they were before they were broken: between Chinese signs there is no blank."""
    joined = re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])", "", text.strip())
    joined = re.sub(r"(?<=[，。；：、）》」”！？])\s*\n\s*|\s*\n\s*(?=[，。；：、（《“])", "", joined)
    return re.sub(r"\s*\n\s*", " ", joined)
