"""Links made by small scripts: fixed addresses only."""

import pytest

from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.reader import Reader
from crawler_checks.extract.scripted_links import opened_by


@pytest.mark.parametrize(
    ("script", "opened"),
    [
        ("window.open('/a.html')", ("/a.html", True)),
        ("window.open('/a.html','_blank','width=3')", ("/a.html", True)),
        ('location.href="a/b.html";return false;', ("a/b.html", True)),
        ("javascript:location.replace('/a.html')", ("/a.html", True)),
        ("top.location = '/a.html'", ("/a.html", True)),
        ("goto('/xxgk/list.html')", ("/xxgk/list.html", False)),
        ("javascript:openUrl('http://x.example/a')", ("http://x.example/a", False)),
        ("location.href='/a?id=' + id", None),
        ("window.open('/a?id='+id)", None),
        ("doZoom('16px')", None),
        ("setTab('tab', 1)", None),
        ("window.print()", None),
        ("javascript:;", None),
    ],
)
def test_a_fixed_address_is_a_link(script: str, opened: tuple[str, bool] | None) -> None:
    assert opened_by(script) == opened


def page(body: str) -> PageFacts:
    facts = Reader(Scope("http://site.example", "/", frozenset({"site.example"})))(
        Response("/", 200, "text/html", f"<body>{body}</body>".encode())
    )
    assert isinstance(facts, PageFacts)
    return facts


@pytest.mark.parametrize(
    "body",
    [
        "<a href='#' onclick=\"window.open('/a.html')\">政策文件</a>",
        "<a href=\"javascript:window.open('/a.html')\">政策文件</a>",
        "<div onclick=\"location.href='/a.html'\">政策文件</div>",
        "<select onchange='window.location=this.value'><option value='/a.html'>政策文件</option></select>",
    ],
)
def test_menus_made_of_scripts_lead_where_they_lead(body: str) -> None:
    found = [(one.role, one.address, one.text) for one in page(body).links if one.address]
    assert found == [(Role.LINK, "/a.html", "政策文件")]


def test_a_list_to_choose_from_is_no_menu() -> None:
    assert (
        page("<select name='year' onchange='submit()'><option value='/a.html'>2015</option></select>").links
        == ()
    )
