"""What the records of a catalog have wrong among each other: every rule, in the order of RULES.

The readers have judged each value on its own; here records are held against each other, against the rules in
force and against the day. To add a rule, write a function in `rules/` and name it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.memory import Memory
from plugins.disclosure.problem import Problem, in_order
from plugins.disclosure.record import Record, noting_bodies
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
from plugins.disclosure.spread import spread

Rule = Callable[[Catalog, date], Iterator[Problem]]

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


OF_TEXTS: tuple[Rule, ...] = (
    bodies.html_in_body,
    bodies.code_by_indentation,
    bodies.uneven_table,
    bodies.picture_without_words,
    privacy.personal_number,
    prose.former_name,
    prose.organ_misnamed,
    prose.link_without_words,
    prose.short_name_unused,
    prose.abbreviation_unexplained,
    prose.character_entity,
)
"""Rules that look at one record's words, at the organs and at nothing else."""

OfFiles = list[tuple[str, list[Problem]]]
"""Files, each with what the texts in it have wrong."""

CHUNK = 128


def validate(catalog: Catalog, today: date, memory: Memory | None = None, workers: int = 1) -> list[Problem]:
    """Every problem that any rule finds, by file and line; texts judged before are looked up in `memory`."""
    texts = judge_texts(catalog, today, memory, workers)  # other processes read them meanwhile
    return in_order([*judge_records(catalog, today), *texts])


def judge_records(catalog: Catalog, today: date) -> list[Problem]:
    """What rules find that hold records against each other, the rules in force and the day."""
    return [problem for rule in RULES if rule not in OF_TEXTS for problem in rule(catalog, today)]


def judge_texts(catalog: Catalog, today: date, memory: Memory | None, workers: int) -> Iterator[Problem]:
    """What rules of single texts find, some records at a time, so that each text is read once."""
    new: list[Record] = []
    found: list[Problem] = []
    for record in catalog.records:
        known = memory.recall_judged(record.file) if memory is not None else None
        if known is None:
            new.append(record)
        else:
            found += known
    chunk = partial(_judge_chunk, catalog, new, today)
    return chain(found, _judged(spread(chunk, range(0, len(new), CHUNK), workers), memory))


def _judged(some: Iterator[OfFiles], memory: Memory | None) -> Iterator[Problem]:
    for files in some:
        for file, problems in files:
            yield from problems
            if memory is not None and file.endswith(".md"):  # one record a file, and no other writes of it
                memory.keep_judged(file, problems)


def _judge_chunk(catalog: Catalog, records: Sequence[Record], today: date, start: int) -> OfFiles:
    return judge_some(catalog, today, records[start : start + CHUNK])


def judge_some(catalog: Catalog, today: date, some: Sequence[Record]) -> OfFiles:
    """What rules of single texts find in some records, by file; of `catalog` the organs and the kinds are asked for.

    What is found is kept by file, so that nobody else need know that the texts were looked at.
    """
    by_file: dict[str, list[Problem]] = {record.file: [] for record in some}
    narrow = catalog.narrowed(some)
    with noting_bodies():
        for rule in OF_TEXTS:
            for problem in rule(narrow, today):
                by_file[problem.file].append(problem)
    return [*by_file.items()]
