"""Opening a target: a folder, an address, or the twin it sends visitors on to."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from crawler_checks.crawl import hosts
from crawler_checks.crawl.answer import Answer, Request, Response
from crawler_checks.crawl.limits import AT_HOME, BOUNDS, POLITE
from crawler_checks.crawl.opening import Means, open_target
from crawler_checks.crawl.pace import Reachable
from tests.crawler_checks.sites import HASTY, reply

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]


def test_a_folder_is_opened_at_its_root(tmp_path: Path) -> None:
    opened = open_target(str(tmp_path), BOUNDS, Means())
    assert (opened.scope.origin, opened.scope.prefix, opened.start, opened.manners) == ("", "/", "/", AT_HOME)


def test_no_folder_and_no_address_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        open_target(str(tmp_path / "none"), BOUNDS, Means())
    with pytest.raises(ValueError, match="http"):
        open_target("http://", BOUNDS, Means())


def test_this_computer_is_asked_as_fast_as_it_goes_and_any_other_politely(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers(monkeypatch, {})
    assert open_target("http://127.0.0.1:8000/", BOUNDS, Means()).manners is AT_HOME
    assert open_target("http://www.example.gov.cn/", BOUNDS, Means()).manners is POLITE


def answers(monkeypatch: pytest.MonkeyPatch, locations: dict[str, str]) -> list[str]:
    """Let every origin answer its first request with a redirect, or with nothing; notes the origins asked."""
    asked: list[str] = []

    class Source:
        def __init__(self, origin: str, *_: object, **__: object) -> None:
            self.origin = origin

    def fetch(source: Source, request: Request) -> Answer:
        asked.append(source.origin + request.address)
        location = locations.get(source.origin)
        return Response(request.address, 301 if location else 404, location=location)

    monkeypatch.setattr(hosts, "CurlSource", Source)
    monkeypatch.setattr(hosts, "fetch_one", fetch)
    monkeypatch.setattr(hosts, "reachable_for", lambda _: Reachable())
    monkeypatch.setattr(hosts, "look_at_certificate", lambda *_: None)
    return asked


def test_a_host_that_sends_on_to_its_own_twin_is_opened_there(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers(
        monkeypatch,
        {
            "http://example.gov.cn": "https://example.gov.cn/robots.txt",
            "https://example.gov.cn": "https://www.example.gov.cn/",
        },
    )
    opened = open_target("http://example.gov.cn/xxgk/index.html", BOUNDS, Means())
    assert (opened.scope.origin, opened.start) == ("https://www.example.gov.cn", "/xxgk/index.html")
    assert opened.scope.prefix == "/xxgk/"
    assert asked[-1] == "https://www.example.gov.cn/robots.txt"


def test_a_host_that_sends_on_to_another_is_not_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for location in ("https://other.example/", "/index.html", "https://", "http://10.0.0.1/"):
        answers(monkeypatch, {"http://www.example.gov.cn": location})
        assert (
            open_target("http://www.example.gov.cn/", BOUNDS, Means()).scope.origin
            == "http://www.example.gov.cn"
        )


def test_twins_that_send_each_other_on_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {"http://a.example": "https://a.example/", "https://a.example": "http://a.example/"})
    assert open_target("http://a.example/", BOUNDS, Means()).start == "/"


def test_robots_are_read_before_anything_else_and_only_where_they_are_text(serve: Serve) -> None:
    text = "User-agent: *\nDisallow: /private/\nCrawl-delay: 0.01"
    obedient = POLITE
    for kind, allowed in (("text/plain", False), ("text/html", True)):
        asked: list[str] = []

        def behave(handler: BaseHTTPRequestHandler, kind: str = kind, asked: list[str] = asked) -> None:
            asked.append(handler.path)
            reply(handler, text, Content_Type=kind)

        opened = open_target(serve(behave) + "/", BOUNDS, Means(obedient))
        assert opened.robots.allow("/private/a") is allowed
        assert asked == ["/robots.txt"]


def test_where_robots_are_not_obeyed_they_are_not_asked_for(serve: Serve) -> None:
    asked: list[str] = []

    def behave(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        reply(handler, "page")

    open_target(serve(behave) + "/a.html", BOUNDS, Means(HASTY))
    assert asked == ["/a.html"]
