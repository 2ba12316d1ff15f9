"""What kind of record an imported document becomes: told by what its title names, its 文号, and its form."""

from __future__ import annotations

import re

from plugins.disclosure.importers.imported import Decision
from plugins.disclosure.importers.reading import Reading
from plugins.disclosure.importers.titles import looks_official

_BRACKETS = "(?:[（(][^（）()]*[）)])?$"
_BY_TITLE = (
    ("guide", re.compile(f"信息公开(?:工作)?指南{_BRACKETS}"), "标题是政府信息公开指南"),
    (
        "annual_report",
        re.compile(f"信息公开(?:工作)?(?:年度报告|年报|情况报告|工作报告){_BRACKETS}"),
        "标题是政府信息公开工作年度报告",
    ),
    (
        "interpretation",
        re.compile(f"(?:》的?(?:政策|文字|图文)?(?:解读|图解|问答|答记者问)|政策解读|一图读懂.*){_BRACKETS}"),
        "标题是对文件的解读",
    ),
    (
        "finance",
        re.compile(
            f"[0-9]年度?(?:.{{0,12}}(?:部门|单位|本级|政府|财政))?(?:预算|决算)(?:公开|报告|说明)*{_BRACKETS}"
        ),
        "标题是预算、决算",
    ),
)
"""Titles that leave no doubt, whatever else there is: kind, how the title ends, and how to say so."""
_ANNOUNCES = re.compile(f"(?:公示|启事|公告|通告){_BRACKETS}")
_IS_NOTICE = re.compile(f"通知{_BRACKETS}")
_IS_TEXT = re.compile(f"(?:办法|规定|细则|方案|规划|计划|预案|意见|条例|要点|措施|决定){_BRACKETS}")
_TELLS_OF_TEXTS = re.compile("总结|解读|答记者问|图解|综述")
_YEAR = re.compile("(?:19|20)[0-9]{2}(?=年)")


def take_kind(reading: Reading) -> None:
    """Decide on the kind, and on the year that kinds of a year are about."""
    kind, how = _kind(reading)
    reading.kind = kind
    reading.decisions.append(Decision("kind", kind, how))
    year = _YEAR.search(reading.title)
    if kind == "annual_report" and year:
        reading.take("report_year", year[0], "标题里的年份", inferred=True)
    elif kind == "finance" and year:
        reading.take("fiscal_year", year[0], "标题里的年份", inferred=True)


def _kind(reading: Reading) -> tuple[str, str]:
    title = reading.title
    for kind, ending, how in _BY_TITLE:
        if ending.search(title):
            return kind, how
    if "document_number" in reading.values:
        return "policy", "有文号，作为政策文件"
    if _ANNOUNCES.search(title):
        return "notice", "标题是面向社会的公告、公示，没有文号，作为通知公告"
    if looks_official(title) and (reading.addressees or reading.closing.signers):
        return "policy", "标题是公文的样子，有主送机关或落款，作为政策文件"
    if _IS_TEXT.search(title) and not _TELLS_OF_TEXTS.search(title):
        return "policy", "标题是文件的名称，作为政策文件"
    if _IS_NOTICE.search(title):
        return "notice", "标题是通知，没有文号、主送机关和落款，作为通知公告"
    return "news", "没有文号，也不是公文的样子，作为政务动态"
