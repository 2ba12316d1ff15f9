"""From five pasted notices to a site that is inspected: import, check, build, inspect."""

from datetime import date
from pathlib import Path

import pytest

from crawler_checks.inspection import inspect_site
from plugins.disclosure.importers import import_files
from plugins.disclosure.problem import has_errors
from plugins.portal.build import build_site

ROOT = Path(__file__).parents[4]
DOCUMENTS = ROOT.parent / "shared" / "documents"
TODAY = date(2026, 11, 22)
SETTINGS = {
    "发布机构": "government",
    "审查人": "办公室",
    "审查日期": "发布日期",
    "发布日期": "成文日期",
    "公开方式": "主动公开",
}
NOT_FOR_THE_IMPORTER = {"home_stale", "organ_incomplete", "section_missing", "section_empty", "section_stale"}
"""Five documents fill no whole site; what is missing or old is no fault of how they were read."""


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the five real documents are not here")
def test_a_site_of_the_five_real_notices_builds_validates_and_is_inspected(tmp_path):
    content, output = tmp_path / "content", tmp_path / "output"
    content.mkdir()
    for name in ("site.yaml", "organs.csv"):
        (content / name).write_bytes((ROOT / "content" / name).read_bytes())
    run = import_files(sorted(DOCUMENTS.glob("*.txt")), content, SETTINGS)
    assert [outcome.state for outcome in run.outcomes] == ["new"] * 5
    report = build_site(content, output, TODAY, workers=1)
    assert not has_errors(report.problems)
    pages = {outcome.file.name.replace(".md", ".html") for outcome in run.outcomes}
    assert all((output / page).is_file() for page in pages)
    found = inspect_site(output, today=TODAY)
    assert {finding.check for finding in found.findings} <= NOT_FOR_THE_IMPORTER
