"""The title of a pasted document: stated, or found by its form, its repetition and its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plugins.disclosure.document_number import parse
from plugins.disclosure.importers.boilerplate import why_dropped_around
from plugins.disclosure.importers.organs import is_organ
from plugins.disclosure.importers.page_facts import Fact, facts_of_line, leading_date
from plugins.disclosure.importers.page_lines import ENDS_A_PARAGRAPH, Line, begins_with_number, squeezed

_TYPES = (
    "通知|意见|决定|命令|令|公告|通告|公报|通报|报告|请示|批复|复函|议案|函|纪要|决议|办法|规定|细则|方案|要点|规划|计划|条例|制度|预案|清单|目录|"
    "指南|公示|解读|规则|章程|标准|指引|措施|总结|启事|须知|声明|倡议书|说明|名单|安排|分工|简报|通知书|告知书|意见书|办法（试行）"
)
GENRES = (
    "命令",
    "决定",
    "公告",
    "通告",
    "公报",
    "通报",
    "意见",
    "通知",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
    "决议",
)
"""Forms of document that stand last in an official title."""

_ENDS_AS_DOCUMENT = re.compile(f"(?:{_TYPES})(?:[（(][^（）()]{{1,20}}[）)])?$")
_SAYS_ABOUT = re.compile("关于|印发|转发|批转|公布|发布|下达|表彰|废止|修改|做好|开展|进一步")
_SITE_NAME = re.compile(
    "[ \u3000]*[-_|｜–—][ \u3000]*[^-_|｜–—]{2,24}(?:网|网站|门户|平台|政府|局|频道|专栏|文库|百科|文档)$"
)
_LONGEST, _SHORTEST = 120, 4
_CERTAIN = 5


@dataclass(frozen=True, slots=True)
class Title:
    """`first` and `last` are the places, in the list of lines, where it stands; -1 where only a label gives it.

    `written` is the text before it was cleaned, `line` the number of its first line.
    """

    text: str
    first: int
    last: int
    how: str
    inferred: bool
    written: str = ""
    line: int | None = None


def find_title(lines: Sequence[Line], facts: Sequence[Fact]) -> Title | None:
    """The title among the lines above a document's text; None if nothing there can be one."""
    labelled = next((fact for fact in facts if fact.key == "title" and len(fact.value) >= _SHORTEST), None)
    candidates = sorted(
        _candidates(lines), key=lambda one: (-one[0], one[1].first, one[1].first - one[1].last)
    )
    if labelled:
        return _labelled_title(labelled, [title for _, title in candidates])
    if not candidates:
        return None
    score, best = candidates[0]
    first = min((title for _, title in candidates if _same_words(title, best)), key=lambda title: title.first)
    return replace(first, how=best.how, inferred=score < _CERTAIN)


def _labelled_title(labelled: Fact, titles: Sequence[Title]) -> Title:
    """The title the page states, at the place where it stands above the text, in its longer form."""
    how = f"页面“{labelled.label}”一栏"
    text = cleaned(labelled.value)
    same = next((title for title in titles if squeezed(title.text) == squeezed(text)), None)
    same = same or next((title for title in titles if _same(title.text, text)), None)
    if same is None:
        return Title(text, -1, -1, how, inferred=False, written=labelled.value, line=labelled.line)
    return replace(same, text=max(text, same.text, key=len), how=how, inferred=False)


def looks_official(text: str) -> bool:
    """Whether a title has the form of an official document's: 关于…的通知, 印发…的意见."""
    return bool(_ENDS_AS_DOCUMENT.search(text) and _SAYS_ABOUT.search(text))


def ends_as_document(text: str) -> bool:
    """Whether the words end in a form of document: …方案, …清单, …办法（试行）."""
    return _ENDS_AS_DOCUMENT.search(text) is not None


def genre_of(title: str) -> str | None:
    """通知, 意见, ... where the title ends in it."""
    match = re.search(f"(?P<genre>{'|'.join(GENRES)})(?:[（(][^（）()]{{1,20}}[）)])?$", title)
    return match["genre"] if match else None


def organ_in_title(title: str) -> str | None:
    """The organ before 关于 or 印发, or before what only an organ has, where the title begins with one."""
    match = re.match(
        "(?P<organ>[^《》“”]{2,40}?)(?:关于|印发|转发|批转|公布|发布"
        "|(?:(?:19|20)[0-9]{2}年度?)?(?:政府信息公开|信息公开|(?:部门|单位|本级)(?:预算|决算)|(?:公告|通告|公示)$))",
        title,
    )
    return match["organ"].strip() if match and is_organ(match["organ"].strip()) else None


def cleaned(text: str) -> str:
    """A title as it is kept: without the site's name behind it, the 文号 in brackets, and spaces around dots."""
    text = _SITE_NAME.sub("", text).strip()
    text = re.sub("^(?:[•·*●■◆\\-]+|【[^】]{1,6}】)[ \u3000]*", "", text)
    text = re.sub("[ \u3000]+[\\[(（]?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[\\])）]?$", "", text)
    bracketed = re.search("[（(](?P<inside>[^（）()]{6,30})[）)]$", text)
    if bracketed and parse(bracketed["inside"]):
        text = text[: bracketed.start()]
    return _without_stray_spaces(text).strip("· ")


def number_in_title(text: str) -> str | None:
    """The 文号 that a title carries in brackets at its end."""
    bracketed = re.search("[（(](?P<inside>[^（）()]{6,30})[）)]$", text)
    number = parse(bracketed["inside"]) if bracketed else None
    return number.canonical if number else None


def _without_stray_spaces(text: str) -> str:
    """Two organs keep the space between them; 关 于 印 发 and 年鉴2013 ·行政审批 lose theirs."""
    parts = text.split()
    if len(parts) > 3 and all(len(part) == 1 for part in parts):
        return "".join(parts)
    return re.sub(" (?=·|关于|印发|的)|(?<=·) ", "", " ".join(parts))


def _candidates(lines: Sequence[Line]) -> Iterator[tuple[int, Title]]:
    """Each line, and each two or three that can be one title, with how much speaks for it."""
    dated = [place for place, line in enumerate(lines) if _is_dated(line)]
    titles = list(_possible(lines))
    for title in titles:
        score, how = _score(title.text, title.first == title.last)
        if any(_stands_elsewhere(title, other) for other in titles):
            score, how = score + 3, f"{how}，页面上出现不止一次"
        if _stands_above(lines, title.last, dated):
            score, how = score + 4, f"{how}，紧接在日期、来源一行之上"
        yield score, replace(title, how=how)


def _possible(lines: Sequence[Line]) -> Iterator[Title]:
    for first, line in enumerate(lines):
        below = lines[first + 1].text if first + 1 < len(lines) else ""
        if not _can_be_title(line) or parse(squeezed(line.text + below)):
            continue  # 霁川市人民政府令 with 第39号 below it is the number
        for last in range(first, min(first + 3, len(lines))):
            text = _joined(lines, first, last)
            if text is None:
                break
            title = cleaned(text)
            if _SHORTEST <= len(title) <= _LONGEST:
                yield Title(title, first, last, "", inferred=False, written=text, line=line.number)


def _stands_elsewhere(title: Title, other: Title) -> bool:
    apart = other.last < title.first or other.first > title.last
    return apart and squeezed(title.text) == squeezed(other.text)


def _score(text: str, alone: bool) -> tuple[int, str]:
    if looks_official(text):
        return 8 if not alone and organ_in_title(text) else 7, "公文标题的样子"
    if not alone:
        return -9, ""
    if _ENDS_AS_DOCUMENT.search(text) and len(text) >= 8:
        return 3, "以文种结尾的一行"
    return 1, "页面上方的一行"


def _joined(lines: Sequence[Line], first: int, last: int) -> str | None:
    """The lines as one title, or None where one of them cannot be a part of it."""
    parts = [line.text for line in lines[first : last + 1]]
    if len(parts) == 1:
        return parts[0]
    if any(line.blank_before or not _can_be_title(line) for line in lines[first + 1 : last + 1]):
        return None
    heads = parts[:-1]
    if any(looks_official(head) or head[-1] in ENDS_A_PARAGRAPH or _SITE_NAME.search(head) for head in heads):
        return None
    text = "".join(parts)
    starts_well = is_organ(heads[0]) or _SAYS_ABOUT.search(heads[0])
    return text if starts_well else None


def _can_be_title(line: Line) -> bool:
    text = line.text
    return (
        len(text) <= _LONGEST
        and not text.endswith(("。", "；", ";", "：", ":", "，", ","))
        and not (facts_of_line(line) or parse(text) or leading_date(text) or begins_with_number(text))
        and why_dropped_around(text) is None
        and not text.endswith("文件")
        and not re.fullmatch("(?:[0-9]{4}年)?第.{1,8}号", text)
    )


def _is_dated(line: Line) -> bool:
    keys = {fact.key for fact in facts_of_line(line)}
    return (
        bool(keys & {"published_on", "content_source", "updated_on"}) or leading_date(line.text) is not None
    )


def _stands_above(lines: Sequence[Line], last: int, dated: Sequence[int]) -> bool:
    """Whether a line with the date is next below, but for the page's own marks."""
    below = next((place for place in dated if place > last), None)
    return below is not None and all(why_dropped_around(line.text) for line in lines[last + 1 : below])


def _same_words(title: Title, other: Title) -> bool:
    return squeezed(title.text) == squeezed(other.text)


def _same(one: str, other: str) -> bool:
    one, other = squeezed(one), squeezed(other)
    return one.endswith(other) or other.endswith(one)
