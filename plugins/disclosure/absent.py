"""References to what is there and not on the site: a draft, a record that waits for its day, a file with faults.

Rules see the catalog alone, so that all of these are nothing to them. Here the rest of the content folder is looked
at, and only where something was referred to in vain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.problem import Problem
from plugins.disclosure.readers.csv_rows import ID_NAMES, read_table
from plugins.disclosure.readers.folder import FoundFile, walk
from plugins.disclosure.review_gate import is_draft, place_of

TO_NOTHING = ("relation.to-nothing", "link.no-such-record")
"""Problems that say in `written` what was referred to."""

_FACT = re.compile("(?m)^(标题|title|文号|document_number|索引号|index_number)[:：][ \t]*(.+?)[ \t\r]*$")
_TITLES = ("标题", "title")
_PART = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Absent:
    """One record that is not on the site. `why_*` end the sentence that says what it is; both empty for faults."""

    names: frozenset[str]
    why_zh: str = ""
    why_en: str = ""
    hint: str = ""


def told_of_the_absent(
    problems: Sequence[Problem], content: Path, whole: Catalog, public: Catalog
) -> list[Problem]:
    """The problems, with those of `TO_NOTHING` saying what the reference names after all.

    Where it names a record whose own faults stand among the problems, they alone are told.
    """
    if not any(problem.code in TO_NOTHING for problem in problems):
        return list(problems)
    absent = [
        *_drafts(content),
        *_waiting(whole, public),
        *_faulty(problems, content, whole),
    ]
    return [told for problem in problems if (told := _told(problem, absent)) is not None]


def _told(problem: Problem, absent: Iterable[_Absent]) -> Problem | None:
    if problem.code not in TO_NOTHING:
        return problem
    found = next((one for one in absent if _loosely(problem.written) in one.names), None)
    if found is None:
        return problem
    if not found.why_zh:
        return None
    return replace(
        problem,
        message_zh=f"写作“{problem.written}”，{found.why_zh}",
        message_en=f'"{problem.written}" {found.why_en}',
        hint=found.hint,
    )


def _drafts(content: Path) -> Iterator[_Absent]:
    kinds = load_kinds()
    files = [file for file in walk(content)[0] if is_draft(file.name) and place_of(file) in kinds]
    for file in files:
        for line, names, title in _records_in(file):
            where = f"{file.name} 第 {line} 行" if line else file.name
            where_en = f"{file.name} row {line}" if line else file.name
            yield _Absent(
                names,
                f"它是草稿{f'《{title}》' if title else ''}（{where}），草稿不发布，网站上没有它。",
                f"is a draft ({where_en}); drafts are not published. Publish it first, or delete the entry for now.",
                "请先发布那份草稿，或者先删去这一处，以后再补。",
            )


def _waiting(whole: Catalog, public: Catalog) -> Iterator[_Absent]:
    shown = {record.key for record in public.records} if public is not whole else None
    for record in whole.records if shown is not None else ():
        if shown is not None and record.key not in shown:
            values = [record.values.get(name) for name in ("document_number", "index_number")]
            yield _Absent(
                frozenset(_loosely(str(name)) for name in (record.key, *values) if name),
                f"它是{record.marked_title}（{record.file}），发布日期 {record.published_on} 还没有到，网站上还没有它。",
                f"is {record.file}, dated {record.published_on}: not public yet. Add the entry on that day.",
                "请先删去这一处，到那一天再补；发布日期写错的，请改正。",
            )


def _faulty(problems: Iterable[Problem], content: Path, whole: Catalog) -> Iterator[_Absent]:
    read = {(record.file, record.line if record.file.endswith(".csv") else 0) for record in whole.records}
    kinds = load_kinds()
    files = {problem.file for problem in problems if problem.severity == "error"}
    for name in sorted(files):
        file = FoundFile(content / name, name)
        if not is_draft(name) and place_of(file) in kinds and file.path.is_file():
            yield from (_Absent(names) for line, names, _ in _records_in(file) if (name, line) not in read)


def _records_in(file: FoundFile) -> Iterator[tuple[int, frozenset[str], str]]:
    """Each record of a file, however faulty: its row (0 for a text), what it may be called, its title."""
    kind = place_of(file)
    if file.ending.lower() == ".csv":
        table = read_table(file)
        for row in table.rows:
            said = dict(zip(table.heading.cells, row.cells, strict=False))
            id_ = next((said[name] for name in ID_NAMES if said.get(name)), "")
            yield row.number, *_names(f"{kind}/{id_}", said)
        return
    text = file.path.read_bytes().decode("utf-8", "replace")
    yield 0, *_names(f"{kind}/{file.path.stem}", dict(_FACT.findall(text)))


def _names(key: str, said: dict[str, str]) -> tuple[frozenset[str], str]:
    title = next((said[name] for name in _TITLES if said.get(name)), "")
    numbers = [said.get(name, "") for name in ("文号", "document_number", "索引号", "index_number")]
    return frozenset(_loosely(name) for name in (key, *numbers) if name), title


def _loosely(name: str) -> str:
    """What a name says, however it is written: 霁政发[2026]05号 and 霁政发〔2026〕5号 are one."""
    parts = [part for part in _PART.findall(name.casefold()) if part not in ("第", "号")]
    return " ".join(str(int(part)) if part.isdecimal() else part for part in parts)
