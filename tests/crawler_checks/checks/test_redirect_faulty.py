"""redirect_faulty: redirects must end somewhere."""

import pytest

from crawler_checks.crawl.answer import NoAnswer, Response, Trouble
from crawler_checks.crawl.limits import Limits
from tests.crawler_checks.sites import Page, findings_of, links, outline

CHECK = "redirect_faulty"


def moved(address: str, to: str | None) -> Response:
    return Response(address, 302, location=to)


def ask(**moves: Page) -> list[tuple[str, str, str | None]]:
    pages: dict[str, Page] = {"/": links("/a"), "/well": "<p>well</p>"}
    return outline(findings_of(CHECK, pages | {f"/{name}": move for name, move in moves.items()}))


def test_redirects_that_end_on_a_page_or_on_another_host_are_well() -> None:
    assert ask(a=moved("/a", "/b"), b=moved("/b", "/well")) == []
    assert ask(a=moved("/a", "https://other.example/")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (moved("/a", "/b"), moved("/b", "/a")),
        (moved("/a", "/a"), moved("/b", "/a")),
        (moved("/a", "/b"), Response("/b", 404)),
        (moved("/a", "/b"), Response("/b", 500)),
        (moved("/a", None), Response("/b", 404)),
        (moved("/a", "javascript:void(0)"), Response("/b", 404)),
    ],
)
def test_circles_and_dead_ends_are_faulty(first: Page, second: Page) -> None:
    assert ask(a=first, b=second) == [("fail", "/", "/a")]


def test_more_hops_than_browsers_follow_are_faulty() -> None:
    pages: dict[str, Page] = {"/": links("/0")} | {f"/{n}": moved(f"/{n}", f"/{n + 1}") for n in range(30)}
    [finding] = findings_of(CHECK, pages, limits=Limits(redirects=10))
    assert (finding.object, finding.outcome) == ("/0", "fail")
    assert finding.message_zh == "链接“/0”：跳转超过 10 次。请把链接改为现在的地址。"


@pytest.mark.parametrize("end", [Response("/b", 403), NoAnswer("/b", Trouble.TIMEOUT)])
def test_an_end_that_was_not_seen_is_not_faulty(end: Page) -> None:
    assert ask(a=moved("/a", "/b"), b=end) == []
