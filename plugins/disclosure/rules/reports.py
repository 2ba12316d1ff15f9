"""Annual reports: the year, the six parts, the tables and their sums, the prose beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins.disclosure.annual_report import (
    Fault,
    Form,
    check_identities,
    check_published_on,
    check_year_pair,
    form_of_year,
)
from plugins.disclosure.annual_report_text import check_parts, check_text
from plugins.disclosure.catalog import Catalog
from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem
from plugins.disclosure.profile import Obligation, YearlyBy
from plugins.disclosure.readers.report_tables import TablesOnFile
from plugins.disclosure.record import Record
from plugins.disclosure.rules.bodies import BODY
from plugins.disclosure.rules.wording import at_field, body_line, named, named_en

YEAR = "report_year"


def report_year_not_over(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A report speaks of a year that was not over when it was published."""
    for record, year in _reports(catalog):
        published_on = record.values.get("published_on")
        if published_on is not None and year >= published_on.year:
            yield at_field(
                catalog,
                record,
                YEAR,
                "error",
                "ar.year-not-over",
                f"写作“{year}”，而报告发布于 {published_on}，那一年还没有过完。",
                f'"{year}" is stated, but the report was published on {published_on}, before that year was over. '
                f"Write the year it speaks of, for example {published_on.year - 1}.",
                f"请写报告讲的那一年，例如 {published_on.year - 1}。",
            )


def two_reports_of_a_year(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """An organ has two reports on the same year."""
    first_of: dict[tuple[str, int], Record] = {}
    for record, year in _reports(catalog):
        first = first_of.setdefault((record.issuer, year), record)
        if first is not record:
            yield at_field(
                catalog,
                record,
                YEAR,
                "warning",
                "ar.two-reports",
                f"同一机构{year}年度的报告已经有{named(first)}。",
                f"The same organ already has a report on {year}: {named_en(first)}. Mend the year, or keep one.",
                "请核对报告年度；重复的请删去一份。",
            )


def tables_missing(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A report whose form has tables names no file with them."""
    for record, year in _reports(catalog):
        form, field = form_of_year(year), _tables_field(catalog, record)
        if form.tables and field is not None and field.key not in record.lines:
            yield at_field(
                catalog,
                record,
                field.key,
                "error",
                "ar.no-tables",
                f"没有填写。{year}年度报告要有三张表。",
                f"Empty. The report on {year} has three tables. Write them into a .yaml file beside the report and name it "
                f"here, for example {field.example}.",
                f"请把表中的数写成同一文件夹里的 .yaml 文件，在这里写文件名，例如 {field.example}。",
                str(form.source),
            )


def parts_missing(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """The six parts stand in the text, under their headings and in their order."""
    for record, year in _reports(catalog):
        form = form_of_year(year)
        if record.has_body:
            yield from (_in_body(record, fault, form) for fault in check_parts(record.body, form))


def sums_wrong(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """Sums within the tables of one report."""
    for _, tables in _tables(catalog):
        yield from (_in_tables(tables, fault) for fault in check_identities(tables))


def years_do_not_follow(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """What one year carried forward is what the next carried in."""
    by_year = {(record.issuer, record.values[YEAR]): tables for record, tables in _tables(catalog)}
    for (issuer, year), tables in sorted(by_year.items(), key=lambda item: item[0]):
        before = by_year.get((issuer, year - 1))
        if before is not None:
            yield from (_in_tables(tables, fault) for fault in check_year_pair(before, tables))


def text_contradicts_tables(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """Figures in the prose, and what the last two parts must speak of."""
    for record, tables in _tables(catalog):
        for fault in check_text(record.body, tables):
            yield _in_body(record, fault, tables.form)


def report_late(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A report was published after the last day for its organ; the day itself is in time."""
    for record, year in _reports(catalog):
        published_on = record.values.get("published_on")
        found = _duty(catalog, record) if published_on is not None else None
        if published_on is None or found is None:
            continue
        duty, rhythm = found
        for fault in check_published_on(year, published_on, rhythm.in_year(year + 1)):
            yield at_field(
                catalog,
                record,
                "published_on",
                fault.severity,
                fault.id,
                fault.message_zh,
                _sentence(fault.message_en),
                fault.hint,
                str(duty.source),
            )


def _tables_field(catalog: Catalog, record: Record) -> Field | None:
    return next((field for field in catalog.kind(record).fields if field.type == "report_tables"), None)


def _reports(catalog: Catalog) -> Iterator[tuple[Record, int]]:
    """The records of kinds that have report tables, with the year they speak of."""
    for record in catalog.records:
        year = record.values.get(YEAR)
        if isinstance(year, int) and _tables_field(catalog, record) is not None:
            yield record, year


def _tables(catalog: Catalog) -> Iterator[tuple[Record, TablesOnFile]]:
    for record, _ in _reports(catalog):
        field = _tables_field(catalog, record)
        tables = record.values.get(field.key) if field else None
        if isinstance(tables, TablesOnFile):
            yield record, tables


def _duty(catalog: Catalog, record: Record) -> tuple[Obligation, YearlyBy] | None:
    """The yearly duty that the report answers, by the rules in force on its own date."""
    organ = catalog.organ(record.issuer)
    category = catalog.duties_as(organ) if organ else ""
    for duty in catalog.regime.on(record.published_on).obligations:
        if record.kind in duty.kinds and duty.severity_for(category) and isinstance(duty.rhythm, YearlyBy):
            return duty, duty.rhythm
    return None


def _in_tables(tables: TablesOnFile, fault: Fault) -> Problem:
    lines = [tables.lines[cell] for cell in fault.cells if cell in tables.lines]
    problem = fault.as_problem(tables.file, min(lines, default=None), str(tables.form.source))
    return _as_sentence(problem)


def _in_body(record: Record, fault: Fault, form: Form) -> Problem:
    line = body_line(record, fault.line or 1)
    return _as_sentence(fault.as_problem(record.file, line, str(form.source)), BODY)


def _as_sentence(problem: Problem, field: str | None = None) -> Problem:
    return Problem(
        problem.file,
        problem.line,
        field or problem.field,
        problem.code,
        problem.severity,
        problem.message_zh,
        _sentence(problem.message_en),
        problem.hint,
        problem.basis,
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
