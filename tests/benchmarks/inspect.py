"""Our inspector beside lychee and LinkChecker on one site with planted faults: what each finds, and what it takes.

    python -m tests.benchmarks.inspect --records 1000 --seed 41 [--json]

Over the folder and, where nginx is there or can be brought, over HTTP on loopback. lychee cannot recurse over HTTP
and is given every address. LinkChecker is run up to 1,000 pages only. Each runs in its turn, so that both meet the
same load; CPU seconds are those of all its processes.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

from tests.benchmarks.inspect_sites import TODAY, Fault, PlantedSite, redirect_rules, write_site

ROOT = Path(__file__).parents[2]
PORT = 18_431
ROUNDS = 3
LEAST = 60
CHANGED_EVERY = 100
LINKCHECKER_PAGES = 1_000
LINK_CHECKS = {"link_broken", "attachment_broken", "anchor_missing", "redirect_faulty"}
PLANTED = LINK_CHECKS | {
    "date_conflict",
    "tag_missing",
    "language_missing",
    "charset_false",
    "image_text_missing",
}
NGINX = """pid {tmp}/nginx.pid; error_log {tmp}/error.log crit; worker_processes 1;
events {{ worker_connections 4096; }}
http {{
  types {{ text/html html; text/css css; image/png png; application/pdf pdf; }}
  default_type application/octet-stream; access_log off; keepalive_requests 1000000; charset_types application/none;
  client_body_temp_path {tmp}; proxy_temp_path {tmp}; fastcgi_temp_path {tmp}; uwsgi_temp_path {tmp}; scgi_temp_path {tmp};
  map $uri $to {{ default ""; include {tmp}/moved; }}
  server {{
    listen 127.0.0.1:{port} backlog=4096; root {www}; add_header LinkChecker 1 always; absolute_redirect off;
    location /moved/ {{ if ($to) {{ return 301 $to; }} return 404; }}
  }}
}}
"""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a tool took and found: recall of the planted faults it is asked for, and what it found besides."""

    tool: str
    over: str
    wall: float
    cpu: float
    mib: int
    recall: float
    false: int


def main() -> None:
    options = _options()
    tmp = Path(tempfile.mkdtemp(prefix="inspect-bench-"))
    try:
        result = measure(tmp, options.records, options.seed)
    finally:
        shutil.rmtree(tmp, ignore_errors=True)  # nginx takes some of it away itself
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) if options.json else _in_words(result))
    sys.stdout.write("\n")


def measure(tmp: Path, pages: int, seed: int) -> dict[str, object]:
    """All runs on one site, and the medians of their ratios."""
    site = write_site(tmp / "www", pages, seed)
    rounds = ROUNDS if pages <= 2_000 else 1
    _compile_once(tmp, seed)
    runs: list[Run] = []
    for _ in range(rounds):
        runs += [_ours(site, tmp, "links"), _lychee(site, tmp, None), _ours(site, tmp, "all")]
    with _served(site, tmp) as base:
        for _ in range(rounds if base else 0):
            runs += [_ours(site, tmp, "links", base), _lychee(site, tmp, base)]
        if base and pages <= LINKCHECKER_PAGES:
            runs.append(_linkchecker(site, tmp, base))
        second_day = _second_day(site, tmp, base)
    return {
        "pages": len(site.pages),
        "seed": seed,
        "cores": os.cpu_count(),
        "faults": len(site.faults),
        "runs": [asdict(run) for run in runs],
        "ratio": _ratios(runs),
        "second_day": second_day,
    }


def _ratios(runs: list[Run]) -> dict[str, float]:
    """Ours divided by theirs; LinkChecker's by ours."""

    def median(tool: str, over: str, of: Callable[[Run], float]) -> float | None:
        values = [of(run) for run in runs if (run.tool, run.over) == (tool, over)]
        return statistics.median(values) if values else None

    found: dict[str, float] = {}
    for name, ours, theirs, over in (
        ("links, folder", "links", "lychee", "folder"),
        ("everything, folder", "all", "lychee", "folder"),
        ("links, http", "links", "lychee", "http"),
        ("LinkChecker, http", "linkchecker", "links", "http"),
    ):
        for unit, of in (("wall", lambda run: run.wall), ("cpu", lambda run: run.cpu)):
            upper, lower = median(ours, over, of), median(theirs, over, of)
            if upper is not None and lower:
                found[f"{name}, {unit}"] = round(upper / lower, 3)
    return found


# ---- the tools ----


def _ours(site: PlantedSite, tmp: Path, checks: str, base: str | None = None) -> Run:
    out = tmp / "ours.json"
    target = f"{base}/" if base else str(site.folder)
    command = [sys.executable, "-m", "crawler_checks", target, "--checks", checks, "--today", str(TODAY)]
    wall, cpu, mib = _timed([*command, "--json", str(out)], tmp)
    findings = json.loads(out.read_text("utf-8"))["findings"]
    asked = LINK_CHECKS if checks == "links" else PLANTED
    found = {
        (one["check"], _page(one["place"]), _written(one["object"] or "", one["check"]))
        for one in findings
        if one["outcome"] == "fail" and one["check"] in asked and not _known_by_server(one, base)
    }
    truth = {
        (fault.check, fault.page, _written(fault.object, fault.check))
        for fault in _asked(site, base)
        if fault.check in asked
    }
    return Run(
        checks, "http" if base else "folder", wall, cpu, mib, _share(truth & found, truth), len(found - truth)
    )


def _second_day(site: PlantedSite, tmp: Path, base: str | None) -> dict[str, object]:
    """The whole profile a day later, one page in a hundred changed: what it took beside the first day, and whether it
    finds what a fresh inspection finds."""
    out, memory = tmp / "day.json", tmp / "memory"
    target = f"{base}/" if base else str(site.folder)
    command = [sys.executable, "-m", "crawler_checks", target, "--today", str(TODAY), "--json", str(out)]
    first = _timed([*command, "--memory", str(memory)], tmp)
    for page in site.pages[::CHANGED_EVERY]:
        file = site.folder / page.lstrip("/")
        file.write_bytes(file.read_bytes().replace(b"</body>", b"<p>added</p></body>"))
    second = _timed([*command, "--memory", str(memory)], tmp)
    found = json.loads(out.read_text("utf-8"))["findings"]
    _timed(command, tmp)
    return {
        "wall": round(second[0] / first[0], 3),
        "cpu": round(second[1] / first[1], 3),
        "first": first,
        "second": second,
        "same_findings": found == json.loads(out.read_text("utf-8"))["findings"],
    }


def _lychee(site: PlantedSite, tmp: Path, base: str | None) -> Run:
    out = tmp / "lychee.json"
    command = [
        str(Path(sys.executable).parent / "lychee"),
        "-n",
        "--include-fragments",
        "-f",
        "json",
        "-o",
        str(out),
    ]
    if base:
        given = tmp / "addresses"
        given.write_text("".join(f"{base}{page}\n" for page in site.pages))
        command += ["--host-request-interval", "0s", "--host-concurrency", "64", "--max-concurrency", "64"]
        command += ["--max-retries", "0", "--files-from", str(given)]
    else:
        command += ["--offline", "--root-dir", str(site.folder), "--index-files", "index.html"]
        command += ["--extensions", "html,css", "--exclude", "/moved/", str(site.folder)]
    wall, cpu, mib = _timed(command, tmp)
    data = json.loads(out.read_text("utf-8"))
    pairs = {
        (_relative(page, site, base), _relative(item["url"], site, base))
        for part in ("error_map", "timeout_map")
        for page, items in data.get(part, {}).items()
        for item in items
    }
    return _scored("lychee", site, base, (wall, cpu, mib), pairs)


def _linkchecker(site: PlantedSite, tmp: Path, base: str) -> Run:
    settings = tmp / "linkchecker.ini"
    settings.write_text("[checking]\nmaxrequestspersecond=1000000\n[AnchorCheck]\n[output]\nstatus=0\n")
    tmp.chmod(0o755)
    command = [
        str(Path(sys.executable).parent / "linkchecker"),
        "-f",
        str(settings),
        "-t",
        "10",
        "-o",
        "csv/utf-8",
    ]
    wall, cpu, mib = _timed([*command, "--no-status", base + "/"], tmp)
    lines = [
        line
        for line in (tmp / "stdout").read_text("utf-8", "replace").splitlines()
        if not line.startswith("# ")
    ]
    pairs = {
        (
            _relative(row["parentname"] or "", site, base),
            _relative(row["url"] or urljoin(row["parentname"] or "", row["urlname"]), site, base),
        )
        for row in csv.DictReader(lines, delimiter=";")
        if row.get("valid") == "False" or "Available anchors" in (row.get("warningstring") or "")
    }
    return _scored("linkchecker", site, base, (wall, cpu, mib), pairs)


def _scored(
    tool: str, site: PlantedSite, base: str | None, took: tuple[float, float, int], pairs: set[Pair]
) -> Run:
    truth = {(fault.page, _plain(fault.object)) for fault in _asked(site, base) if fault.check in LINK_CHECKS}
    found = {(_page(page), _plain(link)) for page, link in pairs}
    addresses = {link for _, link in truth}
    false = {link for _, link in found} - addresses
    return Run(tool, "http" if base else "folder", *took, _share(truth & found, truth), len(false))


# ---- running and comparing ----


def _timed(command: list[str], tmp: Path) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and the largest process's MiB of a command."""
    began = time.monotonic()
    with (tmp / "stdout").open("wb") as out, (tmp / "stderr").open("wb") as told:
        process = subprocess.Popen(command, stdout=out, stderr=told, cwd=ROOT, env=_as_installed(tmp))
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    wall = time.monotonic() - began
    unit = 1 if sys.platform == "darwin" else 1024
    return round(wall, 2), round(usage.ru_utime + usage.ru_stime, 2), usage.ru_maxrss * unit >> 20


def _compile_once(tmp: Path, seed: int) -> None:
    """Has Python compile what a first run would compile; what is loaded depends on what is asked about."""
    _timed([sys.executable, "-m", "compileall", "-q", "crawler_checks", "plugins", "workbench"], tmp)
    few = write_site(tmp / "few", LEAST, seed)
    for checks in ("links", "all"):
        _timed([sys.executable, "-m", "crawler_checks", str(few.folder), "--checks", checks], tmp)
    shutil.rmtree(few.folder)


def _as_installed(tmp: Path) -> dict[str, str]:
    """The environment of a program that has been run before: Python keeps what it compiled, wherever it is told not to."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(tmp / "compiled")}


@contextmanager
def _served(site: PlantedSite, tmp: Path) -> Iterator[str | None]:
    """The site behind nginx; None where there is none to be had."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        yield None
        return
    (tmp / "moved").write_text("\n".join(redirect_rules(site)))
    (tmp / "nginx.conf").write_text(NGINX.format(tmp=tmp, www=site.folder, port=PORT))
    tmp.chmod(0o755)
    subprocess.run([nginx, "-c", str(tmp / "nginx.conf")], check=True)
    try:
        yield f"http://127.0.0.1:{PORT}"
    finally:
        os.kill(int((tmp / "nginx.pid").read_text()), signal.SIGTERM)


def _asked(site: PlantedSite, base: str | None) -> list[Fault]:
    return [fault for fault in site.faults if base or not fault.only_http]


def _known_by_server(finding: dict[str, str], base: str | None) -> bool:
    """Whether a link leads where only the server knows that there is something."""
    return base is None and (finding["object"] or "").startswith("/moved/")


def _share(found: set[object] | set[Pair], truth: set[object] | set[Pair]) -> float:
    return round(len(found) / len(truth), 4) if truth else 1.0


def _page(address: str) -> str:
    address = address.partition("#")[0].partition("?")[0]
    return address + "index.html" if address.endswith("/") else address


def _written(object_: str, check: str) -> str:
    return (
        _plain(object_)
        if check in LINK_CHECKS | {"image_text_missing"}
        else object_
        if check == "tag_missing"
        else ""
    )


def _plain(address: str) -> str:
    return quote(unquote(address.strip()), safe="/:?&=#@!$'()*+,;~%|")


def _relative(address: str, site: PlantedSite, base: str | None) -> str:
    for start in (base, f"file://{site.folder}", str(site.folder)):
        if start and address.startswith(start):
            return address[len(start) :] or "/"
    return address


def _in_words(result: dict[str, object]) -> str:
    runs: list[dict[str, object]] = result["runs"]  # type: ignore[assignment]
    lines = [f"{result['pages']} pages, {result['faults']} faults, {result['cores']} cores"]
    lines += [
        f"{run['tool']:12} {run['over']:7} wall {run['wall']:8} s  cpu {run['cpu']:8} s  {run['mib']:5} MiB  "
        f"recall {run['recall']:.4f}  false {run['false']}"
        for run in runs
    ]
    ratios: dict[str, float] = result["ratio"]  # type: ignore[assignment]
    lines += [f"{name:30} {value}" for name, value in ratios.items()]
    lines.append(f"second day, one page in {CHANGED_EVERY} changed: {result['second_day']}")
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=1_000, help="pages")
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
