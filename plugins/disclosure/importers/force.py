"""From when a document is in force, until when, and what it repeals: as its own articles say in so many words.

Only a sentence that speaks of the document itself (本办法自…起施行) is believed, and it is kept as the proof. Where two
such sentences disagree, nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from plugins.disclosure.chinese_dates import DateReading, find_dates
from plugins.disclosure.chinese_numerals import read_any_number
from plugins.disclosure.cited_numbers import find_all
from plugins.disclosure.importers.imported import ImportedDocument
from plugins.disclosure.importers.page_lines import Line

_ITSELF = (
    "本(?:通知|通告|公告|决定|办法|细则|规定|规则|意见|方案|预案|措施|规范|标准|制度|条例|文件|政策|指南|要点|规划|计划|目录|"
    "清单|(?:实施|暂行|管理)[一-龥]{2})"
)
_BEFORE_START = re.compile(f"{_ITSELF}[，,]?(?:从|自)$")
_AFTER_START = re.compile("起(?:正式)?(?:施行|实施|执行|生效|试行)")
_BEFORE_END = re.compile("(?:有效期(?:限)?[为：:]?|起(?:施行|实施|执行|生效|试行))[，,]?(?:截)?[至到]$")
_YEARS = re.compile(
    "有效期(?:限)?[为：:]?(?P<years>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})年(?=[，,、）)]|$)"
)
_ON_ITS_DAY = re.compile(
    f"{_ITSELF}[，,]?(?:从|自)(?P<act>印发|发布|公布|发文)之日起(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_ARTICLE = re.compile(
    "^(?:第[一二三四五六七八九十百零]{1,6}条|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_ANYTHING = re.compile("")
_ITSELF_ALONE = re.compile(_ITSELF)


@dataclass(frozen=True, slots=True)
class Stated:
    """A value, the sentence that states it and its line; `inferred` where the sentence has to be reckoned with."""

    value: str
    sentence: str
    line: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Force:
    """What the sentences state. `on_its_day` are those that name no day but that of 印发 or 公布."""

    effective: tuple[Stated, ...]
    expires: tuple[Stated, ...]
    repeals: tuple[Stated, ...]
    on_its_day: tuple[Stated, ...]


def force_of(body: Sequence[Line]) -> Force:
    """What a text says of its own force."""
    effective: list[Stated] = []
    expires: list[Stated] = []
    repeals: list[Stated] = []
    on_its_day: list[Stated] = []
    for line in body:
        for sentence in _sentences(line.text):
            start = _day(sentence, _BEFORE_START, _AFTER_START)
            if start:
                effective.append(Stated(str(start), sentence, line.number))
            expires += _ends(sentence, start, line.number)
            if "同时废止" in sentence:
                repeals += [Stated(number, sentence, line.number) for number in _repealed(sentence)]
            if on_day := _ON_ITS_DAY.search(sentence):
                on_its_day.append(Stated(on_day["act"], sentence, line.number))
    return Force(tuple(effective), tuple(expires), tuple(repeals), tuple(on_its_day))


def _ends(sentence: str, start: date | None, line: int) -> Iterator[Stated]:
    """The last day: as it is written, or so many years from the first day on that the same sentence names."""
    last = _day(sentence, _BEFORE_END, _ANYTHING)
    years = _YEARS.search(sentence)
    if last and _ITSELF_ALONE.search(sentence):
        yield Stated(str(last), sentence, line)
    elif start and years and (number := read_any_number(years["years"])):
        yield Stated(str(_last_of(start, number)), sentence, line, inferred=True)


def _last_of(start: date, years: int) -> date:
    """The last day of so many years: five from 2025-04-01 on end on 2030-03-31."""
    anniversary = (
        date(start.year + years, 3, 1)
        if (start.month, start.day) == (2, 29)
        else start.replace(year=start.year + years)
    )
    return anniversary - timedelta(days=1)


def _repealed(sentence: str) -> Iterator[str]:
    """The numbers of the documents that a sentence names before it repeals them."""
    before = sentence.partition("同时废止")[0]
    for _, _, number in find_all(before):
        yield number.canonical


def _day(sentence: str, before: re.Pattern[str], after: re.Pattern[str]) -> date | None:
    """The one day that stands between the two."""
    days: list[DateReading] = [
        day
        for start, end, day in find_dates(sentence)
        if day.precision == "day" and before.search(sentence[:start]) and after.match(sentence[end:])
    ]
    return days[0].as_date() if len(days) == 1 else None


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a line, without blanks, marks of Markdown and the number of the article."""
    squeezed = re.sub(r"[\s\u3000*]+", "", text)
    for sentence in re.split("[。；;]", _ARTICLE.sub("", squeezed)):
        if sentence:
            yield sentence


def with_repeals_of(document: ImportedDocument, known: Callable[[], Collection[str]]) -> ImportedDocument:
    """The document with those repeals alone that name a document there is: a reference to nothing is an error.

    `known` gives the 文号 there are; it is asked only where something is repealed.
    """
    stated = [number for number in document.extras.get("repeals", "").split("；") if number]
    if not stated:
        return document
    there = known()
    here = [number for number in stated if number in there]
    missing = [number for number in stated if number not in there]
    told = (
        f"文中写明废止{'、'.join(missing)}，内容文件夹里没有，没有填写“废止文件”；以后导入了，请补填。"
        if missing
        else ""
    )
    extras = {key: value for key, value in document.extras.items() if key != "repeals"}
    return replace(
        document,
        extras=extras | ({"repeals": "；".join(here)} if here else {}),
        decisions=tuple(
            replace(one, value="；".join(here)) if one.field == "repeals" else one
            for one in document.decisions
            if one.field != "repeals" or here
        ),
        doubts=(*document.doubts, *([told] if told else [])),
    )
