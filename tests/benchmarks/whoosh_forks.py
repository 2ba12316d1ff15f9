"""The tests of the reader for Whoosh, with the original and with its forks in turn.

    python -m tests.benchmarks.whoosh_forks

Each is brought from the package index into a folder of its own, which goes before the one that is installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
DISTRIBUTIONS = (
    ("Whoosh==2.7.4",),
    ("Whoosh-Reloaded==2.7.5", "cached-property==2.0.1"),
    ("whoosh3==3.54.0",),
)
TESTS = "tests/plugins/search/test_whoosh_reader.py"
WHICH = "import whoosh; print(whoosh.__file__, whoosh.versionstring())"


def passes_with(distribution: tuple[str, ...]) -> bool:
    """Whether the tests pass with a distribution and what it needs."""
    with tempfile.TemporaryDirectory() as folder:
        bring = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder]
        subprocess.run([*bring, *distribution], check=True)
        environment = {**os.environ, "PYTHONPATH": folder}
        told = subprocess.run(
            [sys.executable, "-c", WHICH], env=environment, check=True, capture_output=True, text=True
        )
        if not told.stdout.startswith(folder):
            raise SystemExit(f"{distribution[0]}: 没有用上这个版本 / another one was imported: {told.stdout}")
        run = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", TESTS]
        return subprocess.run(run, env=environment, check=False, cwd=ROOT).returncode == 0


def main() -> int:
    """Try each, and print which pass."""
    passed = {distribution[0]: passes_with(distribution) for distribution in DISTRIBUTIONS}
    for name, does in passed.items():
        sys.stdout.write(f"{name}: {'通过 / passes' if does else '不通过 / fails'}\n")
    return 0 if all(passed.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
