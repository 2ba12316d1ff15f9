"""Traps are left, archives of honest sites are not."""

import pytest

from crawler_checks.crawl.limits import Limits
from crawler_checks.crawl.outcome import Arrived, Reason, Skipped
from crawler_checks.crawl.traps import Traps
from tests.crawler_checks.sites import Page, links, snapshot_of

TRAPPED = Skipped(Reason.TRAP)


def endless(*addresses: str) -> bool:
    """Whether the last of these addresses, met in this order, is a trap."""
    traps = Traps(Limits(), 2026)
    return [traps.is_endless(address) for address in addresses][-1]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/cal/2028/03/", True),
        ("/cal/2027/03/", False),  # next year's plans may be announced
        ("/cal/1930/1", True),
        ("/calendar.jsp?year=2041&month=3", True),
        ("/xxgk/2015/04/t20150423_1.html", False),
        ("/2035/plan.html", False),  # a plan for 2035, not a calendar
        ("/doc/3100/12/a.html", False),
        ("/a/b/a/b/a/b/c.html", True),
        ("/www/www/www/index.html", True),
        ("/" + "a/b" * 31, True),
        ("/a/www.x.cn/a/www.x.cn/a/www.x.cn", True),
    ],
)
def test_one_address_may_show_that_it_leads_nowhere(address: str, expected: bool) -> None:
    assert endless(address) is expected


def test_every_filter_with_every_other_is_a_trap_but_numbered_articles_are_none() -> None:
    filters = [f"/list?a={a}&b={b}&c={c}" for a in range(8) for b in range(8) for c in range(8)]
    assert endless(*filters)
    articles = [f"/content.jsp?type=news&tree={number % 40}&id={number}" for number in range(900)]
    assert not endless(*articles)


def test_a_session_in_the_path_is_a_trap_once_it_changes() -> None:
    pages = [f"/(S(k{number}abc))/list.aspx" for number in range(5)]
    assert not endless(pages[0])
    assert endless(*pages)
    assert not endless(*(f"/art/9f8e7d6c5b4a39281706{number:05}/content.html" for number in range(800)))


def test_a_calendar_in_the_path_is_left_in_the_year_after_next_and_long_before() -> None:
    def calendar(address: str) -> Page:
        _, _, year, month, _ = address.split("/") if address != "/" else ("", "", "2026", "11", "")
        at = int(year) * 12 + int(month) - 1
        return links(*(f"/cal/{to // 12}/{to % 12 + 1:02}/" for to in (at - 1, at + 1)))

    found = snapshot_of(
        {}, otherwise=lambda address: calendar(address) if "no-such" not in address else "", year=2026
    )
    assert found.outcomes["/cal/2027/12/"] == Arrived()
    assert found.outcomes["/cal/2028/01/"] == TRAPPED
    assert len(found.outcomes) < 1000
    assert found.cut_short == frozenset()


def test_a_chain_in_which_each_page_leads_only_to_the_next_is_left() -> None:
    def onward(address: str) -> Page:
        week = int(address.rpartition("-")[2]) if "-w-" in address else 0
        return links("/", f"/plan-w-{week + 1}")

    found = snapshot_of({}, otherwise=onward, limits=Limits(barren_pages=40))
    assert found.outcomes["/plan-w-40"] == Arrived()
    assert TRAPPED in found.outcomes.values()
    assert len(found.outcomes) < 60


def test_a_long_list_whose_pages_hold_articles_is_read_to_its_end() -> None:
    pages: dict[str, Page] = {"/": links("/list_1.html")}
    for number in range(1, 121):
        pages[f"/list_{number}.html"] = links("/", f"/art/{number}.html", f"/list_{number + 1}.html")
        pages[f"/art/{number}.html"] = "文章"
    pages["/list_121.html"] = "完"
    found = snapshot_of(pages)
    assert found.outcomes["/art/120.html"] == Arrived()
    assert TRAPPED not in found.outcomes.values()


def test_a_long_list_whose_articles_were_known_before_is_read_to_its_end_too() -> None:
    articles = [f"/art/{number}.html" for number in range(1, 121)]
    pages: dict[str, Page] = {"/": links(*articles, "/list_1.html"), **dict.fromkeys(articles, "文章")}
    for number in range(1, 121):
        pages[f"/list_{number}.html"] = links("/", f"/art/{number}.html", f"/list_{number + 1}.html")
    pages["/list_121.html"] = "完"
    found = snapshot_of(pages)
    assert found.outcomes["/list_121.html"] == Arrived()
