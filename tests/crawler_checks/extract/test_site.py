"""A whole site: each page once, and what belongs to the frame of all."""

import pytest

from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.site import Site
from tests.crawler_checks.sites import html, snapshot_of

MENU = '<p><a href="/">首页</a> <a href="/list/">通知公告</a></p>'
FOOT = "<div><p>主办单位：某市人民政府办公室</p><img src=/logo.png></div>"


def framed(body: str) -> str:
    return html(MENU + body + FOOT)


def page(one: Site, address: str) -> PageFacts:
    found = one.page_at(address)
    assert found is not None
    return found


def test_addresses_that_give_the_same_page_are_one() -> None:
    home = framed('<a href="/index.html">a</a><a href="/?from=x">b</a><a href="/index.htm">c</a><p>home</p>')
    others = {"/index.htm": framed("other"), "/list/": framed("list")}
    found = Site(snapshot_of(dict.fromkeys(("/", "/index.html", "/?from=x"), home) | others))
    assert sorted(found.pages) == ["/", "/index.htm", "/list/"]
    assert found.name_of("/index.html") == found.name_of("/?from=x") == "/"


def test_the_same_page_at_another_path_is_another_page() -> None:
    home = framed('<a href="/a/x.html">a</a><a href="/b/x.html">b</a>')
    twins = dict.fromkeys(("/a/x.html", "/b/x.html"), framed("<p>same</p>"))
    found = Site(snapshot_of({"/": home, **twins}))
    assert {"/a/x.html", "/b/x.html"} <= set(found.pages)


def test_what_most_pages_share_is_not_a_pages_own() -> None:
    pages = {
        f"/{number}.html": framed(f"<p>只在这一页的文字 {number}</p><img src=/{number}.png>")
        for number in range(6)
    }
    found = Site(
        snapshot_of({"/": framed("".join(f'<a href="{name}">第 {name} 页</a>' for name in pages)), **pages})
    )
    one = page(found, "/3.html")
    assert found.own_characters(one) == len("只在这一页的文字 3")
    assert found.own_pictures(one) == ["/3.png"]
    assert found.own_links(one) == []
    assert [link.address for link in found.own_links(page(found, "/"))] == list(pages)


def test_on_a_site_of_two_pages_nothing_is_the_frame() -> None:
    found = Site(snapshot_of({"/": framed("<p>首页</p>"), "/list/": framed("<p>列表</p>")}))
    assert [link.address for link in found.own_links(page(found, "/list/"))] == ["/", "/list/"]


def test_probes_are_no_pages_of_the_site() -> None:
    found = Site(snapshot_of({"/": framed("home")}, otherwise=lambda _: framed("<p>页面走丢了</p>")))
    assert sorted(found.pages) == ["/", "/list/"]
    assert found.probe_at("/no-such-1.html") is not None


def test_frames_are_shown_inside() -> None:
    found = Site(snapshot_of({"/": '<iframe src="/in.html"></iframe>', "/in.html": "<p>inside</p>"}))
    assert [frame.address for frame in found.frames_of(page(found, "/"))] == ["/in.html"]


@pytest.mark.parametrize(
    "stub",
    [
        '<meta http-equiv="refresh" content="0;url=/portal/index.html">',
        "<script>window.location.href = '/portal/index.html';</script>",
    ],
)
def test_a_start_page_that_only_sends_on_is_not_the_home_page(stub: str) -> None:
    found = Site(snapshot_of({"/": html("", head=stub), "/portal/index.html": framed("home")}))
    assert found.home is page(found, "/portal/index.html")


def test_a_start_page_with_links_of_its_own_is_the_home_page_whatever_it_sends_some_visitors() -> None:
    home = framed("<script>if (mobile) { location.href = '/m/'; }</script>")
    found = Site(snapshot_of({"/": home, "/m/": framed("mobile")}))
    assert found.home is page(found, "/")


def test_start_pages_that_send_each_other_on_end_somewhere() -> None:
    to = '<meta http-equiv="refresh" content="0;url={}">'
    found = Site(snapshot_of({"/": html("", head=to.format("/b")), "/b": html("", head=to.format("/"))}))
    assert found.home is not None
