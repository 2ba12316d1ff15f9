"""Numbers of persons in what is about to be public: identity cards, mobile telephones, bank cards.

Numbers are shown masked in the messages, which others may read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.kinds import Field
from plugins.disclosure.personal_numbers import find_numbers, may_hold_numbers
from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import basis, body_line

NEVER_PUBLIC = frozenset(("identity-card",))
"""Whole numbers of these stop the build: their check digits leave no doubt what they are."""


def personal_number(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A number that belongs to a person stands in a text or a field."""
    for record in catalog.records:
        for line, label, text in _texts(catalog, record) if record.may_have_figures else ():
            for number in find_numbers(text):
                tell = error if number.kind in NEVER_PUBLIC else warning
                yield tell(
                    record.file,
                    line,
                    label,
                    f"privacy.{number.kind}",
                    f"有{number.name} {number.masked}，公开前要处理。",
                    f"This holds {number.name_en}, {number.masked}. Mask it before it is public, or leave it out.",
                    f"请用星号遮去中间几位，或者删去{'；确需公开的公务电话不必改' if number.kind == 'mobile' else ''}。",
                    basis("privacy"),
                )


def _words(field: Field, value: Any) -> Iterator[str]:
    """The words of a value: of texts, of the names of files, of the cells of a table. Telephones are the office's own."""
    match field.type:
        case "text" | "long_text":
            yield from value if isinstance(value, tuple) else (value,)
        case "attachment":
            yield from (one.title for one in value)
        case "table":
            columns = {column.key: column for column in field.columns if column.type in ("text", "long_text")}
            for row in value:
                yield from (str(row[key]) for key in columns if row.get(key) is not None)


def _texts(catalog: Catalog, record: Record) -> Iterator[tuple[int, str, str]]:
    """Every line of text that readers will see, with its place and the label of its field."""
    for field in catalog.kind(record).fields:
        value = record.values.get(field.key) if field.public else None
        if value is not None:
            for text in _words(field, value):
                yield record.line_of(field.key), field.label, text
    if may_hold_numbers(record.body):
        for number, line in enumerate(record.body.split("\n"), start=1):
            yield body_line(record, number), "正文", line
