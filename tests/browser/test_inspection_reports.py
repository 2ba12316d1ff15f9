"""The inspector's report, with a ledger and a score, and the draft notice are valid pages that everyone can read,
on paper too."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from crawler_checks import evidence
from crawler_checks.checks.check import Outcome
from crawler_checks.evidence import begin_evidence, pack_of
from crawler_checks.follow_up import inspected, prepare
from crawler_checks.inspection import inspect_site
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger_commands import ask_ledger
from crawler_checks.reports.folder import write_reports
from tasks import command_line
from workbench.html_checker import complaints
from workbench.rendering import browser_at_hand

ROOT = Path(__file__).parents[2]
NEGLECTED = ROOT / "tests" / "sites" / "neglected" / "www"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The report of the second day of a neglected site, and a notice on its quarter."""
    folder = tmp_path_factory.mktemp("reports")
    ledger, notice = folder / "ledger.db", folder / "notice.html"
    wishes = command_line().parse_args(
        [
            "inspect",
            str(NEGLECTED),
            "--rubric",
            "national-2019",
            "--save",
            str(ledger),
            "--report",
            str(folder),
            "--evidence",
        ]
    )
    for day in (22, 23):
        today = date(2026, 11, day)
        begin_evidence(wishes)
        with prepare(wishes, str(NEGLECTED), today) as follow_up:
            result, _ = follow_up.finish(inspect_site(NEGLECTED, today=today))
    asked = command_line().parse_args(["ledger", str(ledger), "--notice", str(notice), "--period", "2026Q4"])
    ask_ledger(ledger, asked, date(2026, 12, 31))
    return [write_reports(result, folder), notice]


def test_the_checker_finds_nothing_wrong_with_a_report(pages: list[Path]) -> None:
    assert "与上次相比" in pages[0].read_text(encoding="utf-8")
    assert "<summary>证据</summary>" in pages[0].read_text(encoding="utf-8")
    assert "单项否决" in pages[0].read_text(encoding="utf-8")
    assert [f"{one.line}: {one.message} {one.extract!r}" for one in complaints(ROOT, pages)] == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_a_report(browser: Browser, pages: list[Path], scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    found = []
    for path in pages:
        page.goto(path.as_uri())
        found += [
            f"{path.name}: {one['id']}: {one['help']}" for one in Axe().run(page).response["violations"]
        ]
    context.close()

    assert found == []


@pytest.mark.browser
def test_the_printed_report_has_all_that_is_folded_on_the_screen(browser: Browser, pages: list[Path]) -> None:
    page = browser.new_page()
    page.goto(pages[0].as_uri())

    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    page.close()

    text = "".join(sheet.extract_text() for sheet in printed.pages)
    joined = unicodedata.normalize("NFKC", "".join(text.split()))  # fonts give radicals for some signs
    assert "无法判断是否设有" in joined  # folded on the screen
    assert "当天发现" in joined  # the table behind the drawing
    assert "报告各部分" not in joined
    assert float(printed.pages[0].mediabox.width) == pytest.approx(595, abs=2)


@pytest.mark.browser
def test_the_evidence_has_pictures_of_pages_with_a_finding(
    tmp_path: Path, thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not thorough:
        monkeypatch.setattr(evidence, "MOST_PICTURES", 6)
    options = command_line().parse_args(["inspect", str(NEGLECTED), "--report", str(tmp_path), "--evidence"])
    begin_evidence(options)
    result = inspect_site(NEGLECTED, today=date(2026, 11, 22))
    pack = pack_of(options)
    assert pack is not None

    with browser_at_hand() as hands:
        found = pack.gather(result, hands.draw)

    pictures = {one.picture for one in found.values() if one.picture}
    assert len(pictures) > 3 if thorough else len(pictures) == 6
    for name in pictures:
        data = (tmp_path / name).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert int.from_bytes(data[16:20]) == 1280
    assert len({(tmp_path / name).read_bytes() for name in pictures}) > 3  # they show different pages


@pytest.mark.browser
def test_the_report_of_a_month_begins_with_numbers_and_a_line(
    page: Page, tmp_path: Path, picture: Callable[[Page, str], None]
) -> None:
    """Six weeks of a site whose faults are mended one by one, seen as a chief sees it."""
    seen = inspect_site(NEGLECTED, today=date(2026, 11, 22))
    seen = replace(
        seen,
        target="https://www.jichuan.example/",
        site="jichuan.example/",
        base="https://www.jichuan.example",
    )
    failing = [one for one in seen.findings if one.outcome is Outcome.FAIL]
    with Ledger(tmp_path / "ledger.db") as ledger:
        for week in range(6):
            mended = set(failing[: week * 5])
            today = date(2026, 10, 12) + timedelta(weeks=week)
            left = tuple(one for one in seen.findings if one not in mended)
            result = replace(seen, today=today, findings=left)
            result = replace(result, ledger=ledger.save(ledger.begin(seen.target, today), inspected(result)))

    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(write_reports(result, tmp_path / "report").as_uri())

    expect(page.get_by_role("img", name="未整改")).to_be_visible()
    figures = page.locator("ul.figures li").all_inner_texts()
    assert [figure.split()[0] for figure in figures] == ["不合格", "无法判断", "新发现", "已整改", "逾期"]
    assert figures[3].split()[1] == "5"
    picture(page, "inspection-report")
