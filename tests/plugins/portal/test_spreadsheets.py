"""A spreadsheet program opens every table of the example city: the columns, the rows and the letters, and no formula."""

import csv
import json
import subprocess
from io import StringIO

import openpyxl
import pytest

from plugins.disclosure.kinds import load_kinds
from plugins.opendata.record_schema import published_fields
from tests.libreoffice import libreoffice

KINDS = load_kinds()
AS_UTF_8 = "CSV:44,34,76,1"
"""Comma, quotation mark, UTF-8, from the first line: what the program's dialog proposes for a file with a mark."""
SECONDS = 300


@pytest.fixture(scope="module")
def opened(example_site, tmp_path_factory):
    """Every CSV and XLSX file as LibreOffice has it when it has opened and saved it, all in one run."""
    office = libreoffice("calc")
    folder = tmp_path_factory.mktemp("office")
    names = []
    for file in sorted((example_site.folder / "data").glob("*")):
        if file.suffix in (".csv", ".xlsx"):
            names.append(folder / f"{file.stem}-{file.suffix[1:]}{file.suffix}")
            names[-1].write_bytes(file.read_bytes())
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [office, home, "--headless", f"--infilter={AS_UTF_8}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "saved", *names]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    found = {}
    for file in names:
        book = openpyxl.load_workbook(folder / "saved" / f"{file.stem}.xlsx", read_only=True)
        found[file.stem] = [*book.active.iter_rows()]
        book.close()
    return found


def kinds_in(tree):
    """The kinds that have records, and how many, by the index of the interface."""
    return {kind["id"]: kind["total"] for kind in json.loads(tree["api/index.json"])["kinds"]}


def test_every_table_has_its_columns_and_as_many_rows_as_there_are_records(opened, example_tree):
    expected = kinds_in(example_tree)
    keys = {
        k: ["record_key", "record_address", *(f.key for f in published_fields(KINDS[k]))] for k in expected
    }
    labels = {k: ["记录号", "网址", *(f.label for f in published_fields(KINDS[k]))] for k in expected}

    assert set(opened) == {f"{kind}-{ending}" for kind in expected for ending in ("csv", "xlsx")}
    assert {kind: [cell.value for cell in opened[f"{kind}-csv"][0]] for kind in expected} == keys
    assert {kind: [cell.value for cell in opened[f"{kind}-xlsx"][0]] for kind in expected} == labels
    for ending in ("csv", "xlsx"):
        assert {kind: len(opened[f"{kind}-{ending}"]) - 1 for kind in expected} == expected


def test_the_program_shows_the_texts_as_they_were_written(opened, example_tree):
    for kind in kinds_in(example_tree):
        text = example_tree[f"data/{kind}.csv"].decode("utf-8-sig")
        written = [row[:3] for row in csv.reader(StringIO(text, newline=""))][1:]
        for ending in ("csv", "xlsx"):
            shown = [[str(cell.value) for cell in row[:3]] for row in opened[f"{kind}-{ending}"][1:]]
            assert shown == written, (kind, ending)


def test_no_cell_became_a_formula_or_an_error(opened):
    cells = {
        (name, cell.coordinate, cell.data_type)
        for name, rows in opened.items()
        for row in rows
        for cell in row
        if cell.value is not None and cell.data_type in ("f", "e")
    }

    assert cells == set()
