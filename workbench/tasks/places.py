"""Where the tasks find things and leave them, and the lock files of what they need."""

import argparse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAULT = ROOT / ".gongkai" / "last-fault.txt"
SPECIMEN = ROOT / ".gongkai" / "specimen"
REPORTS = ROOT / ".gongkai" / "inspection"
COMMAND = "python3 tasks.py"
Options = argparse.Namespace
RUNTIME = (ROOT / "requirements.lock",)
EXTRAS = (*RUNTIME, ROOT / "requirements-extras.lock")
TESTING = (*EXTRAS, ROOT / "requirements-test.lock")
MEASURING = (*TESTING, ROOT / "requirements-bench.lock")
