"""Text -> value, one function for each type of field. What is wrong comes back with what to write instead.

A value that is carelessly written but leaves no doubt (全角数字, 2024年1月15日) is reported and still read, so
that the other rules can judge the record and every problem shows in one run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from plugins.disclosure import document_number, document_number_faults, index_number
from plugins.disclosure.chinese_numerals import half_width, read_any_number
from plugins.disclosure.kinds import Field, FieldType
from plugins.disclosure.problem import Severity
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.day_and_time import read_day, read_moment, read_time
from plugins.disclosure.readers.left_overs import left_over
from plugins.disclosure.readers.named import (
    read_attachment,
    read_choice,
    read_organ,
    read_section,
    read_topic,
)
from plugins.disclosure.readers.reading import Fault, Reading, faulty
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.writing_fault import WritingFault

LONGEST_LINE = 500
"""Characters of one line, far above any title; in a longer one something was pasted into the wrong place."""


def read_text(text: str, field: Field, around: Around) -> Reading:
    """One value of the field's type; `text` is not empty and has no space at its ends."""
    if field.type not in REPEATED:
        return _read(text, field, around)
    known = around.readings.get((field.key, text))
    if known is None or known[0] is not field:
        known = around.readings[field.key, text] = (field, _read(text, field, around))
    return known[1]


REPEATED = frozenset(("choice", "date", "organ", "section", "topic", "yes_no"))
"""Types of which the same few values stand in many records: each is read once."""


def _read(text: str, field: Field, around: Around) -> Reading:
    if told := left_over(text, field.need == "required"):
        return faulty("left-over", text, *told)
    return READERS[field.type](text, field, around)


def _text(text: str, _field: Field, _around: Around) -> Reading:
    if "\n" not in text:
        return Reading(text) if len(text) <= LONGEST_LINE else _too_long(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = "".join(lines)
    return faulty(
        "several-lines",
        text,
        f"有 {len(lines)} 行，这一项只能写一行",
        f"{len(lines)} lines; one line is wanted here. Write {quoted_en(joined)}.",
        f"请写成一行：{joined}",
        joined,
    )


def _too_long(text: str) -> Reading:
    zh = f"写作{quoted(text)}，有 {len(text)} 字，这一项通常只有几个字到一两句话。"
    en = f"{quoted_en(text)}: {len(text)} characters where a few words or a sentence are usual. Put the text elsewhere."
    fault = Fault("field.long", zh, en, "请写得简短，详细的内容写在正文里。", "warning")
    return Reading(text, (fault,))


def _long_text(text: str, _field: Field, _around: Around) -> Reading:
    return Reading(text)


def _integer(text: str, field: Field, _around: Around) -> Reading:
    if re.fullmatch("[0-9]{1,15}", text):
        return Reading(int(text))
    if re.fullmatch("-[0-9]{1,15}", text):
        zh, en = "这一项不会小于零", "this cannot be less than nothing. Mend the number."
        return faulty("bad-number", text, zh, en, f"请核对，写成 {field.example or 2025} 的样子。")
    plain = half_width(text).replace("，", ",")
    found = re.fullmatch(
        "(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15}))(?:\\.0+)? ?[年件个项人份次]?度?", plain
    )
    number = int(found[1].replace(",", "")) if found else read_any_number(text)
    if number is None:
        en = f"this is no whole number. Write digits only, for example {field.example or 2025}."
        return faulty("bad-number", text, "不是整数", en, f"请只写数字，例如 {field.example or 2025}。")
    mended = number if plain.replace(",", "") == str(number) else ""  # a unit may mean another number
    en, hint = f"digits only. Write {number}.", f"请写成 {number}。"
    return faulty("bad-number", text, "这一项只写数字", en, hint, number, mended)


def _decimal(text: str, field: Field, _around: Around) -> Reading:
    if re.fullmatch("-?[0-9]{1,15}(?:\\.[0-9]{1,6})?", text):
        return Reading(Decimal(text))
    plain = half_width(text).replace("，", ",").replace("．", ".").replace("。", ".")
    found = re.fullmatch(
        "(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\\.[0-9]{1,6})?) ?(?:元|万元|亿元|%)?", plain
    )
    if not found:
        en = f"this is no number. Write it like {field.example or 96171.6}, without a unit."
        return faulty(
            "bad-number",
            text,
            "不是数",
            en,
            f"请只写数字和小数点，不写单位，例如 {field.example or 96171.6}。",
        )
    number = Decimal(found[1].replace(",", ""))
    en = f"digits and a point only, without a unit. Write {number}."
    mended = number if plain.replace(",", "") == str(number) else ""
    hint = f"请写成 {number}。"
    return faulty("bad-number", text, "这一项只写数字和小数点，不写单位", en, hint, number, mended)


_YES_NO = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}
_LIKE_YES_NO = {"√": True, "✓": True, "有": True, "对": True, "1": True, "y": True, "需要": True} | {
    "×": False,
    "无": False,
    "不": False,
    "0": False,
    "n": False,
    "不是": False,
    "不需要": False,
}


def _yes_no(text: str, _field: Field, _around: Around) -> Reading:
    value = _YES_NO.get(text.lower())
    if value is not None:
        return Reading(value)
    guessed = _LIKE_YES_NO.get(text.lower())
    en = "write 是 (yes) or 否 (no)."
    hint = "请写“是”或“否”。" if guessed is None else f"请写成“{'是' if guessed else '否'}”。"
    return faulty("bad-yes-no", text, "不是“是”或“否”", en, hint, guessed)


def _document_number(text: str, _field: Field, _around: Around) -> Reading:
    if document_number.is_right(text):
        return Reading(text)
    fault = document_number_faults.fault_of(text)
    return Reading(document_number.normalise(text), (_from_writing(fault),) if fault else ())


def _index_number(text: str, _field: Field, _around: Around) -> Reading:
    faults = tuple(_from_writing(fault) for fault in index_number.lint(text))
    return Reading(index_number.normalise(text), faults)


_NOT_TO_BE_CHANGED = ("index-number.dashed-code",)
"""An 索引号 already published stays as it is, so this stops nothing."""


def _from_writing(fault: WritingFault) -> Fault:
    severity: Severity = "warning" if fault.code in _NOT_TO_BE_CHANGED else "error"
    mended = fault.suggestion or "" if severity == "error" else ""
    return Fault(fault.code, fault.message_zh, fault.message_en, "", severity, mended)


_PHONE = re.compile(
    "(?:0[0-9]{2,3}-[0-9]{7,8}(?:-[0-9]{1,6})?|1[3-9][0-9]{9}|400-[0-9]{3}-[0-9]{4}|[19][0-9]{2,5}|无)"
)


def _phone(text: str, _field: Field, _around: Around) -> Reading:
    numbers = re.split("[、/]", text)
    if all(_PHONE.fullmatch(number) for number in numbers):
        return Reading(text)
    plain = re.sub("[—–－‐﹣ ]+", "-", half_width(text)).replace("（", "(").replace("）", ")")
    plain = re.sub("^\\(?(0[0-9]{2,3})\\)?-?([0-9]{7,8})$", r"\1-\2", plain)
    if all(_PHONE.fullmatch(number) for number in re.split("[、/]", plain)):
        en = f"area code, hyphen, number. Write {plain}."
        return faulty("bad-phone", text, "不是规定的电话写法", en, f"请写成 {plain}。", plain, plain)
    en = "this is no telephone number. Write it like 0990-5550118; 无 where there is none."
    hint = "请写成“区号-号码”，例如 0990-5550118；几个号码用顿号隔开；没有的写“无”。"
    return faulty("bad-phone", text, "看不出是电话号码", en, hint)


def _email(text: str, _field: Field, _around: Around) -> Reading:
    if re.fullmatch("[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}", text):
        return Reading(text)
    en = "this is no e-mail address. Write it like xxgk@jichuan.example."
    return faulty("bad-email", text, "不是电子邮箱地址", en, "请写成 xxgk@jichuan.example 的样子。")


def _link(text: str, _field: Field, _around: Around) -> Reading:
    if re.fullmatch("https?://[^\\s/?#@:]+(?::[0-9]{1,5})?(?:[/?#]\\S*)?", text):
        return Reading(text)
    if re.fullmatch("[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+(?:[/?#]\\S*)?", text):
        mended = f"https://{text}"
        return faulty("bad-link", text, "网址缺少开头", f"write {mended}.", f"请写成 {mended}", mended)
    en = "this is no web address. Write it in full, beginning with https://."
    return faulty(
        "bad-link", text, "不是完整的网址", en, "请写完整网址，例如 https://www.jichuan.example/xxgk/"
    )


def _record(text: str, _field: Field, _around: Around) -> Reading:
    return Reading(text)


READERS: Mapping[FieldType, Callable[[str, Field, Around], Reading]] = {
    "text": _text,
    "long_text": _long_text,
    "date": read_day,
    "time": read_time,
    "moment": read_moment,
    "integer": _integer,
    "decimal": _decimal,
    "yes_no": _yes_no,
    "choice": read_choice,
    "topic": read_topic,
    "organ": read_organ,
    "section": read_section,
    "record": _record,
    "document_number": _document_number,
    "index_number": _index_number,
    "attachment": read_attachment,
    "phone": _phone,
    "email": _email,
    "link": _link,
}
"""`table` and `report_tables` are not one text; `values.py` reads them."""
