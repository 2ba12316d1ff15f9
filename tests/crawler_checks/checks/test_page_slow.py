"""page_slow: pages that were slow every time are at fault, others among quick ones are named."""

from crawler_checks.checks.site_notes import SiteNotes
from crawler_checks.crawl.answer import Response
from tests.crawler_checks.sites import findings_in, html, links, outline, snapshot_of

CHECK = "page_slow"


def ask(
    *seconds: float, again: dict[str, tuple[float, ...]] | None = None, limit: float | None = None
) -> list[tuple[str, str, str | None]]:
    pages = {
        f"/{n}.html": Response(f"/{n}.html", 200, "text/html", html(f"<p>{n}</p>").encode(), seconds=taken)
        for n, taken in enumerate(seconds)
    }
    snapshot = snapshot_of({"/": html(links(*pages)), **pages})
    snapshot.later.seconds = again or {}
    return outline(findings_in(CHECK, snapshot, notes=SiteNotes(page_seconds=limit)))


def test_quick_pages_and_folders_are_well() -> None:
    assert ask(0.1, 0.2, 2.9) == []
    assert ask(0, 0, 0) == []


def test_one_slow_page_among_quick_ones_is_named() -> None:
    assert ask(0.1, 0.2, 0.1, 5.0) == [("unknown", "/", "slow")]


def test_where_all_pages_are_slow_it_may_be_our_line() -> None:
    assert ask(4, 5, 6) == []


def test_fifteen_seconds_every_time_count_as_not_opening_and_less_do_not() -> None:
    assert ask(0.1, 0.1, 0.1, 18, again={"/3.html": (18, 15, 16)}) == [("fail", "/3.html", "opening")]
    assert ask(0.1, 0.1, 0.1, 18, again={"/3.html": (18, 14.9, 16)}) == [("unknown", "/", "slow")]
    assert ask(0.1, 0.1, 0.1, 18, again={"/3.html": (18, 16)}) == [("unknown", "/", "slow")]
    assert ask(0.1, 0.1, 0.1, 18, again={"/3.html": (18, 0.2, 16)}) == []


def test_where_all_pages_take_fifteen_seconds_nobody_is_accused() -> None:
    assert ask(16, 16, again={"/0.html": (16, 16, 16)}) == []


def test_the_notes_of_a_site_say_when_a_page_is_slow() -> None:
    assert ask(0.1, 0.1, 0.1, 1.2, limit=1.2) == []
    assert ask(0.1, 0.1, 0.1, 1.2, limit=1) == [("unknown", "/", "slow")]
    assert ask(0.1, 0.1, 0.1, 1.2) == []
