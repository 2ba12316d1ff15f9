"""content_mixed: what browsers refuse on a page served over https."""

import pytest

from crawler_checks.checks.check import Inspection, run_checks
from crawler_checks.checks.registry import CHECKS
from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.limits import BOUNDS
from crawler_checks.crawl.walk import walk
from crawler_checks.extract.reader import Reader
from crawler_checks.extract.site import Site
from plugins.disclosure.profile import load_profile
from tests.crawler_checks.sites import HASTY, TODAY, MemorySource, html, outline

CHECK = "content_mixed"


def ask(body: str, scheme: str = "https") -> list[tuple[str, str, str | None]]:
    scope = Scope(f"{scheme}://site.example", "/", frozenset({"site.example"}))
    found = walk(MemorySource({"/": html(body)}), scope, "/", Reader(scope), limits=BOUNDS, manners=HASTY)
    [check] = [one for one in CHECKS if one.id == CHECK]
    return outline(list(run_checks(Inspection(load_profile("cn-2019"), TODAY, Site(found), {}), [check])))


@pytest.mark.parametrize(
    "body",
    [
        '<script src="/a.js"></script>',
        '<script src="//x.example/a.js"></script>',
        '<script src="https://x.example/a.js"></script>',
        '<img src="http://x.example/a.png" alt="图">',
        '<a href="http://x.example/">链接</a>',
    ],
)
def test_what_browsers_let_through_is_well(body: str) -> None:
    assert ask(body) == []


@pytest.mark.parametrize(
    "body",
    [
        '<script src="http://x.example/a"></script>',
        '<link rel="stylesheet" href="http://x.example/a">',
        '<iframe src="HTTP://x.example/a"></iframe>',
    ],
)
def test_scripts_styles_and_frames_over_http_are_refused(body: str) -> None:
    assert [outcome for outcome, _, _ in ask(body)] == ["fail"]


def test_on_an_http_site_nothing_is_mixed() -> None:
    assert ask('<script src="http://x.example/a"></script>', "http") == []
