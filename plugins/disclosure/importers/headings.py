"""The heading tree of an official document: 一、 then （一） then 1. then （1）, and chapters and sections.

Most headings of Chinese documents run on into their text; the heading is then the first sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMERALS = "一二三四五六七八九十百"
_LEVELS = (
    (1, re.compile(f"第[{_NUMERALS}]+[编章](?=[ \u3000\xa0]|[\u4e00-\u9fff])")),
    (1, re.compile(f"第[{_NUMERALS}]+部分[ \u3000\xa0:：、]*")),
    (2, re.compile(f"第[{_NUMERALS}]+节(?=[ \u3000\xa0]|[\u4e00-\u9fff])")),
    (1, re.compile(f"[{_NUMERALS}]{{1,5}}、")),
    (2, re.compile(f"[（(][{_NUMERALS}]{{1,5}}[)）]、?")),
    (3, re.compile("[0-9０-９]{1,2}[.．、](?![0-9０-９])")),
    (4, re.compile("[（(][0-9０-９]{1,2}[)）]、?|[⑴-⒇]|[①-⑳]|[0-9０-９]{1,2}[)）]")),
)
_DECIMAL = re.compile("(?P<number>[0-9]{1,2}(?:[.．][0-9]{1,2}){1,3})[.．]?[ \u3000\xa0]*(?=[\u4e00-\u9fff])")
_BARE_NUMBER = re.compile("(?P<number>[0-9]{1,2})[ \u3000\xa0]+(?P<title>[\u4e00-\u9fff、，（）“”]{2,20})")
"""1 总则, 1.1 编制目的: emergency plans and standards count so. A bare number is one only on a short line."""

_IN_BLACK_BRACKETS = re.compile("【(?P<title>[^】]{2,40})】")
_RUNS_ON = re.compile(
    "(?P<title>[\u4e00-\u9fffA-Za-z0-9“”、]{4,30})(?:[ \xa0\u2002]{2,}|[\u3000\u2003]+)(?=\\S.{20})"
)
_END = re.compile("[。！？；;]|[:：](?=.)")
_UNITS = re.compile("[〔（(【\\[][^〕）)】\\]]{0,12}单位[:：]")
_LONGEST_TITLE = 80
_LONGEST_LEAD, _SHORTEST_LEAD = 40, 10


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）; `number` is as written, 、 and . included.

    `alone`: the whole line is the heading. Headings in 【】 and run-in headings of yearbooks have no number.
    """

    level: int
    number: str
    title: str
    alone: bool = False


def heading_of(text: str) -> Heading | None:
    """The heading that a line begins with, None for an ordinary paragraph."""
    for level, pattern in _LEVELS:
        match = pattern.match(text)
        if match:
            title, alone = _title(text[match.end() :].strip(" \u3000\xa0"))
            return Heading(level, match.group().strip(), title, alone) if title else None
    match = _DECIMAL.match(text)
    if match:
        title, alone = _title(text[match.end() :])
        is_name = bool(title) and not re.match("[万亿]?(?:元|个|倍|米|吨|公里|亩|平方|人|％)", title)
        level = len(re.split("[.．]", match["number"]))
        return Heading(level, match.group().strip(), title, alone) if is_name else None
    match = _BARE_NUMBER.fullmatch(text)
    if match:
        return Heading(1, match["number"], match["title"], True)
    match = _IN_BLACK_BRACKETS.match(text)
    if match:
        return Heading(1, "", match["title"].strip(), match.end() == len(text))
    return None


def run_in_heading_of(text: str) -> Heading | None:
    """`规范化建设  按照……`: two spaces set the heading off from its text, as yearbooks print it."""
    match = _RUNS_ON.match(text)
    return Heading(2, "", match["title"]) if match else None


def lead_of(text: str) -> str:
    """The words a paragraph without a number can be called by: its first sentence, or clause where that is long."""
    sentence = _END.split(text, maxsplit=1)[0]
    clause = re.split("[，,]", sentence, maxsplit=1)[0]
    if len(sentence) > _LONGEST_LEAD and len(clause) >= _SHORTEST_LEAD:
        sentence = clause
    return sentence if len(sentence) <= _LONGEST_LEAD else f"{sentence[: _LONGEST_LEAD - 1]}…"


def _title(text: str) -> tuple[str, bool]:
    """The heading's words, and whether nothing follows them."""
    units = _UNITS.search(text)
    end = _END.search(text[: units.start()] if units else text)
    cut = end.start() if end else units.start() if units else len(text)
    title, rest = text[:cut], text[cut:].lstrip("。！？；;:： ")
    if len(title) > _LONGEST_TITLE:
        first, comma, after = title.partition("，" if "，" in title else ",")
        title, rest = first, comma + after + rest
    return title.rstrip("。；;：:，, "), not rest.strip()
