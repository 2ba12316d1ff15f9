"""Politeness, read from the server's own log: the rate, the connections, the hours, and every request to slow down."""

import re
import socket
import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from time import monotonic

import pytest

from crawler_checks.crawl.answer import Request, Want
from crawler_checks.crawl.limits import BOUNDS, Manners, RobotsMode, Window, read_window
from crawler_checks.crawl.live import CurlSource, Wire
from crawler_checks.crawl.opening import Means, open_target
from crawler_checks.crawl.pace import LEAST_GAP, Pace, Reachable
from crawler_checks.inspection import inspect_site
from crawler_checks.visit import Visit
from tests.crawler_checks.sites import TODAY, html, links, reply

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
HERE = Reachable(frozenset({"127.0.0.1"}))
MIDNIGHT = datetime(2026, 11, 22)  # noqa: DTZ001 the site's own time


class Clock:
    """Time that passes only by sleeping, and a little with every look. It begins an hour before midnight."""

    def __init__(self) -> None:
        self.now = -3600.0

    def __call__(self) -> float:
        self.now += 0.0005
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def time_of_day(self) -> time:
        return (MIDNIGHT + timedelta(seconds=self.now)).time()


def polite(rate: float = 2, window: Window | None = None) -> Manners:
    return Manners(rate, 2, RobotsMode.OBEY, (), timedelta(minutes=5), window)


class Requests:
    """So many requests."""

    def __init__(self, number: int) -> None:
        self.left = number

    def take(self) -> Request | None:
        self.left -= 1
        return Request(f"/{self.left}", Want.PAGE) if self.left >= 0 else None


class Log:
    """What a server writes down: when each request came, and how many connections were open."""

    def __init__(
        self, clock: Callable[[], float], answer: Callable[[BaseHTTPRequestHandler, int], None]
    ) -> None:
        self.clock, self.answer = clock, answer
        self.at: list[float] = []
        self.open: set[int] = set()
        self.most_open = 0
        self.lock = threading.Lock()

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        with self.lock:
            self.at.append(self.clock())
            self.open.add(id(handler))
            self.most_open = max(self.most_open, len(self.open))
            number = len(self.at)
        self.answer(handler, number)
        with self.lock:
            self.open.discard(id(handler))

    def gaps(self) -> list[float]:
        return [later - earlier for earlier, later in pairwise(self.at)]


def fetched(
    serve: Serve, number: int, answer: Callable[[BaseHTTPRequestHandler, int], None], manners: Manners
) -> Log:
    """The log of a host that was asked so many times; its time is the crawler's own."""
    clock = Clock()
    log = Log(lambda: clock.now, answer)
    source = CurlSource(
        serve(log),
        BOUNDS,
        manners,
        reachable=HERE,
        time_of_day=clock.time_of_day,
        wire=Wire(clock, clock.sleep),
    )
    assert len(list(source.fetch(Requests(number)))) == number
    return log


def test_over_a_visit_never_more_than_the_rate_never_a_burst_and_no_more_connections_than_two(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time at which each is sent: a server that shares a busy computer may note two late, and closer."""
    sent: list[float] = []
    really = Pace.sent
    monkeypatch.setattr(Pace, "sent", lambda pace, now: sent.append(now) or really(pace, now))
    names = [f"/{number}.html" for number in range(14)]
    log = Log(monotonic, lambda handler, _: reply(handler, html(links(*names))))
    manners = Manners(8, 2, RobotsMode.OBEY, (), timedelta(seconds=1))
    inspect_site(serve(log) + "/", today=TODAY, manners=manners)
    assert len(sent) == len(log.at) >= 14
    assert (len(sent) - 1) / 8 <= sent[-1] - sent[0]
    assert min(later - earlier for earlier, later in pairwise(sent)) >= LEAST_GAP / 8
    assert log.most_open <= 2


def test_a_slow_host_is_asked_by_two_connections_at_once_and_no_more(serve: Serve) -> None:
    both = threading.Barrier(2)

    def answer(handler: BaseHTTPRequestHandler, _: int) -> None:
        both.wait(20)  # as slow as it takes until the other one has come
        reply(handler, "x")

    log = fetched(serve, 12, answer, Manners(200, 2, RobotsMode.IGNORE, (), timedelta(seconds=1)))
    assert log.most_open == 2


def test_a_crawl_delay_is_kept_from_the_first_page_on(serve: Serve) -> None:
    clock = Clock()

    def answer(handler: BaseHTTPRequestHandler, _: int) -> None:
        text = "User-agent: *\nCrawl-delay: 7" if handler.path == "/robots.txt" else "page"
        reply(handler, text, Content_Type="text/plain")

    log = Log(lambda: clock.now, answer)
    opened = open_target(serve(log) + "/", BOUNDS, Means(polite(), wire=Wire(clock, clock.sleep)))
    list(opened.source.fetch(Requests(4)))
    assert all(gap >= 6.9 for gap in log.gaps()[1:])


def test_a_retry_after_is_waited_for(serve: Serve) -> None:
    def answer(handler: BaseHTTPRequestHandler, number: int) -> None:
        reply(handler, status=429, Retry_After="90") if number == 2 else reply(handler, "page")

    gaps = fetched(serve, 4, answer, Manners(2, 1, RobotsMode.IGNORE, (), timedelta(minutes=5))).gaps()
    assert [round(gap, 1) for gap in gaps] == [0.5, 90.0, 0.5]


@pytest.mark.parametrize("status", [429, 503])
def test_from_an_overburdened_host_the_crawler_draws_back_by_powers_of_two(serve: Serve, status: int) -> None:
    def answer(handler: BaseHTTPRequestHandler, number: int) -> None:
        reply(handler, "x", status if 2 <= number <= 6 else 200)

    gaps = fetched(serve, 9, answer, Manners(2, 1, RobotsMode.IGNORE, (), timedelta(seconds=10))).gaps()
    assert [round(gap, 1) for gap in gaps] == [0.5, 1, 2, 4, 8, 10, 0.5, 0.5]


def test_nothing_is_asked_outside_the_hours(serve: Serve) -> None:
    window = Window(time(0, 0), time(0, 1))  # a minute a day, at one request in ten seconds
    log = fetched(serve, 15, lambda handler, _: reply(handler, "x"), polite(0.1, window))
    days = [divmod(at, 86_400) for at in log.at]
    assert all(0 <= second < 60 for _, second in days)
    assert {day for day, _ in days} == {0, 1, 2}


def test_hours_without_a_clock_are_refused() -> None:
    with pytest.raises(ValueError, match="time of day"):
        CurlSource("http://x", BOUNDS, polite(window=read_window("1:00-2:00")), reachable=HERE)


@pytest.mark.parametrize(
    ("text", "now", "seconds"),
    [
        ("22:00-06:00", time(23, 0), 0),
        ("22:00-06:00", time(5, 59, 59), 0),
        ("22:00-06:00", time(6, 0), 16 * 3600),
        ("22:00 - 06:00", time(21, 59, 30), 30),
        ("8:30-17:00", time(8, 30), 0),
        ("8:30-17:00", time(17, 0), 15.5 * 3600),
        ("18:00-24:00", time(23, 59, 59), 0),
        ("18:00—24:00", time(0, 0), 18 * 3600),
    ],
)
def test_hours_may_go_over_midnight(text: str, now: time, seconds: float) -> None:
    assert read_window(text).seconds_until_open(now) == seconds


@pytest.mark.parametrize(
    "text", ["22-6", "25:00-06:00", "24:00-06:00", "06:00-06:00", "22:00", "", "22:00-24:30"]
)
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text) or "^$"):
        read_window(text)


def test_robots_that_are_only_reported_are_told_and_not_obeyed(serve: Serve) -> None:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/robots.txt":
            reply(handler, "User-agent: *\nDisallow: /inner/", Content_Type="text/plain")
        else:
            reply(handler, html(links("/inner/a.html", "/open.html")))

    origin = serve(behave)
    manners = Manners(500, 2, RobotsMode.REPORT, (), timedelta(seconds=1))
    result = inspect_site(origin, today=TODAY, visit=Visit(manners))
    assert result.against_robots == ("/inner/a.html",)
    assert "/inner/a.html" in result.page_addresses


@pytest.mark.parametrize("robots", [403, 500, 200])
def test_robots_that_cannot_be_read_forbid_nothing(serve: Serve, robots: int) -> None:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/robots.txt":
            reply(handler, "<html>Disallow: /</html>" + "x" * (600 << 10 if robots == 200 else 0), robots)
        else:
            reply(handler, html(links("/a.html")))

    manners = Manners(500, 2, RobotsMode.OBEY, (), timedelta(seconds=1))
    assert inspect_site(serve(behave), today=TODAY, visit=Visit(manners)).pages == 2


def test_a_host_that_leads_elsewhere_on_a_second_look_is_not_followed_there(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was public when the target was opened, and points at this computer when it is asked."""
    asked: list[str] = []
    port = serve(lambda handler: asked.append(handler.path)).rpartition(":")[2]
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: public)
    opened = open_target(f"http://rebinding.localhost:{port}/", BOUNDS, Means(polite(500)))
    assert opened.reachable == Reachable()
    list(opened.source.fetch(Requests(3)))
    assert asked == []
