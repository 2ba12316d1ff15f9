"""The build from outside: look whether anything changed, read, judge, and only then let Pelican run.

What is not needed to see that nothing changed is imported where it is used: that answer should come at once.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.disclosure.collecting import uncollected
from plugins.disclosure.problem import Problem, as_json, has_errors, in_order
from plugins.disclosure.spread import Aside
from plugins.portal import inputs
from plugins.portal.files import replace_written
from plugins.portal.present_commit import present_commit
from plugins.portal.settings import KEY, PARTS, Settings
from plugins.portal.store import Far, Written, files_as_left

if TYPE_CHECKING:
    from plugins.disclosure.catalog import Catalog
    from plugins.disclosure.memory import Memory
    from plugins.disclosure.readers.around import Around
    from plugins.portal.far import Order
    from plugins.portal.histories import History

ROOT = Path(__file__).parents[2]
CODE = Path(__file__).parents[1]
NOWHERE = ".nowhere"
"""The output folder of a site that is only planned."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What is wrong with a content folder. `records` counts every record met; read = in the catalog + reported."""

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    records: int
    reported: int
    around: Around | None = None
    looked: frozenset[str] = frozenset()


@dataclass(slots=True)
class Warm:
    """What a process that stays has of its last build: what was read, and the site as it was planned."""

    memory: Memory | None = None
    around: Around | None = None
    site: Settings | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Why one file was made again: `state` is new, same, gone, changed or unknown; `changed` names its inputs that did.

    `sources` are the files that changed since the last build, whatever they had to do with it.
    """

    address: str
    state: str
    changed: tuple[str, ...]
    sources: tuple[str, ...]

    def found(self) -> dict[str, object]:
        """All but the address, for programs."""
        return {"state": self.state, "changed": list(self.changed), "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `stages` are seconds of wall time."""

    records: int
    planned: int
    rendered: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    stages: dict[str, float]
    peak_memory_bytes: int
    problems: tuple[Problem, ...]
    why: Why | None = None

    def as_json(self) -> dict[str, object]:
        """The `build --json` contract (docs/contracts.md)."""
        return {
            "version": 1,
            "records": self.records,
            "planned": self.planned,
            "rendered": self.rendered,
            "written": len(self.written),
            "unchanged": self.unchanged,
            "removed": len(self.removed),
            "seconds": {name: round(seconds, 3) for name, seconds in self.stages.items()},
            "peak_memory_bytes": self.peak_memory_bytes,
            "problems": as_json(self.problems),
            **({"why": {"address": self.why.address, **self.why.found()}} if self.why else {}),
        }


class BuildRefused(Exception):
    """The content has errors; nothing was written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def check_content(
    content: Path,
    today: date,
    profile: str | None = None,
    *,
    preview: bool = False,
    memory: Memory | None = None,
    workers: int = 1,
    meanwhile: Callable[[], None] = lambda: None,
) -> CheckResult:
    """Read a content folder and judge all of it, what waits for its day included; with `preview`, drafts too.

    `meanwhile` is done here when other processes have begun to read.
    """
    from plugins.disclosure.absent import told_of_the_absent
    from plugins.disclosure.change_notes import read_notes
    from plugins.disclosure.content import read_content
    from plugins.disclosure.record import noting_bodies
    from plugins.disclosure.validate import validate
    from plugins.disclosure.waivers import read_waivers, without_waived

    read = read_content(
        content, today, profile, preview=preview, memory=memory, workers=workers, meanwhile=meanwhile
    )
    problems = list(read.problems)
    with noting_bodies() as looked:
        if read.catalog is not None and read.whole is not None:
            problems += validate(read.whole, today, memory, workers)
            if read.whole is not read.catalog:  # what is public may not lean on what is not yet
                problems += validate(read.catalog, today, memory, workers)
            problems = told_of_the_absent(problems, content, read.whole, read.catalog)
    waivers, wrong = read_waivers(content)
    if read.whole is not None:
        _, wrong_notes = read_notes(content, read.whole)
        problems += wrong_notes
    problems = [*without_waived(problems, waivers, today), *wrong]
    found = tuple(in_order(problems))
    return CheckResult(
        read.catalog, found, read.read_count, read.reported_count, read.around, frozenset(looked)
    )


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
) -> BuildReport:
    """Bring `output` up to date with `content` as of `today`; with `compact`, merge the search index into one.

    A `preview` has drafts and what waits for its day, and bears errors: for a folder that nobody deploys.
    `parts` may name less than the whole site, to measure or to look at some of it. `why` is the address of a file
    of which the report says what it was made again for. `warm` is what this process has of its last build, and takes
    what it will have of this one. `new_executor` gives workers, of other machines even, that make the pages (far.py).

    Raises BuildRefused, with `output` as it was, when the content has errors or a published record has
    vanished, and OutputNotOurs when `output` holds files no build has written.
    """
    gc.set_threshold(100_000, 20, 20)  # a build makes many small values and hardly any circles
    begun = time.perf_counter()
    hands = workers if workers is not None else (os.cpu_count() or 1)
    note = inputs.read_note(output)
    left = Aside(partial(files_as_left, output), hands if note is not None else 1)
    folders = {"content": content, "theme": theme, "code": CODE}
    history_of = present_commit(content)
    basis = _basis(today, profile, parts, history_of, preview=preview)
    read_anyway = ("content/", ".md") if inputs.nothing_known(output) else None
    files = inputs.look(folders, note.files if note else {}, read_anyway) if content.is_dir() else {}
    stages = {"look": time.perf_counter() - begun}
    settled = warm is None or warm.site is not None  # who wants the site in memory wants it planned
    if (
        settled
        and note is not None
        and not compact
        and note.basis == basis
        and inputs.same(files, note.files)
    ):
        count = left.result()
        stages["look"] = time.perf_counter() - begun
        if count is not None:
            return _nothing_to_do(note, count, stages, why)
    begun = time.perf_counter()
    staying = warm or Warm()
    memory = inputs.remembered(output, content, basis, files, staying.memory)
    staying.memory = memory
    if note is not None and not (compact or history_of or why or warm or new_executor):
        done = _texts_alone(output, theme, parts, basis, files, note, memory, left.result)
        if done is not None:
            stages["texts"] = time.perf_counter() - begun
            return _report_of(done, note.records, note.problems, stages)
    left.drop()
    with uncollected():
        result = check_content(
            content,
            today,
            profile,
            preview=preview,
            memory=memory,
            workers=hands,
            meanwhile=partial(_load_writers, parts),
        )
    files = inputs.digested(files, content, memory)
    stages["read and judge"] = time.perf_counter() - begun
    if result.catalog is None or (has_errors(result.problems) and not preview):
        raise BuildRefused(result.problems)
    if not preview and (gone := _vanished(result.catalog, output)):
        raise BuildRefused(tuple(in_order([*result.problems, *gone])))
    world = inputs.world(basis, files, memory)
    texts = None
    if note and note.world == world and not history_of:  # what a record was before is read elsewhere
        texts = inputs.texts_changed(files, note.files, memory)
    settings = Settings(
        content=content.resolve(),
        theme=theme.resolve(),
        output=output.resolve(),
        catalog=result.catalog,
        workers=hands,
        progress=progress,
        stages=stages,
        written=Written(),
        compact=compact,
        preview=preview,
        parts=parts,
        histories=_histories(content, result.catalog) if history_of else {},
        texts=texts,
        looked=result.looked,
    )
    if new_executor is not None:
        settings.far = _far(settings, new_executor, profile, inputs.all_of(basis, files))
    inputs.forget_note(output)  # until all is written, what is in the folder was made from nothing certain
    if memory.changed:
        replace_written(memory.path, memory.write)
        memory.changed = False
    made_of = inputs.packed(inputs.Note(inputs.FORMAT, basis, files, result.records, result.problems, world))
    sources = inputs.changed(files, note.files) if note and why else ()
    if warm is None:  # nobody asks for it any more, and processes that make pages need not have it
        staying.memory = None
        del memory, files, note
    _run_pelican(settings)
    if not history_of:
        _lay_down(world, settings, result.around)
    inputs.write_note(output, made_of)
    staying.around, staying.site = result.around, settings
    told = _why(why, settings.written, sources) if why else None
    return _report_of(settings.written, result.records, result.problems, stages, told)


def _far(site: Settings, new_executor: Callable[[], Executor], profile: str | None, made_of: bytes) -> Far:
    from plugins.portal.far import Order, by_organ

    today = site.catalog.today
    order = Order(site.content, site.theme, today, profile, site.parts, site.preview, made_of)
    return by_organ(new_executor, order, site.catalog)


def _texts_alone(
    output: Path,
    theme: Path,
    parts: frozenset[str],
    basis: str,
    files: dict[str, inputs.Seen],
    note: inputs.Note,
    memory: Memory,
    left: Callable[[], int | None],
) -> Written | None:
    if note.basis != basis:
        return None
    from plugins.portal.texts_alone import Edit, texts_alone

    return texts_alone(Edit(output, theme, parts, basis, files, note, memory, left))


def _lay_down(world: bytes, settings: Settings, around: Around | None) -> None:
    from plugins.portal.narrow import lay_down

    begun = time.perf_counter()
    lay_down(world, settings, around)
    settings.stages["keep"] = time.perf_counter() - begun


def _report_of(
    written: Written,
    records: int,
    problems: tuple[Problem, ...],
    stages: dict[str, float],
    why: Why | None = None,
) -> BuildReport:
    return BuildReport(
        records=records,
        planned=len(written.entries),
        rendered=len(written.rendered),
        written=tuple(written.written),
        removed=tuple(written.removed),
        unchanged=written.unchanged,
        stages=stages,
        peak_memory_bytes=_peak_memory(),
        problems=problems,
        why=why,
    )


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


def _why(address: str, written: Written, sources: tuple[str, ...]) -> Why:
    found = written.why(address)
    if address not in written.entries:
        return Why(address, "gone" if address in written.before else "unknown", (), sources)
    if found is None:
        return Why(address, "new", (), sources)
    return Why(address, "changed" if address in written.rendered else "same", tuple(found), sources)


def _nothing_to_do(note: inputs.Note, count: int, stages: dict[str, float], why: str) -> BuildReport:
    """The report of a build that found everything as the last one left it."""
    return BuildReport(
        records=note.records,
        planned=count,
        rendered=0,
        written=(),
        removed=(),
        unchanged=count,
        stages=stages,
        peak_memory_bytes=_peak_memory(),
        problems=note.problems,
        why=Why(why, "same", (), ()) if why else None,
    )


def _vanished(catalog: Catalog, output: Path) -> list[Problem]:
    """What the last build published into `output` and nobody took down in so many words."""
    from plugins.manifest.comparing import published_before
    from plugins.portal.views.withdrawn import vanished

    there = frozenset(record.key for record in catalog.records)
    declared = frozenset(stone.key for stone in catalog.tombstones)
    return [*vanished(published_before(output), there, declared)]


class _Stop(logging.Handler):
    """Makes what a library only warns of an error. Pelican can do so itself, but for every logger there is: a warning
    of the cluster's library would then end the thread that it comes from, and the build would wait for ever."""

    def emit(self, record: logging.LogRecord) -> None:
        raise RuntimeError(record.getMessage())


def _load_writers(parts: frozenset[str]) -> None:
    """Import what writes a site, Pelican above all, which takes half a second."""
    from plugins.portal import generator  # noqa: F401

    if "search" in parts:
        from plugins.portal import search_outputs  # noqa: F401 with numpy, which is large


def _run_pelican(settings: Settings) -> None:
    """Run Pelican in this process; whatever it would only warn of stops the build."""
    from pelican import Pelican, log
    from pelican.settings import read_settings

    log.init(level=logging.WARNING)
    log.console.quiet = True  # its summary counts articles, of which there are none
    override = {
        "PATH": str(settings.content),
        "OUTPUT_PATH": str(settings.output),
        "THEME": str(settings.theme),
        KEY: settings,
    }
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))  # Pelican imports `plugins.portal` by name
    stop, its_own = _Stop(logging.WARNING), logging.getLogger("pelican")
    its_own.addHandler(stop)
    try:
        Pelican(read_settings(str(ROOT / "pelicanconf.py"), override=override)).run()
    finally:
        its_own.removeHandler(stop)


def _peak_memory() -> int:
    """Bytes, of this process or its largest worker; 0 where the system does not tell."""
    try:
        import resource
    except ModuleNotFoundError:
        return 0
    scale = 1 if sys.platform == "darwin" else 1024
    return scale * max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
