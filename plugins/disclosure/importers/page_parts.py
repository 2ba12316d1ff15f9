"""A pasted page cut in parts: what the page says of the document, the document's text, what is dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from plugins.disclosure.chinese_dates import DateReading
from plugins.disclosure.document_number import CaseNumber, DocumentNumber, parse
from plugins.disclosure.importers import boilerplate
from plugins.disclosure.importers.boilerplate import (
    begins_the_rest_of_the_page,
    why_dropped,
    why_dropped_around,
)
from plugins.disclosure.importers.headings import heading_of
from plugins.disclosure.importers.imported import SourceLine
from plugins.disclosure.importers.organs import is_organ
from plugins.disclosure.importers.page_facts import Fact, facts_of, facts_of_line, label_alone, leading_date
from plugins.disclosure.importers.page_lines import Line, begins_with_number, squeezed
from plugins.disclosure.importers.titles import Title, find_title

_ADDRESSED = re.compile(
    "[^。！？]{2,300}(?:政府|部门|单位|机构|委员会|管委会|局|委|办|厅|公司|院|校|中心|企业|街道|区|县|镇|乡|处|科|所|会|社|行|站|队|馆|团体|部|"
    "集团|店|厂|库|港|场|园|法院|同志|居民|市民|群众|申请人|各界|个人|业主|用户|考生|家长|经营者|当事人)(?:[（(][^（）()]*[）)])?[:：]"
)
_NOT_ADDRESSED = re.compile("如下|根据|按照|依据|现将|关于|负责|牵头|包括|联系|地址|电话|公示|[:：].*[:：]")
_SECOND_LINE = re.compile(
    "(?:[0-9]{4}[ \u3000]*年[ \u3000]*)?第[ \u3000]*[0-9一二三四五六七八九十]+[ \u3000]*号"
)
_OF_THE_ARTICLE = ("撰稿", "撰稿人", "供稿", "供稿人", "审稿", "作者", "摄影", "通讯员")
"""（撰稿：…　审稿：…）below an article is its own; （编辑：…）is the page's."""

_LONGEST_MARK = 12
_LINES_OF_A_SUMMARY = 8
_SHORTEST_SENTENCE = 12


@dataclass(slots=True)
class PageParts:
    """`numbers`, `dates` and `marks` are lines above the text that are a 文号, a date, an organ's letterhead."""

    title: Title | None = None
    facts: list[Fact] = field(default_factory=list)
    numbers: list[tuple[Line, DocumentNumber]] = field(default_factory=list)
    dates: list[tuple[Line, DateReading]] = field(default_factory=list)
    marks: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    dropped: list[SourceLine] = field(default_factory=list)
    taken: list[SourceLine] = field(default_factory=list)

    def drop(self, line: Line, reason: str) -> None:
        """The line is no part of the document."""
        self.dropped.append(SourceLine(line.number, line.text, reason))

    def take(self, line: Line, reason: str) -> None:
        """The line goes into a field."""
        self.taken.append(SourceLine(line.number, line.text, reason))


def cut_page(lines: Sequence[Line], facts: Sequence[Fact] = ()) -> PageParts:
    """Sort every line of the page: each is in the body, or taken into a field, or dropped.

    `facts` are those that the file states beside its text; what the page shows comes before them.
    """
    parts = PageParts()
    top = _first(_is_text, lines)
    top = top if top < len(lines) else _first(_is_short_sentence, lines)
    shown, used = facts_of(lines[:top])
    parts.facts = [*shown, *facts]
    parts.title = find_title(lines[:top], parts.facts)
    begin = 0
    if parts.title and parts.title.first >= 0:
        _sort_above(parts, lines[: parts.title.first], used)
        begin = parts.title.last + 1
        for line in lines[parts.title.first : begin]:
            parts.take(line, "标题")
    start = _start_of_text(parts.title, lines, begin, top, used)
    _sort_head(parts, lines, begin, start, used)
    _sort_body(parts, lines[start:])
    parts.dropped.sort(key=lambda dropped: dropped.line)
    return parts


def is_addressed(text: str) -> bool:
    """Whether the line is 主送机关: organs, or the people addressed, and a colon at its end."""
    return (
        _ADDRESSED.fullmatch(text) is not None
        and not begins_with_number(text)
        and _NOT_ADDRESSED.search(text) is None
    )


def number_of(text: str) -> DocumentNumber | None:
    """The 文号 that a line above the text is, 签发人 beside it or not; a court's case number is none."""
    text = re.sub("[ \u3000\xa0]*签发人[ \u3000\xa0]*[:：].*$", "", text)
    number = parse(text.strip("（）() "))
    return None if isinstance(number, CaseNumber) else number


def _is_text(line: Line) -> bool:
    """Whether the document's text has certainly begun."""
    text = line.text
    if facts_of_line(line) or why_dropped_around(text):
        return False
    if is_addressed(text) or begins_with_number(text) or _is_yearbook_entry(text):
        return True
    if text.endswith(("。", "；")):
        return len(text) >= _SHORTEST_SENTENCE
    return len(text) >= 50 and re.search("[。；，,]", text) is not None


def _first(is_it: Callable[[Line], bool], lines: Sequence[Line]) -> int:
    """The place of the first line that is so; below the last where none is."""
    return next((place for place, line in enumerate(lines) if is_it(line)), len(lines))


def _is_short_sentence(line: Line) -> bool:
    """Whether a line is text where no longer one is: 详见规划说明。"""
    text = line.text
    return (
        text.endswith(("。", "；", "！", "：", ":"))
        and not facts_of_line(line)
        and label_alone(text) is None
        and not why_dropped_around(text)
    )


def _is_yearbook_entry(text: str) -> bool:
    """【公交线路调整】2016年，…… and not 【公告】关于……的公告, which is a title."""
    return text[0] == "【" and heading_of(text) is not None and "。" in text


def _sort_above(parts: PageParts, lines: Sequence[Line], used: dict[int, str]) -> None:
    """Above the title stand facts, the letterhead and the number; anything else is the page's."""
    for place, line in enumerate(lines):
        if line.number in used:
            _sort_facts_line(parts, line, used)
        elif not _take_mark(parts, line, lines[place + 1 :]):
            reason = why_dropped_around(line.text) or boilerplate.BEFORE_THE_TITLE
            parts.drop(line, reason)


def _start_of_text(
    title: Title | None, lines: Sequence[Line], begin: int, top: int, used: dict[int, str]
) -> int:
    """The first line of the text: the one after the last that belongs to the page's head.

    A long summary may stand above the head: then the title is repeated a little below it.
    """
    top = max(top, begin)
    for place in range(top + 1, min(top + _LINES_OF_A_SUMMARY, len(lines))):
        repeated = _repeats_title(title, lines, place)
        if repeated:
            top = place + repeated
    start = begin
    place = begin
    while place < min(top + 1, len(lines)):
        repeated = _repeats_title(title, lines, place)
        following = lines[place + 1 : place + 6]
        if repeated or _is_head(lines[place], following, used):
            start = place + max(repeated, 1)
        place += max(repeated, 1)
    while start < len(lines) and _is_number(lines[start], lines[start + 1 : start + 2]):
        start += 1
    return start


def _is_head(line: Line, following: Sequence[Line], used: dict[int, str]) -> bool:
    return (
        line.number in used
        or why_dropped_around(line.text) is not None
        or (bool(following) and _is_cut_off_copy(line.text, following[0].text))
        or _mark_of(line, following) is not None
    )


def _sort_head(parts: PageParts, lines: Sequence[Line], begin: int, start: int, used: dict[int, str]) -> None:
    """The lines between title and text: facts, marks, the title once more; what is left is the page's."""
    place = begin
    while place < start:
        line, following = lines[place], lines[place + 1 : place + 6]
        repeated = _repeats_title(parts.title, lines[:start], place)
        for again in lines[place : place + repeated]:
            parts.take(again, "标题（重复）")
        if repeated:
            place += repeated
            continue
        if line.number in used:
            _sort_facts_line(parts, line, used)
        elif reason := why_dropped_around(line.text):
            parts.drop(line, reason)
        elif following and _is_cut_off_copy(line.text, following[0].text):
            parts.drop(line, boilerplate.REPEATED)
        elif not _take_mark(parts, line, following):
            parts.drop(line, boilerplate.BEFORE_THE_TEXT)
        place += 1


def _sort_body(parts: PageParts, lines: Sequence[Line]) -> None:
    end = _end_of_text(lines)
    for line in lines[:end]:
        reason = None if line.table else why_dropped(line.text)
        if reason:
            parts.drop(line, reason)
        else:
            parts.body.append(line)
    for line in lines[end:]:
        parts.facts.extend(facts_of_line(line))
        reason = why_dropped_around(line.text) or boilerplate.AFTER_THE_END
        parts.drop(line, reason)


def _end_of_text(lines: Sequence[Line]) -> int:
    """Where the rest of the page begins: a mark of it, below which nothing more can be the document's."""
    end = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.table and not _is_page_fact(line):
            break
        if begins_the_rest_of_the_page(line.text) or why_dropped_around(line.text) or _is_page_fact(line):
            end = place
        elif _belongs_to_text(line):
            break
    return end


def _belongs_to_text(line: Line) -> bool:
    text = line.text
    return (
        _is_text(line)
        or begins_with_number(text)
        or text.startswith("附件")
        or text[-1] in "。；;：:"
        or (text[0] in "（(" and not _is_page_fact(line))
        or _is_only_date(text)
        or re.search("抄送|印发$|主题词", text) is not None
    )


def _is_only_date(text: str) -> bool:
    date = leading_date(text)
    return date is not None and squeezed(date.text) == squeezed(text)


def _is_page_fact(line: Line) -> bool:
    facts = facts_of_line(line)
    keys = {fact.key for fact in facts}
    if line.text[0] in "（(" and any(fact.label in _OF_THE_ARTICLE for fact in facts):
        return False
    return bool(keys) and keys <= {"page", "content_source", "published_on", "updated_on", "shop"}


def _sort_facts_line(parts: PageParts, line: Line, used: dict[int, str]) -> None:
    """A line whose facts say nothing of the document (浏览次数, 型号) is dropped, another one taken."""
    keys = {fact.key for fact in parts.facts if fact.line == line.number} or {used[line.number]}
    is_shop = any(fact.key == "shop" for fact in parts.facts)
    if "shop" in keys or (is_shop and keys == {"content_source"}):
        parts.drop(line, boilerplate.REPOST)
    elif keys == {"page"}:
        parts.drop(line, boilerplate.SHARING)
    else:
        parts.take(line, "页面标注")


Mark = Literal["文号", "日期", "版头"]


def _mark_of(line: Line, following: Sequence[Line]) -> Mark | None:
    """Whether the line is a 文号, a date by itself or a letterhead."""
    text = line.text
    date = leading_date(text.strip("•·- "))
    if _is_number(line, following) or _SECOND_LINE.fullmatch(text):
        return "文号"
    if date is not None and _is_hardly_more_than(text, date.text):
        return "日期"
    is_letterhead = text.endswith("文件") or any(number_of(other.text) for other in following[:2])
    return "版头" if is_letterhead and is_organ(text.removesuffix("文件")) else None


def _is_number(line: Line, following: Sequence[Line]) -> bool:
    return (number_of(line.text) or _number_over_two_lines(line.text, following)) is not None


def _take_mark(parts: PageParts, line: Line, following: Sequence[Line]) -> bool:
    """Take the line as the mark it is; False if it is none."""
    mark = _mark_of(line, following)
    number = number_of(line.text) or _number_over_two_lines(line.text, following)
    date = leading_date(line.text.strip("•·- "))
    if number is not None:
        parts.numbers.append((line, number))
    elif mark == "日期" and date is not None:
        parts.dates.append((line, date))
    elif mark == "版头":
        parts.marks.append(line)
    if mark is not None:
        parts.take(line, mark)
    return mark is not None


def _is_hardly_more_than(text: str, date: str) -> bool:
    """A time of day and a weekday may stand beside the date, a sentence not."""
    return len(re.sub("\\W", "", text)) <= len(re.sub("\\W", "", date)) + _LONGEST_MARK


def _number_over_two_lines(text: str, following: Sequence[Line]) -> DocumentNumber | None:
    """霁川市人民政府令 with 第39号 below it."""
    if following and _SECOND_LINE.fullmatch(following[0].text) and text.endswith(("令", "公告", "通告")):
        return number_of(squeezed(text + following[0].text))
    return None


def _repeats_title(title: Title | None, lines: Sequence[Line], place: int) -> int:
    """How many lines from `place` on are the title once more; 0 if they are not."""
    if title is None:
        return 0
    wanted = squeezed(title.text)
    text = ""
    for count, line in enumerate(lines[place : place + 3], start=1):
        text += squeezed(line.text)
        if len(text) >= 8 and (
            text == wanted or (wanted.endswith(text) and text.startswith(("关于", "印发", "转发")))
        ):
            return count
    return 0


def _is_cut_off_copy(text: str, following: str) -> bool:
    """A page's summary that repeats the beginning of the text below it."""
    text = squeezed(text).rstrip("….")
    return len(text) >= 20 and len(squeezed(following)) > len(text) and squeezed(following).startswith(text)
