"""page_cloaked: what only a search engine, or only those whom it sends, are shown."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from itertools import count

import pytest

from crawler_checks.crawl.limits import Manners
from crawler_checks.inspection import inspect_site
from tests.crawler_checks.sites import HASTY, TODAY, html, reply

CHECK = "page_cloaked"
Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
Behave = Callable[[BaseHTTPRequestHandler], None]
WELL = html("<p>政府信息公开</p>", title="某县人民政府")
PLANTED = html("<p>政府信息公开</p>", title="百家乐-时时彩平台")


def ask(serve: Serve, behave: Behave, manners: Manners = HASTY) -> list[tuple[str, str, str | None]]:
    found = inspect_site(serve(behave) + "/", today=TODAY, manners=manners).findings
    return [(one.outcome.value, one.place, one.object) for one in found if one.check == CHECK]


def for_engines(body: str, **answer: object) -> Behave:
    """A site that shows this to search engines and to nobody else."""
    return lambda handler: (
        reply(handler, body, **answer)
        if "Baiduspider" in handler.headers["User-Agent"]
        else reply(handler, WELL)  # type: ignore[arg-type]
    )


def for_the_referred(body: str, **answer: object) -> Behave:
    return lambda handler: (
        reply(handler, body, **answer)
        if "baidu.com" in (handler.headers["Referer"] or "")
        else reply(handler, WELL)  # type: ignore[arg-type]
    )


def test_the_same_for_everybody_is_well(serve: Serve) -> None:
    assert ask(serve, lambda handler: reply(handler, WELL)) == []
    assert ask(serve, lambda handler: reply(handler, PLANTED)) == []  # other checks see what everybody sees


def test_a_title_for_search_engines_alone_is_planted(serve: Serve) -> None:
    assert ask(serve, for_engines(PLANTED)) == [("fail", "/", "engine")]


def test_to_send_those_who_come_from_a_search_engine_to_a_casino_is_planted(serve: Serve) -> None:
    away = for_the_referred("", status=302, Location="http://www.casino88.example/")
    assert ask(serve, away) == [("fail", "/", "referred")]


@pytest.mark.parametrize(
    "behave",
    [
        for_engines(html("<p>x</p>", title="简版首页")),
        for_the_referred("", status=302, Location="https://m.other.example/"),
    ],
    ids=["another title", "another host"],
)
def test_what_may_have_an_honest_reason_is_left_to_a_person(serve: Serve, behave: Behave) -> None:
    assert [outcome for outcome, _, _ in ask(serve, behave)] == ["unknown"]


def test_a_firewall_against_false_search_engines_says_nothing(serve: Serve) -> None:
    assert ask(serve, for_engines("no", status=403)) == []
    assert ask(serve, for_engines(html("<p>您的访问过于频繁</p>"))) == []


def test_a_page_that_is_called_otherwise_every_time_says_nothing(serve: Serve) -> None:
    numbers = count()
    assert ask(serve, lambda handler: reply(handler, html("<p>x</p>", title=f"首页 {next(numbers)}"))) == []


def test_few_pages_are_asked_for_and_each_time_it_is_said_who_asks(serve: Serve) -> None:
    agents: list[tuple[str, str]] = []
    names = [f"/{number}.html" for number in range(30)]

    def behave(handler: BaseHTTPRequestHandler) -> None:
        agents.append((handler.headers["User-Agent"], handler.headers["Referer"] or ""))
        reply(handler, html("".join(f'<a href="{name}">第{name}页</a>' for name in names)))

    ask(serve, behave)
    assert all("gongkai-inspector" in agent and agent.isascii() for agent, _ in agents)
    assert len([1 for agent, _ in agents if "Baiduspider" in agent]) == 5
    assert len([1 for _, referer in agents if referer]) == 5
