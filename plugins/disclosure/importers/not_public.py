"""Marks by which a document is not for the public, wherever they stand: kept in its text, and told before all else."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.disclosure.importers.imported import SourceLine
from plugins.disclosure.importers.page_lines import Line
from plugins.disclosure.importers.reading import Reading
from plugins.disclosure.secrecy_marks import is_secrecy_mark

TAKEN_BACK = ("修订中删去的文字", "加了删除线的文字")
"""Why a line is dropped that somebody crossed out: its mark may have been lifted."""

PROACTIVE, ON_REQUEST, WITHHELD = "主动公开", "依申请公开", "不予公开"
_EDGE = 3
"""So many lines at either end of the text are its edge."""

_REVIEW = "这样的文件不能直接公开：发布以前请交保密审查人员审查；同意公开的，由审查人员解密或改好公开方式，再删去正文里的这一行。"


def take_marks(reading: Reading) -> None:
    """Put marks that were dropped with the page's other lines back to the text, and say of every mark what to do."""
    found: list[SourceLine] = []
    for line in reading.parts.dropped:
        if not is_secrecy_mark(line.text, at_the_edge=True):
            continue
        if line.reason in TAKEN_BACK:
            reading.not_public.append(
                f"“{line.text}”在原件里已经划去（{line.reason}），没有带入。请查明是否已经解密，没有解密的不能公开。"
            )
        else:
            found.append(line)
    reading.parts.dropped = [line for line in reading.parts.dropped if line not in found]
    marks = {"".join(line.text.split()): line for line in reversed(found)}
    reading.marks = sorted(marks.values(), key=lambda line: line.line)
    stated = list(dict.fromkeys([*(line.text for line in reading.marks), *marks_in(reading.parts.body)]))
    reading.not_public += [f"文件写有“{text}”。{_REVIEW}" for text in stated]
    if stated:
        _take_disclosure(reading, stated[0])
    elif reading.values.get("disclosure", PROACTIVE) != PROACTIVE:
        reading.not_public.append(f"文中写明“{reading.values['disclosure']}”，不能放上网站，请核对。")


def _take_disclosure(reading: Reading, mark: str) -> None:
    """What the mark says comes before anything else that speaks of 公开方式."""
    disclosure = ON_REQUEST if ON_REQUEST in mark else WITHHELD
    before = reading.values.get("disclosure", disclosure)
    if before == disclosure and "disclosure" in reading.values:
        return
    stated = [one for one in reading.decisions if one.field == "disclosure" and not one.inferred]
    if before != disclosure and stated:
        reading.add_conflict("disclosure", [before, mark], f"按“{mark}”填写。")
    reading.decisions = [one for one in reading.decisions if one.field != "disclosure"]
    reading.take("disclosure", disclosure, f"写有“{mark}”", inferred=True)


def marks_in(lines: Sequence[Line]) -> list[str]:
    """The marks among the lines of a text."""
    edge = {*range(_EDGE), *range(len(lines) - _EDGE, len(lines))}
    return [
        line.text
        for place, line in enumerate(lines)
        if is_secrecy_mark(line.text, at_the_edge=place in edge and not line.table)
    ]
