"""The build from outside: read, judge, and only then let Pelican run."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.content import read_content
from plugins.disclosure.problem import Problem, as_json, has_errors, in_order
from plugins.disclosure.validate import validate
from plugins.disclosure.waivers import read_waivers, without_waived
from plugins.manifest.comparing import published_before
from plugins.portal.settings import KEY, PARTS, Settings
from plugins.portal.store import Written
from plugins.portal.views.withdrawn import vanished

ROOT = Path(__file__).parents[2]
PREVIEW_MARK = "PREVIEW.txt"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What is wrong with a content folder. `records` counts every record met; read = in the catalog + reported."""

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    records: int
    reported: int


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
        }


class BuildRefused(Exception):
    """The content has errors; nothing was written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def check_content(
    content: Path, today: date, profile: str | None = None, *, preview: bool = False
) -> CheckResult:
    """Read a content folder and judge all of it, what waits for its day included; with `preview`, drafts too."""
    read = read_content(content, today, profile, preview=preview)
    problems = list(read.problems)
    if read.catalog is not None and read.whole is not None:
        problems += validate(read.whole, today)
        if read.whole is not read.catalog:  # what is public may not lean on what is not yet
            problems += validate(read.catalog, today)
    waivers, wrong = read_waivers(content)
    problems = [*without_waived(problems, waivers, today), *wrong]
    return CheckResult(read.catalog, tuple(in_order(problems)), read.read_count, read.reported_count)


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
) -> BuildReport:
    """Bring `output` up to date with `content` as of `today`; with `compact`, merge the search index into one.

    A `preview` has drafts and what waits for its day, and bears errors: for a folder that nobody deploys.
    `parts` may name less than the whole site, to measure or to look at some of it.

    Raises BuildRefused, with `output` as it was, when the content has errors or a published record has
    vanished, and OutputNotOurs when `output` holds files no build has written.
    """
    begun = time.perf_counter()
    result = check_content(content, today, profile, preview=preview)
    stages = {"read and judge": time.perf_counter() - begun}
    if result.catalog is None or (has_errors(result.problems) and not preview):
        raise BuildRefused(result.problems)
    if not preview and (gone := _vanished(result.catalog, output)):
        raise BuildRefused(tuple(in_order([*result.problems, *gone])))
    count = workers if workers is not None else (os.cpu_count() or 1)
    folders = (content.resolve(), theme.resolve(), output.resolve())
    settings = Settings(*folders, result.catalog, count, progress, stages, Written(), compact, parts)
    _run_pelican(settings)
    written = settings.written
    if preview:  # a file that the manifest does not name, so that no such folder can be deployed
        (output / PREVIEW_MARK).write_text(
            "只供预览，不要发布。\nFor a preview only; not to be deployed.\n", encoding="utf-8"
        )
    return BuildReport(
        records=result.records,
        planned=len(written.entries),
        rendered=len(written.rendered),
        written=tuple(written.written),
        removed=tuple(written.removed),
        unchanged=written.unchanged,
        stages=stages,
        peak_memory_bytes=_peak_memory(),
        problems=result.problems,
    )


def _vanished(catalog: Catalog, output: Path) -> list[Problem]:
    """What the last build published into `output` and nobody took down in so many words."""
    there = frozenset(record.key for record in catalog.records)
    declared = frozenset(stone.key for stone in catalog.tombstones)
    return [*vanished(published_before(output), there, declared)]


def _run_pelican(settings: Settings) -> None:
    """Run Pelican in this process; whatever it would only warn of stops the build."""
    from pelican import Pelican, log
    from pelican.settings import read_settings

    log.init(level=logging.WARNING, fatal="warnings")
    log.console.quiet = True  # its summary counts articles, of which there are none
    override = {
        "PATH": str(settings.content),
        "OUTPUT_PATH": str(settings.output),
        "THEME": str(settings.theme),
        KEY: settings,
    }
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))  # Pelican imports `plugins.portal` by name
    Pelican(read_settings(str(ROOT / "pelicanconf.py"), override=override)).run()


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
