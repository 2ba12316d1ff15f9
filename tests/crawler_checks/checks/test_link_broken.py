"""link_broken: what is not there is said, what could not be seen is not."""

import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.crawl.answer import NoAnswer, Response, Trouble
from tests.crawler_checks.sites import Page, findings_of, html, links, outline

CHECK = "link_broken"


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/a.html">甲</a>',
        '<a href="mailto:xxgk@example.gov.cn">信箱</a><a href="tel:12345">热线</a>',
        '<a href="javascript:;">大</a><a href="#">顶</a><a href="">空</a><a>无</a>',
        '<a href="http://gone.example/">别的网站</a>',
        '<img src="data:image/gif;base64,AAAA" alt="">',
        '<!-- <a href="/gone">旧</a> --><script>var t = "<a href=/gone>x</a>"</script>',
        '<a href="/gone.pdf">附件归另一项检查</a>',
        '<a href="/moved">跳转归另一项检查</a>',
        "<script>if (old) { location.href = '/gone.html'; }</script>",
        '<a href="{{ item.url }}">待填</a>',
    ],
)
def test_what_is_there_or_no_link_of_this_host_is_well(body: str) -> None:
    pages = {"/": html(body), "/a.html": html("甲"), "/moved": Response("/moved", 302, location="/gone")}
    assert findings_of(CHECK, pages) == []


@pytest.mark.parametrize(
    ("body", "object_"),
    [
        ('<a href="gone.html">旧</a>', "/gone.html"),
        ('<iframe src="/gone.html"></iframe>', "/gone.html"),
        ('<meta http-equiv="refresh" content="5;url=/gone.html">', "/gone.html"),
        ('<img src="/gone.png" alt="">', "/gone.png"),
        ('<img src="/a.png" srcset="/a.png 1x, /gone.png 2x" alt="">', "/gone.png"),
        ('<link rel="stylesheet" href="/gone.css">', "/gone.css"),
        ('<script src="/gone.js"></script>', "/gone.js"),
        ('<video src="/gone.mp4"></video>', "/gone.mp4"),
        ('<p style="background:url(/gone.png)">', "/gone.png"),
        ('<a href="/公开/gone.html">旧</a>', "/%E5%85%AC%E5%BC%80/gone.html"),
        ('<a href="file:///D:/通知.doc">通知</a>', "file:///D:/通知.doc"),
        (r'<a href="C:\网站\通知.html">通知</a>', r"C:\网站\通知.html"),
        ('<a href="http://">空网址</a>', "http://"),
    ],
)
def test_what_is_not_there_is_broken_whatever_asks_for_it(body: str, object_: str) -> None:
    pages = {"/": html(body), "/a.png": b"\x89PNG"}
    assert outline(findings_of(CHECK, pages)) == [("fail", "/", object_)]


@pytest.mark.parametrize("status", [404, 410, 500, 502])
def test_gone_and_always_failing_are_broken(status: int) -> None:
    pages = {"/": links("/a"), "/a": Response("/a", status)}
    assert outline(findings_of(CHECK, pages)) == [("fail", "/", "/a")]


@pytest.mark.parametrize(
    "answer",
    [
        Response("/a", 403),
        Response("/a", 401),
        Response("/a", 412),
        Response("/a", 429),
        Response("/a", 503, retry_after=60),
        NoAnswer("/a", Trouble.TIMEOUT),
        NoAnswer("/a", Trouble.UNREACHABLE),
        NoAnswer("/a", Trouble.BAD_TLS),
        lambda times: Response("/a", 500 if times < 5 else 200, "text/html", b"<p>a</p>"),
    ],
)
def test_blocked_timed_out_and_passing_failures_are_not_broken(answer: Page) -> None:
    assert findings_of(CHECK, {"/": links("/a"), "/a": answer}) == []


def test_a_stylesheets_pictures_are_asked_for_too() -> None:
    pages = {
        "/": html('<link rel="stylesheet" href="/c/a.css">'),
        "/c/a.css": "p{background:url(../gone.png)}",
    }
    assert outline(findings_of(CHECK, pages)) == [("fail", "/c/a.css", "/gone.png")]


def test_each_page_says_it_once_and_in_full() -> None:
    pages = {
        "/": html('<a href="/old.html">旧通知</a><a href="/old.html">又一次</a><a href="/b">乙</a>'),
        "/b": links("/old.html"),
    }
    first, second = findings_of(CHECK, pages)
    assert first == Finding(
        check="link_broken",
        outcome=Outcome.FAIL,
        place="/",
        object="/old.html",
        section=None,
        message_zh="链接“/old.html”（旧通知）：页面不存在（404）。请改正地址，或去掉这个链接。",
        message_en="Link '/old.html' is not there (404). Correct the address or take it out.",
        basis="政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
    )
    assert (second.place, second.object) == ("/b", "/old.html")


def test_a_broken_link_in_a_further_part_of_a_list_is_told_where_visitors_see_it() -> None:
    def data(entry: str, more: int) -> str:
        return (
            f'<datastore><nextgroup><![CDATA[<a href="/module/dataproxy.jsp?page={more}"></a>]]></nextgroup>'
            f'<recordset><record><![CDATA[<a href="{entry}">关于某事的通知</a>]]></record></recordset></datastore>'
        )

    pages: dict[str, Page] = {
        "/": html(f'<div><script type="text/xml">{data("/a.html", 1)}</script></div><script>turn()</script>'),
        "/a.html": html("甲"),
        "/module/dataproxy.jsp?page=1": data("/gone.html", 2),
    }
    assert outline(findings_of(CHECK, pages)) == [("fail", "/", "/gone.html")]
