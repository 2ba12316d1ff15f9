"""The prose of an annual report: are its parts there, in order, and does it say what the tables say.

All but the headings are reminders: prose can be right in ways a pattern does not see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.disclosure.annual_report import Amount, Fault, Form, PartForm, Tables, TextCheck
from plugins.disclosure.chinese_numerals import half_width

_MARKS = re.compile(r"^#{1,6}|#+$|\*\*|__|\s|[：:]$")
_FIGURE = r"(?P<between>[^，。；、！？,;!?\n\d]{0,24}?)(?P<figure>\d[\d,，]*)\s*(?:余)?[件宗起]"
_NOTHING_TO_SAY = frozenset({"", "无", "无。", "暂无", "暂无。"})


@dataclass(frozen=True, slots=True)
class BodyPart:
    """A stretch of a report's text: under one of the form's headings, or (`form` None) before the first.

    `line` is the line of the heading, or of the text where there is none, counted from 1; `text` is what
    stands below the heading, without empty lines around it.
    """

    form: PartForm | None
    line: int
    text: str


def split_parts(body: str, form: Form) -> tuple[BodyPart, ...]:
    """The text by the form's headings, in the order they stand; a heading may be marked in any Markdown way."""
    headings = {_plain(part.heading): part for part in form.parts}
    parts: list[tuple[PartForm | None, int, list[str]]] = [(None, 1, [])]
    for number, line in enumerate(body.splitlines(), start=1):
        if (found := headings.get(_plain(line))) is not None:
            parts.append((found, number, []))
        else:
            parts[-1][2].append(line)
    texts = [BodyPart(part, number, "\n".join(lines).strip("\n ")) for part, number, lines in parts]
    return tuple(part for part in texts if part.form is not None or part.text)


def check_parts(body: str, form: Form) -> list[Fault]:
    """Headings that are missing, stand twice or stand out of order."""
    there = [part for part in split_parts(body, form) if part.form is not None]
    headings = [part.form.heading for part in there if part.form]
    wanted = [part.heading for part in form.parts]
    return [*_missing(headings, form), *_twice(there), *_out_of_order(there, wanted)]


def check_text(body: str, tables: Tables) -> list[Fault]:
    """Figures in the prose that contradict the tables, and parts that leave out what they must speak of."""
    return [
        *(fault for check in tables.form.text_checks for fault in _contradictions(check, body, tables)),
        *(fault for part in split_parts(body, tables.form) for fault in _left_out(part)),
    ]


def _missing(headings: list[str], form: Form) -> Iterator[Fault]:
    for part in form.parts:
        if part.heading not in headings:
            yield Fault(
                "ar.six",
                "error",
                f"正文缺少“{part.heading}”这一部分。",
                f'The text lacks the part "{part.label_en}". Write its heading on a line of its own: ## {part.heading}',
                f"请单独写一行“## {part.heading}”，一字不改。",
            )


def _twice(there: list[BodyPart]) -> Iterator[Fault]:
    seen: set[str] = set()
    for part in there:
        if part.form and part.form.heading in seen:
            yield Fault(
                "ar.six",
                "error",
                f"标题“{part.form.heading}”出现了两次。",
                f'The heading "{part.form.label_en}" stands twice. Join what is below both.',
                "请把两处的内容并在一起。",
                line=part.line,
            )
        if part.form:
            seen.add(part.form.heading)


def _out_of_order(there: list[BodyPart], wanted: list[str]) -> Iterator[Fault]:
    highest = -1
    for part in there:
        if part.form is None:
            continue
        place = wanted.index(part.form.heading)
        if place < highest:
            yield Fault(
                "ar.six",
                "error",
                f"“{part.form.heading}”排在了“{wanted[highest]}”之后。",
                f'"{part.form.label_en}" stands after a later part. Put the parts in the order of the form.',
                "请按格式规定的顺序排列六个部分。",
                line=part.line,
            )
        highest = max(highest, place)


def _contradictions(check: TextCheck, body: str, tables: Tables) -> Iterator[Fault]:
    said = list(_figures(check, body))
    right = [sum((tables.at(cell) for cell in one), 0) for one in check.sums]
    wrong = [(line, figure) for line, figure in said if figure not in right]
    if check.once and len(wrong) < len(said):
        return
    for line, figure in wrong:
        yield Fault(
            check.id,
            "warning",
            f"正文说{check.what} {figure} 件，表格是{_either(right)}件。",
            f"The text gives {figure} for {check.what_en}; the table has {_either_en(right)}. Compare them.",
            f"请核对正文和表格（{'、'.join(tables.form.cell_name(cell) for cell in check.sums[0])}）。",
            cells=check.sums[0],
            left=figure,
            right=right[0],
            line=line,
        )


def _figures(check: TextCheck, body: str) -> Iterator[tuple[int, int]]:
    """Every figure the prose gives for a check, with its line."""
    pattern = re.compile(f"(?:{check.pattern}){_FIGURE}")
    for number, line in enumerate(half_width(body).splitlines(), start=1):
        for match in pattern.finditer(line):
            if not (check.unless and re.search(check.unless, match["between"])):
                yield number, int(re.sub(r"\D", "", match["figure"]))


def _left_out(part: BodyPart) -> Iterator[Fault]:
    form = part.form
    if form is None or not form.check:
        return
    length = len(re.sub(r"\s", "", part.text))
    if form.min_characters and (part.text in _NOTHING_TO_SAY or length < form.min_characters):
        yield Fault(
            form.check,
            "warning",
            f"“{form.heading}”只有 {length} 个字。" if length else f"“{form.heading}”下面没有文字。",
            f'"{form.label_en}" has {length or "no"} characters{" only" if length else ""}. Say more.',
            "请具体写明。",
            line=part.line,
        )
        return
    for mention in form.mentions:
        if not any(word in part.text for word in mention.words):
            yield Fault(
                form.check,
                "warning",
                f"“{form.heading}”没有写到{mention.what}。",
                f'"{form.label_en}" does not speak of {mention.what_en}. Write of it, even if there is none.',
                "请写明；没有的也请说明没有。",
                line=part.line,
            )


def _either(figures: list[Amount]) -> str:
    return " " + " 或 ".join(str(figure) for figure in dict.fromkeys(figures)) + " "


def _either_en(figures: list[Amount]) -> str:
    return " or ".join(str(figure) for figure in dict.fromkeys(figures))


def _plain(line: str) -> str:
    previous = None
    while line != previous:
        previous, line = line, _MARKS.sub("", line)
    return line
