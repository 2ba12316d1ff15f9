"""A second process reads pages aside, and nobody can tell by what is found."""

import os
import signal
from pathlib import Path

import pytest

from crawler_checks.crawl import aside, telling
from crawler_checks.crawl.answer import Response
from crawler_checks.crawl.aside import Aside
from crawler_checks.crawl.line import can_fork
from crawler_checks.inspection import inspect_site
from crawler_checks.reports.json_report import json_report
from crawler_checks.visit import Visit
from tests.benchmarks.inspect_sites import TODAY, write_site

pytestmark = pytest.mark.skipif(
    not can_fork(), reason="one processor, or no fork: there is no second process"
)


def page(number: int, body: bytes = b"<p>x</p>") -> Response:
    return Response(f"/{number}.html", 200, "text/html", body)


def who_read(response: Response) -> tuple[str, int]:
    return response.address, os.getpid()


def test_pages_are_read_by_another_process_in_their_order() -> None:
    with Aside(who_read, pages_first=1) as beside:
        assert not beside.give(page(0)), "the first are read by the walk"
        assert [beside.give(page(number)) for number in range(1, 8)] == [True] * aside.MOST_WAITING + [False]
        came = [facts for _ in range(aside.MOST_WAITING) for _, facts in beside.ready(wait=True)]
        assert [address for address, _ in came] == [f"/{number}.html" for number in range(1, 7)]
        assert os.getpid() not in {pid for _, pid in came}
        assert not beside.is_busy


def test_files_large_pages_and_what_is_known_are_left_to_the_walk() -> None:
    with Aside(who_read, pages_first=1, is_known=lambda response: response.address == "/2.html") as beside:
        beside.give(page(0))
        assert not beside.give(Response("/a.pdf", 200, "application/pdf", b"%PDF-"))
        assert not beside.give(page(1, b"x" * (aside.LARGEST + 1)))
        assert not beside.give(page(2))


def test_a_second_process_that_dies_loses_nothing() -> None:
    def read(response: Response) -> tuple[str, int]:
        if response.address == "/2.html" and os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return who_read(response)

    first = os.getpid()
    with Aside(read, pages_first=1) as beside:
        beside.give(page(0))
        for number in (1, 2, 3):
            beside.give(page(number))
        came = [facts for _ in range(3) for _, facts in beside.ready(wait=True)]
        assert [address for address, _ in came] == ["/1.html", "/2.html", "/3.html"]
        assert not beside.give(page(4))


def test_an_inspection_that_remembers_finds_the_same_with_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "PAGES_FIRST", 30)
    monkeypatch.setattr(telling, "SHARED_FOR", 20)
    write_site(tmp_path / "www", 150, seed=5)
    alone, both = (
        json_report(
            inspect_site(
                tmp_path / "www", today=TODAY, visit=Visit(aside=one, memory=tmp_path / f"memory-{one}")
            )
        )
        for one in (False, True)
    )
    assert both == alone
