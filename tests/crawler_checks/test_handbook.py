"""The inspectors' handbook names every check, by its id and its name, and no command or option there is not."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from crawler_checks.checks.registry import CHECKS
from crawler_checks.ledger.states import State
from crawler_checks.ledger.terms import load_terms
from crawler_checks.reports.wording import STATES
from crawler_checks.scoring.read_rubric import rubric_ids
from tasks import TASKS, command_line

DOCS = Path(__file__).parents[2] / "docs"
HANDBOOK = DOCS / "inspectors.zh-CN.md"
COMMANDS = [
    line.removeprefix("python3 tasks.py ")
    for line in HANDBOOK.read_text(encoding="utf-8").splitlines()
    if line.startswith("python3 tasks.py ")
]


def test_the_handbook_lists_the_checks_in_the_order_of_the_reports() -> None:
    rows = re.findall(r"^\| `([a-z0-9_]+)` \| ([^|]+) \|", HANDBOOK.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(id_, name.strip()) for id_, name in rows] == [(check.id, check.title_zh) for check in CHECKS]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_handbook_is_understood(command: str) -> None:
    assert command_line().parse_args(shlex.split(command)).task.name == command.split()[0]


def test_there_are_commands_in_the_handbook() -> None:
    assert {command.split()[0] for command in COMMANDS} >= {"inspect", "ledger", "recheck"}


@pytest.mark.parametrize(
    "page", [HANDBOOK, DOCS / "daily" / "README.zh-CN.md"], ids=lambda page: page.parent.name
)
def test_an_option_in_the_handbook_is_one_there_is(page: Path) -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page.read_text(encoding="utf-8")))

    assert named
    assert named - all_options() == set()


def all_options() -> set[str]:
    [tasks] = [action for action in command_line()._actions if isinstance(action, argparse._SubParsersAction)]
    assert set(tasks.choices) == {task.name for task in TASKS}
    return {
        option
        for parser in tasks.choices.values()
        for action in parser._actions
        for option in action.option_strings
    }


def test_the_handbook_names_the_states_terms_and_rubrics_there_are() -> None:
    text = HANDBOOK.read_text(encoding="utf-8")

    assert [STATES[state] for state in State if f"| {STATES[state]} |" not in text] == []
    assert [name for name in rubric_ids() if f"| {name} |" not in text] == []
    severities = load_terms().severities.values()
    assert [one.label for one in severities if f"{one.label} {one.workdays} 个" not in text] == []
