"""Who must do what by when: 牵头单位, 责任单位 and the deadlines that an item of a document mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from plugins.disclosure.importers.organs import is_organ, split_organs, split_outside_brackets

_LEAD = "牵头责任单位|牵头单位|牵头部门|牵头处室|牵头科室|主办单位|主要责任单位|第一责任单位|牵头"
_RESPONSIBLE = (
    "共同责任单位|责任单位|责任部门|责任主体|责任处室|责任科室|配合单位|配合部门|协办单位|协助单位|参与单位|"
    "参加单位|参与部门|实施单位|落实单位|承办单位|配合"
)
_DUE = "完成时限|完成时间|办结时限|时限要求|时间要求|时间节点|完成期限|时限|进度安排"
_LABEL = re.compile(f"(?P<lead>{_LEAD})[:：]|(?P<responsible>{_RESPONSIBLE})[:：]|(?P<due>{_DUE})[:：]")
_LONGEST_ANNOTATION = 800
_BRACKETS = {"〔": "〕", "（": "）", "(": ")", "【": "】", "[": "]"}

_FIGURES = "(?:(?<![0-9０-９])[0-9０-９]{1,3}|[一二两三四五六七八九十]{1,4})"
_YEAR = "(?:[12][0-9]{3}年|今年|明年|本年度?|当年|次年|每年|翌年)"
_BY = "(?:之前|以前|前|止|底前|末前)"
_DEADLINES = re.compile(
    "|".join(
        (
            f"(?:即日起)?[至到]{_YEAR}?[0-9]{{1,2}}月[0-9]{{1,2}}日止?|[到至][12][0-9]{{3}}年(?=[，,])",
            f"{_YEAR}?[0-9]{{1,2}}月[0-9]{{1,2}}日[至—–~～-]+{_YEAR}?[0-9]{{1,2}}月[0-9]{{1,2}}日",
            f"{_YEAR}?(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})日|底|末|初|[上中下]旬)?{_BY}",
            f"{_YEAR}?(?:[0-9]{{1,2}})月(?:底|末|初|[上中下]旬)",
            f"{_YEAR}?年?(?:底|末|初|中){_BY}|{_YEAR}(?:年)?(?:底|末|初)|年(?:底|末){_BY}|年内(?![涝部容外地需蒙科陆存在])",
            "每(?:月|季度?|周|半年)[^，。；,;前]{0,6}(?:日|号|底|末)前",
            f"{_YEAR}?第?[一二三四]季度(?:末|底)?{_BY}",
            f"(?:自[^，。；,;]{{1,16}}之日起)?{_FIGURES}(?:个)?(?:工作日|自然日|日|天|周|个?月|小时|年)(?:之内|以内|内)(?![部容外涝])",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Of one item: the units that lead, those responsible or helping, the deadlines in the words of the text."""

    heading: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    due: tuple[str, ...]


def assignment_of(text: str, heading: str) -> Assignment | None:
    """What the paragraph assigns; None if it names neither a unit in charge nor a deadline."""
    lead: list[str] = []
    responsible: list[str] = []
    due: list[str] = []
    for words in _annotations(text):
        words, by = _without_completion(words)
        due.extend(by)
        for key, value in _labelled(words):
            if key == "due":
                due.append(value.strip("。；; "))
            else:
                (lead if key == "lead" else responsible).extend(split_organs(value))
    due.extend(match.group() for match in _DEADLINES.finditer(_without_annotations(text)))
    if not (lead or responsible or due):
        return None
    return Assignment(heading, _once(lead), _once(responsible), _once(due))


def is_only_annotation(text: str) -> bool:
    """Whether the line is nothing but a list of units, which belongs to the paragraph above it."""
    return _without_annotations(text).strip(" 。；;") == ""


def _annotations(text: str) -> Iterator[str]:
    """The parts of a paragraph that say who is in charge, without their brackets."""
    for start, end in _spans(text):
        words = text[start:end]
        yield words[1:-1] if words[0] in _BRACKETS else words


def _without_annotations(text: str) -> str:
    kept, last = "", 0
    for start, end in _spans(text):
        kept, last = kept + text[last:start], end
    return kept + text[last:]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    bare = _LABEL.match(text)
    if bare:
        yield 0, len(text)
        return
    position = 0
    while position < len(text):
        closing = _closing(text, position) if text[position] in _BRACKETS else None
        if closing is not None and _says_who(text[position + 1 : closing]):
            yield position, closing + 1
            position = closing
        position += 1
    bare = re.search(f"(?<=[。；;])[ \u3000]*(?:{_LEAD}|{_RESPONSIBLE})[:：]", text)
    if bare and not any(_says_who(words) for words in re.findall("[〔（(【](.*?)[〕）)】]", text)):
        yield bare.start(), len(text)


def _closing(text: str, start: int) -> int | None:
    """Where the bracket closes that opens at `start`; brackets of its own kind may stand inside.

    One that stays open for longer than any list of units is none of ours.
    """
    opening, closing, depth = text[start], _BRACKETS[text[start]], 0
    for position in range(start, min(start + _LONGEST_ANNOTATION, len(text))):
        depth += (text[position] == opening) - (text[position] == closing)
        if depth == 0:
            return position
    return None


_IN_WORDS = re.compile("(?:牵头|负责|配合|参与|按职责分工|分别负责)(?:落实|实施|办理)?[）)。]?$|牵头[，,；;]")


def _says_who(words: str) -> bool:
    """`责任单位:市财政局` or, as State Council documents have it, `市财政局牵头，市教育局配合`."""
    if _LABEL.match(words.strip()):
        return True
    words, _ = _without_completion(words)
    return bool(_IN_WORDS.search(words)) and all(
        any(is_organ(name) for name in split_organs(_organs_part(clause)))
        for clause in split_outside_brackets(words, "；;")
    )


def _without_completion(words: str) -> tuple[str, list[str]]:
    """`市财政局负责，2024年12月底前完成`: the deadline stands in a clause of its own at the end."""
    match = re.search("[，,；;、][ \u3000]*(?P<by>[^，,；;、]{2,20})完成[。 ]*$", words)
    by = _DEADLINES.search(match["by"]) if match else None
    return (words[: match.start()], [by.group()]) if match and by else (words, [])


def _labelled(words: str) -> Iterator[tuple[str, str]]:
    labels = list(_LABEL.finditer(words))
    for match, following in zip_longest(labels, labels[1:]):
        value = words[match.end() : following.start() if following else len(words)]
        yield str(match.lastgroup), value.strip(" 。；;，,")
    if labels:
        return
    clauses = re.split("(?<=牵头)[，,；;]|[；;]", words)
    for clause in clauses:
        key = "lead" if re.search("牵头(?:负责|落实|办理)?$", clause.strip("。 ")) else "responsible"
        yield key, _organs_part(clause)


def _organs_part(clause: str) -> str:
    """The organs of `市教育局、市财政局等按职责分工负责`."""
    clause = clause.strip("。 ")
    clause = re.sub(
        "(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体|各自)?(?:负责|牵头|配合|参与|落实)(?:负责|落实|实施|办理)?$",
        "",
        clause,
    )
    return re.sub("等(?:有关|相关)?(?:部门|单位)?$", "", clause)


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
