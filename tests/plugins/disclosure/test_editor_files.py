"""Spreadsheets to fill in, schemas and settings: complete, and what is filled in is imported column by column."""

import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plugins.disclosure.editor_files import editor_files, write_editor_files
from plugins.disclosure.importers import import_files
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.problem import error
from plugins.disclosure.problem_formats import as_github
from plugins.disclosure.spreadsheet_templates import spreadsheet_template
from plugins.disclosure.vocabulary import load_vocabularies

ROOT = Path(__file__).parents[3]
BASE = ROOT / "tests" / "examples" / "_base"
KINDS = {id_: kind for id_, kind in load_kinds().items() if id_ != "organ"}


def book_of(kind, organs=("霁川市财政局", "霁川市教育局")):
    return load_workbook(io.BytesIO(spreadsheet_template(KINDS[kind], load_vocabularies(), organs)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_that_is_filled_in_is_imported_without_a_column_lost(kind, tmp_path):
    book = book_of(kind)
    sheet = book.worksheets[0]
    for cell in sheet[1]:
        sheet.cell(2, cell.column, "2026-0001" if cell.value == "编号" else "甲")
    book.save(tmp_path / "filled.xlsx")
    run = import_files([tmp_path / "filled.xlsx"], tmp_path / "content" / kind)
    document = run.outcomes[0].document

    assert [outcome.state for outcome in run.outcomes] == ["new"]
    assert [thing for thing in document.left_out if thing.what == "没有导入的列"] == []
    assert not any("隐藏" in doubt for doubt in document.doubts)


def test_a_choice_has_a_list_and_every_cell_a_hint():
    book = book_of("policy")
    sheet = book.worksheets[0]
    rules = {rule.promptTitle.partition("（")[0]: rule for rule in sheet.data_validations.dataValidation}
    first, last = re.search(r"\$([A-Z]+)\$1:\$[A-Z]+\$([0-9]+)$", rules["体裁"].formula1).groups()

    assert {cell.value for cell in sheet[1]} == set(rules)
    assert all(rule.prompt or rule.type == "list" for rule in rules.values())
    assert [cell.value for cell in book["选项"][first]][: int(last)] == [
        term.label for term in load_vocabularies()["genre"].terms
    ]
    assert "霁川市财政局" in [cell.value for row in book["选项"].rows for cell in row]
    assert "必填" in rules["标题"].promptTitle


def test_dates_are_kept_as_they_are_typed():
    sheet = book_of("policy").worksheets[0]

    assert {cell.number_format for cell in sheet[2]} == {"@"}


def test_there_is_a_schema_and_a_spreadsheet_for_every_kind():
    names = set(editor_files(BASE))

    assert {f"schemas/{kind}.schema.json" for kind in load_kinds()} <= names
    assert {f"spreadsheets/{kind}.xlsx" for kind in KINDS} <= names


def test_settings_that_somebody_has_changed_are_kept(tmp_path):
    first, _ = write_editor_files(BASE, tmp_path)
    (tmp_path / ".vscode" / "settings.json").write_text("{}", encoding="utf-8")
    again, kept = write_editor_files(BASE, tmp_path)

    assert ".vscode/settings.json" in first
    assert kept == [".vscode/settings.json"]
    assert set(again) == set(first) - set(kept)
    assert (tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8") == "{}"


def test_the_editor_finds_the_place_of_each_problem():
    tasks = json.loads(editor_files(BASE)[".vscode/tasks.json"])
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    problems = [
        error("policy/a.md", 3, "标题", "x.y", "没有填写。", "Empty."),
        error("a.md", None, None, "z", "甲", "x"),
    ]
    found = [re.match(pattern["regexp"], line) for line in as_github(problems, "content").splitlines()]

    assert [match.group(2, 3, 4) for match in found] == [
        ("content/a.md", None, "z"),
        ("content/policy/a.md", "3", "x.y"),
    ]


def test_the_schema_of_the_site_is_tied_to_its_file():
    settings = json.loads(editor_files(BASE)[".vscode/settings.json"])
    ((schema, file),) = settings["yaml.schemas"].items()

    assert schema.removeprefix("./") in editor_files(BASE)
    assert file == "_base/site.yaml"


@pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="needs git and a shell")
@pytest.mark.parametrize(("staged", "code", "asked"), [("content/a.md", 3, True), ("other.md", 0, False)])
def test_the_hook_checks_the_content_before_it_is_committed(tmp_path, staged, code, asked):
    (tmp_path / "tasks.py").write_text("print('checked')\nraise SystemExit(3)\n", encoding="utf-8")
    path = tmp_path / staged
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", encoding="utf-8")
    for command in (["init", "-q"], ["add", staged]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    hook = ROOT / ".githooks" / "pre-commit"
    answer = subprocess.run(["sh", str(hook)], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert os.access(hook, os.X_OK)
    assert answer.returncode == code
    assert ("checked" in answer.stdout) is asked
