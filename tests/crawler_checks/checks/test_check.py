"""Checks that ask for the sections say so; all others may be run before the sections are looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler_checks import inspection
from crawler_checks.checks.check import NOT_LOOKED_FOR
from crawler_checks.inspection import inspect_site
from crawler_checks.reports.json_report import json_report
from crawler_checks.visit import Visit
from tests.crawler_checks.sites import TODAY

SITES = Path(__file__).parents[2] / "sites"
CASES = sorted(path.parent.name for path in SITES.glob("*/www"))


@pytest.mark.parametrize(
    "ask", [iter, len, lambda of: of.get("guide"), lambda of: of["guide"], lambda of: "guide" in of]
)
def test_sections_that_nobody_has_looked_for_cannot_be_taken_for_none(ask: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match="asks_of_sections"):
        ask(NOT_LOOKED_FOR)


@pytest.mark.parametrize("case", CASES)
def test_two_processes_judge_as_one_does(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = inspect_site(SITES / case / "www", today=TODAY)

    monkeypatch.setattr(inspection, "WORTH_TWO", 0)
    monkeypatch.setattr(inspection, "can_fork", lambda: True)
    together = inspect_site(SITES / case / "www", today=TODAY, visit=Visit(aside=True))

    assert alone.findings
    assert json_report(together) == json_report(alone)


def test_what_a_second_process_took_with_it_is_judged_here(monkeypatch: pytest.MonkeyPatch) -> None:
    site = SITES / CASES[0] / "www"
    alone = inspect_site(site, today=TODAY)

    def gone(*_: object) -> Iterator[object]:
        raise ChildProcessError
        yield

    monkeypatch.setattr(inspection, "spread", gone)
    together = inspect_site(site, today=TODAY)

    assert json_report(together) == json_report(alone)
