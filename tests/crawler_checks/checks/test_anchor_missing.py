"""anchor_missing: the part behind # must be on the page."""

import pytest

from tests.crawler_checks.sites import Page, findings_of, html, outline

CHECK = "anchor_missing"
TARGET = html('<h2 id="s1">一</h2><a name="old"></a><p id="附录">附录</p>')


@pytest.mark.parametrize(
    "href",
    ["/a#s1", "/a#old", "/a#附录", "/a#%E9%99%84%E5%BD%95", "/a#%B8%BD%C2%BC", "/a#", "/a#top", "/a#TOP", "/a#!/x", "/a#/x",
     "/a#:~:text=附录", "/f.pdf#page=2", "http://other.example/#x", "/gone#x"],
)  # fmt: skip
def test_a_place_that_is_there_or_is_none_is_well(href: str) -> None:
    pages: dict[str, Page] = {"/": html(f'<a href="{href}">去</a>'), "/a": TARGET, "/f.pdf": b"%PDF-"}
    assert findings_of(CHECK, pages) == []


@pytest.mark.parametrize(
    ("href", "object_"),
    [
        ("/a#s9", "/a#s9"),
        ("#here", "/#here"),
        ("/a#%E9%99%84", "/a#%E9%99%84"),
        ("/a#S1", "/a#S1"),
        ("/moved#s9", "/moved#s9"),
    ],
)
def test_a_place_that_is_not_there_is_missing(href: str, object_: str) -> None:
    from crawler_checks.crawl.answer import Response

    moved = Response("/moved", 301, location="/a")
    pages: dict[str, Page] = {
        "/": html(f'<a href="{href}">去</a><a href="{href}">再去</a>'),
        "/a": TARGET,
        "/moved": moved,
    }
    assert outline(findings_of(CHECK, pages)) == [("fail", "/", object_)]


def test_a_tab_that_a_script_handles_is_no_anchor() -> None:
    pages = {"/": html('<a href="#tab2" onclick="show(2)">二</a><a href="#tab3" data-toggle="tab">三</a>')}
    assert findings_of(CHECK, pages) == []


@pytest.mark.parametrize(
    "target", [html("<script>document.write(list)</script>"), "<div>" * 50_000]
)  # written by script; too deep to be read whole
def test_a_page_that_was_not_seen_whole_cannot_be_judged(target: str) -> None:
    pages = {"/": html('<a href="/a#s9">去</a>'), "/a": target}
    assert outline(findings_of(CHECK, pages)) == [("unknown", "/", "/a#s9")]


def test_anchors_of_a_gbk_page_are_compared_as_text() -> None:
    page = html('<meta charset="gbk"><p id="附录">x</p><a href="#附录">去</a><a href="#附件">去</a>').encode(
        "gb18030"
    )
    [finding] = findings_of(CHECK, {"/": page})
    assert finding.object == "/#附件"
    assert (
        finding.message_zh
        == '链接指向“/”中的位置“附件”，该页没有这个位置。请改正链接，或在该页补上 id="附件"。'
    )
