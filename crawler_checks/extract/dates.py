"""Dates of web pages: in metas, behind labels, in cells of lists, in addresses, in signatures.

Each is kept with its source and how sure it is; a page that names two days keeps both. What names no certain
day (04-23, 3天前) gives none. How dates are written in Chinese is the kernel's knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from crawler_checks.extract.facts import Confidence, DateSource, FoundDate, Meaning
from plugins.disclosure.chinese_dates import date_at_start, find_dates, read_date

METAS = (
    "pubdate",
    "publishdate",
    "publish_date",
    "publishtime",
    "publish-date",
    "firstpublishedtime",
    "article:published_time",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "datepublished",
)
LABELS = ("时间", "日期", "发布于")
LABEL = re.compile("|".join(LABELS))
PUBLISHED = {
    before + word for before in ("发布", "发表", "发稿", "公开", "公布") for word in ("时间", "日期")
} | {"发布于"}
RENEWED = {"更新时间", "更新日期", "上传时间", "上传日期"}
WRITTEN = {"成文日期", "成文时间", "生成日期", "印发日期", "印发时间", "制发日期", "发文日期", "发文时间"}
ENDS_IN_LABEL = re.compile(r"(?:时间|日期|发布于|截止|自|起|至)\s*[:：】\]]?\s*$")
BEHIND_LABEL = re.compile(r"[\s\u3000\]】）)]{0,6}[:：]?[\s\u3000]{0,6}")
BRACKETS = "[]【】()（）〔〕「」<>《》·•|-—/ \t\u3000\xa0"
VAGUE = re.compile(
    r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}"
    r"|(?:\d{1,3}|[一二三四五六七八九十]+)\s*(?:分钟|小时|天|周|个月|月|年)前|今天.{0,9}|昨天.{0,9}|前天.{0,9}|刚刚"
    r"|(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*月?"
)
IN_ADDRESS = (
    re.compile(r"/t((?:19|20)\d{2})(\d{2})(\d{2})_\d+"),
    re.compile(r"/((?:19|20)\d{2})[-/_](\d{1,2})[-/_](\d{1,2})(?=[/_]|$)"),
    re.compile(r"/((?:19|20)\d{2})(\d{2})(\d{2})(?=[/_.]|$)"),
    re.compile(r"/((?:19|20)\d{2})-(\d{1,2})/(\d{1,2})(?=/)"),
)
DAY_OF_MONTH = re.compile(r"[0-3]?\d日?")
YEAR_AND_MONTH = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?")
DATE_LIKE = re.compile(
    r"[\d○〇零一二三四五六七八九]\s*[年月]\s*[\d元一二三四五六七八九十]|\d{4}\s*[-/.．－]\s*\d{1,2}|\d{8}"
)
ENDS_OF_DATES = (*"0123456789０１２３４５６７８９日号", *")）]】")
LONGEST_REST = 40


def page_dates(metas: Mapping[str, str], text: str, address: str) -> tuple[FoundDate, ...]:
    """All dates a page gives for itself. `text` is its visible text."""
    return (*_from_metas(metas), *_behind_labels(text), *_in_address(address), *_signature(text))


def cell_date(lines: Sequence[str], datetime: str = "") -> tuple[FoundDate | None, str] | None:
    """The date among the lines of a list entry (its title left out), and the words it was read from.

    `datetime` is that of a `<time>` element. None when nothing looks like a date; (None, words) when
    something does but names no certain day.
    """
    if datetime and (day := _day(datetime)):
        return _in_cell(day, datetime)
    for line in lines:
        plain = line.strip(BRACKETS)
        if day := _day(plain) or _labelled_day(plain) or _single_day(plain):
            return _in_cell(day, plain)
    for first, second in pairwise(lines):
        if day := _day_in_two_lines(first, second):
            return _in_cell(day, f"{first} {second}")
    vague = next((line for line in lines if VAGUE.fullmatch(line.strip(BRACKETS))), None)
    return None if vague is None else (None, vague)


def date_after_title(title: str) -> tuple[FoundDate | None, str] | None:
    """The date in brackets at the end of a title, or at its end behind a space."""
    if not title.endswith(ENDS_OF_DATES):
        return None
    found = list(find_dates(title))
    if not found:
        return None
    start, end, reading = found[-1]
    day = reading.as_date()
    if day is None or title[end:].strip(BRACKETS) or start == 0 or title[start - 1] not in BRACKETS:
        return None
    return _in_cell(day, reading.text)


def looks_dated(text: str) -> bool:
    """Whether anything in the text may be a date, of whatever."""
    return bool(DATE_LIKE.search(text)) or any(
        VAGUE.fullmatch(line.strip(BRACKETS)) for line in text.splitlines()
    )


def labelled_date(text: str) -> FoundDate | None:
    """The first date of publication behind a label in `text`."""
    return next((found for found in _behind_labels(text) if found.meaning is Meaning.PUBLISHED), None)


@lru_cache(maxsize=1 << 12)
def _found(day: date, meaning: Meaning, source: DateSource, confidence: Confidence, text: str) -> FoundDate:
    """The same days stand on many pages."""
    return FoundDate(day, meaning, source, confidence, text)


def _in_cell(day: date, text: str) -> tuple[FoundDate, str]:
    return _found(day, Meaning.PUBLISHED, DateSource.CELL, Confidence.CERTAIN, text), text


def _day(text: str) -> date | None:
    reading = read_date(text)
    return reading.as_date() if reading else None


def _labelled_day(text: str) -> date | None:
    if len(text) > LONGEST_REST:
        return None
    found = labelled_date(text)
    return found.day if found else None


def _single_day(text: str) -> date | None:
    """The one day that a short text names at its beginning or end, as in `[2015-04-23] 来源：市财政局`."""
    if len(text) > LONGEST_REST:
        return None
    found = [(start, end, day) for start, end, reading in find_dates(text) if (day := reading.as_date())]
    if len(found) != 1:
        return None
    start, end, day = found[0]
    at_edge = not text[:start].strip(BRACKETS) or not text[end:].strip(BRACKETS)
    return day if at_edge else None


def _day_in_two_lines(first: str, second: str) -> date | None:
    """`23` above or below `2015-04`, as lists with large figures write it."""
    for day, month in ((first, second), (second, first)):
        found = YEAR_AND_MONTH.fullmatch(month.strip(BRACKETS))
        if found and DAY_OF_MONTH.fullmatch(day.strip(BRACKETS)):
            return _date(found[1], found[2], day.strip(BRACKETS).rstrip("日"))
    return None


def _from_metas(metas: Mapping[str, str]) -> Iterator[FoundDate]:
    for name in METAS:
        if day := _day(metas.get(name, "")):
            yield _found(day, Meaning.PUBLISHED, DateSource.META, Confidence.CERTAIN, metas[name])
            return


def _behind_labels(text: str) -> Iterator[FoundDate]:
    for label in _labels(text):
        named = _label(text, label.start(), label.end())
        gap = BEHIND_LABEL.match(text, label.end())
        start = gap.end() if gap else label.end()
        if named is None or (
            named[1] is Confidence.LIKELY and not re.search("[:：]", text[label.end() : start])
        ):
            continue
        first = date_at_start(text[start : start + LONGEST_REST])
        if first is not None and (day := first.as_date()):
            meaning, confidence, word = named
            yield _found(day, meaning, DateSource.LABEL, confidence, f"{word}：{first.text}")


def _labels(text: str) -> Iterator[re.Match[str]]:
    """The ends of all labels. Looking for words one by one is quicker than for all of them at once."""
    places: list[int] = []
    for word in LABELS:
        at = text.find(word)
        while at >= 0:
            places.append(at)
            at = text.find(word, at + len(word))
    for place in sorted(places):
        if found := LABEL.match(text, place):
            yield found


def _label(text: str, start: int, end: int) -> tuple[Meaning, Confidence, str] | None:
    """What the label that ends in 时间 or 日期 says; alone, with nothing before it, it may be any date."""
    word = text[start:end]
    full = word if word == "发布于" else text[max(0, start - 2) : end]
    if full in PUBLISHED:
        return Meaning.PUBLISHED, Confidence.CERTAIN, full
    if full in WRITTEN:
        return Meaning.WRITTEN, Confidence.CERTAIN, full
    if full in RENEWED:
        return Meaning.PUBLISHED, Confidence.LIKELY, full
    alone = start == 0 or not text[start - 1].isalnum()
    return (Meaning.PUBLISHED, Confidence.LIKELY, word) if alone else None


def _in_address(address: str) -> Iterator[FoundDate]:
    for pattern in IN_ADDRESS:
        found = pattern.search(address)
        if found and (day := _date(*found.groups())):
            yield _found(day, Meaning.PUBLISHED, DateSource.ADDRESS, Confidence.LIKELY, found[0])
            return


def _signature(text: str) -> Iterator[FoundDate]:
    """A line that is a date in words and nothing else; the last such line is where a document is signed."""
    if "日\n" not in text and not text.endswith("日"):
        return
    lines = text.splitlines()
    signed = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if 6 <= len(line) <= 20 and line.endswith("日") and "年" in line and not ENDS_IN_LABEL.search(before)
    ]
    if signed and (day := _day(signed[-1])):
        yield _found(day, Meaning.WRITTEN, DateSource.SIGNATURE, Confidence.LIKELY, signed[-1])


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
