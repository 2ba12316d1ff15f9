"""Values that name something there is: a term, a subject, an organ, a section, a file.

Where there is none of that name, the fault says what may have been meant.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from itertools import takewhile

from plugins.disclosure.kinds import Field
from plugins.disclosure.profile import Profile
from plugins.disclosure.readers.around import Around, OrganNames
from plugins.disclosure.readers.reading import Reading, faulty
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.record import Attachment
from plugins.disclosure.vocabulary import Vocabulary

MOST_NAMED = 12
"""Allowed words that a message lists; more would not be read."""
MOST_MEANT = 3


def read_choice(text: str, field: Field, around: Around) -> Reading:
    """A term of the field's vocabulary, by its label or an alias."""
    vocabulary = around.vocabularies[field.vocabulary or field.key]
    term = vocabulary.find(text)
    if term is not None:
        return Reading(term.id)
    labels = [term.label for term in vocabulary.terms]
    zh, en = f"不在“{vocabulary.label}”的用词里", f"not among the words of {vocabulary.label}."
    return faulty("not-a-choice", text, zh, f"{en} {_one_of_en(text, labels)}", _one_of(text, labels))


def read_topic(text: str, field: Field, around: Around) -> Reading:
    """A subject, by its path or by a label that only one has."""
    vocabulary = around.vocabularies[field.vocabulary or "topics"]
    term = vocabulary.find(text) or vocabulary.find(re.sub("\\s*[>＞》→]+\\s*", r"\\", text))
    if term is not None:
        return Reading(term.id)
    same = [vocabulary.path(term) for term in vocabulary.terms if term.label == text]
    if same:
        zh = f"有 {len(same)} 个类别都叫这个名称"
        en = f"{len(same)} subjects have this name. Write the full path, for example {same[0]}."
        return faulty("ambiguous-topic", text, zh, en, f"请把上一级也写上，例如 {same[0]}。")
    return _no_such_topic(text, field, vocabulary)


def _no_such_topic(text: str, field: Field, vocabulary: Vocabulary) -> Reading:
    first, *_, last = [part.strip() for part in re.split(r"[\\/＼>＞]", text)] * 2
    zh, en = "不在主题分类表里", "not in the tree of subjects."
    parent = next((term for term in vocabulary.terms if term.parent is None and term.label == first), None)
    narrower = [vocabulary.path(term) for term in vocabulary.terms if parent and term.parent == parent.id]
    if narrower:
        listed = _listed(narrower, "；", "等")
        listed_en = _listed(narrower, "; ", " and others")
        return faulty(
            "no-such-topic", text, zh, f"{en} Write one of: {listed_en}.", f"请写下列之一：{listed}。"
        )
    paths = [vocabulary.path(term) for term in vocabulary.terms]
    same = next((vocabulary.path(term) for term in vocabulary.terms if term.label == last), None)
    near = nearest(text, paths) if len(text) > 2 else None  # 防火 is not 国防 for one common character
    example = same or near or field.example or paths[-1]
    hint = f"请写成 {example} 的样子，一级与二级之间用反斜杠。"
    return faulty("no-such-topic", text, zh, f"{en} Write it like {example}.", hint)


def read_organ(text: str, field: Field, around: Around) -> Reading:
    """An organ of `organs.csv`, by any of its names."""
    if around.organs is None:
        return Reading(text)
    found = around.organs.find(text)
    if len(found) == 1:
        return Reading(found[0])
    if found:
        full = [around.organs.full_name(id_) for id_ in found]
        zh = f"机构名录里有 {len(found)} 个机构都叫这个名称：{'、'.join(full)}"
        en = f"{len(found)} organs are called so: {', '.join(full)}. Write the full name."
        return faulty("ambiguous-organ", text, zh, en, f"请写全称，例如 {full[0]}。")
    names = [name.strip() for name in re.split("[、，,]+", text) if name.strip()]
    if field.many and len(names) > 1 and all(len(around.organs.find(name)) == 1 for name in names):
        parted = "；".join(names)
        zh = f"这是 {len(names)} 个机构，几项之间要用分号"
        en = f"these are {len(names)} organs. Part them by a semicolon: {parted}"
        return faulty("not-parted", text, zh, en, f"请写成 {parted}")
    meant = _organs_meant(text, around.organs)
    hint_zh = f"是不是{'、'.join(map(quoted, meant))}？" if meant else ""
    hint_en = f" Did you mean {' or '.join(map(quoted_en, meant))}?" if meant else ""
    return faulty(
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


def read_section(text: str, _field: Field, around: Around) -> Reading:
    """A section of the rules in force today, or of earlier ones."""
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
    return faulty("no-such-section", text, f"“{now.label}”里没有这个栏目", f"no such section. {en}", hint)


def _section_labels(profile: Profile) -> list[str]:
    return [section.label for section in profile.sections if section.kinds]


def read_attachment(text: str, _field: Field, around: Around) -> Reading:
    """A file of the folder attachments, with a title behind ｜."""
    path, _, title = re.sub("[|｜]", "｜", text, count=1).partition("｜")
    path, title = path.strip(), title.strip()
    plain = path.replace("\\", "/")
    inside = posixpath.normpath(plain.removeprefix("./").removeprefix("attachments/"))
    if not path or plain.startswith("/") or re.match("[A-Za-z]:", plain) or inside.startswith(".."):
        zh, en = "不在 attachments 文件夹里", "this is not inside the folder attachments."
        hint = "请把文件放进 attachments 文件夹，只写文件名，例如 2025-budget.xlsx｜2025年部门决算表。"
        return faulty("attachment-outside", text, zh, f"{en} Put it there and write its name only.", hint)
    found = around.attachments.get(path)
    if found is not None:
        return Reading(Attachment(path, title or posixpath.basename(path)))
    if inside in around.attachments:
        mended = f"{inside}｜{title}" if title else inside
        en = f"the path is counted from the folder attachments. Write {mended}."
        value = Attachment(inside, title or posixpath.basename(inside))
        return faulty(
            "attachment-path", text, "路径从 attachments 文件夹里算起", en, f"请写成 {mended}", value, mended
        )
    near = next((name for name in around.attachments if _alike(name) == _alike(inside)), None)
    near = near or nearest(inside, around.attachments)
    hint = f"是不是 {near}？" if near else ""
    hint_en = f" Did you mean {near}?" if near else ""
    return faulty(
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
