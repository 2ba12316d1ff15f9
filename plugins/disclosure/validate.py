"""What the records of a catalog have wrong among each other: every rule, in the order of RULES.

The readers have judged each value on its own; here records are held against each other, against the rules in
force and against the day. To add a rule, write a function in `rules/` and name it here.
"""

from __future__ import annotations

from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.memory import Memory
from plugins.disclosure.problem import Problem, in_order
from plugins.disclosure.rules import (
    bodies,
    by_kind,
    dates,
    identity,
    limits,
    privacy,
    prose,
    relations,
    reports,
    sections,
    signers,
    tombstones,
)
from plugins.disclosure.text_rules import OF_TEXTS, Rule, judge_texts

RULES: tuple[Rule, ...] = (
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
    relations.self_reference,
    relations.circle_of_acts,
    relations.acts_on_a_later_document,
    relations.stated_validity_contradicted,
    limits.time_limit_missed,
    by_kind.checks_of_kinds,
    bodies.body_missing,
    bodies.body_unwanted,
    bodies.html_in_body,
    bodies.code_by_indentation,
    bodies.uneven_table,
    bodies.broken_link,
    bodies.picture_without_words,
    bodies.unused_attachment,
    privacy.personal_number,
    prose.former_name,
    prose.organ_misnamed,
    prose.link_without_words,
    prose.short_name_unused,
    prose.abbreviation_unexplained,
    prose.character_entity,
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


def validate(catalog: Catalog, today: date, memory: Memory | None = None, workers: int = 1) -> list[Problem]:
    """Every problem that any rule finds, by file and line; texts judged before are looked up in `memory`."""
    texts = judge_texts(catalog, today, memory, workers)  # other processes read them meanwhile
    return in_order([*judge_records(catalog, today), *texts])


def judge_records(catalog: Catalog, today: date) -> list[Problem]:
    """What rules find that hold records against each other, the rules in force and the day."""
    return [problem for rule in RULES if rule not in OF_TEXTS for problem in rule(catalog, today)]
