"""Our own portal, inspected like anybody else's: what is found is what content/README.md says was left, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Protocol

import pytest

from crawler_checks.inspection import inspect_site
from crawler_checks.reports.result import InspectionResult
from plugins.disclosure.cited_numbers import find_all
from tests.crawler_checks.sites import TODAY

README = Path(__file__).parents[2] / "content" / "README.md"
ROW = re.compile(
    r"^\| `(?P<check>\w+)` \| `(?P<place>[^`]+)` \| (?P<outcome>不合格|无法判断) \| (?P<why>.+) \|$",
    re.MULTILINE,
)
OUTCOMES = {"不合格": "fail", "无法判断": "unknown"}


class BuiltSite(Protocol):
    """The example city's site, as tests/conftest.py builds it."""

    folder: Path


@pytest.fixture(scope="module")
def inspected(example_site: BuiltSite) -> InspectionResult:
    return inspect_site(example_site.folder, today=TODAY)


def rows() -> list[re.Match[str]]:
    found = list(ROW.finditer(README.read_text(encoding="utf-8")))
    assert found, "the table of what an inspection reports is gone from content/README.md"
    return found


@pytest.mark.long
def test_exactly_the_faults_that_were_left_on_purpose_are_found(inspected: InspectionResult) -> None:
    listed = sorted((row["check"], row["place"], OUTCOMES[row["outcome"]]) for row in rows())
    assert sorted((one.check, one.place, one.outcome.value) for one in inspected.findings) == listed


def test_the_documents_without_interpretation_are_those_that_are_listed(inspected: InspectionResult) -> None:
    text = README.read_text(encoding="utf-8")
    [row] = [row for row in rows() if row["check"] == "interpretation_missing"]
    [fourth] = re.findall(r"^4\. .+$", text, re.MULTILINE)
    [finding] = [one for one in inspected.findings if one.check == "interpretation_missing"]
    assert numbers(finding.message_zh) == numbers(f"{fourth}，{row['why']}")


def test_every_fault_of_the_list_has_its_row_and_every_row_its_fault() -> None:
    text = README.read_text(encoding="utf-8")
    numbered = re.findall(r"^(\d)\. ", text[text.index("## 有意留下的问题") :], re.MULTILINE)
    named = [number for row in rows() for number in re.findall(r"第 (\d) 条", row["why"])]
    assert sorted(named) == numbered


def test_what_the_portal_says_it_owes_is_found_from_outside(
    inspected: InspectionResult, example_site: BuiltSite
) -> None:
    data = json.loads((example_site.folder / "data" / "completeness.json").read_text(encoding="utf-8"))
    owed = [cell for cell in data["cells"] if cell["state"] in ("missing", "overdue")]
    said = " ".join(f"{one.check} {one.place}" for one in inspected.findings)
    of_sections = {
        "functions": "organ_incomplete",
        "guide": "guide_missing",
        "annual_report": "annual_report_late",
    }
    assert owed
    for cell in owed:
        assert re.search(rf"{of_sections[cell['section']]} \S*/{cell['organ']}[.-]", said), cell


def test_whatever_fails_the_portal_says_it_owes(inspected: InspectionResult, example_site: BuiltSite) -> None:
    data = json.loads((example_site.folder / "data" / "completeness.json").read_text(encoding="utf-8"))
    owed = {cell["section"] for cell in data["cells"] if cell["state"] in ("missing", "overdue")}
    assert owed
    assert [one for one in inspected.findings if one.outcome == "fail" and one.section not in owed] == []


def test_every_section_of_the_rules_is_found(inspected: InspectionResult) -> None:
    assert {section.state for section in inspected.sections} == {"found"}


def numbers(text: str) -> set[str]:
    """The document numbers in a text."""
    return {text[start:end] for start, end, _ in find_all(text)}
