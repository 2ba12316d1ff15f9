"""What editors write, and the exact problems it has: every file under tests/examples.

`<kind>/valid` and `<kind>/invalid` hold one record a file (`.md`, or `.csv` with a few), or a folder laid out like
a content folder; `_folder` is about the content folder itself. Each is read on top of `_base`. Beside an invalid one
stands `<name>.expected.json`, the whole answer of `check --json`. `pytest --update-expected` writes these anew:
read what changed, as the editor who will see it.
"""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import Content, read_content
from plugins.disclosure.problem import Problem, as_json, as_text, in_order
from plugins.disclosure.validate import validate

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
TODAY = date(2026, 3, 31)
WHAT_TO_DO = ("请", "建议", "是不是", "应")

LayOut = Callable[[Path], Path]


def examples(validity: str) -> list[Path]:
    """The examples of all kinds: folders, and files that are not the companion of another."""
    found = EXAMPLES.glob(f"*/{validity}/*")
    return sorted(path for path in found if path.is_dir() or path.suffix in (".md", ".csv"))


def judge(content: Path) -> tuple[Content, list[Problem]]:
    """What a content folder holds, and every problem."""
    read = read_content(content, TODAY)
    found = validate(read.whole, TODAY) if read.whole else []
    return read, in_order([*read.problems, *found])


def name_of(example: Path) -> str:
    return f"{example.parent.parent.name}/{example.name}"


@pytest.mark.parametrize("example", examples("invalid"), ids=name_of)
def test_an_invalid_example_has_exactly_the_problems_expected(
    example: Path, lay_out: LayOut, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = lay_out(example)
    monkeypatch.chdir(content.parent)  # commands in advice are typed from there
    _, problems = judge(content)

    stem = example.name if example.is_dir() else example.stem
    expected = example.with_name(f"{stem}.expected.json")
    if pytestconfig.getoption("update_expected"):
        expected.write_text(
            json.dumps(as_json(problems), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    assert problems != []
    assert as_json(problems) == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", examples("valid"), ids=name_of)
def test_a_valid_example_has_no_problem(example: Path, lay_out: LayOut) -> None:
    read, problems = judge(lay_out(example))

    allowed = {"field.expected", "csv.missing-column"} if example.stem in ("minimal", "keys") else set()
    assert as_text(problem for problem in problems if problem.code not in allowed) == ""
    assert read.publishable
    assert read.read_count > 0


@pytest.mark.parametrize("example", [*examples("invalid"), *examples("valid")], ids=name_of)
def test_every_record_that_was_met_is_in_the_catalog_or_reported(example: Path, lay_out: LayOut) -> None:
    read, _ = judge(lay_out(example))

    in_catalog = len(read.catalog.records) if read.catalog else 0
    assert read.read_count == in_catalog + read.reported_count


def test_there_are_enough_examples_and_none_is_left_over() -> None:
    invalid = examples("invalid")
    expected = {path for example in invalid for path in example.parent.glob("*.expected.json")}
    stems = {(path.parent, path.name if path.is_dir() else path.stem) for path in invalid}

    assert len(invalid) >= 90
    assert {(path.parent, path.name.removesuffix(".expected.json")) for path in expected} == stems


def test_every_message_tells_an_editor_what_to_do_in_both_languages() -> None:
    for path in EXAMPLES.rglob("*.expected.json"):
        for problem in json.loads(path.read_text(encoding="utf-8")):
            where = f"{path.name}: {problem['code']}"
            assert problem["message_zh"].endswith("。"), where
            assert re.match("[A-Z0-9\"']|[a-z_]+/[a-z0-9-]+ ", problem["message_en"]), where
            assert any(word in problem["hint"] + problem["message_zh"] for word in WHAT_TO_DO), where
            assert "非法" not in problem["message_zh"] + problem["hint"], where
