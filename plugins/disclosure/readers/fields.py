"""Text -> value, one function for each type of field. What is wrong comes back with what to write instead.

A value that is carelessly written but leaves no doubt (全角数字, 2024年1月15日) is reported and still read, so
that the other rules can judge the record and every problem shows in one run.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import takewhile
from typing import Any

from plugins.disclosure import document_number, index_number
from plugins.disclosure.chinese_dates import read_date
from plugins.disclosure.chinese_numerals import half_width, read_any_number
from plugins.disclosure.kinds import Field, FieldType
from plugins.disclosure.problem import Severity
from plugins.disclosure.profile import Profile
from plugins.disclosure.readers.around import Around, OrganNames
from plugins.disclosure.readers.left_overs import left_over
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.record import Attachment
from plugins.disclosure.vocabulary import Vocabulary
from plugins.disclosure.writing_fault import WritingFault

EARLIEST_YEAR, LATEST_YEAR = 1900, 2099
MOST_NAMED = 12
"""Allowed words that a message lists; more would not be read."""
MOST_MEANT = 3
LONGEST_LINE = 500
"""Characters of one line, far above any title; in a longer one something was pasted into the wrong place."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, before anybody knows the file and the line.

    `mended` is the whole value as it must be written, where only its form is wrong; empty where that takes a person.
    """

    code: str
    zh: str
    en: str
    hint: str
    severity: Severity = "error"
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The value, None where there is none to go on with, and what is wrong with how it is written."""

    value: Any
    faults: tuple[Fault, ...] = ()


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
    if told := left_over(text):
        return _fault("left-over", text, *told)
    return READERS[field.type](text, field, around)


def _fault(
    code: str, text: str, zh: str, en: str, hint: str, value: Any = None, mended: object = ""
) -> Reading:
    message = f"写作{quoted(text)}，{zh}。"
    fault = Fault(f"field.{code}", message, f"{quoted_en(text)}: {en}", hint, mended=str(mended))
    return Reading(value, (fault,))


def _text(text: str, _field: Field, _around: Around) -> Reading:
    if "\n" not in text:
        return Reading(text) if len(text) <= LONGEST_LINE else _too_long(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = "".join(lines)
    return _fault(
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


def _date(text: str, _field: Field, _around: Around) -> Reading:
    day = _iso_date(text)
    if day is not None:
        return Reading(day)
    reading = read_date(text)
    if reading is None:
        return _no_date(text)
    if reading.precision == "year":
        zh, en = "缺少月和日", f"the month and the day are missing. Write it like {reading.year}-01-15."
        return _fault("bad-date", text, zh, en, f"请写成 {reading.year}-01-15 的样子。")
    day = reading.as_date()
    if day is None:
        like = f"{reading.year}-{reading.month:02d}-15"
        return _fault(
            "bad-date",
            text,
            "缺少日",
            f"the day is missing. Write it like {like}.",
            f"请查明是哪一天，写成 {like} 的样子。",
        )
    if reading.at is not None:
        zh, en = "这一项只写日期，不写时刻", f"only the date stands here, no time of day. Write {day}."
        return _fault("bad-date", text, zh, en, f"请写成 {day}。", day)
    zh, en = "不是规定的日期写法", f"dates are written year-month-day. Write {day}."
    return _fault("bad-date", text, zh, en, f"请写成 {day}。", day, day)


def _iso_date(text: str) -> date | None:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def _no_date(text: str) -> Reading:
    plain = half_width(text)
    parts = re.fullmatch("([0-9]{4})[^0-9]{1,3}([0-9]{1,2})[^0-9]{1,3}([0-9]{1,2})[日号]?", plain)
    parts = parts or re.fullmatch("([0-9]{4})([0-9]{2})([0-9]{2})", plain)
    if parts:
        return _from_parts(text, *(int(part) for part in parts.groups()))
    day = day_of_serial(plain)
    if day is not None:
        zh, en = "是表格软件内部的日期序号", f"this is a spreadsheet's number for a day. Write {day}."
        return _fault("bad-date", text, zh, en, f"请写成 {day}，并把这一列的单元格格式改为“文本”。", day)
    zh, en = "看不出是哪一天", "this is no date. Write it like 2026-01-31: year, month, day."
    return _fault("bad-date", text, zh, en, "请写成 2026-01-31 的样子：年-月-日。")


def day_of_serial(text: str) -> date | None:
    """The day of a spreadsheet's own number for it, 45721 or, with a time of day, 45721.5; None for all else."""
    serial = re.fullmatch("([3-6][0-9]{4})(?:\\.[0-9]+)?", text)
    return date(1899, 12, 30) + timedelta(days=int(serial[1])) if serial else None


def _from_parts(text: str, year: int, month: int, day: int) -> Reading:
    """Why three numbers are no date, or which date they are."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        zh, en = f"年份 {year} 不对", f"the year {year} cannot be right. Write it like 2026-01-31."
        return _fault("bad-date", text, zh, en, "请核对年份，写成 2026-01-31 的样子。")
    if not 1 <= month <= 12:
        zh, en = f"没有 {month} 月", f"there is no month {month}. Write it like 2026-01-31: year, month, day."
        return _fault("bad-date", text, zh, en, "请按“年-月-日”的顺序写，例如 2026-01-31。")
    last = date(year, month, monthrange(year, month)[1])
    if not 1 <= day <= last.day:
        return _fault(
            "bad-date",
            text,
            f"{year}年{month}月没有 {day} 日",
            f"{year}-{month:02d} has no day {day}; its last day is {last}. Look the date up.",
            f"这个月的最后一天是 {last}，请核对后改正。",
        )
    found = date(year, month, day)
    zh, en = "不是规定的日期写法", f"dates are written year-month-day. Write {found}."
    return _fault("bad-date", text, zh, en, f"请写成 {found}。", found, found)


def _time(text: str, _field: Field, _around: Around) -> Reading:
    if re.fullmatch("(?:[01][0-9]|2[0-3]):[0-5][0-9]", text):
        return Reading(text)
    plain = half_width(text).replace("：", ":")
    parts = re.fullmatch("(上午|下午|晚上)? ?([0-9]{1,2}) ?[:点时] ?([0-9]{1,2})(?::[0-9]{2}|分)?", plain)
    hour, minute = (int(parts[2]), int(parts[3])) if parts else (99, 0)
    if parts and parts[1] in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        en = "this is no time of day. Write it like 09:30, in 24 hours."
        return _fault("bad-time", text, "看不出是几点几分", en, "请按 24 小时制写成 09:30 的样子。")
    mended = f"{hour:02d}:{minute:02d}"
    hint = f"请写成 {mended}。"
    return _fault("bad-time", text, "不是规定的时间写法", f"write {mended}.", hint, mended, mended)


def _moment(text: str, field: Field, around: Around) -> Reading:
    """A day and a time of day, each judged by its own reader; seconds are left out."""
    parts = text.replace("T", " ").split(maxsplit=1)
    if len(parts) != 2:
        zh, en = (
            "看不出是哪一天几点几分",
            "a day and a time of day are wanted. Write it like 2026-01-31 09:30.",
        )
        return _fault(
            "bad-moment", text, zh, en, "请写成 2026-01-31 09:30 的样子：日期、空格、24 小时制的时间。"
        )
    day, at = _date(parts[0], field, around), _time(parts[1], field, around)
    faults = (*day.faults, *at.faults)
    if day.value is None or at.value is None:
        return Reading(None, tuple(replace(fault, mended="") for fault in faults))
    faults = tuple(
        replace(fault, mended=f"{day.value} {at.value}") if fault.mended else fault for fault in faults
    )
    hour, minute = (int(part) for part in at.value.split(":"))
    return Reading(datetime(day.value.year, day.value.month, day.value.day, hour, minute), faults)  # noqa: DTZ001 local


def _integer(text: str, field: Field, _around: Around) -> Reading:
    if re.fullmatch("[0-9]{1,15}", text):
        return Reading(int(text))
    if re.fullmatch("-[0-9]{1,15}", text):
        zh, en = "这一项不会小于零", "this cannot be less than nothing. Mend the number."
        return _fault("bad-number", text, zh, en, f"请核对，写成 {field.example or 2025} 的样子。")
    plain = half_width(text).replace("，", ",")
    found = re.fullmatch(
        "(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15}))(?:\\.0+)? ?[年件个项人份次]?度?", plain
    )
    number = int(found[1].replace(",", "")) if found else read_any_number(text)
    if number is None:
        en = f"this is no whole number. Write digits only, for example {field.example or 2025}."
        return _fault("bad-number", text, "不是整数", en, f"请只写数字，例如 {field.example or 2025}。")
    mended = number if plain.replace(",", "") == str(number) else ""  # a unit may mean another number
    en, hint = f"digits only. Write {number}.", f"请写成 {number}。"
    return _fault("bad-number", text, "这一项只写数字", en, hint, number, mended)


def _decimal(text: str, field: Field, _around: Around) -> Reading:
    if re.fullmatch("-?[0-9]{1,15}(?:\\.[0-9]{1,6})?", text):
        return Reading(Decimal(text))
    plain = half_width(text).replace("，", ",").replace("．", ".").replace("。", ".")
    found = re.fullmatch(
        "(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\\.[0-9]{1,6})?) ?(?:元|万元|亿元|%)?", plain
    )
    if not found:
        en = f"this is no number. Write it like {field.example or 96171.6}, without a unit."
        return _fault(
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
    return _fault("bad-number", text, "这一项只写数字和小数点，不写单位", en, hint, number, mended)


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
    return _fault("bad-yes-no", text, "不是“是”或“否”", en, hint, guessed)


def _choice(text: str, field: Field, around: Around) -> Reading:
    vocabulary = around.vocabularies[field.vocabulary or field.key]
    term = vocabulary.find(text)
    if term is not None:
        return Reading(term.id)
    labels = [term.label for term in vocabulary.terms]
    zh, en = f"不在“{vocabulary.label}”的用词里", f"not among the words of {vocabulary.label}."
    return _fault("not-a-choice", text, zh, f"{en} {_one_of_en(text, labels)}", _one_of(text, labels))


def _topic(text: str, field: Field, around: Around) -> Reading:
    vocabulary = around.vocabularies[field.vocabulary or "topics"]
    term = vocabulary.find(text) or vocabulary.find(re.sub("\\s*[>＞》→]+\\s*", r"\\", text))
    if term is not None:
        return Reading(term.id)
    same = [vocabulary.path(term) for term in vocabulary.terms if term.label == text]
    if same:
        zh = f"有 {len(same)} 个类别都叫这个名称"
        en = f"{len(same)} subjects have this name. Write the full path, for example {same[0]}."
        return _fault("ambiguous-topic", text, zh, en, f"请把上一级也写上，例如 {same[0]}。")
    return _no_such_topic(text, field, vocabulary)


def _no_such_topic(text: str, field: Field, vocabulary: Vocabulary) -> Reading:
    first, *_, last = [part.strip() for part in re.split(r"[\\/＼>＞]", text)] * 2
    zh, en = "不在主题分类表里", "not in the tree of subjects."
    parent = next((term for term in vocabulary.terms if term.parent is None and term.label == first), None)
    narrower = [vocabulary.path(term) for term in vocabulary.terms if parent and term.parent == parent.id]
    if narrower:
        listed = _listed(narrower, "；", "等")
        listed_en = _listed(narrower, "; ", " and others")
        return _fault(
            "no-such-topic", text, zh, f"{en} Write one of: {listed_en}.", f"请写下列之一：{listed}。"
        )
    paths = [vocabulary.path(term) for term in vocabulary.terms]
    same = next((vocabulary.path(term) for term in vocabulary.terms if term.label == last), None)
    near = nearest(text, paths) if len(text) > 2 else None  # 防火 is not 国防 for one common character
    example = same or near or field.example or paths[-1]
    hint = f"请写成 {example} 的样子，一级与二级之间用反斜杠。"
    return _fault("no-such-topic", text, zh, f"{en} Write it like {example}.", hint)


def _organ(text: str, _field: Field, around: Around) -> Reading:
    if around.organs is None:
        return Reading(text)
    found = around.organs.find(text)
    if len(found) == 1:
        return Reading(found[0])
    if found:
        full = [around.organs.full_name(id_) for id_ in found]
        zh = f"机构名录里有 {len(found)} 个机构都叫这个名称：{'、'.join(full)}"
        en = f"{len(found)} organs are called so: {', '.join(full)}. Write the full name."
        return _fault("ambiguous-organ", text, zh, en, f"请写全称，例如 {full[0]}。")
    meant = _organs_meant(text, around.organs)
    hint_zh = f"是不是{'、'.join(map(quoted, meant))}？" if meant else ""
    hint_en = f" Did you mean {' or '.join(map(quoted_en, meant))}?" if meant else ""
    return _fault(
        "no-such-organ",
        text,
        "机构名录 organs.csv 里没有这个机构",
        f"there is no such organ in organs.csv.{hint_en} Write its full name, or add it to organs.csv.",
        f"{hint_zh}请写机构全称；如果是新机构，请先在 organs.csv 里加一行。",
    )


def _organs_meant(text: str, organs: OrganNames) -> list[str]:
    """The full names an editor may have meant: those that end in what was written (财政局), else the nearest."""
    ends = [
        id_ for name in organs.names if len(text) > 1 and name.endswith(text) for id_ in organs.find(name)
    ]
    near = nearest(text, (name for name in organs.names if _may_be_meant(name, text))) if not ends else None
    ids = ends or (organs.find(near) if near else [])
    return [organs.full_name(id_) for id_ in dict.fromkeys(ids)][:MOST_MEANT]


_PLACE = re.compile(".*[省市州盟县区旗镇乡]")


def _may_be_meant(name: str, text: str) -> bool:
    """Whether what follows the place is alike too: 霁川市卫健局 is not 霁川市教育局, though most characters are."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(name, text, strict=False))
    place = _PLACE.match("".join(one for one, _ in same))
    return place is None or nearest(text[place.end() :], [name[place.end() :]]) is not None


def _section(text: str, _field: Field, around: Around) -> Reading:
    if around.regime is None:
        return Reading(text)
    now = around.regime.on(around.today)
    for profile in (now, *reversed(around.regime.profiles)):
        section = profile.find_section(text)
        if section is not None:
            return Reading(section.id)
    labels = _section_labels(now)
    near = nearest(text, labels)
    hint = f"请写成“{near}”。" if near else f"栏目有：{'、'.join(labels[:MOST_NAMED])}等。"
    en = f"Write {near}." if near else f"There are {', '.join(labels[:MOST_NAMED])} and others."
    return _fault("no-such-section", text, f"“{now.label}”里没有这个栏目", f"no such section. {en}", hint)


def _section_labels(profile: Profile) -> list[str]:
    return [section.label for section in profile.sections if section.kinds]


def _document_number(text: str, _field: Field, _around: Around) -> Reading:
    if document_number.is_right(text):
        return Reading(text)
    fault = document_number.fault_of(text)
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
        return _fault("bad-phone", text, "不是规定的电话写法", en, f"请写成 {plain}。", plain, plain)
    en = "this is no telephone number. Write it like 0990-5550118; 无 where there is none."
    hint = "请写成“区号-号码”，例如 0990-5550118；几个号码用顿号隔开；没有的写“无”。"
    return _fault("bad-phone", text, "看不出是电话号码", en, hint)


def _email(text: str, _field: Field, _around: Around) -> Reading:
    if re.fullmatch("[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}", text):
        return Reading(text)
    en = "this is no e-mail address. Write it like xxgk@jichuan.example."
    return _fault("bad-email", text, "不是电子邮箱地址", en, "请写成 xxgk@jichuan.example 的样子。")


def _link(text: str, _field: Field, _around: Around) -> Reading:
    if re.fullmatch("https?://[^\\s/?#@:]+(?::[0-9]{1,5})?(?:[/?#]\\S*)?", text):
        return Reading(text)
    if re.fullmatch("[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+(?:[/?#]\\S*)?", text):
        mended = f"https://{text}"
        return _fault("bad-link", text, "网址缺少开头", f"write {mended}.", f"请写成 {mended}", mended)
    en = "this is no web address. Write it in full, beginning with https://."
    return _fault(
        "bad-link", text, "不是完整的网址", en, "请写完整网址，例如 https://www.jichuan.example/xxgk/"
    )


def _record(text: str, _field: Field, _around: Around) -> Reading:
    return Reading(text)


def _attachment(text: str, _field: Field, around: Around) -> Reading:
    path, _, title = re.sub("[|｜]", "｜", text, count=1).partition("｜")
    path, title = path.strip(), title.strip()
    plain = path.replace("\\", "/")
    inside = posixpath.normpath(plain.removeprefix("./").removeprefix("attachments/"))
    if not path or plain.startswith("/") or re.match("[A-Za-z]:", plain) or inside.startswith(".."):
        zh, en = "不在 attachments 文件夹里", "this is not inside the folder attachments."
        hint = "请把文件放进 attachments 文件夹，只写文件名，例如 2025-budget.xlsx｜2025年部门决算表。"
        return _fault("attachment-outside", text, zh, f"{en} Put it there and write its name only.", hint)
    found = around.attachments.get(path)
    if found is not None:
        return Reading(Attachment(path, title or posixpath.basename(path)))
    if inside in around.attachments:
        mended = f"{inside}｜{title}" if title else inside
        en = f"the path is counted from the folder attachments. Write {mended}."
        value = Attachment(inside, title or posixpath.basename(inside))
        return _fault(
            "attachment-path", text, "路径从 attachments 文件夹里算起", en, f"请写成 {mended}", value, mended
        )
    near = next((name for name in around.attachments if _alike(name) == _alike(inside)), None)
    near = near or nearest(inside, around.attachments)
    hint = f"是不是 {near}？" if near else ""
    hint_en = f" Did you mean {near}?" if near else ""
    return _fault(
        "no-such-attachment",
        text,
        "attachments 文件夹里没有这个文件",
        f"there is no such file in the folder attachments.{hint_en} Put it there, or mend the name.",
        f"{hint}请把文件放进去，或者改正文件名（大小写和扩展名要一致）。",
    )


def _alike(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _one_of(text: str, labels: list[str]) -> str:
    near = nearest(text, labels)
    if near:
        return f"是不是“{near}”？请写下列之一：{_listed(labels, '、', '等')}。"
    return f"请写下列之一：{_listed(labels, '、', '等')}。"


def _one_of_en(text: str, labels: list[str]) -> str:
    near = nearest(text, labels)
    start = f"Did you mean {quoted_en(near)}? " if near else ""
    return f"{start}Write one of: {_listed(labels, ', ', ' and others')}."


def _listed(labels: list[str], comma: str, others: str) -> str:
    return comma.join(labels[:MOST_NAMED]) + (others if len(labels) > MOST_NAMED else "")


READERS: Mapping[FieldType, Callable[[str, Field, Around], Reading]] = {
    "text": _text,
    "long_text": _long_text,
    "date": _date,
    "time": _time,
    "moment": _moment,
    "integer": _integer,
    "decimal": _decimal,
    "yes_no": _yes_no,
    "choice": _choice,
    "topic": _topic,
    "organ": _organ,
    "section": _section,
    "record": _record,
    "document_number": _document_number,
    "index_number": _index_number,
    "attachment": _attachment,
    "phone": _phone,
    "email": _email,
    "link": _link,
}
"""`table` and `report_tables` are not one text; `values.py` reads them."""
