"""Numbers of persons in what is about to be public: identity cards, mobile telephones, bank cards.

Numbers are shown masked in the messages, which others may read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.personal_numbers import find_numbers, may_hold_numbers
from plugins.disclosure.problem import Problem, warning
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import basis, body_line


def personal_number(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A number that belongs to a person stands in a text or a field."""
    for record in catalog.records:
        for line, label, text in _texts(catalog, record) if record.may_have_figures else ():
            for number in find_numbers(text):
                yield warning(
                    record.file,
                    line,
                    label,
                    f"privacy.{number.kind}",
                    f"有{number.name} {number.masked}，公开前要处理。",
                    f"This holds {number.name_en}, {number.masked}. Mask it before it is public, or leave it out.",
                    f"请用星号遮去中间几位，或者删去{'；确需公开的公务电话不必改' if number.kind == 'mobile' else ''}。",
                    basis("privacy"),
                )


def _texts(catalog: Catalog, record: Record) -> Iterator[tuple[int, str, str]]:
    """Every line of text that readers will see, with its place and the label of its field."""
    for field in catalog.kind(record).fields:
        value = record.values.get(field.key)
        if field.public and field.type in ("text", "long_text") and value is not None:
            for text in value if isinstance(value, tuple) else (value,):
                yield record.line_of(field.key), field.label, text
    if may_hold_numbers(record.body):
        for number, line in enumerate(record.body.split("\n"), start=1):
            yield body_line(record, number), "正文", line
