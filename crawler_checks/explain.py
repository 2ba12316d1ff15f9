"""What one check asks, by which clause, with its examples, the limits in force and the rubric lines that count it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from crawler_checks.checks import CHECKS, Check
from crawler_checks.scoring.read_rubric import load_rubric, rubric_ids
from plugins.disclosure.profile import Profile, load_regime
from plugins.disclosure.readers.wording import nearest

REGIME = "cn"


class NoSuchCheck(LookupError):
    """There is no check of this name; says which there are, in Chinese and in English."""

    def __init__(self, name: str) -> None:
        near = nearest(name, [word for check in CHECKS for word in (check.title_zh, check.id)])
        listed = "、".join(f"{check.title_zh} {check.id}" for check in CHECKS)
        self.message_zh = f"没有检查项“{name}”。{f'是不是“{near}”？' if near else ''}现有：{listed}。"
        did_you = f" Did you mean {near}?" if near else ""
        self.message_en = (
            f"There is no check {name!r}.{did_you} There are: {', '.join(check.id for check in CHECKS)}."
        )
        super().__init__(self.message_en)


def explain_check(name: str, today: date, profile: str | None = None) -> str:
    """All there is to know of a check, as of a day. A Chinese title will do for a name.

    Raises NoSuchCheck, and FileNotFoundError naming the profiles there are.
    """
    check = next((one for one in CHECKS if name in (one.id, one.title_zh, one.id.replace("_", "-"))), None)
    if check is None:
        raise NoSuchCheck(name)
    rules = load_regime(profile or REGIME).on(today)
    return "\n".join(_lines(check, rules)) + "\n"


def _lines(check: Check, rules: Profile) -> Iterator[str]:
    yield f"{check.title_zh} / {check.title_en} [{check.id}]"
    yield ""
    yield (sys.modules[check.run.__module__].__doc__ or "").strip()
    yield ""
    yield f"结论所引的依据 / basis in findings：{check.basis}"
    yield f"规则集 / rules：{rules.label}（{rules.id}）"
    parameters = tuple(check.parameters(rules))
    yield "现行参数 / parameters in force：" + ("无 / none" if not parameters else "")
    yield from (f"  {parameter}" for parameter in parameters)
    yield "计入评分标准 / counted by rubrics："
    counted = list(_rubric_lines(check))
    yield from counted or ["  无：没有看到的不计分 / none: what was not seen is not scored"]


def _rubric_lines(check: Check) -> Iterator[str]:
    for id_ in rubric_ids():
        for _, item, line in load_rubric(id_).lines():
            if line.measure and check.id in line.measure.checks:
                yield f"  {id_} {line.id}：{item.label}，{line.label}"
