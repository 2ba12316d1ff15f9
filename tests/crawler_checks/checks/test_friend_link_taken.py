"""friend_link_taken: hosts that betray themselves by their names."""

import pytest

from crawler_checks.crawl.outcome import Arrived, Moved, Outcome
from tests.crawler_checks.sites import findings_in, html, outline, snapshot_of

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
