"""Links made by small scripts: fixed addresses only."""

import pytest

from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.reader import Reader
from crawler_checks.extract.scripted_links import MOST_AHEAD, opened_by, sent_to, writes


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


@pytest.mark.parametrize(
    ("script", "pages"),
    [
        ('createPageHTML(3, 0, "index", "html");', ["index_1.html", "index_2.html"]),
        ("createPageHTML(3,2,'list-a','shtml')", ["list-a_1.shtml", "list-a_2.shtml"]),
        ("createPageHTML('pages', '3', '1', 'index', 'jsp', 57);", ["index_1.jsp", "index_2.jsp"]),
        ('createPageHTML(1, 0, "index", "html")', []),
        ('createPageHTML(0, 0, "index", "html")', []),
        ("createPageHTML(count, here, name, ending)", []),
        ('createPageHTML(3, 0, "http://other.example/", "html")', []),
        ('location.href = "/a.html";createPageHTML(2, 0, "index", "html")', ["/a.html", "index_1.html"]),
    ],
)
def test_the_pages_of_a_list_are_known_by_what_turns_them(script: str, pages: list[str]) -> None:
    assert list(sent_to(script)) == pages


@pytest.mark.parametrize(
    "written",
    [
        """document.write("<a href='index_" + nextPage + ".html'>下一页</a>")""",
        """document.write("<a href=\\"index"+"_" + nextPage + "."+"html\\">下一页</a>")""",
        """document.write('<a href="index_'+(currentPage+1)+'.html">下一页</a>')""",
    ],
)
def test_the_pages_of_a_list_are_known_where_the_whole_script_stands_on_it(written: str) -> None:
    script = f"var currentPage = 0; var nextPage = currentPage+1; var countPage = 3//共多少页\n{written}"
    assert list(sent_to(script)) == ["index_1.html", "index_2.html"]
    assert list(sent_to(script.replace("countPage = 3", "countPage = 1"))) == []
    assert list(sent_to(written)) == []
    assert writes(script)


def test_of_a_list_of_very_many_pages_each_names_the_next_ones() -> None:
    first = list(sent_to('createPageHTML(99999, 0, "index", "html")'))
    assert (len(first), first[-1]) == (MOST_AHEAD, f"index_{MOST_AHEAD}.html")
    assert f"index_{MOST_AHEAD + 1}.html" in sent_to('createPageHTML(99999, 9, "index", "html")')


@pytest.mark.parametrize(
    ("script", "is_written"),
    [
        ('createPageHTML(3, 0, "index", "html");', False),
        ("createPageHTML(count, here, name, ending)", True),
        ('createPageHTML(3, 0, "index", "html"); document.write(news)', True),
        ("function createPageHTML(count) { document.write(count) }", True),
    ],
)
def test_turning_pages_writes_nothing_that_one_would_miss(script: str, is_written: bool) -> None:
    assert writes(script) is is_written


@pytest.mark.parametrize("only_links", [False, True])
def test_both_readers_follow_the_pages_of_a_list(only_links: bool) -> None:
    reader = Reader(Scope("http://site.example", "/", frozenset({"site.example"})), only_links=only_links)
    body = b'<ul><li><a href="a.html">x</a></li></ul><script>createPageHTML(3, 0, "index", "html");</script>'
    facts = reader(Response("/news/", 200, "text/html", body))
    assert isinstance(facts, PageFacts)
    assert [link.address for link in facts.links] == [
        "/news/a.html",
        "/news/index_1.html",
        "/news/index_2.html",
    ]
    assert not facts.writes_by_script
