"""The line of the source that a finding is about."""

from collections.abc import Callable, Mapping
from pathlib import Path

from crawler_checks.inspection import inspect_site
from crawler_checks.visit import Visit
from tests.crawler_checks.sites import TODAY

Folder = Callable[[Mapping[str, str | bytes]], Path]


def lines_of(root: Path, *, only_links: bool = False) -> dict[tuple[str, str | None], int | None]:
    result = inspect_site(root, today=TODAY, visit=Visit(only_links=only_links))
    return {(one.place, one.object): one.source_line for one in result.findings if one.check in CHECKED}


CHECKED = {"link_broken", "anchor_missing", "image_text_missing", "attachment_broken"}


def test_the_line_is_where_the_page_writes_the_address_its_own_way(folder: Folder) -> None:
    page = "<!doctype html>\n<html lang='zh-CN'>\n<p>一\n<a href='../gone.html'>看</a>\n<a href='x.html?a=1&amp;b=2'>看</a>\n"
    page += "<a href='#nowhere'>看</a>\n<img src='p.png'>\n<a href='附件.doc'>附件</a>\n"
    root = folder(
        {"index.html": "<a href='sub/a.html'>进入</a>", "sub/a.html": page, "sub/p.png": b"\x89PNG"}
    )
    assert lines_of(root) == {
        ("/sub/a.html", "/gone.html"): 4,
        ("/sub/a.html", "/sub/x.html?a=1&b=2"): 5,
        ("/sub/a.html", "/sub/a.html#nowhere"): 6,
        ("/sub/a.html", "p.png"): 7,
        ("/sub/a.html", "/sub/%E9%99%84%E4%BB%B6.doc"): 8,
    }


def test_where_only_links_are_looked_at_the_line_is_found_however_a_page_writes_the_way(
    folder: Folder,
) -> None:
    ways = "<a href='a/b/one.html'>一</a><a href=a/two.html>二</a><a href=a/three.html>三</a>"
    root = folder(
        {
            "index.html": f"<a href='/a/gone.html'>看</a>\n{ways}",
            "a/b/one.html": "<p>一</p>\n<a href='../gone.html'>看</a>",
            "a/two.html": "<p>二</p>\n\n<a href=gone.html>看</a>",
            "a/three.html": "<p>三</p>\n<a href='./gone.html'>看</a>",
        }
    )
    assert lines_of(root, only_links=True) == {
        ("/", "/a/gone.html"): 1,
        ("/a/b/one.html", "/a/gone.html"): 2,
        ("/a/two.html", "/a/gone.html"): 3,
        ("/a/three.html", "/a/gone.html"): 2,
    }


def test_a_stylesheet_has_lines_too(folder: Folder) -> None:
    root = folder(
        {"index.html": "<link rel=stylesheet href=/a.css>", "a.css": "p{}\nb{background:url(gone.png)}\n"}
    )
    assert lines_of(root) == {("/a.css", "/gone.png"): 2}


def test_a_line_is_no_part_of_what_a_finding_is_known_by(folder: Folder) -> None:
    one = inspect_site(folder({"index.html": "<a href='/gone.html'>看</a>"}), today=TODAY)
    two = inspect_site(folder({"index.html": "\n\n<a href='/gone.html'>看</a>"}), today=TODAY)
    [first], [second] = (
        [finding for finding in result.findings if finding.check == "link_broken"] for result in (one, two)
    )
    assert (first.source_line, second.source_line) == (1, 3)
    assert first.fingerprint(one.site) == second.fingerprint(two.site)
