"""What an editor says of all documents at once (--set 审查人=办公室), held against the fields there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from plugins.disclosure.kinds import Field, Kind, load_kinds
from plugins.disclosure.readers.around import Around, OrganNames
from plugins.disclosure.readers.fields import read_text
from plugins.disclosure.vocabulary import load_vocabularies

KINDS = ("policy", "notice", "news")
"""What a document is taken for where nobody says what it is."""


class BadDefault(ValueError):
    """A default that no record can take; the messages say what there is instead."""

    def __init__(self, zh: str, en: str) -> None:
        self.message_zh, self.message_en = zh, en
        super().__init__(f"{zh} {en}")


def read_defaults(
    settings: Mapping[str, str], kind: str | None, into: Path, organs: OrganNames | None
) -> dict[str, str]:
    """Defaults by field key, from labels or keys, for all records or those of `kind`, in the content folder `into`.

    One that names another field (审查日期=发布日期) is told by that; any other is read as it will be read in the
    content file. Raises BadDefault for a field there is not, and for a value that would be an error there.
    """
    keys, fields = field_keys(kind), _fields(kind)
    around = Around(into, date.min, load_vocabularies(), None, organs, {})  # no single value hangs on the day
    found = {}
    for name, text in settings.items():
        if name not in keys:
            raise _unknown(name, kind)
        value = text.strip()
        if value and value not in keys:
            _ask(name, value, fields[keys[name]], around)
        found[keys[name]] = value
    return found


def field_keys(kind: str | None) -> dict[str, str]:
    """Field keys by label and by key, of a kind, or of all kinds that a document is taken for."""
    return {name: key for key, field in _fields(kind).items() for name in (key, field.label)}


def _ask(name: str, value: str, field: Field, around: Around) -> None:
    for fault in read_text(value, field, around).faults:
        if fault.severity == "error":
            raise BadDefault(
                f"--set {name}={value}：{fault.zh}。{fault.hint}".replace("。。", "。"),
                f"--set {name}={value}: {fault.en}",
            )


def _unknown(name: str, kind: str | None) -> BadDefault:
    labels = list(dict.fromkeys(field.label for one in _kinds(kind) for field in one.fields))
    return BadDefault(
        f"没有“{name}”这一项。可以写的有：{'、'.join(labels)}。例如 --set 审查人=办公室",
        f'There is no field "{name}". There are: {", ".join(labels)}. For example --set 审查人=办公室',
    )


def _fields(kind: str | None) -> dict[str, Field]:
    return {field.key: field for one in _kinds(kind) for field in one.fields}


def _kinds(kind: str | None) -> list[Kind]:
    kinds = load_kinds()
    return [kinds[one] for one in ((kind,) if kind and kind not in KINDS else KINDS)]
