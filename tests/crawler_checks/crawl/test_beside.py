"""A second process asks for pages and reads them, and nobody can tell by what is found."""

import json
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from crawler_checks import source_lines
from crawler_checks.crawl import beside, telling
from crawler_checks.crawl.answer import Answer, NoAnswer, Queue, Request, Response, Trouble, Want
from crawler_checks.crawl.beside import Beside
from crawler_checks.crawl.line import can_fork
from crawler_checks.inspection import inspect_site
from crawler_checks.reports.json_report import json_report
from crawler_checks.visit import Visit
from tests.benchmarks.inspect_sites import TODAY, write_site
from tests.crawler_checks.sites import html, links, reply

pytestmark = pytest.mark.skipif(
    not can_fork(), reason="one processor, or no fork: there is no second process"
)

Facts = tuple[str, int]
PAGES = [Request(f"/{number}.html", Want.PAGE) for number in range(300)]


class Pages:
    """A source of pages, and a reader that tells who read."""

    def __init__(self, answer: Callable[[str], Answer] | None = None) -> None:
        self.answer = answer or (lambda address: Response(address, 200, "text/html", b"<p>x</p>"))

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        while (request := queue.take()) is not None:
            yield request, self.answer(request.address)

    def wait(self, pause: timedelta) -> None:
        pass


class AsTheyAre:
    """Facts that are plain values already, but of the pages whose number ends with 7."""

    def packed(self, facts: Facts) -> Any:
        return None if facts[0].endswith("7.html") else facts

    def news(self) -> Any:
        return None

    def learn(self, news: Any) -> None:
        pass

    def opened(self, _: str, packed: Any) -> Facts:
        return (packed[0], packed[1])


class Asked:
    def __init__(self, requests: list[Request]) -> None:
        self._left = deque(requests)

    def take(self) -> Request | None:
        return self._left.popleft() if self._left else None


def who_read(response: Response) -> Facts:
    return response.address, os.getpid()


def fetched(source: Pages) -> dict[str, tuple[Answer, Facts | None]]:
    """For each page its answer, and of those that arrived the facts."""
    with Beside(source, lambda: source, who_read, AsTheyAre) as both:
        pairs = list(both.fetch(Asked(PAGES)))
        assert sorted(request.address for request, _ in pairs) == sorted(one.address for one in PAGES)
        return {
            request.address: (
                answer,
                both.read(answer) if isinstance(answer, Response) and answer.status == 200 else None,
            )
            for request, answer in pairs
        }


def readers(found: dict[str, tuple[Answer, Facts | None]]) -> set[int]:
    return {facts[1] for _, facts in found.values() if facts}


def test_pages_are_asked_for_and_read_by_two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "PAGES_FIRST", 5)
    found = fetched(Pages())
    assert {address for address, (_, facts) in found.items() if facts and facts[0] != address} == set()
    assert len(readers(found)) == 2
    assert {facts[1] for address, (_, facts) in found.items() if facts and address.endswith("7.html")} == {
        os.getpid()
    }


def test_a_small_site_is_read_by_one_process() -> None:
    assert len(PAGES) > beside.PAGES_FIRST
    with Beside(Pages(), Pages, who_read, AsTheyAre) as both:
        answers = both.fetch(Asked(PAGES[: beside.PAGES_FIRST]))
        assert {both.read(one)[1] for _, one in answers if isinstance(one, Response)} == {os.getpid()}


def test_what_is_no_page_comes_back_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(address: str) -> Answer:
        if address.endswith("3.html"):
            return NoAnswer(address, Trouble.TIMEOUT)
        if address.endswith("4.html"):
            return Response(address, 302, location="/0.html", headers={"location": "/0.html"}, seconds=0.5)
        return Response(address, 404, "text/html", b"none")

    monkeypatch.setattr(beside, "PAGES_FIRST", 5)
    found = fetched(Pages(answer))
    assert {address: one for address, (one, _) in found.items()} == {
        one.address: answer(one.address) for one in PAGES
    }


def test_a_second_process_that_dies_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first = os.getpid()

    def answer(address: str) -> Answer:
        if os.getpid() != first and address == "/60.html":
            os.kill(os.getpid(), signal.SIGKILL)
        return Response(address, 200, "text/html", b"<p>x</p>")

    monkeypatch.setattr(beside, "PAGES_FIRST", 5)
    assert len(fetched(Pages(answer))) == len(PAGES)


def test_cookies_are_left_to_one_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(address: str) -> Answer:
        return Response(address, 200, "text/html", b"<p>x</p>", sets_cookie=True)

    monkeypatch.setattr(beside, "PAGES_FIRST", 5)
    assert readers(fetched(Pages(answer))) == {os.getpid()}


@pytest.mark.parametrize("only_links", [True, False], ids=["links", "everything"])
def test_an_inspection_finds_the_same_with_and_without_and_remembers_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_links: bool
) -> None:
    monkeypatch.setattr(beside, "PAGES_FIRST", 30)
    monkeypatch.setattr(beside, "AT_A_TIME", 4)
    monkeypatch.setattr(beside, "MOST_GIVEN", 8)
    monkeypatch.setattr(source_lines, "MANY", 10)
    monkeypatch.setattr(telling, "SHARED_FOR", 20)
    site = write_site(tmp_path / "www", 150, seed=5)

    def found(*, aside: bool, memory: str = "") -> str:
        visit = Visit(only_links=only_links, aside=aside, memory=tmp_path / memory if memory else None)
        return json_report(inspect_site(site.folder, today=TODAY, visit=visit))

    alone = found(aside=False)
    assert found(aside=True) == alone
    assert found(aside=True, memory="m") == alone
    assert found(aside=True, memory="m") == alone, "what was read by the other is remembered"
    for page in site.pages[::7]:
        file = site.folder / page.lstrip("/")
        file.write_bytes(
            file.read_bytes().replace(b"</body>", b'<p><a href="/not-there.html">x</a></p></body>')
        )
    changed = found(aside=False)
    assert changed != alone
    assert found(aside=True, memory="m") == changed
    assert any(one["source_line"] for one in json.loads(changed)["findings"])


def test_so_does_one_over_http(
    serve: Callable[[Callable[[BaseHTTPRequestHandler], None]], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        number = handler.path.removeprefix("/p").removesuffix(".html")
        if handler.path == "/":
            reply(handler, html(links(*(f"/p{one}.html" for one in range(60)))))
        elif number.isdecimal():
            reply(handler, html(f"<p>{number}</p>" + links("/", f"/gone-{number}.html", f"#a{number}")))
        else:
            reply(handler, "none", 404)

    monkeypatch.setattr(beside, "PAGES_FIRST", 10)
    monkeypatch.setattr(beside, "AT_A_TIME", 4)
    monkeypatch.setattr(beside, "MOST_GIVEN", 8)
    site = serve(behave) + "/"
    alone, both = (
        json.loads(json_report(inspect_site(site, today=TODAY, visit=Visit(only_links=True, aside=one))))
        for one in (False, True)
    )
    assert len(alone["findings"]) >= 120
    assert both == alone
