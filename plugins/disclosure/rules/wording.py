"""What the rules' messages share: the clause behind a rule, the name of another record, the line of a field."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem, Severity
from plugins.disclosure.record import Record
from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).parent / "sources.yaml"


@cache
def sources(path: Path = HERE) -> dict[str, Source]:
    """The clauses of sources.yaml by their ids."""
    return {id_: read_source(data, f"{path.name} {id_}") for id_, data in read_yaml(path).items()}


def basis(id_: str) -> str:
    """The clause with this id, as a problem shows it."""
    return str(sources()[id_])


def named(record: Record) -> str:
    """Another record as an editor finds it: its title and its file."""
    title = record.title if "《" in record.title else f"《{record.title}》"
    row = f" 第 {record.line} 行" if _in_spreadsheet(record) else ""
    return f"{title}（{record.file}{row}）"


def named_en(record: Record) -> str:
    """As `named`, for an English sentence."""
    row = f" row {record.line}" if _in_spreadsheet(record) else ""
    return f'"{record.title}" ({record.file}{row})'


def _in_spreadsheet(record: Record) -> bool:
    return record.file.endswith(".csv")


def at_field(
    catalog: Catalog,
    record: Record,
    key: str,
    severity: Severity,
    code: str,
    zh: str,
    en: str,
    hint: str,
    basis: str = "",
) -> Problem:
    """A problem at one field of a record."""
    field = catalog.kind(record).field(key)
    label = field.label if field else None
    return Problem(record.file, record.line_of(key), label, code, severity, zh, en, hint, basis)


def body_line(record: Record, line: int) -> int:
    """Line `line` of a record's text (the first is 1) as counted in its file; for a spreadsheet, its row."""
    return record.line if _in_spreadsheet(record) else record.body_line + line - 1
