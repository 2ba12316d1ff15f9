"""A live server, and everything a hostile or broken one can do."""

import gzip
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest

from crawler_checks.crawl.answer import Answer, NoAnswer, Request, Response, Trouble, Want, fetch_one
from crawler_checks.crawl.limits import AT_HOME, Limits, Manners, RobotsMode
from crawler_checks.crawl.live import CurlSource, Wire
from crawler_checks.crawl.pace import Reachable
from tests.crawler_checks.sites import HASTY, reply

Handler = BaseHTTPRequestHandler
Serve = Callable[[Callable[[Handler], None]], str]
HERE = Reachable(frozenset({"127.0.0.1"}))
TIGHT = Limits(
    page_bytes=1 << 20, file_bytes=1024, header_bytes=8192, connect_seconds=2, total_seconds=2, slow_seconds=1
)


def ask(origin: str, address: str = "/", want: Want = Want.PAGE) -> Answer:
    source = CurlSource(origin, TIGHT, HASTY, reachable=HERE)
    return fetch_one(source, Request(address, want))


def test_a_page_comes_with_its_type_size_and_status(serve: Serve) -> None:
    answer = ask(serve(lambda handler: reply(handler, "<p>页面</p>")))
    assert isinstance(answer, Response)
    assert (answer.status, answer.content_type) == (200, "text/html; charset=utf-8")
    assert (answer.body.decode(), answer.size, answer.truncated) == ("<p>页面</p>", 13, False)


def test_a_redirect_is_handed_back_and_not_followed(serve: Serve) -> None:
    asked: list[str] = []

    def behave(handler: Handler) -> None:
        asked.append(handler.path)
        reply(handler, status=302, Location="/附件".encode().decode("latin-1"))

    answer = ask(serve(behave))
    assert isinstance(answer, Response)
    assert (answer.status, answer.location, asked) == (302, "/附件", ["/"])


def test_a_compressed_page_is_unpacked(serve: Serve) -> None:
    packed = gzip.compress(b"<p>page</p>" * 100)
    answer = ask(serve(lambda handler: reply(handler, packed, Content_Encoding="gzip")))
    assert isinstance(answer, Response)
    assert answer.body == b"<p>page</p>" * 100


def test_a_bomb_is_stopped_when_it_has_unpacked_as_much_as_a_page_may_have(serve: Serve) -> None:
    bomb = gzip.compress(b"\0" * (64 << 20))
    answer = ask(serve(lambda handler: reply(handler, bomb, Content_Encoding="gzip")))
    assert isinstance(answer, Response)
    assert (len(answer.body), answer.truncated) == (1 << 20, True)


def test_a_server_that_drips_is_left(serve: Serve) -> None:
    over = threading.Event()

    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        while not over.wait(0.05):
            handler.wfile.write(b"x")

    assert ask(serve(drip)) == NoAnswer("/", Trouble.TIMEOUT)
    over.set()


def test_a_server_that_accepts_and_says_nothing_is_left(serve: Serve) -> None:
    over = threading.Event()
    assert ask(serve(lambda _: over.wait(10) and None)) == NoAnswer("/", Trouble.TIMEOUT)
    over.set()


def test_headers_without_end_are_not_read_to_the_end(serve: Serve) -> None:
    def behave(handler: Handler) -> None:
        handler.send_response(200)
        for number in range(10_000):
            handler.send_header(f"X-{number}", "x" * 100)
        handler.end_headers()

    assert ask(serve(behave)) == NoAnswer("/", Trouble.HEADERS_TOO_LARGE)


def test_a_length_that_is_too_long_and_a_false_encoding_are_bad_replies(serve: Serve) -> None:
    def too_long(handler: Handler) -> None:
        handler.close_connection = True
        reply(handler, b"short", Content_Length="500")

    assert ask(serve(too_long)) == NoAnswer("/", Trouble.BAD_REPLY)
    plain = serve(lambda handler: reply(handler, b"<p>plain</p>", Content_Encoding="gzip"))
    assert ask(plain) == NoAnswer("/", Trouble.BAD_REPLY)


def test_nobody_at_home_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}") == NoAnswer("/", Trouble.UNREACHABLE)


def test_of_a_file_only_the_beginning_is_asked_for(serve: Serve) -> None:
    ranges: list[str | None] = []

    def behave(handler: Handler) -> None:
        ranges.append(handler.headers["Range"])
        reply(
            handler,
            b"%PDF-" + b"x" * 1019,
            206,
            Content_Range="bytes 0-1023/900000",
            Content_Type="application/pdf",
        )

    answer = ask(serve(behave), "/a.pdf", Want.FILE)
    assert isinstance(answer, Response)
    assert (answer.status, answer.size, answer.truncated, len(answer.body)) == (200, 900_000, True, 1024)
    assert ranges == ["bytes=0-1023"]


def test_a_server_that_knows_no_ranges_is_read_no_further(serve: Serve) -> None:
    answer = ask(serve(lambda handler: reply(handler, b"%PDF-" + b"x" * 500_000)), "/a.pdf", Want.FILE)
    assert isinstance(answer, Response)
    assert (answer.status, answer.size, answer.truncated, len(answer.body)) == (200, 500_005, True, 1024)


def test_an_empty_file_that_has_no_beginning_is_asked_for_whole(serve: Serve) -> None:
    def behave(handler: Handler) -> None:
        if handler.headers["Range"]:
            reply(handler, status=416, Content_Range="bytes */0")
        else:
            reply(handler)

    answer = ask(serve(behave), "/a.doc", Want.FILE)
    assert isinstance(answer, Response)
    assert (answer.status, answer.size, answer.body) == (200, 0, b"")


def test_a_page_that_turns_out_to_be_a_film_is_not_read_whole(serve: Serve) -> None:
    film = b"x" * 500_000
    answer = ask(serve(lambda handler: reply(handler, film, Content_Type="video/mp4")), "/show?id=1")
    assert isinstance(answer, Response)
    assert (len(answer.body), answer.truncated) == (1024, True)


def test_retry_after_and_cookies_are_noticed(serve: Serve) -> None:
    answer = ask(serve(lambda handler: reply(handler, status=429, Retry_After="120", Set_Cookie="a=b")))
    assert isinstance(answer, Response)
    assert (answer.status, answer.retry_after, answer.sets_cookie) == (429, 120, True)
    dated = ask(
        serve(lambda handler: reply(handler, status=503, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"))
    )
    assert isinstance(dated, Response)
    assert dated.retry_after == 60


def test_a_cookie_that_was_set_is_brought_back(serve: Serve) -> None:
    origin = serve(lambda handler: reply(handler, handler.headers["Cookie"] or "", Set_Cookie="visit=1"))
    source = CurlSource(origin, TIGHT, HASTY, reachable=HERE)
    bodies = [fetch_one(source, Request(f"/{number}", Want.PAGE)) for number in range(2)]
    assert [body.body for body in bodies if isinstance(body, Response)] == [b"", b"visit=1"]


def test_a_public_name_that_leads_into_a_private_network_is_not_asked(serve: Serve) -> None:
    asked: list[str] = []
    origin = serve(lambda handler: asked.append(handler.path))
    source = CurlSource(origin, TIGHT, HASTY, reachable=Reachable())
    assert fetch_one(source, Request("/", Want.PAGE)) == NoAnswer("/", Trouble.PRIVATE_ADDRESS)
    assert asked == []


def test_the_inspector_says_who_it_is(serve: Serve) -> None:
    answer = ask(serve(lambda handler: reply(handler, handler.headers["User-Agent"].encode("latin-1"))))
    assert isinstance(answer, Response)
    assert answer.body.decode().startswith("gongkai-inspector/")


class Clock:
    """Time that passes only by sleeping, and a little with every look."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Requests:
    """So many requests for the same page."""

    def __init__(self, number: int) -> None:
        self.left = number

    def take(self) -> Request | None:
        if self.left == 0:
            return None
        self.left -= 1
        return Request(f"/{self.left}", Want.PAGE)


def test_a_live_host_is_asked_no_faster_than_agreed(serve: Serve) -> None:
    clock, sent = Clock(), []

    def behave(handler: Handler) -> None:
        sent.append(clock.now)
        reply(handler, "page")

    polite = Manners(2, 1, robots=RobotsMode.IGNORE, pauses=(), longest_wait=AT_HOME.longest_wait)
    source = CurlSource(serve(behave), TIGHT, polite, reachable=HERE, wire=Wire(clock, clock.sleep))
    assert len(list(source.fetch(Requests(6)))) == 6
    assert all(later - earlier >= 0.45 for earlier, later in pairwise(sent))


def test_a_host_that_asks_for_a_pause_gets_one_within_reason(serve: Serve) -> None:
    clock = Clock()
    source = CurlSource(
        serve(lambda handler: reply(handler, status=429, Retry_After="3600")),
        TIGHT, AT_HOME, reachable=HERE, wire=Wire(clock, clock.sleep),
    )  # fmt: skip
    before = clock.now
    list(source.fetch(Requests(40)))
    waited = clock.now - before
    assert AT_HOME.longest_wait.total_seconds() <= waited < 60


@pytest.mark.parametrize("number", [0, 1, 100])
def test_many_transfers_at_once_lose_nothing(serve: Serve, number: int) -> None:
    source = CurlSource(serve(lambda handler: reply(handler, handler.path)), TIGHT, AT_HOME, reachable=HERE)
    answers = [answer for _, answer in source.fetch(Requests(number))]
    assert sorted(answer.body.decode() for answer in answers if isinstance(answer, Response)) == sorted(
        f"/{one}" for one in range(number)
    )
