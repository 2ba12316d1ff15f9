"""Importing files: plan what would be written, then write it; twice is the same as once.

A file that is already there is never written over: it is either what we would write, or a person has worked
on it since, and a person's work stays.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from plugins.disclosure.content import ORGANS_FILE, organ_names
from plugins.disclosure.document_number import normalise
from plugins.disclosure.importers.column_dialogue import Dialogue
from plugins.disclosure.importers.column_mapping import as_table
from plugins.disclosure.importers.content_file import ContentFile, content_file, id_of, used_defaults
from plugins.disclosure.importers.defaults import read_defaults
from plugins.disclosure.importers.force import with_repeals_of
from plugins.disclosure.importers.formats import TABLES, read_file, suffix_of
from plugins.disclosure.importers.imported import Decision, ImportedDocument
from plugins.disclosure.importers.notice_text import UNSTATED
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.review import review_of
from plugins.disclosure.importers.table_import import mapping_name, read_tables, remembered_columns, sheets_of
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.readers.around import OrganNames
from plugins.disclosure.readers.csv_rows import read_table
from plugins.disclosure.readers.folder import IMPORT_REVIEWS, FoundFile
from plugins.disclosure.readers.markdown_file import ID
from plugins.disclosure.readers.site_file import FILE as SITE_FILE
from plugins.disclosure.review_gate import ORGAN

State = Literal["new", "unchanged", "kept", "refused"]
_STATED = ("title", "document_number", "index_number", "issuer", "written_on", "published_on", "addressees")
"""The fields of the contract that can be inferred; what else is inferred (体裁, 公开方式) stands in the review."""

_NUMBER = re.compile("(?m)^(?:文号|document_number)[:：][ \t]*(.+?)[ \t\r]*$")

_STATES = {
    "new": ("已写成", "written"),
    "unchanged": ("已有且相同，没有改动", "already there and the same, left as it is"),
    "kept": (
        "已有，和这次会写成的不一样（有人改过，或者这次的选项不同），保留不动；要重新导入，请先把它移走",
        "already there and not as it would be written now (edited, or other options); move it away to import again",
    ),
    "refused": ("没有导入", "not imported"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one source. `file` is None for a refused one.

    `state` is that of the content file; `kept` means that a file of that name is there, is this document's, and
    differs from what would be written. `review` is the report's text and `review_name` its name below the folder.
    """

    document: ImportedDocument
    file: ContentFile | None
    state: State
    review: str
    review_name: str


@dataclass(frozen=True, slots=True)
class ImportRun:
    """The plan of an import into the folder `into`, one outcome for each source in the order given.

    A spreadsheet has one for each of its sheets; `mappings` are the files that remember its columns, by name.
    """

    into: Path
    outcomes: tuple[Outcome, ...]
    mappings: Mapping[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """The sources out of which nothing could be read."""
        return tuple(outcome for outcome in self.outcomes if outcome.state == "refused")

    @property
    def not_public(self) -> tuple[Outcome, ...]:
        """What says of itself that it is not for the public, and stands there as it was imported."""
        imported = (outcome for outcome in self.outcomes if outcome.state in ("new", "unchanged"))
        return tuple(outcome for outcome in imported if outcome.document.not_public)


def import_files(
    paths: Sequence[Path], into: Path, settings: Mapping[str, str] | None = None, id_: str = ""
) -> ImportRun:
    """Read the files, write content files and review reports below `into`, and say what became of each.

    `into` is the content folder, or the folder of a kind in it, which then is the kind of every document.
    `settings` are defaults by label or key (审查人, 审查日期, 发布机构 as an organ's id, ...); `id_` is the id of the
    one document. Raises BadDefault, BadId, and OSError where the folder cannot be written.
    """
    run = plan_import(paths, into, settings, id_)
    write_import(run)
    return run


def plan_import(
    paths: Sequence[Path], into: Path, settings: Mapping[str, str] | None = None, id_: str = ""
) -> ImportRun:
    """As `import_files`, but nothing is written."""
    _ask_id(id_, len(paths))
    into, kind = folder_and_kind(into)
    organs = _known_organs(into)
    defaults = read_defaults(settings or {}, kind, into, organs)
    taken: dict[str, str] = {}
    outcomes = []
    mappings: dict[str, str] = {}
    for path in paths:
        if suffix_of(path) in TABLES and path.is_file():
            name = mapping_name(path)
            tables = read_tables(path, kind, into / IMPORT_REVIEWS / name, defaults)
            for number, (document, file) in enumerate(tables.sheets, start=1):
                outcomes.append(_table_outcome(document, file, number, into, taken))
            if tables.mapping:
                mappings[name] = tables.mapping
            continue
        document = read_file(path)
        if kind and not document.refused:
            document = as_named_kind(document, kind)
        if organs is not None and organs.only:
            document = _by_the_only_organ(document, organs.only)
        outcomes.append(_outcome(document, into, defaults, taken, id_))
    return ImportRun(into, tuple(outcomes), mappings)


def ask_columns(
    paths: Sequence[Path], into: Path, ask: Callable[[str], str], tell: Callable[[str], None]
) -> None:
    """Ask where the columns of spreadsheets belong that could not be told, and keep the answers for `import_files`.

    Other documents, and tables that cannot be read, are left to the import. Raises EOFError when the answers end;
    then no file of that spreadsheet's columns is written.
    """
    into, kind = folder_and_kind(into)
    dialogue = Dialogue(load_kinds(), ask, tell, _known_organs(into))
    for path in paths:
        if suffix_of(path) not in TABLES or not path.is_file():
            continue
        name = into / IMPORT_REVIEWS / mapping_name(path)
        try:
            sheets = sheets_of(path)
            remembered = {one.sheet: one for one in remembered_columns(name, dialogue.kinds)}
        except Refusal:
            continue
        tell(f"{path.name}")
        found = [dialogue.mapping(sheet, remembered.get(sheet.name), kind) for sheet in sheets]
        write(name, as_table(found, dialogue.kinds))


def _by_the_only_organ(document: ImportedDocument, organ: str) -> ImportedDocument:
    """The document as published by the only organ of the site, where it says nothing of whom."""
    if document.refused or document.issuer:
        return document
    decision = Decision("issuer", organ, f"文中没有写明，{ORGANS_FILE} 里只有这一个机构", inferred=True)
    doubts = tuple(doubt for doubt in document.doubts if doubt != UNSTATED["issuer"])
    return replace(document, issuer=organ, decisions=(*document.decisions, decision), doubts=doubts)


def _known_organs(content: Path) -> OrganNames | None:
    """The organs of the content folder that is imported into; None where there is no list of them."""
    file = FoundFile(content / ORGANS_FILE, ORGANS_FILE)
    return organ_names(read_table(file)) if file.path.is_file() else None


class BadId(ValueError):
    """An id that is no address, or one for several documents."""

    def __init__(self, zh: str, en: str) -> None:
        self.message_zh, self.message_en = zh, en
        super().__init__(f"{zh} {en}")


def _ask_id(id_: str, count: int) -> None:
    if id_ and count != 1:
        raise BadId(
            "--id 一次只能给一个文件编号，请一个一个导入。",
            "--id is for one file at a time. Import them one by one.",
        )
    if id_ and not ID.fullmatch(id_):
        raise BadId(
            f"编号“{id_}”要用作网址，只能有小写字母、数字和短横，例如 2026-0008。",
            f'The id "{id_}" becomes the address: lower-case letters, digits and hyphens, for example 2026-0008.',
        )


def plan_documents(
    documents: Sequence[ImportedDocument],
    into: Path,
    kind: str | None,
    settings: Mapping[str, str],
    id_: str = "",
) -> ImportRun:
    """As `plan_import`, of documents that were read already."""
    _ask_id(id_, len(documents))
    defaults, taken = read_defaults(settings, kind, into, _known_organs(into)), dict[str, str]()
    return ImportRun(into, tuple(_outcome(document, into, defaults, taken, id_) for document in documents))


def folder_and_kind(into: Path) -> tuple[Path, str | None]:
    """The content folder, and the kind whose folder was named instead of it: content/policy means policy.

    A folder with a site.yaml is a content folder, whatever it is called.
    """
    is_kind = into.name in load_kinds() and into.name != ORGAN and not (into / SITE_FILE).exists()
    return (into.parent, into.name) if is_kind else (into, None)


def as_named_kind(document: ImportedDocument, kind: str) -> ImportedDocument:
    """The document as what the editor says it is."""
    named = Decision("kind", kind, f"--into 写明文件夹 {kind}")
    others = (one for one in document.decisions if one.field != "kind")
    return replace(document, kind=kind, decisions=(*others, named))


def write_import(run: ImportRun) -> None:
    """Write what the plan says is new. Every file appears whole or not at all."""
    for name, text in run.mappings.items():
        if not (run.into / IMPORT_REVIEWS / name).exists():
            write(run.into / IMPORT_REVIEWS / name, text)
    for outcome in run.outcomes:
        if outcome.file is not None and outcome.state == "new":
            write(run.into / outcome.file.name, outcome.file.text)
        review = run.into / IMPORT_REVIEWS / outcome.review_name
        if outcome.state == "new" or not review.exists():  # a report on another text is of no use any more
            write(review, outcome.review)


def as_json(run: ImportRun) -> list[dict[str, Any]]:
    """The `import --json` contract (docs/contracts.md): one object for each document."""
    return [_as_json(outcome.document) for outcome in run.outcomes]


def as_text(run: ImportRun) -> str:
    """For the terminal: what became of each source, where its report is, and how much awaits the editor."""
    lines = []
    for outcome in run.outcomes:
        zh, en = _STATES[outcome.state]
        name = f" → {outcome.file.name}" if outcome.file else ""
        lines.append(f"{outcome.document.source}{name}：{zh} / {en}")
        if outcome.document.refused:
            lines.append(f"  {outcome.document.refused}")
        else:
            lines += [f"  {told}" for told in _not_public(outcome)]
            lines.append(f"  {_remarks(outcome)}")
        if outcome.file and outcome.file.suffix == "csv" and outcome.state in ("new", "unchanged"):
            lines.append(f"  {_ids_given(outcome.file)}")
        if outcome.state == "new" and outcome.file and outcome.file.suffix == "md":
            lines.append(
                f"  网址将是 {outcome.file.kind}/{outcome.file.id}.html，发布以后不再改；要换，现在改文件名，或用 --id 重新导入"
                f" / its address will be {outcome.file.kind}/{outcome.file.id}.html for good: rename the file now, or use --id"
            )
    reviews = (run.into / IMPORT_REVIEWS).as_posix()
    lines += [f"列与字段的对照 / Columns and fields: {reviews}/{name}" for name in run.mappings]
    lines.append(f"核对报告 / Review reports: {reviews}/")
    return "\n".join(lines)


def _ids_given(file: ContentFile) -> str:
    """The ids of the rows of a table, first and last: they become addresses, and stand nowhere else on the screen."""
    ids = [row[0] for row in csv.reader(io.StringIO(file.text.removeprefix("\ufeff"), newline=""))][1:]
    if not ids:
        return "没有一行是信息 / no row is a record"
    span = ids[0] if len(ids) == 1 else f"{ids[0]} … {ids[-1]}"
    return (
        f"{len(ids)} 条的编号：{span}，写在 {file.name} 的“编号”一列；网址是 {file.kind}/编号.html，发布以后不再改，要换请现在改"
        f" / ids of {len(ids)} records: {span}, in the first column; addresses are {file.kind}/<id>.html for good"
    )


def _not_public(outcome: Outcome) -> list[str]:
    told = list(outcome.document.not_public)
    english = "it says that it is not for the public: have it reviewed before it is published"
    return [*told[:-1], f"{told[-1]} / {english}"] if told else []


def _remarks(outcome: Outcome) -> str:
    document = outcome.document
    empty = len(outcome.file.empty) if outcome.file else 0
    return (
        f"待补 {empty} 项，不一致 {len(document.conflicts)} 处，推断 {len(document.inferred)} 项，"
        f"略去 {len(document.dropped)} 行 / to fill in {empty}, conflicts {len(document.conflicts)}, "
        f"inferred {len(document.inferred)}, lines dropped {len(document.dropped)}"
    )


def _outcome(
    document: ImportedDocument,
    into: Path,
    defaults: Mapping[str, str],
    taken: dict[str, str],
    id_: str = "",
) -> Outcome:
    if document.refused:
        review = review_of(document, None, defaults)
        return Outcome(document, None, "refused", review, f"refused-{id_of(document)}.md")
    document = with_repeals_of(document, lambda: _numbers_in(into, taken))
    document = _without_what_is_set(document, defaults)
    file = content_file(document, defaults)
    if id_:
        file = replace(file, id=id_)
    state = _state(file, into, taken)
    if state is None and id_:
        raise BadId(
            f"{file.name} 已经是另一份文件，没有改动。请换一个编号。",
            f"{file.name} is another document already and was left as it is. Choose another id.",
        )
    if state is None:  # the name belongs to another document
        file = replace(file, id=id_of(document, again=True))
        state = _state(file, into, taken) or "kept"
    taken[file.name] = file.text
    review = review_of(document, file, defaults)
    return Outcome(document, file, state, review, f"{file.kind}-{file.id}.md")


def _without_what_is_set(document: ImportedDocument, defaults: Mapping[str, str]) -> ImportedDocument:
    """The document without remarks on what it does not say and the editor did."""
    told = {UNSTATED[key] for key in used_defaults(document, defaults) if key in UNSTATED}
    return replace(document, doubts=tuple(doubt for doubt in document.doubts if doubt not in told))


def _numbers_in(content: Path, taken: Mapping[str, str]) -> frozenset[str]:
    """The 文号 of the policies that are there, and of those that this run imports."""
    texts = [
        path.read_bytes().decode("utf-8", "replace") for path in sorted((content / "policy").rglob("*.md"))
    ]
    written = (_NUMBER.search(text) for text in (*texts, *taken.values()))
    return frozenset(normalise(found[1]) or found[1] for found in written if found)


def _table_outcome(
    document: ImportedDocument,
    file: ContentFile | None,
    number: int,
    into: Path,
    taken: dict[str, str],
) -> Outcome:
    """As `_outcome`, for the sheet with this number."""
    if file is None:
        name = f"refused-{id_of(document)}-{number}.md"
        return Outcome(document, None, "refused", review_of(document, None, {}), name)
    state = _state(file, into, taken) or "kept"
    taken[file.name] = file.text
    return Outcome(document, file, state, review_of(document, file, {}), f"{file.kind}-{file.id}.md")


def _state(file: ContentFile, into: Path, taken: Mapping[str, str]) -> State | None:
    """What is under the file's name already; None if that is another document."""
    path = into / file.name
    if file.name in taken:
        there = taken[file.name]
    elif path.exists():
        there = path.read_bytes().decode("utf-8", "replace")
    else:
        return "new"
    if there == file.text:
        return "unchanged"
    return "kept" if _is_same_document(there, file.text) else None


def _is_same_document(there: str, ours: str) -> bool:
    """Whether an edited file is still this document: by its title or its 文号, else by half of its paragraphs."""
    lines, our_lines = there.split("\n"), ours.split("\n")
    if any(line in lines for line in our_lines if line.startswith(("标题: ", "文号: "))):
        return True
    if all(any(line.startswith("文号: ") for line in each) for each in (lines, our_lines)):
        return False
    body = [line for line in ours.partition("\n---\n")[2].split("\n") if line]
    return sum(line in lines for line in body) * 2 >= len(body)


def write(path: Path, text: str) -> None:
    """Write a file of text, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _as_json(document: ImportedDocument) -> dict[str, Any]:
    return {
        "source": document.source,
        "kind": document.kind,
        "title": document.title or None,
        "document_number": document.document_number,
        "index_number": document.index_number,
        "issuer": document.issuer,
        "written_on": str(document.written_on) if document.written_on else None,
        "published_on": str(document.published_on) if document.published_on else None,
        "addressees": list(document.addressees),
        "headings": [
            {"level": heading.level, "number": heading.number, "title": heading.title}
            for heading in document.headings
        ],
        "tasks": [
            {
                "heading": task.heading,
                "lead": list(task.lead),
                "responsible": list(task.responsible),
                "due": list(task.due),
            }
            for task in document.tasks
        ],
        "inferred": [name for name in document.inferred if name in _STATED],
        "conflicts": [
            {"field": conflict.field, "values": list(conflict.values)} for conflict in document.conflicts
        ],
        "dropped": [dropped.text for dropped in document.dropped],
        "refused": document.refused,
    }
