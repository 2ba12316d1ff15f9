"""What the records of a catalog have wrong among each other: every rule.

The readers have judged each value on its own; here records are held against each other, against the rules in
force and against the day. To add a rule, write a function in `rules/` and name it here, or in `text_rules.py` when
one text is all it looks at.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.memory import Memory
from plugins.disclosure.problem import Problem, in_order
from plugins.disclosure.record import noting_bodies
from plugins.disclosure.rules import (
    bodies,
    by_kind,
    dates,
    identity,
    limits,
    relations,
    reports,
    sections,
    signers,
    tombstones,
)
from plugins.disclosure.spread import Aside
from plugins.disclosure.text_rules import OF_TEXTS, Rule, judge_texts

OF_RECORDS: tuple[Rule, ...] = (
    identity.duplicate_id,
    identity.duplicate_index_number,
    identity.duplicate_document_number,
    identity.duplicate_title,
    dates.not_for_the_public,
    dates.reviewed_after_publication,
    dates.signed_after_publication,
    dates.published_in_future,
    dates.document_number_of_another_year,
    dates.expires_before_effective,
    sections.section_refuses,
    signers.cosigner_unknown,
    relations.reference_to_nothing,
    relations.named_elsewhere,
    relations.self_reference,
    relations.circle_of_acts,
    relations.acts_on_a_later_document,
    relations.stated_validity_contradicted,
    limits.time_limit_missed,
    by_kind.checks_of_kinds,
    bodies.body_missing,
    bodies.body_unwanted,
    bodies.broken_link,
    bodies.unused_attachment,
    reports.report_year_not_over,
    reports.two_reports_of_a_year,
    reports.tables_missing,
    reports.parts_missing,
    reports.sums_wrong,
    reports.years_do_not_follow,
    reports.text_contradicts_tables,
    reports.report_late,
    tombstones.tombstones_stand_for_what_is_gone,
)
"""Rules that hold records against each other, the rules in force and the day."""

RULES = (*OF_RECORDS, *OF_TEXTS)


def validate(catalog: Catalog, today: date, memory: Memory | None = None, workers: int = 1) -> list[Problem]:
    """Every problem that any rule finds, by file and line; texts judged before are looked up in `memory`."""
    return Validation(catalog, today, memory, workers).result()


class Validation:
    """All rules at work: another process holds the records against each other, and others yet read the texts."""

    def __init__(self, catalog: Catalog, today: date, memory: Memory | None, workers: int) -> None:
        self._among = Aside(partial(_among, catalog, today), workers)
        self._texts = judge_texts(catalog, today, memory, workers)

    def result(self) -> list[Problem]:
        """What they find."""
        return in_order([*self._among.result()[0], *self._texts])

    @property
    def looked(self) -> frozenset[str]:
        """The keys of the records at whose texts rules looked that look at more than one."""
        return self._among.result()[1]


def _among(catalog: Catalog, today: date) -> tuple[list[Problem], frozenset[str]]:
    with noting_bodies() as looked:
        problems = [problem for rule in OF_RECORDS for problem in rule(catalog, today)]
    return problems, frozenset(looked)
