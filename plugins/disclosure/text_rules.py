"""Rules that look at one text at a time, with the organs beside it: they are asked where texts are read.

An edit of a text needs these alone, so they are apart from all other rules (`validate.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.memory import Memory
from plugins.disclosure.problem import Problem
from plugins.disclosure.record import Record, noting_bodies
from plugins.disclosure.rules import bodies, lost_stars, privacy, prose, secrecy
from plugins.disclosure.spread import spread

Rule = Callable[[Catalog, date], Iterator[Problem]]

OF_TEXTS: tuple[Rule, ...] = (
    bodies.html_in_body,
    bodies.code_by_indentation,
    bodies.uneven_table,
    bodies.run_together,
    lost_stars.stars_lost,
    bodies.picture_without_words,
    privacy.personal_number,
    secrecy.marked_not_public,
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
