"""Reading an office's whole content folder: records, organs, site.yaml, attachments; every problem at once.

The folder holds `site.yaml`, `organs.csv` (one organ a row), `not_applicable.csv`, `tombstones.csv`, `attachments/`,
one folder for each kind of record with `*.md` and `*.csv` files, and `drafts/`, laid out as the kinds' folders are.
A README.md in the folder itself is for colleagues; any other file is read or reported, so that nothing an editor
wrote is left out unnoticed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.kinds import Kind, Kinds, load_kinds
from plugins.disclosure.memory import Memory, packed
from plugins.disclosure.problem import Problem, error, has_errors, in_order, warning
from plugins.disclosure.profile import Regime, load_regime
from plugins.disclosure.readers import attachment_files, not_applicable, report_tables, site_file, tombstones
from plugins.disclosure.readers.around import Around, OrganNames
from plugins.disclosure.readers.csv_rows import ID_NAMES, Table, read_rows, read_table
from plugins.disclosure.readers.folder import FoundFile, walk
from plugins.disclosure.readers.markdown_file import Batch, read_markdown_file
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.record import Record
from plugins.disclosure.review_gate import (
    DRAFTS,
    ORGAN,
    STATES_FILE,
    bearable,
    is_draft,
    parted,
    place_of,
    with_drafts,
)
from plugins.disclosure.site import Site
from plugins.disclosure.spread import spread
from plugins.disclosure.text_rules import OfFiles, judge_some
from plugins.disclosure.tombstone import Tombstone
from plugins.disclosure.vocabulary import load_vocabularies, spoken_by

ORGANS_FILE = "organs.csv"
SINGLE_FILES = (site_file.FILE, ORGANS_FILE, not_applicable.FILE, tombstones.FILE)
README = "README.md"
WAIVERS_FILE = "waivers.csv"
"""Read where problems are told (waivers.py): it says nothing of any record."""

CHANGES_FILE = "changes.csv"
"""What an office says of changes (change_notes.py)."""

TO_IMPORT = ("docx", "html", "htm", "txt", "pdf", "xlsx")
TO_SAVE_ANEW = {"doc": "docx", "wps": "docx", "rtf": "docx", "ofd": "pdf", "xls": "xlsx", "et": "xlsx"}
"""What cannot be imported as it is, and what its own program can save it as."""

CHUNK = 64
"""So many files are read at a time by one process."""

Judge = Callable[[Sequence[Record]], OfFiles]
"""What tells what the texts of records have wrong, as far as that hangs on nothing but them and the organs."""

SET_ASIDE = re.compile(
    r"drafts?|backups?|bak|te?mp|草稿.*|.*备份.*|回收站|作废.*|未审.*|待审.*", re.IGNORECASE
)
"""Names of folders of what is not to be published, as people call them."""
_MEANT_AS_RECORDS = {".md": ".md", ".markdown": ".md", ".csv": ".csv"}
"""Extensions in lower case, and how they are written."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a content folder holds.

    `catalog` is None only when site.yaml or organs.csv could not be read, without which no record can be
    judged. `read_count` counts every record met, `reported_count` those that could not be read and stand in
    `problems` instead: read = in the catalog + reported. `whole` is the catalog with what waits for its day too; it
    is what must be judged, so that no morning's build fails over a record of last week. `around` is what values were
    read against.
    """

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    read_count: int
    reported_count: int
    whole: Catalog | None = None
    around: Around | None = None

    @property
    def publishable(self) -> bool:
        """Whether nothing stops the build."""
        return self.catalog is not None and not has_errors(self.problems)


def read_content(
    content: Path,
    today: date,
    profile: str | None = None,
    *,
    preview: bool = False,
    memory: Memory | None = None,
    workers: int = 1,
    meanwhile: Callable[[], None] = lambda: None,
) -> Content:
    """Read a content folder as of `today`. `profile` takes the place of the rules that site.yaml names.

    A `preview` has drafts and what waits for its day in its catalog, and bears records that are not whole.
    What `memory` knows is not read again. `meanwhile` is done here when other processes have begun to read.

    What single values and files have wrong is in `problems`; what records have wrong among each other is for
    `validate`. Raises FileNotFoundError when there is no such folder or no such profile.
    """
    if not content.is_dir():
        raise FileNotFoundError(f"没有这个内容文件夹 / no such content folder: {content}")
    kinds = load_kinds()
    chosen = load_regime(profile) if profile else None
    files, problems = walk(content)
    if not preview:
        files = [file for file in files if not is_draft(file.name)]
        problems = [problem for problem in problems if not is_draft(problem.file)]
    shelves = _sorted_out(files, kinds)
    attachments, found = attachment_files.read_attachments(shelves.attachments)
    around = Around(content, today, load_vocabularies(), None, None, attachments)
    site, found_in_site = _read_site(shelves.site, around)
    around = replace(around, regime=chosen or _regime(site))
    organs, around, found_in_organs = _read_organs(shelves.organs, kinds[ORGAN], around, site)
    problems += [*found, *found_in_site.problems, *found_in_organs]
    if site is not None and (wrong := site_file.organ_problem(site, found_in_site.lines, around)):
        problems.append(wrong)
    judge = None
    if site is not None and around.regime is not None and around.organs is not None and not preview:
        apart = Catalog(
            site, kinds, around.vocabularies, around.regime, today, organs.records, attachments, {}
        )
        judge = partial(judge_some, apart, today)
    batches = [organs, *_read_records(shelves.records, around, judge, memory, workers, meanwhile)]
    reasons, found = _read_not_applicable(shelves.not_applicable, around)
    stones, wrong_stones = _read_tombstones(shelves.tombstones, around)
    problems += [*found, *wrong_stones, *_strays(shelves, kinds, batches, _typed(content))]
    problems += [problem for batch in batches for problem in batch.problems]
    records = [record for batch in batches for record in batch.records]
    met = sum(batch.met_count for batch in batches)
    catalog = whole = None
    if site is not None and around.regime is not None and around.organs is not None:
        site = _with_organ_id(site, around.organs)
        if preview:
            records = _for_preview(records, kinds, today, site.government)
        gate = parted(records, today)
        rest = (attachments, reasons, stones)
        whole = Catalog(site, kinds, around.vocabularies, around.regime, today, records, *rest)
        catalog = (
            Catalog(site, kinds, around.vocabularies, around.regime, today, gate.public, *rest)
            if gate.embargoed and not preview
            else whole
        )
    reported = met - len(catalog.records) if catalog is not None else met
    return Content(catalog, tuple(in_order(problems)), met, reported, whole, around)


def _for_preview(records: Sequence[Record], kinds: Kinds, today: date, government: str) -> list[Record]:
    """The records with drafts in their places, each with what a page needs."""
    drafts = [record for record in records if is_draft(record.file)]
    others = [record for record in records if not is_draft(record.file)]
    by_key = {record.key: record for record in with_drafts(others, drafts)}  # one page an address
    return [bearable(record, kinds[record.kind], today, government) for record in by_key.values()]


@dataclass(frozen=True, slots=True)
class _Shelves:
    """The files of a content folder by what they are for."""

    site: FoundFile | None
    organs: FoundFile | None
    not_applicable: FoundFile | None
    tombstones: FoundFile | None
    attachments: Sequence[FoundFile]
    records: Sequence[tuple[Kind, FoundFile]]
    others: Sequence[FoundFile]


_OF_THEIR_OWN = frozenset({*SINGLE_FILES, README, WAIVERS_FILE, CHANGES_FILE, STATES_FILE})
"""Files that stand alone, by their names."""


def _sorted_out(files: Sequence[FoundFile], kinds: Kinds) -> _Shelves:
    named = {file.name: file for file in files}
    site, organs, reasons, stones = (named.get(name) for name in SINGLE_FILES)
    attachments: list[FoundFile] = []
    records: list[tuple[Kind, FoundFile]] = []
    others: list[FoundFile] = []
    for file in files:
        place = place_of(file)
        kind = kinds.get(place) if place != ORGAN else None
        if kind is not None and file.ending.lower() in _MEANT_AS_RECORDS:
            records.append((kind, file))
        elif file.folder == attachment_files.FOLDER:
            attachments.append(file)
        elif file.name not in _OF_THEIR_OWN:
            others.append(file)
    return _Shelves(site, organs, reasons, stones, attachments, records, others)


def _read_site(file: FoundFile | None, around: Around) -> tuple[Site | None, site_file.SiteRead]:
    if file is None:
        return None, site_file.SiteRead(None, (site_file.missing_site(),), {})
    read = site_file.read_site(file, around)
    return read.site, read


def _regime(site: Site | None) -> Regime | None:
    """The rules that the site names; None when it names none there are, which was reported."""
    if site is None:
        return None
    try:
        return load_regime(site.regime)
    except FileNotFoundError:
        return None


def _read_organs(
    file: FoundFile | None, kind: Kind, around: Around, site: Site | None
) -> tuple[Batch, Around, list[Problem]]:
    """The organs, and `around` with their names and in the words of the government that answers for the site.

    Without names when there is no list of organs to go by.
    """
    if file is None:
        return Batch((), (), 0), around, [_no_organs()]
    table = read_table(file)
    names = organ_names(table)
    around = replace(around, organs=names)
    if site and names and (found := names.find(site.government)):
        words = spoken_by(names.full_name(found[0]), around.vocabularies)
        around = replace(around, vocabularies=words)
    return read_rows(table, kind, around), around, []


def organ_names(table: Table) -> OrganNames | None:
    """What the organs are called, taken from the cells: an organ may name one in a row further down."""
    ids, name = table.column(ID_NAMES), table.column(("机构全称", "name"))
    if ids is None or name is None or not table.rows:
        return None
    columns = [name, table.column(("机构简称", "short_name")), table.column(("曾用名", "aliases"))]
    organs = []
    for row in table.rows:
        if len(row.cells) >= len(table.heading.cells):
            cells = [row.cells[column] for column in columns if column is not None]
            called = [part.strip() for cell in cells for part in cell.replace("；", ";").split(";")]
            organs.append((row.cells[ids], [part for part in called if part]))
    return OrganNames(organs)


def _read_records(
    files: Sequence[tuple[Kind, FoundFile]],
    around: Around,
    judge: Judge | None,
    memory: Memory | None,
    workers: int,
    meanwhile: Callable[[], None],
) -> list[Batch]:
    """What each file holds, in the order of the files."""
    if memory is None:
        return [_read_file(kind, file, around) for kind, file in files]
    found: dict[str, Batch] = {}
    for _, file in files:
        known = memory.recall(file.name)
        if known is not None:
            found[file.name] = known
    new = [(kind, file) for kind, file in files if file.name not in found]
    chunk = partial(_read_some, new, around, judge)
    some = spread(chunk, range(0, len(new), CHUNK), workers)
    meanwhile()
    for parcel, judged, others in some:
        found |= {batch.records[0].file: batch for batch in memory.keep(parcel)}
        found |= others
        for name, problems in judged:
            memory.keep_judged(name, problems)
    return [found[file.name] for _, file in files]


def _read_some(
    files: Sequence[tuple[Kind, FoundFile]], around: Around, judge: Judge | None, start: int
) -> tuple[bytes, OfFiles, dict[str, Batch]]:
    """What may be remembered of some files, packed; what their texts have wrong; and what may not be remembered."""
    read = {file.name: _read_file(kind, file, around) for kind, file in files[start : start + CHUNK]}
    lasting = [batch for batch in read.values() if batch.digest]
    judged = judge([batch.records[0] for batch in lasting]) if judge is not None else []
    return packed(lasting), judged, {name: batch for name, batch in read.items() if not batch.digest}


def _read_file(kind: Kind, file: FoundFile, around: Around) -> Batch:
    wanted = _MEANT_AS_RECORDS[file.ending.lower()]
    if file.ending != wanted:
        return Batch((), (_bad_extension(file, wanted),), 1)
    if wanted == ".md":
        return read_markdown_file(file, kind, around)
    return read_rows(read_table(file), kind, around)


def _read_not_applicable(
    file: FoundFile | None, around: Around
) -> tuple[Mapping[tuple[str, str], str], list[Problem]]:
    return not_applicable.read_not_applicable(file, around) if file else ({}, [])


def _read_tombstones(file: FoundFile | None, around: Around) -> tuple[list[Tombstone], list[Problem]]:
    return tombstones.read_tombstones(file, around) if file else ([], [])


def _with_organ_id(site: Site, organs: OrganNames) -> Site:
    found = organs.find(site.government)
    return replace(site, government=found[0]) if found else site


def _strays(shelves: _Shelves, kinds: Kinds, batches: Sequence[Batch], content: str) -> Iterator[Problem]:
    companions = {name for batch in batches for name in batch.companions}
    folders: dict[str, int] = {}
    for file in shelves.others:
        if file.name in companions:
            continue
        folder = place_of(file)
        if file.folder and (folder not in kinds or folder == ORGAN):
            folder = f"{DRAFTS}/{folder}" if is_draft(file.name) else folder
            folders[folder] = folders.get(folder, 0) + 1
        else:
            yield _stray(file, kinds, content)
    for folder, count in folders.items():
        yield _organ_folder(count) if folder == ORGAN else _no_such_kind(folder, count, kinds)
    deeper = (file.name.rpartition("/")[0] for _, file in shelves.records if file.name.count("/") > 1)
    aside = Counter(
        folder
        for folder in deeper
        if folder.partition("/")[0] != DRAFTS and any(map(SET_ASIDE.fullmatch, folder.split("/")[1:]))
    )
    yield from (_set_aside(folder, count) for folder, count in aside.items())


def _set_aside(folder: str, count: int) -> Problem:
    kind = folder.partition("/")[0]
    return error(
        folder,
        None,
        None,
        "content.set-aside",
        f"文件夹名像是草稿或备份，里面的 {count} 个文件却会照常公布。",
        f"The name of the folder says that its {count} file(s) are drafts or copies, but they would be published. "
        f"Put drafts into {DRAFTS}/{kind}/ and copies outside the content folder, or rename it.",
        f"草稿请放进 {DRAFTS}/{kind}/，备份请移出内容文件夹；确要公布的，请改文件夹名。",
    )


def _no_organs() -> Problem:
    return error(
        ORGANS_FILE,
        None,
        None,
        "organs.missing",
        "内容文件夹里没有 organs.csv，不知道有哪些机构。",
        "There is no organs.csv in the content folder, so nobody knows which organs there are. "
        "Make one, one organ a row, with the heading 编号,机构全称,机构简称,机构类别.",
        "请新建这个表格，一行一个机构，表头例如 编号,机构全称,机构简称,机构类别",
    )


def _no_such_kind(folder: str, count: int, kinds: Kinds) -> Problem:
    there_are = {kind.id: kind.label for kind in kinds.values() if kind.id != ORGAN}
    near = nearest(folder, [*there_are, *there_are.values()])
    near = next((id_ for id_, label in there_are.items() if near in (id_, label)), None)
    if SET_ASIDE.fullmatch(folder):
        there_are, near = {DRAFTS: "草稿"}, DRAFTS
    listed = "、".join(f"{id_}（{label}）" for id_, label in there_are.items())
    hint = f"是不是 {near}（{there_are[near]}）？请改文件夹名。" if near else f"文件夹名可以是：{listed}。"
    en = f"Did you mean {near}? Rename the folder." if near else f"There are: {', '.join(there_are)}."
    return error(
        folder,
        None,
        None,
        "content.no-such-kind",
        f"没有{quoted(folder)}这一类信息，里面的 {count} 个文件都没有读。",
        f"There is no kind {quoted_en(folder)}, so its files ({count}) were not read. {en}",
        hint,
    )


def _organ_folder(count: int) -> Problem:
    return error(
        ORGAN,
        None,
        None,
        "content.organ-folder",
        f"机构都写在 organs.csv 里，这个文件夹里的 {count} 个文件没有读。",
        f"Organs stand in organs.csv; the files in this folder ({count}) were not read. Move their rows there.",
        "请把各机构移到 organs.csv，一行一个。",
    )


def _bad_extension(file: FoundFile, wanted: str) -> Problem:
    mended = file.path.with_suffix(wanted).name
    return error(
        file.name,
        None,
        None,
        "file.extension",
        f"扩展名写作“{file.ending}”，没有读。",
        f"The extension is {quoted_en(file.ending)}, so the file was not read. Rename it to {mended}.",
        f"请改名为 {mended}",
    )


def _typed(content: Path) -> str:
    """The folder as it is typed in a command: from where one stands, or its whole path."""
    whole, here = content.resolve(), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()


def _stray(file: FoundFile, kinds: Kinds, content: str) -> Problem:
    extension = file.ending.lower().removeprefix(".")
    zh = "没有读这个文件。"
    en = "This file was not read."
    if not file.folder:
        near = nearest(file.name, SINGLE_FILES)
        hint = f"是不是 {near}？请改名或另存成这个名称。" if near else "不是网站内容的，请移到别处。"
        advice = f"Did you mean {near}?" if near else "Move it elsewhere if it is not for the site."
    elif file.name.lower().endswith((".md.txt", ".csv.txt")):
        mended = file.path.name[: -len(".txt")]
        hint = f"请改名为 {mended}；看不到“.txt”的，请先在资源管理器的“查看”里勾选“文件扩展名”。"
        advice = f"Rename it to {mended}."
    elif extension in TO_SAVE_ANEW:
        wanted = TO_SAVE_ANEW[extension]
        anew = PurePosixPath(content, file.name).with_suffix(f".{wanted}")
        command = f"python3 tasks.py import {anew} --into {content}/{place_of(file)}"
        hint = f"请另存为 .{wanted}，再用 {command} 导入；只供下载的，请放进 attachments 文件夹。"
        advice = f"Save it as .{wanted} and import that: {command}; or put it into attachments."
    elif extension in TO_IMPORT:
        command = f"python3 tasks.py import {content}/{file.name} --into {content}/{place_of(file)}"
        hint = f"请用 {command} 导入；只供下载的，请放进 attachments 文件夹。"
        advice = f"Import it: {command}; or put it into attachments."
    elif f".{extension}" == report_tables.EXTENSION and _has_tables(kinds[place_of(file)]):
        hint = "没有一份报告的“年报表格”写了这个文件名，请在报告里补上。"
        advice = "No report names it under 年报表格 (tables). Name it there."
    else:
        hint = "这里只放 .md 和 .csv 文件；附件和图片请放进 attachments 文件夹。"
        advice = (
            "Only .md and .csv files belong here; attachments and pictures go into the folder attachments."
        )
    return warning(file.name, None, None, "file.stray", zh, f"{en} {advice}", hint)


def _has_tables(kind: Kind) -> bool:
    return any(field.type == "report_tables" for field in kind.fields)
