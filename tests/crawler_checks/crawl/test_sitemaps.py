"""Lists of addresses that a site offers: read in whatever form they come, and nothing is believed of what is none."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from crawler_checks.checks.check import Outcome
from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.crawl.limits import BOUNDS
from crawler_checks.crawl.sitemaps import listed_addresses, read_sitemap
from crawler_checks.inspection import inspect_site
from tests.crawler_checks.sites import HASTY, TODAY, MemorySource, html, reply

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
SCOPE = Scope("http://site.example", "/", frozenset({"site.example", "www.site.example"}))
MOST = 1 << 20


def listing(*addresses: str) -> str:
    inside = "".join(f"<url><loc>{one}</loc><lastmod>2026-11-01</lastmod></url>" for one in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>'


TWO = listing("http://site.example/a.html", "http://site.example/b.html?x=1&amp;y=2")
FOUND = ["http://site.example/a.html", "http://site.example/b.html?x=1&y=2"]


@pytest.mark.parametrize(
    "body",
    [
        TWO.encode(),
        b"\xef\xbb\xbf" + TWO.encode(),
        TWO.encode("utf-16"),
        gzip.compress(TWO.encode()),
        TWO.replace("UTF-8", "gb2312").encode(),
        TWO.replace("<loc>", "<loc>\n  <![CDATA[")
        .replace("&amp;", "&")
        .replace("</loc>", "]]> </loc>")
        .encode(),
        TWO.replace("<loc", "<s:loc").replace("</loc", "</s:loc").encode(),
        "\n".join(["", *FOUND, "nothing"]).encode(),
        TWO.encode()[:-40] + b"<url><loc>http://site.example/cut",
    ],
    ids=["plain", "mark", "utf-16", "packed", "false charset", "cdata", "prefix", "lines", "cut off"],
)
def test_a_list_is_read_in_whatever_form(body: bytes) -> None:
    assert read_sitemap(body, MOST) == (FOUND, False)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><html><loc>http://site.example/</loc></html>",
        b"\x1f\x8bnot packed",
        b"\x00\xff" * 99,
    ],
    ids=["empty", "page", "damaged", "noise"],
)
def test_what_is_no_list_names_nothing(body: bytes) -> None:
    assert read_sitemap(body, MOST) == ([], False)


def test_a_packed_list_that_swells_is_read_up_to_the_limit() -> None:
    many = listing(*(f"http://site.example/{n}.html" for n in range(50_000)))
    locations, _ = read_sitemap(gzip.compress(many.encode()), MOST)
    assert 0 < len(locations) < 50_000
    assert len(read_sitemap(many.encode(), MOST)[0]) == 50_000


def offered(
    pages: Mapping[str, bytes | str], named: tuple[str, ...] = (), sitemaps: int = 50
) -> tuple[list[str], list[str]]:
    """The addresses that were found, and the lists that were asked for."""
    bodies = {name: one if isinstance(one, bytes) else one.encode() for name, one in pages.items()}
    source = MemorySource({name: Response(name, 200, "text/xml", body) for name, body in bodies.items()})
    found = listed_addresses(source, SCOPE, named, replace(BOUNDS, sitemaps=sitemaps))
    return list(found), source.asked


def test_lists_of_lists_are_followed_each_once_and_so_many_only() -> None:
    index = "<sitemapindex><sitemap><loc>http://site.example/one.xml</loc></sitemap><sitemap><loc>/two.xml.gz</loc></sitemap><sitemap><loc>http://site.example/sitemap.xml</loc></sitemap></sitemapindex>"
    pages = {
        "/sitemap.xml": index,
        "/one.xml": TWO,
        "/two.xml.gz": gzip.compress(listing("/c.html").encode()),
    }
    assert offered(pages) == (
        ["/a.html", "/b.html?x=1&y=2", "/c.html"],
        ["/sitemap.xml", "/one.xml", "/two.xml.gz"],
    )
    assert offered(pages, sitemaps=2)[1] == ["/sitemap.xml", "/one.xml"]


def test_other_hosts_and_other_lists_than_those_of_robots_are_left_out() -> None:
    pages = {
        "/sitemap.xml": TWO,
        "/map.xml": listing("http://other.example/x.html", "http://www.site.example/d.html"),
    }
    assert offered(pages, named=("http://site.example/map.xml", "http://other.example/map.xml")) == (
        ["/d.html"],
        ["/map.xml"],
    )


def test_a_page_that_only_the_list_names_is_inspected_and_a_dead_entry_accuses_nobody(serve: Serve) -> None:
    pages = {
        "/": html('<a href="/a.html">一页</a>'),
        "/a.html": html("<p>有链接的一页</p>"),
        "/alone.html": html('<p>没有链接的一页</p><a href="/gone.html">缺的</a>'),
        "/sitemap.xml": listing("/a.html", "/alone.html", "/dead.html", "http://other.example/"),
    }
    behave: Callable[[BaseHTTPRequestHandler], None] = lambda handler: (  # noqa: E731
        reply(handler, pages[handler.path]) if handler.path in pages else reply(handler, "none", 404)
    )
    result = inspect_site(serve(behave) + "/", today=TODAY, manners=HASTY)
    broken = [(one.place, one.object) for one in result.findings if one.check == "link_broken"]
    assert "/alone.html" in result.page_addresses
    assert broken == [("/alone.html", "/gone.html")]
    assert not [
        one for one in result.findings if one.outcome is Outcome.FAIL and "dead" in f"{one.place}{one.object}"
    ]
