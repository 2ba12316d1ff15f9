"""Our own portal, inspected like anybody else's: what it has wrong is what it says it owes, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

from crawler_checks.inspection import inspect_site
from tests.crawler_checks.sites import TODAY


class BuiltSite(Protocol):
    """The example city's site, as tests/conftest.py builds it."""

    folder: Path


def test_only_the_sections_that_the_portal_itself_calls_overdue_are_found(example_site: BuiltSite) -> None:
    cells = json.loads((example_site.folder / "data" / "completeness.json").read_text(encoding="utf-8"))[
        "cells"
    ]
    government = {
        cell["section"] for cell in cells if cell["organ"] == "government" and cell["state"] == "overdue"
    }
    result = inspect_site(example_site.folder, today=TODAY)
    stale = {one.section for one in result.findings if one.check == "section_stale"}
    assert stale == government
    assert {(one.check, one.place) for one in result.findings if one.check != "section_stale"} == {
        ("annual_report_late", "/annual_report/culture-2024.html"),
        ("interpretation_late", "/policy/zf-2024-006.html"),
        ("interpretation_missing", "/"),
        ("organ_incomplete", "/organ/water-resources.html"),
    }
    assert {section.state for section in result.sections} == {"found"}
