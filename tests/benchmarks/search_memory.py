"""How much memory the search index takes to make, at sizes whose records do not fit into it.

    python -m tests.benchmarks.search_memory --records 300000

Records are read from disk as they are asked for. From 10,000 on they repeat the texts of the first, each with a 文号,
a title and a sentence of its own: as many postings, made in minutes. The sum told is an upper bound: the most the
process ever had, and the most any of its workers had, once for each of them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from plugins.search.entry import Entry, Version
from plugins.search.index import update_index
from tests.benchmarks.search_corpus import corpus

TEXTS = 10_000


def write_texts(path: Path, count: int, seed: int) -> None:
    """A record a line."""
    with path.open("w", encoding="utf-8") as file:
        for entry in corpus(count, seed):
            file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


def read(path: Path, starts: Sequence[int], keys: Sequence[str]) -> list[Entry]:
    """The records with these keys, which are their numbers."""
    found: list[Entry] = []
    with path.open("rb") as file:
        for key in keys:
            round_, number = divmod(int(key), len(starts))
            file.seek(starts[number])
            entry = Entry(**json.loads(file.readline()))
            entry = replace(entry, topics=tuple(entry.topics))
            own = f"第{round_}辑"
            text = f"{entry.text}{own}第{int(key)}件，另存档{key}号。" if round_ else entry.text
            title = f"{entry.title}{own}" if round_ else entry.title
            found.append(replace(entry, key=key, address=f"record/{key}.html", title=title, text=text))
    return found


def starts_of(path: Path) -> list[int]:
    """Where each line begins."""
    found = [0]
    with path.open("rb") as file:
        for line in file:
            found.append(found[-1] + len(line))
    return found[:-1]


def measure(path: Path, records: int, work: Path) -> dict[str, float]:
    """Make the index in this process and its workers."""
    starts = starts_of(path)
    workers = os.cpu_count() or 1
    days = [json.loads(line)["published_on"] for line in path.open(encoding="utf-8")]
    versions = [Version(f"{n:07}", days[n % len(days)], f"{n:07}") for n in range(records)]
    before = time.perf_counter()
    index = update_index(versions, partial(read, path, starts), work, workers=workers)
    seconds = time.perf_counter() - before
    own, worker = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "records": records,
        "files": len(index.slices),
        "seconds": round(seconds, 1),
        "own_mb": round(own),
        "largest_worker_mb": round(worker),
        "sum_mb": round(own + workers * worker),
    }


def main(arguments: Sequence[str]) -> int:
    """Measure in a process of its own, which made no texts, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=41)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        texts, work = Path(place, "texts.ndjson"), Path(place, "work")
        work.mkdir()
        with get_context("spawn").Pool(1) as pool:
            pool.apply(write_texts, (texts, min(options.records, TEXTS), options.seed))
        sys.stdout.write(json.dumps(measure(texts, options.records, work)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
