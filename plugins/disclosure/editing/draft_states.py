"""How far each draft is: drafts/states.csv (草稿, 进度), which an office may read and keep with its content."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from plugins.disclosure.review_gate import STATES_FILE

HEADING = ("草稿", "进度")
STATES = {"draft": "草稿", "pending_review": "待审查", "pending_publish": "待发布"}
"""The form's names of the three columns of its board, and ours."""


def read_states(content: Path) -> dict[str, str]:
    """The state of each draft that is further than a first writing, by its name (policy/2026-0009)."""
    path = content / STATES_FILE
    if not path.is_file():
        return {}
    named = {label: state for state, label in STATES.items()}
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return {row[0]: named[row[1]] for row in rows if len(row) >= 2 and row[1] in named}


def states_text(states: dict[str, str]) -> str:
    """The file, with the byte-order mark that Chinese spreadsheets look for; drafts at their beginning left out."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADING)
    writer.writerows((draft, STATES[state]) for draft, state in sorted(states.items()) if state != "draft")
    return "\ufeff" + text.getvalue()
