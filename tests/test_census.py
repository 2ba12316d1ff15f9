"""Whatever is added arrives whole: a kind with its examples and its records, a check with its cases and its test.

A census walks the folders; it fails by the name of what is missing, and when it finds nothing to count.
"""

import csv
import importlib
import re
from pathlib import Path

import pytest

from crawler_checks.checks.check import Check
from crawler_checks.checks.documentation import CHINESE, ENGLISH, documentation
from crawler_checks.checks.registry import CHECKS
from crawler_checks.scoring.read_rubric import load_rubric
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.profile import load_profile, profile_ids
from plugins.disclosure.readers.text_file import decode
from plugins.disclosure.validate import RULES
from plugins.disclosure.vocabulary import load_vocabularies

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "tests" / "examples"
CONTENT = ROOT / "content"
CHECK_MODULES = ROOT / "crawler_checks" / "checks"
RULE_MODULES = ROOT / "plugins" / "disclosure" / "rules"
KINDS = sorted(load_kinds())
FEWEST_INVALID = 3
FEWEST_RECORDS = {"power": 40, "duty": 40, "service": 40}


def cases(folder: Path) -> list[str]:
    """The names of the examples in a folder."""
    return sorted(path.stem for path in folder.glob("*") if path.is_dir() or path.suffix in (".md", ".csv"))


def filled_in(example: Path) -> set[str]:
    """The labels under which an example says something."""
    text = example.read_text(encoding="utf-8")
    if example.suffix == ".csv":
        rows = list(csv.DictReader(text.splitlines()))
        return {name for row in rows for name, cell in row.items() if cell}
    return set(re.findall(r"(?m)^([^\s:#]+):", text.split("---")[1]))


def test_every_check_has_its_line_in_the_daily_rubric() -> None:
    lines = [line.measure for _, _, line in load_rubric("daily").lines()]
    named = {check for measure in lines if measure for check in measure.checks}

    # what could not be seen is no line of its own: it leaves the others open
    assert {check.id for check in CHECKS} - named == {"page_unreachable"}


def check_modules() -> list[str]:
    """The modules under checks/ that make a check."""
    found = [
        path.stem
        for path in CHECK_MODULES.glob("*.py")
        if re.search(r"(?m)^CHECK = ", path.read_text("utf-8"))
    ]
    assert found, "no checks were found: were they moved without this census?"
    return sorted(found)


def test_there_are_kinds_rules_checks_and_profiles_to_count() -> None:
    assert len(KINDS) >= 9
    assert len(RULES) >= 30
    assert len(check_modules()) >= 10
    assert {"cn-2008", "cn-2019"} <= set(profile_ids())


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_least_and_a_fullest_valid_example_and_several_invalid_ones(kind: str) -> None:
    assert {"minimal", "full"} <= set(cases(EXAMPLES / kind / "valid"))
    assert len(cases(EXAMPLES / kind / "invalid")) >= FEWEST_INVALID


@pytest.mark.parametrize("kind", KINDS)
def test_the_fullest_example_of_a_kind_fills_every_field(kind: str) -> None:
    valid = EXAMPLES / kind / "valid"
    written = [*valid.glob("full.[mc]*"), *(valid / "full" / kind).glob("*.[mc]*")]
    filled = {name for example in written for name in filled_in(example)}

    fields = load_kinds()[kind].fields
    assert [field.label for field in fields if not filled & {field.key, field.label}] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_several_records_in_the_example_city(kind: str) -> None:
    sheets = [CONTENT / "organs.csv"] if kind == "organ" else sorted((CONTENT / kind).rglob("*.csv"))
    rows = sum(
        len(
            list(
                csv.DictReader(
                    decode(path.read_bytes(), path.name, gb18030=True).text.splitlines(keepends=True)
                )
            )
        )
        for path in sheets
    )

    assert rows + len(list((CONTENT / kind).rglob("*.md"))) >= FEWEST_RECORDS.get(kind, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_explained_to_editors(kind: str) -> None:
    page = (ROOT / "docs" / "fields.zh-CN.md").read_text(encoding="utf-8")

    assert f"（`{kind}`）" in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_section_that_holds_it_under_the_newest_rules(kind: str) -> None:
    profile = load_profile("cn-2019")
    section = profile.section(load_kinds()[kind].section)

    assert section is not None
    assert kind in section.kinds


@pytest.mark.parametrize("kind", KINDS)
def test_a_choice_of_a_kind_is_made_from_a_vocabulary_there_is(kind: str) -> None:
    asked = {field.vocabulary for field in load_kinds()[kind].fields if field.type in ("choice", "topic")}

    assert asked <= set(load_vocabularies())


def test_no_folder_of_examples_is_of_a_kind_that_is_gone() -> None:
    folders = {path.name for path in EXAMPLES.iterdir() if not path.name.startswith("_")}

    assert folders == set(KINDS)


def test_every_module_of_rules_has_a_rule_that_runs() -> None:
    without_rules = {"__init__", "body_text", "wording"}
    modules = {path.stem for path in RULE_MODULES.glob("*.py")} - without_rules

    assert {rule.__module__.rpartition(".")[2] for rule in RULES} == modules


def test_every_check_is_listed_once_and_named_for_its_module() -> None:
    names = [check.id.replace("-", "_") for check in CHECKS]

    assert sorted(names) == check_modules()


@pytest.mark.parametrize("name", check_modules())
def test_a_check_shows_a_case_that_passes_and_one_that_fails(name: str) -> None:
    module = importlib.import_module(f"crawler_checks.checks.{name}")

    assert isinstance(module.CHECK, Check)
    written = documentation(module.CHECK)
    for told, words in ((written.chinese, CHINESE), (written.english, ENGLISH)):
        assert words.passes in told.examples
        # what only could not be seen is UNKNOWN, never FAIL
        assert {words.fails, words.untold} & told.examples.keys()


@pytest.mark.parametrize("name", check_modules())
def test_a_check_says_the_same_in_chinese_and_in_english(name: str) -> None:
    written = documentation(importlib.import_module(f"crawler_checks.checks.{name}").CHECK)
    chinese, english = written.chinese, written.english

    assert len(chinese.asked) == len(english.asked)
    assert [len(chinese.examples.get(word, ())) for word in CHINESE.outcomes] == [
        len(english.examples.get(word, ())) for word in ENGLISH.outcomes
    ]
    for told in (chinese.summary, *chinese.asked):
        assert re.search("[一-龥]{2}", told), told
        assert re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", told) is None, told
    for told in (english.summary, *english.asked):
        assert len(re.findall("[A-Za-z]", told)) > len(re.findall("[一-龥]", told)), told
    assert re.search("[一-龥]{4}", written.basis)


def test_a_check_that_a_text_points_to_has_the_name_it_goes_by() -> None:
    names = {check.id: check.title_zh for check in CHECKS}
    named = [
        (label, id_)
        for check in CHECKS
        for told in documentation(check).chinese.asked
        for label, id_ in re.findall(r"“([^”]+)”（([a-z0-9_]+)）", told)
    ]

    assert len(named) >= 3
    assert [(label, id_) for label, id_ in named if names.get(id_) != label] == []


@pytest.mark.parametrize("name", check_modules())
def test_a_check_has_a_test_of_its_own(name: str) -> None:
    test = ROOT / "tests" / "crawler_checks" / "checks" / f"test_{name}.py"

    assert test.exists(), f"write {test.relative_to(ROOT)}"
