"""What stands at the end of an official document: signature, date, 主题词, 抄送, 印发; and the text enclosed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plugins.disclosure.chinese_dates import DateReading, find_dates, read_date
from plugins.disclosure.importers.organs import is_organ
from plugins.disclosure.importers.page_lines import Line, begins_with_number, squeezed
from plugins.disclosure.importers.titles import ends_as_document

_MOST_SIGNERS = 8
_LONGEST_TITLE = 60
_FIGURES = "[0-9０-９〇○零一二三四五六七八九十]"
_LIKE_A_DAY = re.compile(f"{_FIGURES}{{2,4}} *年 *{_FIGURES}{{1,3}} *月 *{_FIGURES}{{1,3}} *日")
_ATTACHMENT = re.compile("附(?:件|表|录)?[ \u3000]*[0-9０-９一二三四五六七八九十]*[ \u3000]*[:：]?")


@dataclass(frozen=True, slots=True)
class Closing:
    """`end` is the place of the last line of the notice itself; what follows is enclosed or 版记.

    `signed` is the date of the signature, `printed` that of 印发; each with its line.
    """

    signers: tuple[str, ...] = ()
    signed: tuple[Line, DateReading] | None = None
    printed: tuple[Line, DateReading] | None = None
    keywords: tuple[str, ...] = ()
    disclosure: str = ""
    end: int | None = None
    enclosed: int | None = None


def closing_of(body: Sequence[Line], title: str) -> Closing:
    """The closing elements of a document's text. Without a date on a line of its own there is no signature."""
    dates = ((place, _signature_at(body, place)) for place in range(1, len(body)))
    signature = next(((place, date) for place, date in dates if date), None)
    place = signature[0] if signature else None
    return Closing(
        _signers(body, *signature) if signature else (),
        (body[signature[0]], signature[1]) if signature else None,
        _printed(body),
        _keywords(body),
        _disclosure(body),
        place,
        _enclosed(body, place, title),
    )


def _signature_at(body: Sequence[Line], place: int) -> DateReading | None:
    """The date, to the day, that the line is, or that follows an organ's name in it.

    A date in figures (2024-05-20) is taken for that of a signature only below an organ's name.
    """
    text = body[place].text
    found = [(start, end, date) for start, end, date in find_dates(text) if date.precision == "day"]
    if len(found) != 1:
        return None
    start, end, date = found[0]
    before, after = text[:start].strip(" \u3000\xa0（("), text[end:].strip(" \u3000\xa0）)")
    if after or (before and not is_organ(before)):
        return None
    in_words = "年" in date.text
    return date if in_words or (not before and is_organ(body[place - 1].text)) else None


def days_that_are_not(body: Sequence[Line]) -> list[Line]:
    """The lines that have the form of a day and name one that no calendar has: 2026年2月30日."""
    return [
        line for line in body if _LIKE_A_DAY.fullmatch(line.text) and read_date(squeezed(line.text)) is None
    ]


def attachments_named(body: Sequence[Line]) -> list[str]:
    """The attachments that a text names (附件：1.……), as it writes them."""
    lines = attachment_lines(body)
    texts = (line.text for line in body if line.number in lines)
    return [name for text in texts for name in _numbered(re.sub("^附件[ \u3000]*[:：]", "", text))]


def attachment_lines(body: Sequence[Line]) -> list[int]:
    """The numbers of the lines that list attachments: 附件：… and the numbered ones below it."""
    found: list[int] = []
    going = False
    for line in body:
        item = re.match("[0-9０-９]{1,2}[.．、]", line.text) is not None and line.text[-1] not in "。；;"
        going = re.match("附件[ \u3000]*[:：]", line.text) is not None or (going and item)
        if going:
            found.append(line.number)
    return found


def _numbered(text: str) -> list[str]:
    return [
        part.strip()
        for part in re.split("(?:^|[ \u3000])[0-9０-９]{1,2}[.．、][ \u3000]*", text)
        if part.strip()
    ]


def _signers(body: Sequence[Line], place: int, date: DateReading) -> tuple[str, ...]:
    """The organs above the date, or before it on its line, in their order."""
    own = body[place].text.replace(date.text, "").strip(" \u3000\xa0（()）")
    if own:
        return _names(own)
    above: list[str] = []
    for line in reversed(body[max(0, place - _MOST_SIGNERS) : place]):
        if not is_organ(line.text) or begins_with_number(line.text):
            break
        above[:0] = _names(line.text)
    return tuple(above)


def _names(text: str) -> tuple[str, ...]:
    """Several organs sign on one line with spaces between them; 霁川市 财政局 is one, spaced out."""
    names = text.split()
    return (
        tuple(names)
        if len(names) > 1 and all(is_organ(name) and len(name) > 3 for name in names)
        else (squeezed(text),)
    )


def _printed(body: Sequence[Line]) -> tuple[Line, DateReading] | None:
    for line in reversed(body):
        if re.search("印发[。 ]*$", line.text) and len(line.text) <= 80:
            dates = [date for _, _, date in find_dates(line.text) if date.precision == "day"]
            if len(dates) == 1:
                return line, dates[0]
    return None


def _keywords(body: Sequence[Line]) -> tuple[str, ...]:
    for line in reversed(body):
        match = re.match("主题词[ \u3000]*[:：](?P<words>.{2,80})$", line.text)
        if match:
            return tuple(re.split("[ \u3000\xa0；;、，,]+", match["words"].strip()))
    return ()


def _disclosure(body: Sequence[Line]) -> str:
    pattern = "[（(]?(?:政府)?(?:信息)?公开(?:选项|方式|属性|形式)[ \u3000]*[:：][ \u3000]*(?P<value>[\u4e00-\u9fff]{4,6})[）)]?"
    found = (re.fullmatch(pattern, line.text) for line in body)
    stated = next((match["value"] for match in found if match), "")
    marks = (
        re.fullmatch("[（(](?:此|本)件(?P<value>(?!不).{2,6}公开)(?:发布)?[）)]", line.text) for line in body
    )
    mark = next((match["value"] for match in marks if match), "")
    public = any(re.fullmatch("[（(](?:此|本)件公开(?:发布)?[）)]", line.text) for line in body)
    if stated or mark:
        return (stated or mark).replace("全文公开", "主动公开")
    return "主动公开" if public else ""


def _enclosed(body: Sequence[Line], signed: int | None, title: str) -> int | None:
    """The place of the title of the text that the notice hands on: the first line of its kind after the date."""
    if signed is None:
        return None
    for place in range(signed + 1, min(signed + 6, len(body))):
        text = body[place].text
        if _ATTACHMENT.fullmatch(text) or text[0] in "（(":
            continue
        is_title = squeezed(text) in squeezed(title) or ends_as_document(text)
        return place if is_title and len(text) <= _LONGEST_TITLE and not begins_with_number(text) else None
    return None
