"""What one check asks, by which clause, with its examples, the limits in force and the rubric lines that count it.

Whole in Chinese for those who inspect, then in English for those who read the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crawler_checks.checks.check import Check
from crawler_checks.checks.documentation import CHINESE, ENGLISH, Explanation, Words, documentation
from crawler_checks.checks.registry import CHECKS
from crawler_checks.scoring.read_rubric import load_rubric, rubric_ids
from crawler_checks.scoring.rubric import Item, Line, Rubric
from plugins.disclosure.profile import Profile, load_regime
from plugins.disclosure.readers.wording import nearest

REGIME = "cn"


ALSO_CALLED = {"断链": "链接失效", "死链": "链接失效", "错链": "链接失效", "坏链": "链接失效"}
"""What inspectors call a check that shares no word with its title, and is near the title of another."""


class NoSuchCheck(LookupError):
    """There is no check of this name; says which there are, in Chinese and in English."""

    def __init__(self, name: str) -> None:
        meant = _meant(name)
        listed = "、".join(f"{check.title_zh} {check.id}" for check in CHECKS)
        self.message_zh = f"没有检查项“{name}”。{f'是不是{meant}？' if meant else ''}现有：{listed}。"
        did_you = f" Did you mean {meant}?" if meant else ""
        self.message_en = (
            f"There is no check {name!r}.{did_you} There are: {', '.join(check.id for check in CHECKS)}."
        )
        super().__init__(self.message_en)


def _meant(name: str) -> str:
    """The checks whose titles or questions have the word, else the one that is written most like it."""
    in_titles = [check.title_zh for check in CHECKS if name in check.title_zh]
    in_questions = [check.title_zh for check in CHECKS if name in "".join(documentation(check).chinese.asked)]
    near = nearest(name, [word for check in CHECKS for word in (check.title_zh, check.id)])
    found = [ALSO_CALLED[name]] if name in ALSO_CALLED else in_titles or in_questions or [near or ""]
    return "、".join(f"“{title}”" for title in found[:5] if title)


def explain_check(name: str, today: date, profile: str | None = None, *, in_english_too: bool = True) -> str:
    """All there is to know of a check, as of a day: whole in Chinese, then in English unless it is not wanted.

    A Chinese title will do for a name. Raises NoSuchCheck, and FileNotFoundError naming the profiles there are.
    """
    check = next((one for one in CHECKS if name in (one.id, one.title_zh, one.id.replace("_", "-"))), None)
    if check is None:
        raise NoSuchCheck(name)
    rules = load_regime(profile or REGIME).on(today)
    lines = [*_in_chinese(check, rules)]
    if in_english_too:
        lines += ["", "", *_in_english(check, rules)]
    return "\n".join(lines) + "\n"


def _in_chinese(check: Check, rules: Profile) -> Iterator[str]:
    written = documentation(check)
    yield f"{check.title_zh} [{check.id}]"
    yield from _told(written.chinese, CHINESE)
    yield ""
    yield f"依据：{written.basis}"
    if check.basis != written.basis.rstrip("。"):
        yield f"结论里引用的依据：{check.basis}"
    yield f"规则集：{rules.label}（{rules.id}）"
    parameters = [said for said, _ in check.parameters(rules)]
    yield "现行参数：" + ("" if parameters else "无")
    yield from (f"  {parameter}" for parameter in parameters)
    counted = list(_counted_by(check))
    yield "计入哪些评分标准：" + ("" if counted else "无，没有看到的不计分")
    for rubric, lines in counted:
        yield f"  {rubric.label}（{rubric.id}）"
        yield from (f"    {line.id}：{item.label}，{line.label}" for item, line in lines)


def _in_english(check: Check, rules: Profile) -> Iterator[str]:
    written = documentation(check)
    yield f"{check.title_en} [{check.id}]"
    yield from _told(written.english, ENGLISH)
    yield ""
    yield f"Basis: {written.basis}"
    yield f"Rules: {rules.id}"
    parameters = [said for _, said in check.parameters(rules)]
    yield "Parameters in force:" + ("" if parameters else " none")
    yield from (f"  {parameter}" for parameter in parameters)
    counted = [f"{rubric.id} {line.id}" for rubric, lines in _counted_by(check) for _, line in lines]
    yield f"Counted by rubrics: {', '.join(counted) or 'none: what was not seen is not scored'}"


def _told(explanation: Explanation, words: Words) -> Iterator[str]:
    yield ""
    yield explanation.summary
    yield ""
    yield words.asked
    yield from (f"  {paragraph}" for paragraph in explanation.asked)
    for outcome, examples in explanation.examples.items():
        yield ""
        yield f"{outcome}{words.colon}"
        yield from (f"  · {example}" for example in examples)


def _counted_by(check: Check) -> Iterator[tuple[Rubric, list[tuple[Item, Line]]]]:
    """The rubrics that count the check, each with the lines that do."""
    for id_ in rubric_ids():
        rubric = load_rubric(id_)
        lines = [
            (item, line)
            for _, item, line in rubric.lines()
            if line.measure and check.id in line.measure.checks
        ]
        if lines:
            yield rubric, lines
