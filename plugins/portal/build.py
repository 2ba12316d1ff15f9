"""The build from outside: look whether anything changed, read, judge, and only then let Pelican run.

What is not needed to see that nothing changed is imported where it is used: that answer should come at once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from plugins.disclosure.problem import Problem, has_errors, in_order
from plugins.disclosure.spread import Aside
from plugins.portal import inputs
from plugins.portal.build_report import BuildReport, nothing_done, report_of, why_made
from plugins.portal.files import replace_written
from plugins.portal.one_at_a_time import alone
from plugins.portal.present_commit import present_commit
from plugins.portal.settings import PARTS, Settings
from plugins.portal.store import Far, Written, files_as_left

if TYPE_CHECKING:
    from plugins.disclosure.catalog import Catalog
    from plugins.disclosure.checking import Checking
    from plugins.disclosure.memory import Memory
    from plugins.disclosure.readers.around import Around
    from plugins.portal.far import Order
    from plugins.portal.histories import History

ROOT = Path(__file__).parents[2]
CODE = Path(__file__).parents[1]
NOWHERE = ".nowhere"
"""The output folder of a site that is only planned."""


@dataclass(slots=True)
class Warm:
    """What a process that stays has of its last build: what was read, and the site as it was planned."""

    memory: Memory | None = None
    around: Around | None = None
    site: Settings | None = None


class BuildRefused(Exception):
    """The content has errors; nothing was written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def build_site(
    content: Path,
    output: Path,
    today: date,
    profile: str | None = None,
    *,
    theme: Path = ROOT / "theme",
    workers: int | None = None,
    compact: bool = False,
    preview: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    parts: frozenset[str] = PARTS,
    why: str = "",
    warm: Warm | None = None,
    new_executor: Callable[[], Executor] | None = None,
    waiting: Callable[[], None] | None = None,
) -> BuildReport:
    """Bring `output` up to date with `content` as of `today`; with `compact`, merge the search index into one.

    A `preview` has drafts and what waits for its day, and bears errors: for a folder that nobody deploys.
    `parts` may name less than the whole site, to measure or to look at some of it. `why` is the address of a file
    of which the report says what it was made again for. `warm` is what this process has of its last build, and takes
    what it will have of this one. `new_executor` gives workers, of other machines even, that make the pages (far.py).
    `waiting` is called where another build of the same output has to end first.

    Raises BuildRefused, with `output` as it was, when the content has errors or a published record has
    vanished, and OutputNotOurs when `output` holds files no build has written.
    """
    hands = workers if workers is not None else (os.cpu_count() or 1)
    asked = _Asked(
        content,
        output,
        today,
        profile,
        theme,
        hands,
        compact,
        preview,
        progress,
        parts,
        why,
        warm,
        new_executor,
    )
    stages: dict[str, float] = {}
    with alone(output, waiting):
        start = _look(asked, stages)
        return (
            _nothing_to_do(asked, start, stages)
            or _texts_alone(asked, start, stages)
            or _whole_build(asked, start, stages)
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What `build_site` is asked for."""

    content: Path
    output: Path
    today: date
    profile: str | None
    theme: Path
    workers: int
    compact: bool
    preview: bool
    progress: Callable[[str, int, int], None] | None
    parts: frozenset[str]
    why: str
    warm: Warm | None
    new_executor: Callable[[], Executor] | None


@dataclass(slots=True)
class _Start:
    """What there is before anything is read. `left` finds out whether all is as the last build left it.

    `memory` is what the last build read, where it is asked for; `history_of` the commits of which the site shows
    what records were before.
    """

    note: inputs.Note | None
    files: Mapping[str, inputs.Seen]
    basis: str
    history_of: frozenset[str]
    left: Aside[int | None]
    memory: Memory | None = None


def _look(asked: _Asked, stages: dict[str, float]) -> _Start:
    """See which files there are, and where there was a build, what of it is left: two processes do."""
    begun = time.perf_counter()
    note = inputs.read_note(asked.output)
    left = Aside(partial(files_as_left, asked.output), asked.workers if note is not None else 1)
    folders = {"content": asked.content, "theme": asked.theme, "code": CODE}
    read_anyway = ("content/", ".md") if inputs.nothing_known(asked.output) else None
    look = partial(inputs.look, folders, note.files if note else {}, read_anyway)
    looked = Aside(look, asked.workers if note is None else 1)
    history_of = present_commit(asked.content)
    basis = _basis(asked.today, asked.profile, asked.parts, history_of, preview=asked.preview)
    if note is None:
        _load_readers()
    files = looked.result() if asked.content.is_dir() else {}
    stages["look"] = time.perf_counter() - begun
    return _Start(note, files, basis, history_of, left)


def _nothing_to_do(asked: _Asked, start: _Start, stages: dict[str, float]) -> BuildReport | None:
    """The report, where all is as the last build left it."""
    note, begun = start.note, time.perf_counter()
    if asked.warm is not None and asked.warm.site is None:  # who wants the site in memory wants it planned
        return None
    if note is None or asked.compact or note.basis != start.basis or not inputs.same(start.files, note.files):
        return None
    count = start.left.result()
    stages["look"] += time.perf_counter() - begun
    return nothing_done(note.records, note.problems, count, stages, asked.why) if count is not None else None


def _texts_alone(asked: _Asked, start: _Start, stages: dict[str, float]) -> BuildReport | None:
    """The report, where nothing but texts changed, and what is made from them could be made alone."""
    note, begun = start.note, time.perf_counter()
    more = asked.compact or asked.why or asked.warm or asked.new_executor or start.history_of
    if note is None or more or note.basis != start.basis:
        return None
    changed = inputs.changed(start.files, note.files)
    if not inputs.are_records(changed, start.files, note.files):
        return None
    from plugins.portal.texts_alone import Edit, texts_alone

    memory = _remembered(asked, start)
    known = (start.basis, start.files, changed, note, memory, start.left.result)
    written = texts_alone(Edit(asked.output, asked.theme, asked.parts, *known))
    if written is None:
        return None
    stages["texts"] = time.perf_counter() - begun
    return report_of(written, note.records, note.problems, stages)


def _whole_build(asked: _Asked, start: _Start, stages: dict[str, float]) -> BuildReport:
    """Read everything, plan everything while it is judged, and make what is not as it should be."""
    start.left.drop()
    begun = time.perf_counter()
    memory = _remembered(asked, start)
    checking = _begin_check(asked, memory)
    read, before = checking.read, start.note
    if read.catalog is None or (has_errors(read.problems) and not asked.preview):
        raise BuildRefused(checking.result().problems)
    files = inputs.digested(start.files, asked.content, memory)
    world = inputs.world(start.basis, files, memory)
    settings = _settings(asked, read.catalog, start.history_of, stages)
    if (
        before and before.world == world and not start.history_of
    ):  # what a record was before is read elsewhere
        settings.texts = inputs.texts_changed(files, before.files, memory)
    if asked.new_executor is not None:
        settings.far = _far(settings, asked.new_executor, asked.profile, inputs.all_of(start.basis, files))
    sources = inputs.changed(files, before.files) if before and asked.why else ()
    note = inputs.Note(inputs.FORMAT, start.basis, files, read.read_count, (), world)
    gate = _Gate(asked, settings, checking, note, memory)
    settings.certain = gate.pass_through
    start.note, start.files, start.memory = None, {}, None
    del memory, files, before, note  # processes that make pages need not have them
    stages["read"] = time.perf_counter() - begun
    _run_pelican(settings)
    if not start.history_of:
        _lay_down(world, settings, read.around)
    inputs.write_note(asked.output, gate.made_of)
    if asked.warm is not None:
        asked.warm.around, asked.warm.site = read.around, settings
    why = why_made(asked.why, settings.written, sources) if asked.why else None
    return report_of(settings.written, read.read_count, gate.problems, stages, why)


class _Gate:
    """Between plan and files: nothing is written before everything is judged.

    What only the next build needs is put away here, so that processes that make pages need not have it.
    """

    def __init__(
        self, asked: _Asked, settings: Settings, checking: Checking, note: inputs.Note, memory: Memory
    ) -> None:
        self.problems: tuple[Problem, ...] = ()
        self.made_of = b""
        self._asked = asked
        self._settings = settings
        self._waiting = [(checking, note, memory)]

    def pass_through(self) -> None:
        """Raises BuildRefused where nothing may be written."""
        checking, note, memory = self._waiting.pop()
        result, output = checking.result(), self._asked.output
        self.problems = result.problems
        if not self._asked.preview:
            if has_errors(result.problems):
                raise BuildRefused(result.problems)
            if gone := _vanished(self._settings.catalog, output):
                raise BuildRefused(tuple(in_order([*result.problems, *gone])))
        self._settings.looked |= result.looked
        inputs.forget_note(
            output
        )  # until all is written, what is in the folder was made from nothing certain
        if memory.changed:
            replace_written(memory.path, memory.write)
            memory.changed = False
        self.made_of = inputs.packed(structs.replace(note, problems=result.problems))


def _begin_check(asked: _Asked, memory: Memory) -> Checking:
    from plugins.disclosure.checking import begin_check

    return begin_check(
        asked.content,
        asked.today,
        asked.profile,
        preview=asked.preview,
        memory=memory,
        workers=asked.workers,
        meanwhile=partial(_load_writers, asked.parts),
    )


def _settings(
    asked: _Asked, catalog: Catalog, history_of: frozenset[str], stages: dict[str, float]
) -> Settings:
    return Settings(
        content=asked.content.resolve(),
        theme=asked.theme.resolve(),
        output=asked.output.resolve(),
        catalog=catalog,
        workers=asked.workers,
        progress=asked.progress,
        stages=stages,
        written=Written(),
        compact=asked.compact,
        preview=asked.preview,
        parts=asked.parts,
        histories=_histories(asked.content, catalog) if history_of else {},
    )


def _remembered(asked: _Asked, start: _Start) -> Memory:
    """What the last build read, as far as it still holds; a process that stays keeps it."""
    if start.memory is None:
        warm = asked.warm or Warm()
        start.memory = inputs.remembered(asked.output, asked.content, start.basis, start.files, warm.memory)
        warm.memory = start.memory
    return start.memory


def _far(site: Settings, new_executor: Callable[[], Executor], profile: str | None, made_of: bytes) -> Far:
    from plugins.portal.far import Order, by_organ

    today = site.catalog.today
    order = Order(site.content, site.theme, today, profile, site.parts, site.preview, made_of)
    return by_organ(new_executor, order, site.catalog)


def _lay_down(world: bytes, settings: Settings, around: Around | None) -> None:
    from plugins.portal.laying_down import lay_down

    begun = time.perf_counter()
    lay_down(world, settings, around)
    settings.stages["keep"] = time.perf_counter() - begun


def planned_site(order: Order) -> Settings | None:
    """The site of an order, planned and not written; None where it is another one here. Content is not judged again."""
    from plugins.disclosure.content import read_content

    history_of = present_commit(order.content)
    basis = _basis(order.today, order.profile, order.parts, history_of, preview=order.preview)
    folders = {"content": order.content, "theme": order.theme, "code": CODE}
    if not order.content.is_dir() or not order.theme.is_dir():
        return None
    if inputs.all_of(basis, inputs.look(folders, {})) != order.made_of:
        return None
    catalog = read_content(order.content, order.today, order.profile, preview=order.preview).catalog
    if catalog is None:
        return None
    site = Settings(
        content=order.content,
        theme=order.theme,
        output=order.content / NOWHERE,
        catalog=catalog,
        workers=1,
        progress=None,
        stages={},
        written=Written(),
        preview=order.preview,
        parts=order.parts - {"search"},  # the index is one piece of work, for whoever asks
        histories=_histories(order.content, catalog) if history_of else {},
        only_plan=True,
    )
    _run_pelican(site)
    return site


def _basis(
    today: date, profile: str | None, parts: frozenset[str], history_of: frozenset[str], *, preview: bool
) -> str:
    return inputs.basis(today, profile, parts | ({"preview"} if preview else set()) | history_of)


def _histories(content: Path, catalog: Catalog) -> Mapping[str, History]:
    from plugins.portal.histories import histories

    return histories(content, catalog)


def _vanished(catalog: Catalog, output: Path) -> list[Problem]:
    """What the last build published into `output` and nobody took down in so many words."""
    from plugins.manifest.comparing import published_before
    from plugins.portal.views.withdrawn import vanished

    there = frozenset(record.key for record in catalog.records)
    declared = frozenset(stone.key for stone in catalog.tombstones)
    return [*vanished(published_before(output), there, declared)]


def _load_readers() -> None:
    """Import what reads and judges content."""
    from plugins.disclosure import checking  # noqa: F401


def _load_writers(parts: frozenset[str]) -> None:
    """Import what writes a site, Pelican above all, which takes half a second."""
    from plugins.portal import pelican_run  # noqa: F401

    if "search" in parts:
        from plugins.portal import search_outputs  # noqa: F401 with numpy, which is large


def _run_pelican(settings: Settings) -> None:
    from plugins.portal.pelican_run import run_pelican

    run_pelican(settings)
