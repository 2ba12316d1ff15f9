"""Every thing that trips inspectors is tried somewhere, with the verdict that is expected of it; and nothing is tried
that is not on the list."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.crawler_checks import test_servers
from tests.crawler_checks.nasty_cases import CASES, Case
from tests.crawler_checks.nasty_cases_more import MORE
from tests.crawler_checks.sites import findings_of, outline

TESTS = Path(__file__).parents[1]
INDEX: dict[str, list[dict[str, str]]] = yaml.safe_load(
    Path(__file__).with_name("nasty_index.yaml").read_text(encoding="utf-8")
)
THINGS = [thing for things in INDEX.values() for thing in things]
PAGES = {case.line: case for cases in (CASES | MORE).values() for case in cases}
FIXTURES = ("page", "server", "test")
LEAST = {
    "encodings": 10, "links": 30, "servers": 45, "lists and dates": 40, "traps": 9, "attachments": 17,
    "privacy and planted things": 14, "time": 7,
}  # fmt: skip


@cache
def names_of_tests(file: Path) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def said_of(case: Case) -> str:
    """What a case expects, in a word."""
    outcomes = {outcome for outcome, _, _ in case.says}
    return "fault" if "fail" in outcomes else "unknown" if outcomes else "nothing"


def test_the_list_is_long_and_names_each_thing_once() -> None:
    assert {name for name, least in LEAST.items() if len(INDEX[name]) < least} == set()
    assert len({thing["id"] for thing in THINGS}) == len(THINGS)
    assert set(INDEX) == set(LEAST)


def test_every_case_that_is_tried_is_on_the_list() -> None:
    listed = {thing["page"] for thing in THINGS if "page" in thing}
    assert sorted(PAGES.keys() - listed) == []


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing["id"])
def test_a_thing_has_one_fixture_and_gets_its_verdict(thing: dict[str, str]) -> None:
    [kind] = [one for one in FIXTURES if one in thing]
    fixture = thing[kind]
    if kind == "page":
        case = PAGES[fixture]
        found = findings_of(case.check, case.pages, today=case.today)
        if case.check == "section_missing":
            found = [one for one in found if one.section == "guide"]
        assert outline(found) == case.says
        assert thing["verdict"] == said_of(case)
    elif kind == "server":
        _, expected = test_servers.CASES[fixture]  # asked of a server by the test there
        assert fixture not in test_servers.NOT_LINKED
        assert thing["verdict"] == {None: "nothing", "fail": "fault", "unknown": "unknown"}[expected]
    else:
        file, name = fixture.split("::")
        found_here = names_of_tests(TESTS / file)
        assert name in found_here or (name == "*" and found_here), f"there is no {fixture}"
        assert thing["verdict"]
