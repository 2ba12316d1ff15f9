"""The yearly form of a government website: what the catalog can count of it, and what a person must be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.record import Record
from plugins.disclosure.vocabulary import Term
from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).parent / "website_form.yaml"
FORM = "website_form"


@dataclass(frozen=True, slots=True)
class Count:
    """How a row is counted: `website_form.yaml` says what each entry means."""

    kept_in: str = ""
    kinds: tuple[str, ...] = ()
    column_types: tuple[str, ...] = ()
    day: str = "published_on"
    standing: bool = False
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    sum: str = ""
    yes_no: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form: its block, and how it is counted; None where only a person can know."""

    term: Term
    block: Term
    count: Count | None


def form_rows(catalog: Catalog) -> tuple[FormRow, ...]:
    """All rows of the form, in its order."""
    vocabulary = catalog.vocabularies[FORM]
    blocks = {term.id: term for term in vocabulary.terms if term.parent is None}
    counts = load_counts()
    return tuple(
        FormRow(term, blocks[term.parent], counts.get(term.id)) for term in vocabulary.terms if term.parent
    )


def counted(catalog: Catalog, count: Count, year: int) -> int | str | None:
    """What the catalog has of a row in a year: a number, or 是 or 否; None where a person is asked."""
    if count.asked:
        return None
    found = [record for record in _records(catalog, count) if _is_of(record, count, year)]
    if count.yes_no:
        return "是" if found else "否"
    return sum(record.values.get(count.sum) or 0 for record in found) if count.sum else len(found)


def stated(report: Record, row: FormRow) -> str:
    """What a published form says of a row; empty where it says nothing."""
    own = report.values.get(row.count.kept_in) if row.count and row.count.kept_in else None
    if own is not None:
        return str(own)
    lines = report.values.get("rows", ())
    return next((str(line["value"]) for line in lines if line.get("name") == row.term.id), "")


@cache
def load_counts(path: Path = HERE) -> Mapping[str, Count]:
    """The rows that are counted or stand in fields of their own, by their terms' ids."""
    return {id_: _count(data) for id_, data in read_yaml(path).items()}


def _count(data: Mapping[str, Any]) -> Count:
    lists = {key: tuple(data[key]) for key in ("kinds", "column_types") if key in data}
    where = {key: tuple(values) for key, values in data.get("where", {}).items()}
    return Count(**{**data, **lists, "where": where})


def _records(catalog: Catalog, count: Count) -> Iterator[Record]:
    for record in catalog.records:
        if record.kind == "organ" or (count.kinds and record.kind not in count.kinds):
            continue
        section = catalog.section(record) if count.column_types else None
        if not count.column_types or (section is not None and section.column_type in count.column_types):
            yield record


def _is_of(record: Record, count: Count, year: int) -> bool:
    day = record.values.get(count.day)
    if not isinstance(day, date) or (day.year > year if count.standing else day.year != year):
        return False
    return all(record.values.get(key) in allowed for key, allowed in count.where.items())
