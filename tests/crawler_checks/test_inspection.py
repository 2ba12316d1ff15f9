"""Whole inspections: ordinary sites, from a folder and over HTTP, with no configuration."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crawler_checks.checks.check import Outcome
from crawler_checks.checks.registry import CHECKS
from crawler_checks.crawl.limits import AT_HOME, Limits, Manners, RobotsMode
from crawler_checks.follow_up import inspected
from crawler_checks.inspection import CannotInspect, inspect_site
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.states import State
from crawler_checks.reports.json_report import as_data
from crawler_checks.reports.result import InspectionResult
from crawler_checks.visit import Visit
from tests.crawler_checks.sites import TODAY, html, links, reply

SITES = Path(__file__).parent.parent / "sites"
CASES = sorted(path.parent.name for path in SITES.glob("*/www"))
HASTY = Manners(None, 16, robots=RobotsMode.IGNORE, pauses=(timedelta(0),) * 5, longest_wait=timedelta(0))

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
Folder = Callable[[Mapping[str, str | bytes]], Path]


def outline(result: InspectionResult) -> dict[str, Any]:
    """What a reader would compare: which faults where, and which sections were found with what in them.

    Sections that were not found are left out: their number grows with the profile's.
    """
    data = as_data(result)
    keys = ("outcome", "check", "place", "object", "section")
    findings = [" ".join(str(one[key]) for key in keys if one[key]) for one in data["findings"]]
    return {
        "pages": data["pages"],
        "findings": [one for one in findings if not one.startswith("unknown section_missing")],
        "sections": [
            " ".join(str(one[key]) for key in ("id", "state", "address", "newest", "count") if one[key])
            for one in data["sections"]
            if one["state"] not in ("missing", "unverifiable")
        ],
    }


def files_of(root: Path) -> Callable[[BaseHTTPRequestHandler], None]:
    """A plain file server's behaviour."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        path = SimpleHTTPRequestHandler.translate_path(partial(_At, str(root))(), handler.path)  # type: ignore[arg-type]
        file = Path(path)
        if file.is_dir():
            if not handler.path.partition("?")[0].endswith("/"):
                reply(handler, status=301, Location=handler.path + "/")
                return
            file = next(
                (file / name for name in ("index.html", "index.htm") if (file / name).is_file()),
                file / "none",
            )
        if not file.is_file() or (handler.path.partition("?")[0].endswith("/") and not Path(path).is_dir()):
            reply(handler, "<h1>404</h1>", status=404)
            return
        kinds = {".html": "text/html", ".htm": "text/html", ".css": "text/css", ".pdf": "application/pdf"}
        reply(handler, file.read_bytes(), Content_Type=kinds.get(file.suffix, "application/octet-stream"))

    return behave


class _At:
    def __init__(self, directory: str) -> None:
        self.directory = directory


@pytest.mark.parametrize("case", CASES)
def test_each_site_shows_exactly_the_faults_it_has(case: str, request: pytest.FixtureRequest) -> None:
    found = outline(inspect_site(SITES / case / "www", today=TODAY, profile="cn-2019"))
    expected = SITES / case / "expected.json"
    if request.config.getoption("--update-expected"):
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_a_folder_and_the_same_folder_behind_a_server_have_the_same_findings(case: str, serve: Serve) -> None:
    root = SITES / case / "www"
    in_folder = inspect_site(root, today=TODAY, profile="cn-2019")
    served = inspect_site(serve(files_of(root)) + "/", today=TODAY, profile="cn-2019")
    said = [
        one for one in served.findings if one.check != "security_header_missing"
    ]  # a folder sends no headers
    assert said == list(in_folder.findings)
    assert served.sections == in_folder.sections
    assert served.pages == in_folder.pages


def test_the_tidy_site_fails_nothing_and_the_neglected_one_fails_every_check_that_a_folder_can_fail() -> None:
    tidy = inspect_site(SITES / "tidy" / "www", today=TODAY)
    assert tidy.is_clean
    neglected = inspect_site(SITES / "neglected" / "www", today=TODAY)
    failed = set(neglected.counts(Outcome.FAIL))
    only_served = {
        "redirect_faulty",
        "moved_to_home",
        "content_mixed",
        "outside_link_broken",
        "certificate_faulty",
        "page_cloaked",
    }
    needs_a_browser = {"access_barrier"}
    needs_many_organs = {"guide_missing"}
    needs_memory = {"date_changed"}
    only_shown = {"security_header_missing", "annual_report_copied", "interpretation_missing", "page_slow"}
    never_fail = {"page_unreachable", "interpretation_late"} | only_shown
    assert {
        check.id for check in CHECKS
    } - failed == only_served | needs_memory | needs_a_browser | needs_many_organs | never_fail


def test_a_site_written_by_script_is_accused_of_nothing() -> None:
    scripted = inspect_site(SITES / "scripted" / "www", today=TODAY)
    assert scripted.count(Outcome.FAIL) == 0
    assert scripted.count(Outcome.UNKNOWN) > 0


def test_a_part_of_a_site_is_inspected_under_its_path_alone(serve: Serve) -> None:
    asked: list[str] = []

    def behave(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        reply(handler, html(links("/xxgk/a.html", "/news/b.html", "/")))

    inspect_site(serve(behave) + "/xxgk/index.html", today=TODAY)
    assert {path for path in asked if not path.startswith("/xxgk/")} == set()


def test_a_tenth_of_requests_failing_by_chance_accuses_nobody(serve: Serve) -> None:
    root = SITES / "tidy" / "www"
    well = files_of(root)
    chance = Random(7)

    def shaky(handler: BaseHTTPRequestHandler) -> None:
        if chance.random() < 0.1:
            reply(handler, "<h1>500</h1>", status=500)
        else:
            well(handler)

    for _ in range(3):
        result = inspect_site(serve(shaky) + "/", today=TODAY, manners=HASTY)
        assert [one for one in result.findings if one.outcome is Outcome.FAIL] == []
        assert not result.partial


def test_a_firewall_that_closes_half_way_leaves_a_partial_result_without_accusations(serve: Serve) -> None:
    root = SITES / "neglected" / "www"
    well = files_of(root)
    asked: list[str] = []

    def guarded(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        if len(asked) > 8:
            reply(handler, "您的访问过于频繁", status=403)
        else:
            well(handler)

    limits = Limits(failures_in_a_row=5)
    result = inspect_site(serve(guarded) + "/", today=TODAY, manners=HASTY, limits=limits)
    whole = inspect_site(root, today=TODAY)
    accused = {(one.check, one.place, one.object) for one in result.findings if one.outcome is Outcome.FAIL}
    assert result.partial
    assert not result.is_clean
    assert accused <= {(one.check, one.place, one.object) for one in whole.findings}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("no-such-folder", "没有“no-such-folder”这个文件夹"),
        ("http://", "看不懂"),
        ("http://127.0.0.1:9/", "连接不上"),
    ],
)
def test_a_target_that_is_not_there_cannot_be_inspected(target: str, words: str) -> None:
    with pytest.raises(CannotInspect) as refused:
        inspect_site(target, today=TODAY, manners=HASTY)
    assert words in refused.value.message_zh
    assert refused.value.message_en in str(refused.value)


def test_an_empty_folder_is_an_error_and_not_a_pass(folder: Folder) -> None:
    with pytest.raises(CannotInspect, match=r"index\.html"):
        inspect_site(folder({"readme.txt": "x"}), today=TODAY)


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (404, {}, "页面不存在（404）"),
        (403, {}, "服务器拒绝访问（403）"),
        (500, {}, "6 次访问服务器都出错（500）"),
        (302, {"Location": "https://other.example/"}, "转到了别处（https://other.example/）"),
        (200, {"Content_Type": "image/png"}, "不是网页"),
    ],
)
def test_a_start_page_that_shows_nothing_cannot_be_inspected(
    serve: Serve, status: int, headers: dict[str, str], words: str
) -> None:
    origin = serve(lambda handler: reply(handler, "x", status, **headers))
    with pytest.raises(CannotInspect) as refused:
        inspect_site(origin, today=TODAY, manners=HASTY)
    assert words in refused.value.message_zh


def test_unknown_rules_are_named_with_those_there_are(folder: Folder) -> None:
    with pytest.raises(CannotInspect, match="cn-2019"):
        inspect_site(folder({"index.html": "x"}), today=TODAY, profile="cn-1999")


def test_the_rules_are_those_in_force_on_the_day(folder: Folder) -> None:
    root = folder({"index.html": html("<p>x</p>")})
    assert inspect_site(root, today=date(2018, 1, 1)).profile == "cn-2008"
    assert inspect_site(root, today=TODAY).profile == "cn-2019"


def test_robots_and_pauses_are_heeded_on_a_host_treated_as_live(serve: Serve) -> None:
    asked: list[str] = []

    def behave(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        if handler.path == "/robots.txt":
            reply(handler, "User-agent: *\nDisallow: /private/", Content_Type="text/plain")
        else:
            reply(handler, html(links("/private/a.html", "/open.html")))

    polite = Manners(200, 2, robots=RobotsMode.OBEY, pauses=(), longest_wait=AT_HOME.longest_wait)
    result = inspect_site(serve(behave), today=TODAY, manners=polite)
    assert asked[0] == "/robots.txt"
    assert "/private/a.html" not in asked
    [left_out] = [one for one in result.findings if one.check == "page_unreachable"]
    assert (left_out.outcome, left_out.place) == (Outcome.UNKNOWN, "/private/a.html")


def test_the_same_site_gives_the_same_result_twice() -> None:
    first, second = (inspect_site(SITES / "neglected" / "www", today=TODAY) for _ in range(2))
    assert first == second


def test_what_another_site_showed_stays_open_on_a_day_on_which_it_is_not_asked(
    serve: Serve, tmp_path: Path
) -> None:
    title = "葡京娱乐城－真人百家乐投注"
    partner = serve(lambda handler: reply(handler, html("<p>欢迎</p>", title=title)))
    menu = html(links(partner.replace("127.0.0.1", "localhost") + "/"))
    site = serve(lambda handler: reply(handler, menu)) + "/"
    states = []
    with Ledger(tmp_path / "ledger.db") as ledger:
        for days, asks in ((0, True), (1, False), (2, True), (3, True)):
            title = title if days < 3 else "某市自来水公司"
            today = TODAY + timedelta(days=days)
            run = ledger.begin(site, today)
            result = inspect_site(site, today=today, visit=Visit(HASTY, outside=asks))
            found = ledger.save(run, inspected(result)).findings.values()
            states += [one.state for one in found if one.finding.check == "friend_link_taken"]
    assert states == [State.NEW, State.UNKNOWN, State.KNOWN, State.FIXED]
