"""Whether a record stands in a section that may hold it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem
from plugins.disclosure.profile import Section
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import at_field


def section_refuses(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A record stands in a section that the rules in force do not have, or that does not hold its kind."""
    for record in catalog.records:
        section = catalog.section(record)
        if section is None:
            yield _no_such_section(catalog, record)
        elif record.kind not in section.kinds:
            yield _wrong_section(catalog, record, section)


def _no_such_section(catalog: Catalog, record: Record) -> Problem:
    id_ = catalog.section_id(record)
    fitting, fitting_en = _fitting(catalog, record)
    return at_field(
        catalog,
        record,
        "section",
        "error",
        "section.not-in-force",
        f"栏目“{id_}”不在现行规则“{catalog.profile.label}”里。",
        f'The section "{id_}" is not in the rules in force. This kind may stand in: {fitting_en}.',
        f"请改成下列之一：{fitting}。",
    )


def _wrong_section(catalog: Catalog, record: Record, section: Section) -> Problem:
    label = catalog.kind(record).label
    fitting, fitting_en = _fitting(catalog, record)
    refuses = f"不放{label}" if section.kinds else "本身不放信息，只放下级栏目"
    return at_field(
        catalog,
        record,
        "section",
        "error",
        "section.wrong-kind",
        f"栏目“{section.label}”{refuses}。",
        f'The section "{section.label_en}" holds no {catalog.kind(record).label_en.lower()}. Write one of: {fitting_en}.',
        f"请改成下列之一：{fitting}。",
        str(section.source),
    )


def _fitting(catalog: Catalog, record: Record) -> tuple[str, str]:
    fitting = [section.label for section in catalog.profile.sections if record.kind in section.kinds]
    return "、".join(fitting), ", ".join(fitting)
