"""All reports of one inspection, side by side in a folder."""

from __future__ import annotations

from pathlib import Path

from crawler_checks.reports.html_report import html_report
from crawler_checks.reports.json_report import json_report
from crawler_checks.reports.junit_report import junit_report
from crawler_checks.reports.result import InspectionResult
from crawler_checks.reports.sarif_report import sarif_report
from crawler_checks.reports.table_report import csv_report, write_xlsx_report


def write_reports(result: InspectionResult, folder: Path) -> Path:
    """Write every report into `folder`, made if need be; the answer is the one for people."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        "index.html": html_report(result),
        "findings.json": json_report(result),
        "findings.csv": csv_report(result),
        "findings.sarif": sarif_report(result),
        "junit.xml": junit_report(result),
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", errors="replace", newline="")
    write_xlsx_report(folder / "findings.xlsx", result)
    return folder / "index.html"
