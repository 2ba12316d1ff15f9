"""friend_link_taken: hosts that betray themselves by their names."""

from collections.abc import Callable

import pytest

from crawler_checks.crawl.later import Face
from crawler_checks.crawl.outcome import Arrived, Moved, Outcome
from crawler_checks.inspection import inspect_site
from crawler_checks.visit import Visit
from tests.crawler_checks.sites import HASTY, TODAY, findings_in, html, outline, reply, snapshot_of

CHECK = "friend_link_taken"


def ask(href: str, outside: dict[str, Outcome] | None = None) -> list[tuple[str, str, str | None]]:
    snapshot = snapshot_of({"/": html(f'<a href="{href}">某市自来水公司</a>')})
    snapshot.outside = outside or {}
    return outline(findings_in(CHECK, snapshot))


@pytest.mark.parametrize(
    "href",
    ["http://www.water.example/", "https://www.other.gov.cn/", "http://www.xinhuanet.com/", "/inside.html"],
)
def test_ordinary_names_are_well(href: str) -> None:
    assert ask(href) == []


def test_a_name_of_gambling_is_found_where_it_stands_and_where_it_leads() -> None:
    assert ask("http://www.casino88.example/") == [("fail", "/", "www.casino88.example")]
    moved: dict[str, Outcome] = {
        "http://www.water.example/": Moved(302, "http://bet365.example/"),
        "http://bet365.example/": Arrived(),
    }
    assert ask("http://www.water.example/", moved) == [("fail", "/", "www.water.example")]


def test_another_ordinary_name_is_to_be_looked_at_and_the_same_owner_is_well() -> None:
    def to(address: str) -> dict[str, Outcome]:
        return {"http://www.water.com.cn/": Moved(301, address), address: Arrived()}

    assert ask("http://www.water.com.cn/", to("http://shop.example/")) == [
        ("unknown", "/", "www.water.com.cn")
    ]
    assert ask("http://www.water.com.cn/", to("https://new.water.com.cn/")) == []
    assert ask("http://www.water.com.cn/", to("https://www.other.gov.cn/")) == []


@pytest.mark.parametrize(
    ("face", "outcome"),
    [
        (Face(title="葡京娱乐城 真人百家乐", words=frozenset({"葡京", "百家乐"})), "fail"),
        (Face(title="本市严打网络赌博", words=frozenset({"赌博"})), "unknown"),
        (Face(title="此域名正在出售 - This domain is for sale"), "fail"),
        (Face(title="域名已过期"), "fail"),
        (Face(title="域名注册和出售须知"), None),
        (Face(title="某市自来水公司"), None),
        (Face(is_seen=False, words=frozenset({"葡京", "百家乐"})), None),
    ],
    ids=["taken", "one word", "for sale", "run out", "about names", "well", "not seen"],
)
def test_the_start_page_at_the_end_of_a_link_says_whose_it_is(face: Face, outcome: str | None) -> None:
    address = "http://www.water.example/"
    snapshot = snapshot_of({"/": html(f'<a href="{address}">某市自来水公司</a>')})
    snapshot.outside, snapshot.later.outside = {address: Arrived()}, {address: face}
    expected = [(outcome, "/", "www.water.example")] if outcome else []
    assert outline(findings_in(CHECK, snapshot)) == expected


def test_with_outside_the_start_pages_of_partners_are_looked_at(serve: Callable[..., str]) -> None:
    other = serve(lambda handler: reply(handler, html("<p>x</p>", title="澳门葡京 老虎机投注")))
    target = serve(lambda handler: reply(handler, html(f'<a href="{other}/">友情链接</a>')))
    found = inspect_site(target + "/", today=TODAY, visit=Visit(HASTY, outside=True)).findings
    assert [(one.outcome.value, one.object) for one in found if one.check == CHECK] == [("fail", "127.0.0.1")]
