"""More than two hundred labelled dates: hardly ever a wrong one, seldom one that is missed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.facts import Meaning, PageFacts
from crawler_checks.extract.reader import Reader
from plugins.disclosure.yaml_data import read_yaml

CASES = read_yaml(Path(__file__).with_name("date_cases.yaml"))
LEAST_CASES = 200
PRECISION, RECALL = 0.99, 0.97


def wanted(case: dict[str, Any]) -> set[tuple[str, date]]:
    """What the case names: each meaning with its day."""
    named = {"published": case.get("published") or case.get("day"), "written": case.get("written")}
    return {(meaning, date.fromisoformat(str(day))) for meaning, day in named.items() if day}


def found(case: dict[str, Any]) -> set[tuple[str, date]]:
    """What is read."""
    page = Reader(Scope("http://site.example", "/", frozenset({"site.example"})))(
        Response(case.get("url", "/a.html"), 200, "text/html", case["html"].encode())
    )
    assert isinstance(page, PageFacts)
    if case["kind"] == "item":
        days = [item.day for item in page.items if item.link.address == "/1.html"]
        return {("published", day) for day in days if day}
    names = {Meaning.PUBLISHED: "published", Meaning.WRITTEN: "written"}
    return {(names[one.meaning], one.day) for one in page.dates}


def test_dates_are_read_as_labelled() -> None:
    right = wrong = missed = 0
    faults = []
    for case in CASES:
        want, got = wanted(case), found(case)
        right += len(want & got)
        wrong += len(got - want)
        missed += len(want - got)
        if want != got:
            faults.append((case["html"], sorted(got - want), sorted(want - got)))
    assert len(CASES) >= LEAST_CASES
    assert right / (right + wrong) >= PRECISION, faults
    assert right / (right + missed) >= RECALL, faults
