"""page_slow: slow pages among quick ones are named, and nobody is accused."""

from crawler_checks.crawl.answer import Response
from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "page_slow"


def ask(*seconds: float) -> list[tuple[str, str, str | None]]:
    pages = {
        f"/{n}.html": Response(f"/{n}.html", 200, "text/html", html(f"<p>{n}</p>").encode(), seconds=taken)
        for n, taken in enumerate(seconds)
    }
    return outline(findings_of(CHECK, {"/": html(links(*pages)), **pages}))


def test_quick_pages_and_folders_are_well() -> None:
    assert ask(0.1, 0.2, 2.9) == []
    assert ask(0, 0, 0) == []


def test_one_slow_page_among_quick_ones_is_named() -> None:
    assert ask(0.1, 0.2, 0.1, 5.0) == [("unknown", "/", "slow")]


def test_where_all_pages_are_slow_it_may_be_our_line() -> None:
    assert ask(4, 5, 6) == []
