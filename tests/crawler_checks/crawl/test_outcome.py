"""What an answer means: there, gone, failing, or nothing that can be said."""

import pytest

from crawler_checks.crawl.answer import NoAnswer, Response, Trouble
from crawler_checks.crawl.outcome import (
    Arrived,
    Barrier,
    Blocked,
    Failing,
    Gone,
    Moved,
    Outcome,
    Unreached,
    judge,
    may_pass,
)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Arrived(200)),
        (204, Arrived(204)),
        (404, Gone(404)),
        (410, Gone(410)),
        (500, Failing(500)),
        (503, Failing(503)),
        (401, Blocked(Barrier.LOGIN, 401)),
        (403, Blocked(Barrier.FORBIDDEN, 403)),
        (405, Blocked(Barrier.REFUSED, 405)),
        (412, Blocked(Barrier.CHALLENGE, 412)),
        (429, Blocked(Barrier.TOO_MANY, 429)),
        (451, Blocked(Barrier.FORBIDDEN, 451)),
    ],
)
def test_only_404_and_410_say_that_a_page_is_gone(status: int, outcome: Outcome) -> None:
    assert judge(Response("/a", status)) == outcome


def test_a_server_that_asks_to_come_back_is_not_failing() -> None:
    assert judge(Response("/a", 503, retry_after=120)) == Blocked(Barrier.NOT_NOW, 503)


def test_a_redirect_keeps_where_it_leads() -> None:
    assert judge(Response("/a", 301), "/b") == Moved(301, "/b")
    assert judge(Response("/a", 302), None) == Moved(302, None)


def test_a_redirect_to_a_login_shows_nothing_of_the_page() -> None:
    assert judge(Response("/file", 302), "/sso/login?back=/file") == Blocked(Barrier.LOGIN, 302)
    assert judge(Response("/login", 302), "/login/index.html") == Moved(302, "/login/index.html")


@pytest.mark.parametrize("status", [200, 403, 404, 503])
@pytest.mark.parametrize(
    "body",
    [
        "<html><body>您的访问过于频繁，请稍后再试</body></html>".encode(),
        "<html><body>您的访问过于频繁，请稍后再试</body></html>".encode("gb18030"),
        b"<html><script>var $_ts=window['$_ts'];</script></html>",
        "<title>人机验证</title>".encode(),
    ],
)
def test_the_page_of_a_firewall_is_no_page_whatever_its_status(status: int, body: bytes) -> None:
    assert judge(Response("/a", status, "text/html", body)) == Blocked(Barrier.CHALLENGE, status)


def test_an_article_about_firewalls_is_a_page() -> None:
    article = "<p>各单位应部署网站防火墙。</p>" + '<a href="/">栏目</a>' * 20
    assert judge(Response("/a", 200, "text/html", article.encode())) == Arrived(200)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Failing(500), True),
        (Unreached(Trouble.TIMEOUT), True),
        (Unreached(Trouble.UNREACHABLE), True),
        (Blocked(Barrier.TOO_MANY, 429), True),
        (Blocked(Barrier.NOT_NOW, 503), True),
        (Blocked(Barrier.FORBIDDEN, 403), False),
        (Unreached(Trouble.PRIVATE_ADDRESS), False),
        (Gone(404), False),
        (Arrived(), False),
    ],
)
def test_what_may_pass_is_asked_again(outcome: Outcome, expected: bool) -> None:
    assert may_pass(outcome) is expected


def test_no_answer_keeps_its_reason() -> None:
    assert judge(NoAnswer("/a", Trouble.BAD_TLS)) == Unreached(Trouble.BAD_TLS)
