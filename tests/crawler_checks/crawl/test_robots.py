"""robots.txt: the longest rule that fits decides."""

import pytest

from crawler_checks.crawl.robots import Robots, read_robots

NAME = "gongkai-inspector"


@pytest.mark.parametrize(
    ("path", "address", "fits"),
    [
        ("/a", "/a/b.html", True),
        ("/a", "/b", False),
        ("/*.pdf", "/files/x.pdf?v=1", True),
        ("/*.pdf$", "/files/x.pdf?v=1", False),
        ("/*.pdf$", "/files/x.pdf", True),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*b$", "/ab", True),
        ("/ab*b$", "/ab", False),
    ],
)
def test_paths_fit_with_stars_and_ends(path: str, address: str, fits: bool) -> None:
    assert Robots(((False, path),)).allow(address) is not fits


def test_the_longest_rule_decides_and_of_equals_the_allowing() -> None:
    robots = Robots(((False, "/a/"), (True, "/a/open/"), (True, "/b"), (False, "/b")))
    assert not robots.allow("/a/x")
    assert robots.allow("/a/open/x")
    assert robots.allow("/b")


def test_a_crawler_follows_its_own_group_and_else_that_for_all() -> None:
    text = b"User-agent: *\nDisallow: /\n\nUser-agent: gongkai\nUser-agent: other\nDisallow: /private # no\nCrawl-delay: 2.5\n"
    own = read_robots(text, NAME)
    assert own.allow("/a")
    assert not own.allow("/private/a")
    assert own.delay_seconds == 2.5
    assert not read_robots(text, "somebody-else").allow("/a")


@pytest.mark.parametrize(
    "text", [b"", b"<html>404</html>", b"Disallow: /", b"\xff\xfe\x00", b"User-agent: *\nDisallow:"]
)
def test_what_says_nothing_forbids_nothing(text: bytes) -> None:
    assert read_robots(text, NAME).allow("/a")


def test_a_pattern_of_many_stars_is_answered_at_once() -> None:
    assert Robots(((False, "/" + "*a" * 5_000 + "b"),)).allow("/" + "a" * 50_000)
