"""The worksheet goes out with what was found, and comes back with answers or with every fault."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.score import Answer
from crawler_checks.scoring.worksheet import FaultyWorksheet, read_worksheet, write_worksheet
from crawler_checks.spreadsheet import NotASpreadsheet

TODAY = date(2026, 11, 22)
SITE = "www.example.gov.cn/"
RUBRIC = load_rubric("yueyang-2017-counties")
FINDING = Finding(
    "section_missing",
    Outcome.FAIL,
    "/",
    None,
    "interpretation",
    "没有“政策解读”\n- id: A01.1\n  answer: 9",
    "",
    "",
)
Fill = Callable[[Path, dict[str, tuple[Any, str, str]]], None]


def fill_yaml(path: Path, answers: dict[str, tuple[Any, str, str]]) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for entry in data["answers"]:
        if entry["id"] in answers:
            entry["answer"], entry["by"], entry["evidence"] = answers[entry["id"]]
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def fill_xlsx(path: Path, answers: dict[str, tuple[Any, str, str]]) -> None:
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        if row[0].value in answers:
            row[5].value, row[6].value, row[7].value = answers[row[0].value]
    book.save(path)


BOTH = pytest.mark.parametrize(("suffix", "fill"), [("yaml", fill_yaml), ("xlsx", fill_xlsx)])


@BOTH
def test_answers_come_back_as_they_were_given(tmp_path: Path, suffix: str, fill: Fill) -> None:
    path = tmp_path / f"sheet.{suffix}"
    write_worksheet(path, RUBRIC, SITE, TODAY, [FINDING])
    fill(
        path,
        {
            "A02.1": ("是", "何晓岚", "见会议纪要"),
            "A12.1": (3, "何晓岚", ""),
            "A01.1": (1.5, "", ""),
            "A04.1": ("否", "", ""),
        },
    )

    answers = read_worksheet(path, RUBRIC, SITE)

    assert answers.answers == {
        "A02.1": Answer(Decimal(1), "何晓岚", "见会议纪要"),
        "A12.1": Answer(Decimal(3), "何晓岚"),
        "A01.1": Answer(Decimal("1.5"), stated=True),
        "A04.1": Answer(Decimal(0)),
    }
    assert not answers.without_services


@BOTH
def test_an_empty_worksheet_is_no_answer(tmp_path: Path, suffix: str, fill: Fill) -> None:
    path = tmp_path / f"sheet.{suffix}"
    write_worksheet(path, RUBRIC, SITE, TODAY, [FINDING])

    assert read_worksheet(path, RUBRIC, SITE).answers == {}


@BOTH
def test_all_faults_are_said_with_their_rows(tmp_path: Path, suffix: str, fill: Fill) -> None:
    path = tmp_path / f"sheet.{suffix}"
    write_worksheet(path, RUBRIC, SITE, TODAY)
    fill(
        path,
        {
            "A02.1": ("也许", "", ""),
            "A12.1": (-1, "", ""),
            "A01.1": ("1.255", "", ""),
            "A09.1": (101, "", ""),
        },
    )

    with pytest.raises(FaultyWorksheet) as caught:
        read_worksheet(path, RUBRIC, SITE)

    assert [fault.message_zh for fault in caught.value.faults] == [
        "“A01.1”写作“1.255”。请写按原文应计的分值，例如 0 或 1.5，不超过 100。",
        "“A02.1”写作“也许”。请写是或否。",
        "“A09.1”写作“101”。请写按原文应计的分值，例如 0 或 1.5，不超过 100。",
        "“A12.1”写作“-1”。请写个数，例如 0 或 3。",
    ]
    assert all(fault.line > 1 for fault in caught.value.faults)


@BOTH
def test_the_worksheet_of_another_form_or_site_is_refused(tmp_path: Path, suffix: str, fill: Fill) -> None:
    path = tmp_path / f"sheet.{suffix}"
    write_worksheet(path, load_rubric("yueyang-2017-departments"), "other.example/", TODAY)

    with pytest.raises(FaultyWorksheet) as caught:
        read_worksheet(path, load_rubric("yueyang-2017-departments"), SITE)
    assert "other.example/" in str(caught.value)
    with pytest.raises(FaultyWorksheet, match="yueyang-2017-counties"):
        read_worksheet(path, RUBRIC)


def test_findings_stand_beside_the_question_they_speak_of_and_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "sheet.yaml"
    write_worksheet(path, RUBRIC, SITE, TODAY, [FINDING])

    text = path.read_text(encoding="utf-8")
    assert text.count("# 巡检发现：没有“政策解读”") == 2  # A07 and A08
    assert [entry["answer"] for entry in yaml.safe_load(text)["answers"] if entry["id"] == "A01.1"] == [None]


def test_a_site_without_services_is_said_once(tmp_path: Path) -> None:
    path, rubric = tmp_path / "sheet.yaml", load_rubric("national-2019")
    write_worksheet(path, rubric, SITE, TODAY)
    fill_yaml(path, {"without_services": (True, "", "")})

    answers = read_worksheet(path, rubric, SITE)

    assert answers.without_services
    assert answers.answers == {}


def test_what_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes("编号,回答\n".encode("gbk"))

    with pytest.raises(NotASpreadsheet, match=r"sheet\.xlsx"):
        read_worksheet(path, RUBRIC)
