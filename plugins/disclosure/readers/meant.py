"""A name that is no field: which field was meant, told by how it is written, by what is missing and by its value."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.fields import read_text
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.readers.written import Entry, Place, Scalar

TELLING = frozenset(("choice", "date", "document_number", "index_number", "organ", "section", "topic"))
"""Types of which a value shows what it is; a text may be anything."""


def field_meant(entry: Entry, fields: Sequence[Field], taken: Collection[str], around: Around) -> str | None:
    """The label or key that was probably meant; None where nothing tells. `taken` are the fields there are.

    First a name like it of a field that is not there yet and can hold the value, then the one field that is
    missing and of which the value is (发文时间: 2026-01-20 where 发布日期 is missing), then any name like it.
    """
    free = [field for field in fields if field.key not in taken and _holds(field, entry, around)]
    if near := nearest(entry.name, _names(free)):
        return near
    wanted = [field for field in free if field.need == "required" and field.type in TELLING]
    return wanted[0].label if len(wanted) == 1 else nearest(entry.name, _names(fields))


def unknown_name(
    entry: Entry,
    near: str | None,
    fields: Sequence[Field],
    place: Place,
    elsewhere: tuple[str, str] | None,
) -> Problem:
    """What to say of it. `near` is the field that was probably meant, `elsewhere` where it belongs if in no field."""
    if elsewhere:
        hint, advice = elsewhere
    elif near:
        hint = f"是不是{quoted(near)}？如果是给同事看的说明，请在行首加 #。"
        advice = f"Did you mean {quoted_en(near)}? If it is a remark for colleagues, put # before it."
    else:
        labels = [field.label for field in fields]
        hint = f"请删去，或者在行首加 # 作为说明。可以写的有：{'、'.join(labels)}。"
        advice = f"Delete it, or put # before it. There are: {', '.join(labels)}."
    label = f"{place.table}{entry.name}"
    en = f"There is no such entry. {advice}"
    return error(place.file, entry.line, label, "field.unknown", "没有这一项。", en, hint)


def _names(fields: Sequence[Field]) -> list[str]:
    return [name for field in fields for name in (field.key, field.label)]


def _holds(field: Field, entry: Entry, around: Around) -> bool:
    """Whether the value written can be one of the field's; tables and lists are not looked at."""
    if not isinstance(entry.node, Scalar):
        return True
    text = entry.node.text.strip()
    if field.type in ("table", "report_tables"):
        return not text
    return not text or not read_text(text, field, around).faults
