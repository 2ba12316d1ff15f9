"""Sites made from a seed with faults planted in them: every fault is found, and nothing besides, from the folder and
over HTTP alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import unquote

import pytest

from crawler_checks.checks.check import Outcome
from crawler_checks.inspection import CannotInspect, inspect_site
from crawler_checks.reports.result import InspectionResult
from tests.benchmarks.inspect_sites import TODAY, PlantedSite, write_site
from tests.crawler_checks.sites import HASTY, reply
from tests.crawler_checks.test_inspection import files_of

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
Found = set[tuple[str, str, str]]
BY_THE_LINK = {
    "link_broken", "attachment_broken", "anchor_missing", "redirect_faulty", "image_text_missing", "tag_missing",
}  # fmt: skip
"""Checks whose finding names the thing that is meant; of others the page is enough."""
ASKED = BY_THE_LINK | {"date_conflict", "language_missing", "charset_false"}
NOT_PLANTED = {
    "section_missing", "footer_mark_missing", "page_unreachable", "home_stale", "security_header_missing",
    "section_stale", "section_empty",
}  # fmt: skip
"""What a made-up office has wrong without anybody's doing: it has none of the sections and marks of the rules."""
PAGES = 160
SEEDS = (4, 5, 6)


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed-{seed}")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PlantedSite:
    return write_site(tmp_path_factory.mktemp("planted"), PAGES, seed=request.param)


def planted(site: PlantedSite, *, served: bool) -> Found:
    asked = [fault for fault in site.faults if served or not fault.only_http]
    return {(fault.check, page_of(fault.page), thing_of(fault.check, fault.object)) for fault in asked}


def found(result: InspectionResult, *, served: bool) -> Found:
    """What fails, but for links to redirects that only a server knows."""
    return {
        (one.check, page_of(one.place), thing_of(one.check, one.object or ""))
        for one in result.findings
        if one.outcome is Outcome.FAIL
        and one.check not in NOT_PLANTED
        and (served or not (one.object or "").startswith("/moved/"))
    }


def page_of(address: str) -> str:
    path = address.partition("?")[0]
    return path + "index.html" if path.endswith("/") else path


def thing_of(check: str, written: str) -> str:
    return unquote(written.strip()) if check in BY_THE_LINK else ""


def test_faults_of_every_kind_are_planted(tmp_path: Path) -> None:
    faults = [fault for seed in SEEDS for fault in write_site(tmp_path / str(seed), PAGES, seed=seed).faults]
    assert {fault.check for fault in faults} == ASKED
    assert len(faults) > 150


def test_in_a_folder_every_planted_fault_is_found_and_nothing_else(site: PlantedSite) -> None:
    assert found(inspect_site(site.folder, today=TODAY), served=False) == planted(site, served=False)


def test_over_http_every_planted_fault_is_found_and_nothing_else(site: PlantedSite, serve: Serve) -> None:
    plain = files_of(site.folder)

    def behave(handler: BaseHTTPRequestHandler) -> None:
        to = site.moved.get(handler.path)
        reply(handler, status=301, Location=to) if to else plain(handler)

    result = inspect_site(serve(behave) + "/", today=TODAY, manners=HASTY)
    assert not result.partial
    assert found(result, served=True) == planted(site, served=True)


def test_of_the_columns_those_older_than_the_notes_allow_are_found_and_no_other(
    site: PlantedSite, tmp_path: Path
) -> None:
    days: dict[str, list[date]] = {}
    for page in site.pages:
        if at := re.fullmatch(r"(/s\d\d/)\d{6}/t(\d{8})_\d+\.html", page):
            days.setdefault(at[1], []).append(date.fromisoformat(at[2]))
    newest = {column: max(some) for column, some in days.items()}
    allowed = (TODAY - sorted(newest.values())[len(newest) // 2]).days
    notes = tmp_path / "notes.yaml"
    notes.write_text(f"依据: 责任表\n更新期限: {{其他栏目: {allowed}}}\n", "utf-8")
    result = inspect_site(site.folder, today=TODAY, notes=notes)
    of_rules = {page_of(one.address) for one in result.sections if one.address}
    stale = {
        page_of(one.place)
        for one in result.findings
        if one.check == "section_stale" and one.basis == "责任表"
    }
    assert stale == {
        f"{column}index.html"
        for column, day in newest.items()
        if day < TODAY - timedelta(days=allowed) and f"{column}index.html" not in of_rules
    }
    assert len(stale) > 3


def test_faulty_notes_stop_the_inspection_before_it_begins(site: PlantedSite, tmp_path: Path) -> None:
    notes = tmp_path / "notes.yaml"
    with pytest.raises(CannotInspect, match="读不出站点说明"):
        inspect_site(site.folder, today=TODAY, notes=notes)
    notes.write_text("打开时间: 快\n", "utf-8")
    with pytest.raises(CannotInspect, match="第 1 行"):
        inspect_site(site.folder, today=TODAY, notes=notes)
