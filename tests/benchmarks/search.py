"""Our search and Pagefind side by side on one corpus: how good, how large, how many bytes and requests, how fast.

    python -m tests.benchmarks.search --records 1000 --seed 41 [--json]

Pagefind is brought from the npm registry. Both are asked in one headless Chromium, from one loopback server that
compresses scripts and JSON as common hosts do.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from plugins.search.analyzer import skeleton
from plugins.search.entry import Entry
from plugins.search.folding import fold
from plugins.search.index import Index, update_index
from plugins.search.pack import Slice
from plugins.search.query import one_space
from plugins.search.searching import StaticIndex
from plugins.search.whoosh_reader import search as whoosh_search
from tests.benchmarks.search_corpus import Known, corpus, queries
from workbench.browser import browser_executable, launched

ROOT = Path(__file__).parents[2]
PAGEFIND = "pagefind@1.6.0"
PHRASES = 500
READ_FOR_PHRASES = 5_000_000
"""So many exact phrases are asked; fewer where more records than these would be read for them in all."""

COLD = 12

PLACE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>检索</title>'
"""Where the queries are asked. Pagefind cuts them by the language of the page, as it cut the pages by theirs."""

OURS = """async () => {
  const s = await import("/static/search.js");
  const index = await s.openIndex("/search/");
  window.ask = async (words) => (await index.show(await index.search(words))).map((hit) => hit.card[0]);
}"""
THEIRS = """async () => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  window.ask = async (words) => {
    const found = await pagefind.search(words);
    const top = await Promise.all(found.results.slice(0, 10).map((one) => one.data()));
    return top.map((one) => one.url.replace(/^.*\\/|\\.html$/g, ""));
  };
}"""


PACKED = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".html": "text/html",
    ".wasm": "application/wasm",
}


class Handler(BaseHTTPRequestHandler):
    """A file server that counts what it sends."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, folder: Path, sent: list[int], **kwargs: Any) -> None:
        self.folder, self.sent = folder, sent
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Send a file, compressed where a common host would."""
        path = self.folder / self.path.split("?")[0].lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        data = path.read_bytes() if path.is_file() else b""
        packs = path.suffix in PACKED
        data = gzip.compress(data, 6) if packs and data else data
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", PACKED.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=3600")
        if packs and data:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)
        self.sent.append(len(data))

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """The folder on a loopback address, and the sizes of what was sent."""
    sent: list[int] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, folder=folder, sent=sent)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", sent
        server.shutdown()


# ---- building ----


def build_ours(entries: Sequence[Entry], folder: Path, work: Path) -> dict[str, Any]:
    """Index, publish, and then change one record."""
    by_key = {one.key: one for one in entries}
    start, before = time.perf_counter(), _cpu()
    versions = [one.version for one in entries]
    index = update_index(versions, partial(_read, by_key), work, workers=os.cpu_count() or 1)
    _publish(index, work, folder)
    seconds, cpu = time.perf_counter() - start, _cpu() - before
    published = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    middle = len(entries) // 2
    by_key[entries[middle].key] = changed = _edited(entries[middle])
    start = time.perf_counter()
    versions[middle] = changed.version
    edit = update_index(versions, partial(_read, by_key), work)
    edit_seconds = time.perf_counter() - start
    addresses = {file.address for file in edit.slices} | set(edit.small)
    new = len(addresses - {path.relative_to(folder).as_posix() for path in published}) + 1  # and start.bin
    largest = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "seconds": seconds,
        "cpu_seconds": cpu,
        "files": len(published),
        "bytes": sum(map(len, published.values())),
        "edit_seconds": edit_seconds,
        "edit_seconds_by_build": edit_seconds / seconds,
        "edit_files": new,
        "largest_process_mb": largest / 1024,
    }


def _read(by_key: dict[str, Entry], keys: Sequence[str]) -> list[Entry]:
    return [by_key[key] for key in keys]


def _edited(entry: Entry) -> Entry:
    return replace(entry, text=entry.text + "补充一句。")


def _publish(index: Index, work: Path, folder: Path) -> None:
    """Write the files of the index, shared among processes as a build shares them."""
    for part in {Path(file.address).parent for file in index.slices}:
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, content in index.small.items():
        (folder / name).write_bytes(content)
    workers = os.cpu_count() or 1
    size = -(-len(index.slices) // workers)
    shares = [index.slices[start : start + size] for start in range(0, len(index.slices), size)]
    with get_context("fork").Pool(workers) as pool:
        pool.starmap(_write, [(work, folder, share) for share in shares])


def _write(work: Path, folder: Path, share: Sequence[Slice]) -> None:
    for one in share:
        file = os.open(f"{folder}/{one.address}", os.O_WRONLY | os.O_CREAT, 0o644)
        os.write(file, one.read(work))
        os.close(file)


def build_pagefind(entries: Sequence[Entry], folder: Path, tool: Path) -> dict[str, Any]:
    """Write the same records as pages, and let Pagefind index them."""
    for one in entries:
        path = folder / one.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(one), encoding="utf-8")
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("找不到 npm，无法与 Pagefind 比较 / npm is needed to bring Pagefind")
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", tool, PAGEFIND], check=True
    )
    start, before = time.perf_counter(), _cpu()
    subprocess.run(
        [tool / "node_modules/.bin/pagefind", "--site", folder], check=True, stdout=subprocess.DEVNULL
    )
    made = [path for path in (folder / "pagefind").rglob("*") if path.is_file()]
    return {
        "seconds": time.perf_counter() - start,
        "cpu_seconds": _cpu() - before,
        "files": len(made),
        "bytes": sum(path.stat().st_size for path in made),
        "largest_process_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def _page(one: Entry) -> str:
    told = (one.number, one.organ, one.kind, *one.topics, one.published_on, one.validity)
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in one.text.split("\n") if line.strip())
    facts = "".join(f"<li>{html.escape(fact)}</li>" for fact in told)
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{html.escape(one.title)}</title>'
        f"<body><main data-pagefind-body><h1>{html.escape(one.title)}</h1><ul>{facts}</ul>{paragraphs}</main></body></html>"
    )


def _cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


# ---- asking ----


def ask(
    browser: Browser, address: str, sent: list[int], setup: str, asked: Sequence[Known]
) -> dict[str, Any]:
    """All queries in one visit, once more when everything is there, and some in visits of their own."""
    page = _visit(browser, address, setup)
    found: list[list[str]] = []
    cost: list[tuple[int, int, float]] = []
    for one in asked:
        sent.clear()
        seconds, keys = _timed(page, one.words)
        found.append(keys)
        cost.append((sum(sent), len(sent), seconds))
    warm = [_timed(page, one.words)[0] for one in asked]
    page.context.close()
    cold = []
    for one in asked[:: max(1, len(asked) // COLD)]:
        sent.clear()
        start = time.perf_counter()
        page = _visit(browser, address, setup)
        _timed(page, one.words)
        cold.append((sum(sent), len(sent), time.perf_counter() - start))
        page.context.close()
    return {
        **judged(asked, found),
        "kb": _spread([kb / 1000 for kb, _, _ in cost]),
        "requests": _spread([count for _, count, _ in cost]),
        "ms": _spread([1000 * seconds for _, _, seconds in cost]),
        "warm_ms": _spread([1000 * seconds for seconds in warm]),
        "cold_kb": _spread([kb / 1000 for kb, _, _ in cold]),
        "cold_ms": _spread([1000 * seconds for _, _, seconds in cold]),
    }


def _visit(browser: Browser, address: str, setup: str) -> Page:
    page = browser.new_context().new_page()
    page.goto(address)
    page.evaluate(setup)
    return page


def _timed(page: Page, words: str) -> tuple[float, list[str]]:
    milliseconds, keys = page.evaluate(
        "async (words) => { const t = performance.now(); const r = await ask(words); return [performance.now() - t, r]; }",
        words,
    )
    return milliseconds / 1000, keys


def judged(asked: Sequence[Known], found: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Mean reciprocal rank among the first ten, and how often the first, or one of ten, is right; also by kind."""
    ranks: dict[str, list[int]] = {}
    for one, keys in zip(asked, found, strict=True):
        rank = next((at for at, key in enumerate(keys[:10], 1) if key in one.wanted), 0)
        ranks.setdefault(one.kind, []).append(rank)
    all_ = [rank for own in ranks.values() for rank in own]
    return {
        "mrr": _mrr(all_),
        "success_at_1": statistics.mean(rank == 1 for rank in all_),
        "success_at_10": statistics.mean(rank > 0 for rank in all_),
        "mrr_by_kind": {kind: round(_mrr(own), 3) for kind, own in ranks.items()},
    }


def _mrr(ranks: Sequence[int]) -> float:
    return statistics.mean(1 / rank if rank else 0.0 for rank in ranks)


def _spread(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "p50": round(ordered[len(ordered) // 2], 2),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 2),
    }


def against_reading_everything(entries: Sequence[Entry], folder: Path, seed: int) -> dict[str, float]:
    """Recall and precision of exact phrases: random pieces of the texts, against reading all of them."""
    index = StaticIndex(folder)
    texts = [
        (one.key, [one_space(fold(field)) for field in (one.title, one.searched_facts, one.text)])
        for one in entries
    ]
    rng = random.Random(seed)
    right = found_count = wanted_count = 0
    for _ in range(min(PHRASES, max(20, READ_FOR_PHRASES // len(entries)))):
        text = rng.choice(entries).text
        start = rng.randrange(len(text) - 8)
        phrase = one_space(text[start : start + rng.randint(2, 8)])
        if not skeleton(fold(phrase)):
            continue
        needle = fold(phrase)
        wanted = {key for key, fields in texts if any(needle in field for field in fields)}
        found = set(index.find_exactly(phrase))
        right += len(found & wanted)
        found_count += len(found)
        wanted_count += len(wanted)
    return {"recall": right / max(1, wanted_count), "precision": right / max(1, found_count)}


def by_whoosh(asked: Sequence[Known], folder: Path) -> dict[str, Any]:
    """The same queries from the command line's side."""
    return judged(asked, [[hit.id for hit in whoosh_search(folder, one.words)] for one in asked])


def measure(
    records: int, seed: int, *, beside: bool = True, progress: Callable[[str], object]
) -> dict[str, Any]:
    """Everything, as one value."""
    entries = corpus(records, seed)
    asked = queries(entries, seed + 1)
    result: dict[str, Any] = {
        "records": records,
        "seed": seed,
        "queries": len(asked),
        "cores": os.cpu_count(),
    }
    with tempfile.TemporaryDirectory() as place, launched(browser_executable()) as browser:
        ours, theirs = Path(place, "ours"), Path(place, "theirs")
        for folder in (ours / "search", ours / "static", theirs, Path(place, "work")):
            folder.mkdir(parents=True)
        for folder in (ours, theirs):
            (folder / "index.html").write_text(PLACE, encoding="utf-8")
        for name in ("search.js", "search_filters.js"):
            shutil.copy(ROOT / "theme/static" / name, ours / "static" / name)
        progress("index")
        result["ours"] = build_ours(entries, ours / "search", Path(place, "work"))
        progress("exact phrases")
        result["exact"] = against_reading_everything(entries, ours / "search", seed + 2)
        result["whoosh"] = by_whoosh(asked, ours / "search")
        progress("ask")
        with served(ours) as (address, sent):
            result["ours"] |= ask(browser, address, sent, OURS, asked)
        if beside:
            progress("pagefind")
            result["pagefind"] = build_pagefind(entries, theirs, Path(place, "tool"))
            with served(theirs) as (address, sent):
                result["pagefind"] |= ask(browser, address, sent, THEIRS, asked)
            result["ratio"] = ratios(result["ours"], result["pagefind"])
    return result


def ratios(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, float]:
    """Ours divided by theirs."""
    found = {
        name: ours[name] / theirs[name]
        for name in ("seconds", "cpu_seconds", "bytes", "files", "mrr", "success_at_1")
    }
    for name in ("kb", "requests", "ms", "warm_ms", "cold_kb", "cold_ms"):
        found |= {
            f"{name}_{part}": ours[name][part] / max(theirs[name][part], 0.01) for part in ("p50", "p95")
        }
    return {name: round(value, 3) for name, value in found.items()}


def in_words(result: dict[str, Any]) -> str:
    """The figures as a table: ours, theirs, ours divided by theirs."""
    sides = [result["ours"], result.get("pagefind", {})]
    names = [name for name in sides[0] if name != "mrr_by_kind"]
    lines = [
        f"{result['records']} 条信息，{result['queries']} 个检索词 / records, queries",
        "本站 / Pagefind / 比",
    ]
    for name in names:
        shown = [str(side.get(name, "")) for side in sides]
        ratio = result.get("ratio", {}).get(name) or result.get("ratio", {}).get(f"{name}_p50", "")
        lines.append(f"{name}: {shown[0]} / {shown[1]} / {ratio}")
    lines.append(f"原句 exact phrases: {result['exact']}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    parser.add_argument("--alone", action="store_true", help="不与 Pagefind 比较 / without Pagefind")
    options = parser.parse_args(arguments)
    result = measure(
        options.records,
        options.seed,
        beside=not options.alone,
        progress=lambda step: sys.stderr.write(f"{step}\n"),
    )
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) if options.json else in_words(result))
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
