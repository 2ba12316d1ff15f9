"""A spreadsheet program opens what the inspector writes, saves it, and the inspector reads that back whole."""

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.checks.registry import CHECKS
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.rectification import COLUMNS, read_rectification, write_rectification
from crawler_checks.ledger.states import Waiver
from crawler_checks.ledger.values import Inspected, Task
from crawler_checks.reports.result import InspectionResult
from crawler_checks.reports.table_report import write_xlsx_report
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.score import Answer, score
from crawler_checks.scoring.worksheet import HEADINGS, read_worksheet, write_worksheet
from tests.libreoffice import libreoffice

TODAY = date(2026, 3, 2)
SITE = "site.example/"
FORMULA = '=HYPERLINK("http://x.example/","打开")'
FINDINGS = tuple(
    Finding("link_broken", Outcome.FAIL, f"/{number}.html", FORMULA, None, "断链<b>&", "broken", "依据")
    for number in range(3)
)
KEYS = [one.fingerprint(SITE) for one in FINDINGS]
SECONDS = 120


@pytest.fixture(scope="module")
def opened_and_saved() -> Callable[..., list[Path]]:
    """LibreOffice opens the files and saves them again as .xlsx in another folder."""
    office = libreoffice("calc")

    def convert(folder: Path, *files: Path) -> list[Path]:
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        command = [office, home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
        command += ["--outdir", folder / "saved", *files]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return [folder / "saved" / file.name for file in files]

    return convert


def fill(path: Path, heading: str, id_heading: str, cells: dict[str, object]) -> None:
    """Write into a column as a person does."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    [headings] = [row for row in page.iter_rows() if id_heading in [cell.value for cell in row]]
    columns = {cell.value: cell.column for cell in headings}
    for row in page.iter_rows(min_row=headings[0].row + 1):
        key = row[columns[id_heading] - 1].value
        if key in cells:
            row[columns[heading] - 1].value = cells[key]
    book.save(path)


def test_what_is_filled_in_survives_a_spreadsheet_program(
    tmp_path: Path, opened_and_saved: Callable[..., list[Path]]
) -> None:
    rubric = load_rubric("national-2019")
    ledger_xlsx, worksheet, report = (tmp_path / name for name in ("台账.xlsx", "w.xlsx", "findings.xlsx"))
    measure = "改正链接\n并复查 <全部> & “附件”"
    with Ledger(tmp_path / "ledger.db") as ledger:
        run = ledger.begin("https://site.example/", TODAY)
        day = ledger.save(run, Inspected(SITE, TODAY, "cn-2019", ("/",), 1, False, FINDINGS, ()))
        assert len(day.findings) == len(KEYS)
        write_rectification(ledger_xlsx, ledger, SITE, TODAY)
        for heading, cells in {
            "责任单位": {KEYS[0]: "霁川市财政局"},
            "整改措施": {KEYS[0]: measure, KEYS[2]: FORMULA},
            "完成日期": {KEYS[0]: date(2026, 3, 5), KEYS[2]: "2026-03-06"},
            "暂不整改理由": {KEYS[1]: "等待系统升级"},
            "批准人": {KEYS[1]: "周启明"},
            "暂不整改至": {KEYS[1]: date(2026, 4, 1)},
        }.items():
            fill(ledger_xlsx, heading, "编号", cells)
        quoted_as_text(ledger_xlsx, FORMULA)
        write_worksheet(worksheet, rubric, SITE, TODAY, FINDINGS)
        fill(worksheet, HEADINGS["answer"], HEADINGS["id"], {"d2.4.1": "是", "d3.2.1": "否", "bonus": 12.5})
        write_xlsx_report(report, scored(score(rubric, FINDINGS, SITE)))

        saved = opened_and_saved(tmp_path, ledger_xlsx, worksheet, report)

        assert read_rectification(saved[0], ledger, TODAY) == 3
        assert ledger.tasks() == {
            KEYS[0]: Task("霁川市财政局", "", measure, date(2026, 3, 5)),
            KEYS[1]: Task(),
            KEYS[2]: Task("", "", FORMULA, date(2026, 3, 6)),
        }
        assert ledger.waivers() == {KEYS[1]: Waiver("等待系统升级", "周启明", date(2026, 4, 1), TODAY)}
        write_rectification(ledger_xlsx, ledger, SITE, TODAY)
        assert read_rectification(ledger_xlsx, ledger, TODAY) == 0

    answers = read_worksheet(saved[1], rubric, SITE).answers
    assert {key: answer.value for key, answer in answers.items()} == {"d2.4.1": 1, "d3.2.1": 0, "bonus": 12.5}
    assert isinstance(answers["bonus"], Answer)
    book = openpyxl.load_workbook(saved[2])
    assert book.sheetnames == ["问题", "栏目", "评分"]
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}  # no formula, no error
    assert sum(cell.value == FORMULA for cell in cells) == len(FINDINGS)


def quoted_as_text(path: Path, text: str) -> None:
    """What a person types with an apostrophe in front, so that it stays text."""
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == text:
                cell.data_type, cell.quotePrefix = "s", True
    book.save(path)


def scored(sheet: object) -> InspectionResult:
    return InspectionResult(
        target="https://site.example/", site=SITE, base="https://site.example", today=TODAY, profile="cn-2019",
        profile_label="政府信息公开条例（2019年修订）", pages=3, addresses=9, partial=False, findings=FINDINGS,
        sections=(), checks=CHECKS, score=sheet,  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_rectification_ledger_asks_what_an_office_fills_in() -> None:
    assert [column.heading for column in COLUMNS if column.to_fill] == [
        "责任单位", "责任人", "整改措施", "完成日期", "备注", "暂不整改理由", "批准人", "暂不整改至",
    ]  # fmt: skip
