"""Marks in a text that say it is not for the public: a degree of secrecy, 此件不公开, 严禁外传.

A sentence that speaks of secrets is none: a mark is a line of its own, or stands in brackets of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import basis, body_line
from plugins.disclosure.secrecy_marks import is_secrecy_mark

MAY_STAND = re.compile("密|[此本]件|此文|本文|外传|外泄|内部|翻印|转载")
"""Most short lines have none of these."""
LONGEST_LINE = 80
"""Characters of a line with a mark and what may wrap it; one set in the middle by blanks may be longer."""
INSIDE = re.compile(
    r"(?:严禁|请勿|不得|切勿)(?:对外|向外)?(?:外传|扩散|传播)|内部(?:资料|文件|材料|使用)[，,、；;！!\s]*(?:注意保(?:密|存)|妥善保(?:管|存))?[\s*）)]*$"
)
LONGEST_MARK = 30
"""Characters of a line that is a mark rather than a sentence."""
CERTAIN = re.compile("[绝机秘]密|公开")
"""A mark that says either stops the build; one of internal papers is a reminder."""
ON_REQUEST = "依申请公开"
EDGE = 3
"""So many lines with words at either end of a text are its edge."""
WRAPPING = " *#>\u3000\t"
BLANK = " \u3000\t"


def marked_not_public(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A text that is about to be public carries a mark that says otherwise."""
    for record in catalog.records:
        short = [line for line in record.body.split("\n") if len(line) <= LONGEST_LINE or line[0] in BLANK]
        if not MAY_STAND.search("\n".join(short)):
            continue
        lines = [
            (number, line.strip(WRAPPING)) for number, line in enumerate(record.body.split("\n"), start=1)
        ]
        lines = [(number, line) for number, line in lines if line]
        for place, (number, line) in enumerate(lines):
            at_the_edge = place < EDGE or place >= len(lines) - EDGE
            if MAY_STAND.search(line) and (problem := _marked(record, number, line, at_the_edge=at_the_edge)):
                yield problem


def _marked(record: Record, number: int, line: str, *, at_the_edge: bool) -> Problem | None:
    place = (record.file, body_line(record, number), "正文")
    is_mark = is_secrecy_mark(line, at_the_edge=at_the_edge)
    if is_mark and CERTAIN.search(line):
        if ON_REQUEST in line and record.values.get("disclosure") == "on_request":
            return None
        return error(
            *place,
            "secrecy.marked",
            f"写有“{line}”，与公开发布不符。",
            f"The text is marked {line!r} and would be published. Have it reviewed before anything else.",
            "请先由保密审查人员确认能否公开：不能公开的，从内容文件夹中撤出；已经解密或者可以公开的，删去这一处标注。",
            basis("secrecy"),
        )
    if not is_mark and (len(line) > LONGEST_MARK or not INSIDE.search(line)):
        return None
    return warning(
        *place,
        "secrecy.internal",
        f"写有“{line}”，像是内部材料。",
        f"The text says {line!r}, as papers do that are not for the public. Check whether it may be.",
        "请核对能否公开；可以公开的，删去这一行。",
        basis("secrecy"),
    )
