"""outside_link_broken: only what another host says is not there is a fault; the rest is told and not judged."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from crawler_checks.crawl.answer import Trouble
from crawler_checks.crawl.outcome import Arrived, Barrier, Blocked, Failing, Gone, Moved, Outcome, Unreached
from crawler_checks.inspection import inspect_site
from crawler_checks.reports.result import InspectionResult
from crawler_checks.visit import Visit
from tests.crawler_checks.sites import HASTY, TODAY, findings_in, html, links, outline, reply, snapshot_of

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
CHECK = "outside_link_broken"
OTHER = "http://other.example/a.html"


def judged(outcomes: dict[str, Outcome]) -> list[tuple[str, str, str | None]]:
    """What the check says of a page that links to OTHER, where so much was seen of other hosts."""
    snapshot = snapshot_of({"/": links(OTHER, OTHER)})
    snapshot.outside = outcomes
    return outline(findings_in(CHECK, snapshot))


def test_what_is_there_or_behind_a_login_is_well() -> None:
    assert judged({OTHER: Arrived()}) == []
    assert judged({OTHER: Moved(301, "http://b.example/"), "http://b.example/": Arrived()}) == []
    assert judged({OTHER: Moved(301, "http://never-asked.example/")}) == []
    assert judged({OTHER: Blocked(Barrier.LOGIN, 302)}) == []


def test_what_is_gone_fails_at_once_or_after_a_redirect() -> None:
    assert judged({OTHER: Gone(404)}) == [("fail", "/", OTHER)]
    moved: dict[str, Outcome] = {OTHER: Moved(301, "http://b.example/"), "http://b.example/": Gone(410)}
    assert judged(moved) == [("fail", "/", OTHER)]


def test_what_is_in_doubt_is_not_judged() -> None:
    doubts: tuple[Outcome, ...] = (
        Unreached(Trouble.UNREACHABLE, 5),
        Unreached(Trouble.BAD_TLS),
        Unreached(Trouble.PRIVATE_ADDRESS),
        Blocked(Barrier.FORBIDDEN, 403),
        Failing(500, 5),
        Moved(302, OTHER),
    )
    for doubt in doubts:
        assert judged({OTHER: doubt}) == [("unknown", "/", OTHER)], doubt


def test_where_nobody_asked_nothing_is_said() -> None:
    assert judged({}) == []


def behave(asked: list[str]) -> Callable[[BaseHTTPRequestHandler], None]:
    """Another site: some of it there, some gone, some failing now and then."""

    def other(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        times = asked.count(handler.path)
        match handler.path:
            case "/well.html":
                reply(handler, "well")
            case "/old.html":
                reply(handler, status=301, Location="/gone.html")
            case "/once.html":
                reply(handler, "x", 500 if times == 1 else 200)
            case "/always.html":
                reply(handler, "x", 500)
            case _:
                reply(handler, "none", 404)

    return other


def test_other_hosts_are_asked_once_for_each_page_and_judged_the_same_from_the_archive(
    serve: Serve, tmp_path: Path
) -> None:
    asked: list[str] = []
    other = serve(behave(asked)).replace("127.0.0.1", "localhost")
    names = ("well", "old", "gone", "once", "always")
    page = html(links(*(f"{other}/{name}.html#part" for name in names), "http://10.255.255.1/inner.html"))
    target = serve(lambda handler: reply(handler, page)) + "/"
    keep = tmp_path / "crawl.warc.gz"
    found = inspect_site(target, today=TODAY, visit=Visit(HASTY, keep, outside=True))

    def told(result: InspectionResult) -> list[tuple[str, str, str | None]]:
        return outline([one for one in result.findings if one.check == CHECK])

    assert told(found) == [
        ("fail", "/", f"{other}/gone.html"),
        ("fail", "/", f"{other}/old.html"),
        ("unknown", "/", "http://10.255.255.1/inner.html"),
        ("unknown", "/", f"{other}/always.html"),
    ]
    assert (asked.count("/well.html"), asked.count("/gone.html"), asked.count("/always.html")) == (1, 1, 5)
    assert told(inspect_site(keep, today=TODAY)) == told(found)
