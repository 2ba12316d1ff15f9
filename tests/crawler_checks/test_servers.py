"""What servers do, each case with the verdict it must get: a fault, no verdict, or nothing to say."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from random import Random

import brotli
import pytest

from crawler_checks.checks.check import Outcome
from crawler_checks.checks.of_links import LINK_CHECKS
from crawler_checks.crawl.limits import Limits, Manners, RobotsMode
from crawler_checks.inspection import inspect_site
from crawler_checks.reports.result import InspectionResult
from tests.crawler_checks.sites import TODAY, html, links, reply

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
Behaviour = Callable[[BaseHTTPRequestHandler, int], None]
"""What is done with the so-many-th request for an address."""
HASTY = Manners(None, 8, RobotsMode.IGNORE, (timedelta(0),) * 4, timedelta(0))
TIGHT = Limits(
    page_bytes=256 << 10, file_bytes=1024, header_bytes=8192, redirects=10, connect_seconds=2, total_seconds=1,
    slow_seconds=1, failures_in_a_row=200,
)  # fmt: skip
WELL = html("<p>一页普通的内容，说明一件普通的事情，没有别的。</p>" * 4)
NONE, FAIL, UNKNOWN = None, Outcome.FAIL, Outcome.UNKNOWN


def answer(body: str | bytes = WELL, status: int = 200, **headers: str) -> Behaviour:
    return lambda handler, _: reply(handler, body, status, **headers)


def by_turns(*behaviours: Behaviour) -> Behaviour:
    """The first for the first request, and so on; the last for all that follow."""
    return lambda handler, times: behaviours[min(times, len(behaviours)) - 1](handler, times)


def with_cookie(handler: BaseHTTPRequestHandler, _: int) -> None:
    if handler.headers["Cookie"]:
        reply(handler, WELL)
    else:
        reply(handler, status=302, Location=handler.path, Set_Cookie="visit=1")


def without_type(handler: BaseHTTPRequestHandler, _: int) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(WELL.encode())))
    handler.end_headers()
    handler.wfile.write(WELL.encode())


def silent(handler: BaseHTTPRequestHandler, _: int) -> None:
    threading.Event().wait(1.3)
    handler.close_connection = True


def cut_off(handler: BaseHTTPRequestHandler, _: int) -> None:
    handler.close_connection = True
    reply(handler, "half", Content_Length="5000")


def endless_headers(handler: BaseHTTPRequestHandler, _: int) -> None:
    handler.send_response(200)
    for number in range(400):
        handler.send_header(f"X-{number}", "x" * 100)
    handler.end_headers()


def no_ranges(handler: BaseHTTPRequestHandler, _: int) -> None:
    reply(handler, b"%PDF-1.4 " + b"x" * 5000, Content_Type="application/pdf")


BOMB = b"<p>" + b"\0" * (8 << 20)
CASES: dict[str, tuple[Behaviour, Outcome | None]] = {
    "/200.html": (answer(), NONE),
    "/404.html": (answer(html(links(*(f"/x{number}.html" for number in range(200)))), 404), FAIL),
    "/410.html": (answer(status=410), FAIL),
    "/500.html": (answer(status=500), FAIL),
    "/500-once.html": (by_turns(answer(status=500), answer()), NONE),
    "/503-thrice.html": (by_turns(*[answer(status=503)] * 3, answer()), NONE),
    "/503-later.html": (answer(status=503, Retry_After="120"), UNKNOWN),
    "/401.html": (answer(status=401), UNKNOWN),
    "/403.html": (answer(status=403), UNKNOWN),
    "/405.html": (answer(status=405), UNKNOWN),
    "/412.html": (answer("<script>$_ts=window['$_ts']</script>", 412), UNKNOWN),
    "/429.html": (answer(status=429), UNKNOWN),
    "/429-later.html": (answer(status=429, Retry_After="60"), UNKNOWN),
    "/429-once.html": (by_turns(answer(status=429), answer()), NONE),
    "/captcha.html": (answer(html("<p>请完成安全验证后继续访问</p>")), UNKNOWN),
    "/members.html": (answer(status=302, Location="/sso/login?to=x"), UNKNOWN),
    "/to-well.html": (answer(status=301, Location="/200.html"), NONE),
    "/to-gone.html": (answer(status=301, Location="/404.html"), FAIL),
    "/to-nowhere.html": (answer(status=302), FAIL),
    "/to-inner.html": (answer(status=302, Location="http://10.0.0.1/admin"), NONE),
    "/to-file.html": (answer(status=302, Location="file:///etc/passwd"), FAIL),
    "/loop.html": (answer(status=302, Location="/loop-back.html"), FAIL),
    "/loop-back.html": (answer(status=302, Location="/loop.html"), NONE),
    "/itself.html": (answer(status=302, Location="/itself.html"), FAIL),
    "/cookie.html": (with_cookie, NONE),
    "/silent.html": (silent, UNKNOWN),
    "/cut-off.html": (cut_off, UNKNOWN),
    "/headers.html": (endless_headers, UNKNOWN),
    "/false-gzip.html": (answer(b"<p>plain</p>", Content_Encoding="gzip"), UNKNOWN),
    "/false-brotli.html": (answer(b"<p>plain</p>", Content_Encoding="br"), UNKNOWN),
    "/gzip.html": (answer(gzip.compress(WELL.encode()), Content_Encoding="gzip"), NONE),
    "/brotli.html": (answer(brotli.compress(WELL.encode()), Content_Encoding="br"), NONE),
    "/bomb.html": (answer(gzip.compress(BOMB), Content_Encoding="gzip"), NONE),
    "/large.html": (answer(b"<p>" + b"x" * (2 << 20)), NONE),
    "/no-type.html": (without_type, NONE),
    "/plain.html": (answer(Content_Type="text/plain"), NONE),
    "/a.shtml": (answer(), NONE),
    "/no-ranges.pdf": (no_ranges, NONE),
    "/page-for-a-file.doc": (answer(), FAIL),
    "/empty.xls": (answer(b"", Content_Type="application/vnd.ms-excel"), FAIL),
    "/gone.docx": (answer(status=404), FAIL),
}
for hop in range(12):  # one more than is followed
    CASES[f"/chain-{hop}.html"] = (answer(status=302, Location=f"/chain-{hop + 1}.html"), NONE)
CASES["/chain-0.html"] = (CASES["/chain-0.html"][0], FAIL)
NOT_LINKED = {"/loop-back.html", *(f"/chain-{hop}.html" for hop in range(1, 12))}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, set[Outcome]]:
    """What is said of the links to each address, after one inspection of all cases."""
    from http.server import ThreadingHTTPServer

    asked: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # as in conftest

        def do_GET(self) -> None:
            asked[self.path] += 1
            if self.path == "/":
                reply(self, html(links(*(name for name in CASES if name not in NOT_LINKED))))
            elif self.path in CASES:
                CASES[self.path][0](self, asked[self.path])
            else:
                reply(self, "none", 404)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        target = f"http://127.0.0.1:{server.server_address[1]}/"
        result = inspect_site(target, today=TODAY, manners=HASTY, limits=TIGHT)
        server.shutdown()
    of_links = {check.id for check in LINK_CHECKS} | {"soft_404"}
    found: dict[str, set[Outcome]] = {}
    for one in result.findings:
        if one.check in of_links and not (one.check == "page_unreachable" and one.object):
            found.setdefault(one.object or one.place, set()).add(one.outcome)
    return found


@pytest.mark.parametrize("address", sorted(set(CASES) - NOT_LINKED))
def test_each_behaviour_of_a_server_gets_its_verdict(verdicts: dict[str, set[Outcome]], address: str) -> None:
    expected = CASES[address][1]
    assert verdicts.get(address, set()) == (set() if expected is None else {expected})


def test_links_of_a_page_that_is_not_there_are_not_followed(verdicts: dict[str, set[Outcome]]) -> None:
    assert not [address for address in verdicts if address.startswith("/x")]


def faults(result: InspectionResult) -> list[tuple[str, str]]:
    return [
        (one.check, one.place)
        for one in result.findings
        if one.outcome is FAIL and one.check.endswith(("broken", "faulty"))
    ]


def failing(result: InspectionResult) -> set[tuple[str, str, str | None]]:
    return {(one.check, one.place, one.object) for one in result.findings if one.outcome is FAIL}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_request_in_twenty_failing_or_hanging_up_by_chance_accuses_nobody_and_hides_nothing(
    serve: Serve, seed: int
) -> None:
    names = [f"/{number}.html" for number in range(60)]
    is_shaky = False
    chance = Random(seed)

    def behave(handler: BaseHTTPRequestHandler) -> None:
        draw = chance.random() if is_shaky else 1
        if draw < 0.05 or handler.path == "/broken.html":
            reply(handler, "x", 500)
        elif draw < 0.07:
            handler.close_connection = True
        elif handler.path in ("/", *names):
            reply(handler, html("<p>内容</p>" + links(*names, "/dead.html", "/broken.html", "/dead.pdf")))
        else:
            reply(handler, "x", 404)

    target = serve(behave) + "/"
    calm = failing(inspect_site(target, today=TODAY, manners=HASTY))
    is_shaky = True
    result = inspect_site(target, today=TODAY, manners=HASTY)
    assert {thing for check, _, thing in calm if check.endswith("broken")} == {
        "/dead.html",
        "/broken.html",
        "/dead.pdf",
    }
    assert failing(result) == calm
    assert not result.partial
    assert result.pages == 61


@pytest.mark.parametrize("status", [403, 412, 429, 503])
def test_a_firewall_that_closes_after_so_many_requests_leaves_a_partial_result_and_no_fault(
    serve: Serve, status: int
) -> None:
    asked: list[str] = []

    def guarded(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        if len(asked) > 50:
            reply(handler, html("<p>您的访问过于频繁</p>"), status)
        else:
            reply(handler, html(links(*(f"/{number}.html" for number in range(300)))))

    result = inspect_site(serve(guarded) + "/", today=TODAY, manners=HASTY)
    assert faults(result) == []
    assert result.partial
    assert len(asked) < 120, "a closed door is not knocked at for long"
