"""The walk: each address once, within bounds, and no failure counted that may pass."""

from crawler_checks.crawl.answer import Answer, NoAnswer, Response, Trouble
from crawler_checks.crawl.limits import Limits
from crawler_checks.crawl.outcome import (
    Arrived,
    Barrier,
    Blocked,
    Failing,
    Gone,
    Moved,
    Reason,
    Skipped,
    Unreached,
)
from crawler_checks.crawl.walk import trail
from tests.crawler_checks.sites import Page, links, snapshot_of

OK_WITH_LINK = Response("/a", 200, "text/html", links("/b").encode())


def failing_until(good: int, status: int = 500):
    return lambda times: Response("/a", 200 if times >= good else status, "text/html", b"<p>a</p>")


def test_every_address_of_the_host_is_asked_for_once_and_no_other() -> None:
    pages = {
        "/": links(
            "/a",
            "/a#x",
            "a",
            "http://site.example/a",
            "//other.example/b",
            "mailto:a@b",
            "ftp://site.example/c",
        ),
        "/a": links("/"),
    }
    found = snapshot_of(pages)
    assert set(found.outcomes) == {"/", "/a", "/no-such-1.html", "/no-such-2.html"}
    assert found.outcomes["/a"] == Arrived()


def test_a_walk_stays_under_its_path() -> None:
    found = snapshot_of({"/xxgk/": links("a.html", "/news/b.html"), "/xxgk/a.html": "a"}, prefix="/xxgk/")
    assert "/xxgk/a.html" in found.outcomes
    assert "/news/b.html" not in found.outcomes


def test_a_server_error_counts_only_when_it_came_every_time() -> None:
    found = snapshot_of({"/": links("/a", "/b"), "/a": failing_until(5), "/b": failing_until(6)})
    assert found.outcomes["/a"] == Arrived()
    assert found.outcomes["/b"] == Failing(500, tries=5)


def test_what_a_page_links_to_is_followed_also_when_it_came_late() -> None:
    def late(times: int) -> Answer:
        return OK_WITH_LINK if times > 1 else NoAnswer("/a", Trouble.TIMEOUT)

    found = snapshot_of({"/": links("/a"), "/a": late, "/b": "b"})
    assert found.outcomes["/b"] == Arrived()


def test_a_time_out_stays_a_time_out_however_often() -> None:
    found = snapshot_of({"/": links("/a"), "/a": NoAnswer("/a", Trouble.TIMEOUT)})
    assert found.outcomes["/a"] == Unreached(Trouble.TIMEOUT, tries=5)


def test_a_failure_met_on_the_last_try_only_is_not_sure() -> None:
    def last(times: int) -> Answer:
        return OK_WITH_LINK if times == 5 else Response("/a", 500)

    found = snapshot_of({"/": links("/a"), "/a": last, "/b": Response("/b", 500)})
    assert found.outcomes["/b"] == Skipped(Reason.UNCONFIRMED)


def test_redirects_are_followed_hop_by_hop() -> None:
    moved = {
        name: Response(name, 302, location=to)
        for name, to in (("/a", "/b"), ("/b", "c/"), ("/x", "/y"), ("/y", "/x"))
    }
    found = snapshot_of({"/": links("/a", "/x"), "/c/": "c", **moved})
    there = trail(found.outcomes, "/a")
    assert (there.hops, there.end, there.outcome, there.loops) == (("/b", "/c/"), "/c/", Arrived(), False)
    assert trail(found.outcomes, "/x").loops


def test_a_redirect_to_another_host_or_out_of_the_path_is_not_followed() -> None:
    moved = {
        "/p/a": Response("/p/a", 302, location="http://10.0.0.1/"),
        "/p/b": Response("/p/b", 302, location="/q"),
    }
    found = snapshot_of({"/p/": links("a", "b"), **moved}, prefix="/p/")
    assert found.outcomes["/p/a"] == Moved(302, "http://10.0.0.1/")
    assert trail(found.outcomes, "/p/b").outcome is None
    assert set(found.outcomes) == {"/p/", "/p/a", "/p/b", "/p/no-such-1.html", "/p/no-such-2.html"}


def test_redirects_without_end_are_left_after_so_many_hops() -> None:
    def onward(address: str) -> Page:
        status = 302 if address.startswith("/go/") else 404
        return Response(address, status, location=f"/go/{int(address[4:]) + 1}" if status == 302 else None)

    found = snapshot_of({"/": links("/go/0")}, otherwise=onward, limits=Limits(redirects=10))
    assert trail(found.outcomes, "/go/0").outcome == Skipped(Reason.TOO_MANY_HOPS)
    assert len(found.outcomes) < 20


def test_a_page_that_sets_a_cookie_and_sends_back_to_itself_is_asked_once_more() -> None:
    def with_cookie(times):
        if times == 1:
            return Response("/a", 302, location="/a", sets_cookie=True)
        return Response("/a", 200, "text/html", b"<p>a</p>")

    assert snapshot_of({"/": links("/a"), "/a": with_cookie}).outcomes["/a"] == Arrived()
    always = Response("/a", 302, location="/a", sets_cookie=True)
    assert trail(snapshot_of({"/": links("/a"), "/a": always}).outcomes, "/a").loops


def test_a_firewall_that_closes_ends_the_walk_and_accuses_nobody() -> None:
    asked: list[str] = []

    def guarded(address: str) -> Page:
        asked.append(address)
        if len(asked) > 50:
            return Response(address, 403)
        return links(*(f"/{number}.html" for number in range(200))) if address == "/" else "page"

    found = snapshot_of({}, otherwise=guarded)
    assert {type(outcome) for outcome in found.outcomes.values()} == {Arrived, Blocked, Skipped}
    assert found.cut_short == {Reason.GIVEN_UP}
    assert len(asked) < 100


def test_pages_that_are_forbidden_in_a_row_do_not_end_a_walk_whose_start_page_still_opens() -> None:
    names = [f"/{number}.html" for number in range(200)]
    closed = {name: Response(name, 403) for name in names[:30]}
    found = snapshot_of({"/": links(*names), **dict.fromkeys(names[30:], "page"), **closed})
    assert found.cut_short == frozenset()
    assert found.outcomes[names[0]] == Blocked(Barrier.FORBIDDEN, 403)
    assert found.outcomes[names[199]] == Arrived()


def test_where_much_of_a_site_fails_at_once_none_of_it_counts() -> None:
    names = [f"/{number}.html" for number in range(60)]
    pages = {name: Response(name, 503) if number % 2 else "page" for number, name in enumerate(names)}
    found = snapshot_of({"/": links(*names), **pages})
    assert found.outcomes["/1.html"] == Skipped(Reason.SERVER_TROUBLE)
    assert found.cut_short == {Reason.SERVER_TROUBLE}


def test_a_site_of_which_much_was_blocked_was_not_seen_whole() -> None:
    names = [f"/{number}.html" for number in range(60)]
    blocked = {name: Response(name, 403) if number % 2 else "page" for number, name in enumerate(names)}
    assert snapshot_of({"/": links(*names), **blocked}).cut_short == {Reason.MUCH_UNSEEN}
    few = {name: Response(name, 403) if number < 10 else "page" for number, name in enumerate(names)}
    assert snapshot_of({"/": links(*names), **few}).cut_short == frozenset()


def test_a_cap_on_pages_cuts_the_walk_short_and_says_so() -> None:
    names = [f"/{number}.html" for number in range(20)]
    found = snapshot_of({"/": links(*names), **dict.fromkeys(names, "page")}, limits=Limits(pages=10))
    assert sum(outcome == Skipped(Reason.PAGE_CAP) for outcome in found.outcomes.values()) == 13
    assert found.cut_short == {Reason.PAGE_CAP}


def test_a_relative_link_that_grows_with_every_page_is_a_trap() -> None:
    found = snapshot_of({}, otherwise=lambda _: links("news/a/"))
    assert len(found.outcomes) < 12
    assert Skipped(Reason.TRAP) in found.outcomes.values()
    assert found.cut_short == frozenset()


def test_a_calendar_without_end_is_left_after_so_many_pages() -> None:
    def calendar(address: str) -> Page:
        month = int(address.rpartition("=")[2]) if "=" in address else 0
        return links(f"/calendar?month={month + 1}")

    found = snapshot_of({}, otherwise=calendar, limits=Limits(queries_of_a_path=30))
    assert found.outcomes["/calendar?month=30"] == Arrived()
    assert found.outcomes["/calendar?month=31"] == Skipped(Reason.TRAP)
    assert found.cut_short == frozenset()


def test_what_robots_forbid_is_left_out() -> None:
    pages = {"/": links("/a", "/b"), "/a": Response("/a", 410), "/b": "b"}
    found = snapshot_of(pages, allowed=lambda address: address != "/b")
    assert found.outcomes["/a"] == Gone(410)
    assert found.outcomes["/b"] == Skipped(Reason.ROBOTS)
    assert found.cut_short == frozenset()
