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

MAY_STAND = re.compile("密|此件|外传|内部")
"""Most texts have none of these."""
SECRET = re.compile(
    r"^[\s*#>　]*(?:绝密|机密|秘密)\s*(?:[★☆]\s*(?:\d{1,3}\s*[年月日]|长期)?|(?:\d{1,3}\s*年|长期)?)[\s*　]*$"
)
"""The mark of secrecy as documents carry it (GB/T 9704: degree ★ period), alone in its line."""
NOT_PUBLIC = re.compile(r"[（(]\s*此件(?:不(?:予)?公开|不宜公开|不得公开)[^（()）]{0,12}[）)]")
ON_REQUEST = re.compile(r"[（(]\s*此件依申请公开[^（()）]{0,12}[）)]")
INSIDE = re.compile(
    r"(?:严禁|请勿|不得|切勿)(?:对外|向外)?(?:外传|扩散|传播)|内部(?:资料|文件|材料|使用)[，,、；;！!\s]*(?:注意保(?:密|存)|妥善保(?:管|存))?[\s*）)]*$"
)
LONGEST_MARK = 30
"""Characters of a line that is a mark rather than a sentence."""


def marked_not_public(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A text that is about to be public carries a mark that says otherwise."""
    for record in catalog.records:
        if not MAY_STAND.search(record.body):
            continue
        for number, line in enumerate(record.body.split("\n"), start=1):
            if MAY_STAND.search(line) and (problem := _marked(record, number, line.strip())):
                yield problem


def is_secret(line: str) -> bool:
    """Whether a line is the mark of a degree of secrecy with its ★."""
    return ("★" in line or "☆" in line) and SECRET.match(line) is not None


def _marked(record: Record, number: int, line: str) -> Problem | None:
    place = (record.file, body_line(record, number), "正文")
    on_request = record.values.get("disclosure") != "on_request" and ON_REQUEST.search(line)
    found = SECRET.match(line) or NOT_PUBLIC.search(line) or on_request
    if found:
        return error(
            *place,
            "secrecy.marked",
            f"写有“{found[0].strip(' *#>　')}”，与公开发布不符。",
            f"The text is marked {found[0].strip(' *#>　')!r} and would be published. Have it reviewed before anything else.",
            "请先由保密审查人员确认能否公开：不能公开的，从内容文件夹中撤出；已经解密或者可以公开的，删去这一处标注。",
            basis("secrecy"),
        )
    inside = INSIDE.search(line) if len(line) <= LONGEST_MARK else None
    if inside is None:
        return None
    return warning(
        *place,
        "secrecy.internal",
        f"写有“{line.strip(' *#>　')}”，像是内部材料。",
        f"The text says {line.strip(' *#>　')!r}, as papers do that are not for the public. Check whether it may be.",
        "请核对能否公开；可以公开的，删去这一行。",
        basis("secrecy"),
    )
