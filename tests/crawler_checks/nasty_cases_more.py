"""More cases that trip inspectors: addresses that are one page or many, lists whose pages are hard to turn, files."""

from __future__ import annotations

from crawler_checks.crawl.answer import Response
from tests.crawler_checks.files import book, pdf, scanned_pdf
from tests.crawler_checks.nasty_cases import (
    APRIL,
    NEWS,
    OLE,
    STALE,
    THERE,
    UNTOLD,
    Case,
    dated,
    file,
    news,
    page,
)
from tests.crawler_checks.sites import Page, html, links

MISSING = html('<a href="/gone.html">缺</a>')
ITEM, OTHER = "<li><a href='/1.html'>第一件事情的情况</a>", "<li><a href='/2.html'>第二件事情的情况</a>"


def listed(body: str, home: str = NEWS, **others: Page) -> dict[str, Page]:
    """A site whose section of news shows this."""
    return {
        "/": html(home),
        "/news/": html(body, title="政务动态"),
        "/1.html": THERE,
        "/2.html": THERE,
    } | others


ADDRESSES = [
    Case(
        "a file of the editor's office program",
        "link_broken",
        page('<img src="file:///C:/Users/ADMINI~1/AppData/Local/Temp/ksohtml/wps1.png" alt="图">'),
        [("fail", "/", "file:///C:/Users/ADMINI~1/AppData/Local/Temp/ksohtml/wps1.png")],
    ),
    Case(
        "base ./",
        "link_broken",
        {
            "/": html('<a href="/x/p.html">看</a>'),
            "/x/p.html": html('<a href="a.html">看</a>', head='<base href="./">'),
            "/x/a.html": THERE,
        },
    ),
    Case(
        "an inner frame only",
        "section_stale",
        {"/": "<iframe src='/m.html' title='x'></iframe>", "/m.html": html(NEWS)}
        | {k: v for k, v in dated("2015-04-01").items() if k != "/"},
        STALE,
    ),
    Case(
        "location.replace in onclick",
        "link_broken",
        page("<span onclick=\"location.replace('/gone.html')\">看</span>"),
        [("fail", "/", "/gone.html")],
    ),
    Case(
        "window.open in onclick",
        "link_broken",
        page("<a href='#' onclick=\"window.open('/gone.html','_blank')\">看</a>"),
        [("fail", "/", "/gone.html")],
    ),
    *(
        Case(
            f"{what}: one page",
            "link_broken",
            page(
                "".join(f'<a href="/a.html{one}">看</a>' for one in ("", *queries)),
                **{f"/a.html{one}": MISSING for one in ("", *queries)},
            ),
            [("fail", "/a.html", "/gone.html")],
        )
        for what, queries in (
            ("?v= with a moment", ("?v=1763800000",)),
            ("?from=timeline", ("?from=timeline",)),
            ("print and large versions", ("?print=1", "?size=large")),
        )
    ),
    Case(
        "a mirror below another folder",
        "link_broken",
        page(links("/a/x.html", "/b/x.html"), **{"/a/x.html": MISSING, "/b/x.html": MISSING}),
        [("fail", "/a/x.html", "/gone.html"), ("fail", "/b/x.html", "/gone.html")],
    ),
    Case(
        "copies in another language",
        "language_missing",
        page(
            links("/en/", "/tw/"),
            **{
                "/en/": html("<p>News</p>", lang=' lang="en"'),
                "/tw/": html("<p>公開</p>", lang=' lang="zh-TW"'),
            },
        ),
    ),
    Case(
        "http and https that send each other on",
        "redirect_faulty",
        page(
            links("/p.html"), **{"/p.html": Response("/p.html", 301, location="https://site.example/p.html")}
        ),
        [("fail", "/", "/p.html")],
    ),
    Case(
        "302 to the start page",
        "moved_to_home",
        page(
            '<a href="/news/1.html">关于某件事情的通知全文</a>' + links("/b.html"),
            **{"/news/1.html": Response("/news/1.html", 302, location="/"), "/b.html": THERE},
        ),
        [("fail", "/", "/news/1.html")],
    ),
]
LISTS = [
    Case("US order in a list", "section_stale", dated("04/23/2015"), UNTOLD, APRIL),
    Case(
        "a date in a column of its own",
        "section_stale",
        listed(
            "<table><tr><td><a href='/1.html'>第一件事情的情况</a></td><td>某局</td><td>2015-04-23</td></tr>"
            "<tr><td><a href='/2.html'>第二件事情的情况</a></td><td>某局</td><td>2014-01-01</td></tr></table>"
        ),
        today=APRIL,
    ),
    Case(
        "a date in the hover text",
        "section_stale",
        listed(
            "<li><a href='/1.html' title='第一件事情的情况 发布时间：2015-04-23'>第一件事情的情况</a></li>"
            "<li><a href='/2.html' title='第二件事情的情况 发布时间：2014-01-01'>第二件事情的情况</a></li>"
        ),
        today=APRIL,
    ),
    Case(
        "the list has days of update, the page those of writing",
        "date_conflict",
        listed(f"{ITEM}2015-04-23</li>{OTHER}2015-04-22</li>")
        | {"/1.html": html("<p>成文日期：2015-03-01</p><p>发布日期：2015-04-23</p><p>正文</p>")},
    ),
    Case(
        "pages of a list: ?page=2",
        "section_stale",
        listed(
            f'{ITEM}2014-01-01</li><a href="?page=2">2</a>',
            **{"/news/?page=2": html(f"{OTHER}2015-04-23</li>", title="政务动态")},
        ),
        today=APRIL,
    ),
    Case(
        "pages of a list by a form that is posted",
        "section_stale",
        news(
            "<span>2014-01-01</span>",
            head='<form method="post" action="/list.do"><a href="javascript:goPage(2)">下一页</a></form>',
        ),
        UNTOLD,
        APRIL,
    ),
    Case(
        "a list that goes on while one scrolls",
        "section_stale",
        news(
            "<span>2014-01-01</span>",
            head="<script>window.onscroll=function(){$.ajax({url:'/more'})}</script>",
        ),
        UNTOLD,
        APRIL,
    ),
    Case(
        "list fetched as JSON",
        "section_empty",
        listed("<ul id=l></ul><script>$.getJSON('/l.json',function(d){})</script>"),
        UNTOLD,
    ),
    Case(
        "a section that is one article",
        "section_empty",
        listed("<h1>政务动态</h1><p>" + "本县近日的工作情况如下。" * 20 + "</p>"),
    ),
    Case(
        "two sections with one list",
        "section_stale",
        listed(
            f"{ITEM}2015-04-23</li>{OTHER}2015-04-22</li>",
            home='<a href="/news/">政务动态</a><a href="/news/">通知公告</a>',
        ),
        today=APRIL,
    ),
    Case(
        "one item called 测试",
        "section_empty",
        listed("<li><a href='/t.html'>测试</a></li>", **{"/t.html": html("<p>测试</p>")}),
        STALE,
    ),
    Case(
        "three thousand items on one page",
        "section_stale",
        listed(
            "".join(
                f"<li><a href='/n/{n}.html'>第{n}件事情</a>{2014 if n else 2015}-04-23</li>"
                for n in range(3000)
            )
        ),
        today=APRIL,
    ),
]
MORE_FILES = [
    *(
        Case(f"{name}.pdf", "attachment_broken", file(f"/{name}.pdf", body))
        for name, body in (
            ("scanned", scanned_pdf()),
            ("encrypted", pdf("x").replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 9 0 R")),
            ("truncated", pdf("x")[:60]),
        )
    ),
    *(
        Case(
            f"a file named by its server {how}",
            "attachment_broken",
            page(
                '<a href="/d?id=1">附件</a>',
                **{
                    "/d?id=1": Response(
                        "/d?id=1",
                        200,
                        "application/msword",
                        OLE,
                        len(OLE),
                        headers={"content-disposition": name},
                    )
                },
            ),
        )
        for how, name in (
            ("as RFC 5987 says", "attachment; filename*=UTF-8''%E8%A1%A8.doc"),
            ("in raw GBK", "attachment; filename=" + "申请表.doc".encode("gbk").decode("latin-1")),
            ("in broken signs", "attachment; filename=\ufffd\ufffd.doc"),
        )
    ),
    Case(
        "identity card in a cell that is a number",
        "personal_number_shown",
        file("/a.xlsx", book(("甲某", 110105194912310000))),
    ),
]
MORE = {"addresses": ADDRESSES, "lists": LISTS, "more files": MORE_FILES}
