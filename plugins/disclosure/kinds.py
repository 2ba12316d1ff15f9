"""Kinds of record, as data: which fields a policy, a guide or an annual report has.

One file `kinds/<kind>.yaml` drives the readers, the validator, list columns, CSV headers, forms and open data.
Fields that many kinds share stand in `kinds/_groups.yaml`. Nothing here knows any particular kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from plugins.disclosure.kind_checks import Check, Derived, fields_of, read_check, read_derived
from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).parent / "kinds"

FieldType = Literal[
    "text",  # one line
    "long_text",  # several lines, plain
    "date",  # 2026-01-31
    "time",  # 09:30
    "moment",  # 2026-01-31 09:30
    "integer",
    "decimal",
    "yes_no",  # 是 / 否
    "choice",  # one of a vocabulary
    "topic",  # a path of the State-Council subject tree
    "organ",  # an organ of organs.csv, by id or full name
    "section",  # a section of the profile in force
    "record",  # another record: 文号, 索引号 or kind/id
    "document_number",
    "index_number",
    "attachment",  # a file under attachments/
    "phone",
    "email",
    "link",  # http(s) address
    "table",  # rows, each with the field's own columns
    "report_tables",  # the tables of the annual report
]
Need = Literal["required", "expected", "optional"]
Show = Literal["header", "details", "none"]
Draw = Literal["", "steps", "checklist", "bars"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    `need`: `required` is an error when empty, `expected` a warning, `optional` neither. `many` fields hold
    a tuple. `verb` and `reverse` name a relation as both sides read it (解读 / 解读材料), `heading` and `reverse_heading`
    say it in full above the records (本文件废止的文件 / 废止本文件的文件). `public` fields
    are published; `show` says where the record page has them: in the header table, as a passage of the text,
    or nowhere (because another part of the page shows them). `draw` says how a table is shown besides its rows:
    as steps in order with a flow chart, as a list to tick off, or as bars (first column the name, last the number).
    `compare` is the relation to the record whose rows these are held against: what came, went and changed; with
    `rank`, the column of places, it is also said who came last both times. `unit` is written after the number, and
    `zero` instead of a nought. `elsewhere` is the field for documents that are not on this site.
    """

    key: str
    label: str
    label_en: str
    type: FieldType
    need: Need = "optional"
    many: bool = False
    vocabulary: str | None = None
    kinds: tuple[str, ...] = ()
    verb: str = ""
    reverse: str = ""
    heading: str = ""
    reverse_heading: str = ""
    columns: tuple[Field, ...] = ()
    help: str = ""
    example: str = ""
    public: bool = True
    show: Show = "header"
    draw: Draw = ""
    compare: str = ""
    rank: str = ""
    unit: str = ""
    zero: str = ""
    elsewhere: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A page of what is there and what is missing: organs down, years across, what each owes in the cells.

    `year` and `by` are fields; `expected` says, by category of organ, which terms of `by` each owes every year, and
    how many years later: 0 within the year itself, 1 in the one after it. `words` is what titles call a term: other
    information of the section whose title has the year and the word is pointed to where no record is there. Each of
    `figures` is a number to show by organ and year, for the terms that have it.
    """

    year: str
    by: str
    expected: Mapping[str, Mapping[str, int]]
    words: Mapping[str, str]
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shares:
    """A page of how many records have which term of the field `of`, by organ, held against `targets` in per cent."""

    of: str
    targets: Mapping[str, Decimal]
    source: Source


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    `summary` tells readers what it is, `note` tells editors what to mind.
    `section` is where its records stand unless they name another; `body` says whether Markdown text below
    the front matter is required, optional or refused (`none`); `columns` are the keys a list page shows. `checks`
    say what its fields must be to each other, `derived` which values are worked out from them. `checklist` are the
    fields above the tables of a page to be printed and handed over; without any there is no such page. `matrix` asks
    for a page of what is missing, `shares` for one of shares against targets; `divided_by` are choices by which its
    section is divided into lists. `ranked_by` is the field by which lists of this kind alone are in order, organ after
    organ, where the day of publication says nothing. `post` is the field with the post of a person whose name the title
    is: it stands before the name in the page's heading, and a name bears no marks of a title.
    """

    id: str
    label: str
    label_en: str
    section: str
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    body: Literal["required", "optional", "none"] = "optional"
    summary: str = ""
    note: str = ""
    schema_type: str = "CreativeWork"
    checks: tuple[Check, ...] = ()
    derived: tuple[Derived, ...] = ()
    checklist: tuple[str, ...] = ()
    matrix: Matrix | None = None
    shares: Shares | None = None
    divided_by: tuple[str, ...] = ()
    ranked_by: str = ""
    post: str = ""
    _by_key: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {field.key: field for field in reversed(self.fields)})

    def field(self, key: str) -> Field | None:
        """The field with this key, or None."""
        return self._by_key.get(key)


Kinds = Mapping[str, Kind]


@cache
def load_kinds(folder: Path = HERE) -> Kinds:
    """All kinds by id, in the order of their file names.

    Raises ValueError naming the file and the entry when a kind file is not well formed.
    """
    groups = {
        name: _fields(entries, f"_groups.yaml {name}")
        for name, entries in read_yaml(folder / "_groups.yaml").items()
    }
    files = sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("_"))
    if not files:
        raise ValueError(f"no kinds in {folder}")
    kinds = [_kind(path, groups) for path in files]
    return {kind.id: kind for kind in kinds}


def _kind(path: Path, groups: Mapping[str, tuple[Field, ...]]) -> Kind:
    data = dict(read_yaml(path))
    where = path.name
    inherited = [field for group in data.pop("groups", []) for field in groups[group]]
    own = _fields(data.pop("fields", []), where)
    again = {field.key: field for field in own}
    fields = tuple(again.pop(field.key, field) for field in inherited) + tuple(again.values())
    columns, checklist = tuple(data.pop("columns")), tuple(data.pop("checklist", ()))
    unknown = [key for key in (*columns, *checklist) if all(field.key != key for field in fields)]
    if unknown:
        raise ValueError(f"{where}: columns or checklist name no field: {', '.join(unknown)}")
    if data["id"] != path.stem:
        raise ValueError(f"{where}: id is {data['id']!r}; it must be the file's name")
    checks = tuple(read_check(entry, where) for entry in data.pop("checks", []))
    derived = tuple(read_derived(entry, where) for entry in data.pop("derived", []))
    _refuse_unknown(where, fields, checks, derived)
    matrix, shares = _matrix(data.pop("matrix", None)), _shares(data.pop("shares", None), where)
    divided_by = tuple(data.pop("divided_by", ()))
    _refuse_unknown_choices(where, fields, (*divided_by, *([shares.of] if shares else [])))
    ranked_by = data.get("ranked_by", "")
    if ranked_by and (ranked_by, "integer") not in {(field.key, field.type) for field in fields}:
        raise ValueError(f"{where}: ranked_by names no whole number: {ranked_by}")
    if data.get("post") and all(field.key != data["post"] for field in fields):
        raise ValueError(f"{where}: post names no field: {data['post']}")
    return Kind(
        fields=fields,
        columns=columns,
        checks=checks,
        derived=derived,
        checklist=checklist,
        matrix=matrix,
        shares=shares,
        divided_by=divided_by,
        **data,
    )


def _matrix(data: Mapping[str, Any] | None) -> Matrix | None:
    if data is None:
        return None
    return Matrix(
        data["year"], data["by"], data["expected"], data.get("words", {}), tuple(data.get("figures", ()))
    )


def _shares(data: Mapping[str, Any] | None, where: str) -> Shares | None:
    if data is None:
        return None
    targets = {term: Decimal(str(target)) for term, target in data["targets"].items()}
    return Shares(data["of"], targets, read_source(data["source"], where))


def _refuse_unknown_choices(where: str, fields: tuple[Field, ...], keys: tuple[str, ...]) -> None:
    choices = {field.key for field in fields if field.type == "choice"}
    unknown = [key for key in keys if key not in choices]
    if unknown:
        raise ValueError(f"{where}: shares or divided_by name no choice: {', '.join(unknown)}")


def _refuse_unknown(
    where: str, fields: tuple[Field, ...], checks: tuple[Check, ...], derived: tuple[Derived, ...]
) -> None:
    known = {field.key for field in fields}
    asked = [(check.id, {*fields_of(check.rule), *check.when, check.unless} - {""}) for check in checks]
    asked += [(value.key, set(value.of)) for value in derived]
    for name, keys in asked:
        if keys - known:
            raise ValueError(f"{where}: {name!r} speaks of no field: {', '.join(sorted(keys - known))}")


def _fields(entries: list[Mapping[str, Any]], where: str) -> tuple[Field, ...]:
    return tuple(_field(dict(entry), where) for entry in entries)


def _field(data: dict[str, Any], where: str) -> Field:
    name = f"{where}: field {data.get('key')!r}"
    if data.get("type") not in get_args(FieldType):
        raise ValueError(
            f"{name}: no such type {data.get('type')!r}; there are {', '.join(get_args(FieldType))}"
        )
    columns = _fields(data.pop("columns", []), where)
    source = read_source(data.pop("source"), name) if "source" in data else None
    kinds = tuple(data.pop("kinds", ()))
    if data["type"] in ("record", "attachment", "report_tables", "table"):
        data.setdefault("show", "none")  # relations, files and tables have parts of the page to themselves
    return Field(columns=columns, source=source, kinds=kinds, **data)
