"""Cases that trip inspectors, each with the verdict that is right: encodings, links, lists and dates, files, privacy and
planted things, time. What servers do is in tests/crawler_checks/crawl."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from crawler_checks.crawl.answer import Response
from tests.crawler_checks.sites import TODAY, Page, html, links

Verdict = list[tuple[str, str, str | None]]


@dataclass(frozen=True)
class Case:
    """What `check` says of `pages`; nothing unless said otherwise."""

    line: str
    check: str
    pages: Mapping[str, Page]
    says: Verdict = field(default_factory=list)
    today: date = TODAY


def page(body: str, **others: Page) -> dict[str, Page]:
    """A start page with this body, and other pages."""
    return {"/": html(body)} | others


def gbk(body: str, declared: str = "gb2312") -> bytes:
    """A page in GBK."""
    return html(body, head=f'<meta charset="{declared}">').encode("gb18030")


def file(name: str, body: bytes) -> dict[str, Page]:
    """A start page that offers a file."""
    return {
        "/": html(f'<a href="{name}">附件：申报表</a>'),
        name: Response(name, 200, "application/octet-stream", body, len(body)),
    }


THERE = html("<p>在这里</p>")
NEWS = '<a href="/news/">政务动态</a>'
OLE, ZIP, PDF = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99,
    b"PK\x03\x04" + b"x" * 99,
    b"%PDF-1.5\n" + b"x" * 99,
)
IDENTITY = "11010519491231002X"


def news(*rows: str, head: str = "") -> dict[str, Page]:
    """A site whose section of news lists these."""
    body = "".join(
        f'<li><a href="/news/{n}.html">第{n}件事情的有关情况</a>{row}</li>' for n, row in enumerate(rows)
    )
    return {"/": html(NEWS), "/news/": html(f"{head}<ul>{body}</ul>", title="政务动态")} | {
        f"/news/{n}.html": html(f"<p>第{n}件事情的正文，各单位要认真执行。</p>") for n in range(len(rows))
    }


def dated(day: str) -> dict[str, Page]:
    """News of one day, with another far older."""
    return news(f"<span>{day}</span>", "<span>2014-01-01</span>")


STALE: Verdict = [("fail", "/news/", None)]
UNTOLD: Verdict = [("unknown", "/news/", None)]
APRIL = date(2015, 4, 25)

TEXT = [
    Case("gb2312 with names that only GBK has", "charset_false", {"/": gbk("<p>镕㙍喆</p>")}),
    Case(
        "header says UTF-8, bytes are GBK",
        "charset_false",
        {"/": Response("/", 200, "text/html; charset=utf-8", gbk("<p>政府信息</p>", "utf-8"))},
        [("fail", "/", None)],
    ),
    Case(
        "no declaration, a title of eight characters",
        "charset_false",
        {"/": "<title>政府信息公开平台</title><p>x</p>".encode("gb18030")},
    ),
    Case(
        "UTF-8 mark with meta gbk",
        "charset_false",
        {"/": b"\xef\xbb\xbf" + html("<p>政府</p>", head='<meta charset="gbk">').encode()},
    ),
    Case(
        "Big5 page",
        "charset_false",
        {"/": html("<p>政府資訊公開</p>", title="政府資訊", head='<meta charset="big5">').encode("big5")},
    ),
    Case("UTF-16", "charset_false", {"/": b"\xff\xfe" + html("<p>政府</p>").encode("utf-16-le")}),
    Case(
        "entities in titles",
        "soft_404",
        page(
            links("/a.html"), **{"/a.html": "<title>&#x9875;&#x9762;&#x4e0d;&#x5b58;&#x5728;</title><p>x</p>"}
        ),
        [("fail", "/a.html", None)],
    ),
    Case(
        "full-width digits in 文号",
        "document_number_faulty",
        page("<p>文号：霁政发〔２０１５〕32号</p>"),
        [("fail", "/", "document_number")],
    ),
    Case(
        "[2015]32号 and （2015）32号",
        "document_number_faulty",
        page("<p>文号：霁政发（2015）32号</p>"),
        [("fail", "/", "document_number")],
    ),
    Case(
        "section names in traditional characters",
        "section_stale",
        {
            "/": html('<a href="/n/">政務動態</a>'),
            "/n/": html("<h1>政務動態</h1><li><a href='/n/1.html'>第一件事情</a>2020-01-01</li>"),
            "/n/1.html": THERE,
        },
        [("fail", "/n/", None)],
    ),
    Case(
        "zero-width characters in words", "personal_number_shown", page("<p>身\u200b份\u200b证：见公告栏</p>")
    ),
]
LINKS = [
    Case(
        "GBK query string",
        "link_broken",
        {"/": gbk('<a href="/s?k=公开">查</a>'), "/s?k=%B9%AB%BF%AA": THERE},
    ),
    Case(
        "Chinese path on a GBK page",
        "link_broken",
        {"/": gbk('<a href="/公开.html">看</a>'), "/%E5%85%AC%E5%BC%80.html": THERE},
    ),
    Case(
        "%-encoded in UTF-8 and in GBK on one site",
        "link_broken",
        page(
            '<a href="/%e5%85%ac.html">一</a><a href="/%B9%AB.html">二</a>',
            **{"/%E5%85%AC.html": THERE, "/%B9%AB.html": THERE},
        ),
    ),
    Case(
        "already encoded %25E5", "link_broken", page('<a href="/%25E5.html">看</a>', **{"/%25E5.html": THERE})
    ),
    Case(
        "backslashes",
        "link_broken",
        page(r'<a href="\xxgk\index.html">看</a>', **{"/xxgk/index.html": THERE}),
    ),
    Case(
        "blanks, tabs and line breaks in an address",
        "link_broken",
        page('<a href=" /a\n.html\t">看</a>', **{"/a.html": THERE}),
    ),
    Case(
        "two base elements",
        "link_broken",
        {"/": html('<a href="a.html">看</a>', head='<base href="/x/"><base href="/y/">'), "/x/a.html": THERE},
    ),
    Case(
        "frames only",
        "section_stale",
        {"/": "<frameset><frame src='/m.html'></frameset>", "/m.html": html(NEWS)}
        | {k: v for k, v in dated("2015-04-01").items() if k != "/"},
        STALE,
    ),
    Case(
        "chain of refreshes",
        "link_broken",
        {
            "/": "<meta http-equiv=refresh content='0;url=/a.html'>",
            "/a.html": "<meta http-equiv=refresh content='0;url=/b.html'>",
            "/b.html": THERE,
        },
    ),
    Case(
        "location.href in onclick",
        "link_broken",
        page("<a href='#' onclick=\"location.href='/gone.html'\">看</a>"),
        [("fail", "/", "/gone.html")],
    ),
    Case(
        "option values of a jump menu",
        "link_broken",
        page("<select onchange='location=this.value'><option value='/gone.html'>看</option></select>"),
        [("fail", "/", "/gone.html")],
    ),
    Case("javascript:goto('…')", "link_broken", page("<a href=\"javascript:goto('/gone.html')\">看</a>")),
    Case(
        "image map", "link_broken", page("<map><area href='/gone.html'></map>"), [("fail", "/", "/gone.html")]
    ),
    Case("//host/", "link_broken", page('<a href="//site.example/a.html">看</a>', **{"/a.html": THERE})),
    Case(
        "#, empty, javascript:;",
        "link_broken",
        page('<a href="#">一</a><a href="">二</a><a href="javascript:;">三</a>'),
    ),
    Case("Chinese fragment", "anchor_missing", page('<a href="#附录">看</a><p id="附录">附录</p>')),
    Case("name= anchor", "anchor_missing", page('<a href="#old">看</a><a name="old"></a>')),
    Case(
        "www and bare, http and https",
        "link_broken",
        page('<a href="https://site.example/a.html">看</a>', **{"/a.html": THERE}),
    ),
    Case(";jsessionid=", "link_broken", page('<a href="/a.html;jsessionid=9F">看</a>', **{"/a.html": THERE})),
    Case(
        "case of a path",
        "link_broken",
        page('<a href="/A.html">看</a>', **{"/a.html": THERE}),
        [("fail", "/", "/A.html")],
    ),
    Case(
        "file:///D:/",
        "link_broken",
        page('<a href="file:///D:/a.doc">看</a>'),
        [("fail", "/", "file:///D:/a.doc")],
    ),
    Case(
        "127.0.0.1 and 10.x",
        "link_broken",
        page('<a href="http://127.0.0.1/a">看</a><a href="http://10.1.1.1/">看</a>'),
        [("fail", "/", "http://10.1.1.1/"), ("fail", "/", "http://127.0.0.1/a")],
    ),
    Case("mailto and tel", "link_broken", page('<a href="mailto:a@b.cn">信</a><a href="tel:12345">电</a>')),
    Case("a link in a comment", "link_broken", page("<!-- <a href='/gone.html'>旧</a> -->")),
]
DATES = [
    *(
        Case(f"{day} in a list", "section_stale", dated(day), today=APRIL)
        for day in (
            "[2015-04-23]",
            "2015-4-23",
            "2015/04/23",
            "2015.04.23",
            "2015年4月23日",
            "二○一五年四月二十三日",
            "二〇一五年四月廿三日",
            "２０１５年４月２３日",
            "2015-04-23 16:23:00",
        )
    ),
    *(
        Case(f"{day} in a list", "section_stale", dated(day), UNTOLD, APRIL)
        for day in ("15-04-23", "04-23", "今天 09:12", "3天前")
    ),
    Case(
        "04月23日 below a year",
        "section_stale",
        news("<span>04月23日</span>", head="<h3>2015年</h3>"),
        today=APRIL,
    ),
    Case(
        "date only in the address of the page",
        "section_stale",
        {
            "/": html(NEWS),
            "/news/": html('<li><a href="/news/t20150423_1.htm">第一件事情的情况</a></li>', title="政务动态"),
            "/news/t20150423_1.htm": THERE,
        },
        today=APRIL,
    ),
    Case(
        "an old item on top of fresh ones",
        "section_stale",
        news("<b>置顶</b><span>2012-01-01</span>", "<span>2015-04-23</span>"),
        today=APRIL,
    ),
    Case(
        "a future date makes nothing fresh",
        "section_stale",
        news("<span>2030-01-01</span>", "<span>2015-01-01</span>"),
        STALE,
        APRIL,
    ),
    Case("1970-01-01", "section_stale", dated("1970-01-01"), STALE, APRIL),
    Case("0000-00-00", "section_stale", dated("0000-00-00"), STALE, APRIL),
    Case(
        "sorted from the oldest",
        "section_stale",
        news("<span>2012-01-01</span>", "<span>2013-01-01</span>", "<span>2015-04-23</span>"),
        today=APRIL,
    ),
    Case(
        "law years and telephones in the text",
        "date_conflict",
        page("<p>发布时间：2015-04-23</p><p>2007年4月5日公布，电话0719-2015424</p>"),
    ),
    Case(
        "reposted with the origin's date",
        "date_conflict",
        page("<p>发布时间：2015-04-23</p><p>来源：省政府网 2015-04-20</p>"),
    ),
    Case(
        "pages of a list: index_1.html",
        "section_stale",
        {
            "/": html(NEWS),
            "/news/": html(
                '<li><a href="/news/1.html">第一件事情的情况</a>2014-01-01</li><a href="index_1.html">2</a>',
                title="政务动态",
            ),
            "/news/index_1.html": html(
                '<li><a href="/news/2.html">第二件事情的情况</a>2015-04-23</li>', title="政务动态"
            ),
            "/news/1.html": THERE,
            "/news/2.html": THERE,
        },
        today=APRIL,
    ),
    Case(
        "pages of a list by script",
        "section_stale",
        news("<span>2014-01-01</span>", head='<script>createPageHTML(15,0,"index","html")</script>'),
        UNTOLD,
        APRIL,
    ),
    Case(
        "list loaded by script",
        "section_empty",
        {"/": html(NEWS), "/news/": html("<div id=l></div><script>fetch('/x')</script>", title="政务动态")},
        UNTOLD,
    ),
    Case(
        "list in an iframe",
        "section_stale",
        {
            "/": html(NEWS),
            "/news/": html("<iframe src='/l.html' title='x'></iframe>", title="政务动态"),
            "/l.html": html('<li><a href="/1.html">第一件事情的情况</a>2014-01-01</li>'),
            "/1.html": THERE,
        },
        STALE,
        APRIL,
    ),
    Case(
        "a section that leads to another site",
        "section_missing",
        page(
            '<a href="https://x.other.gov.cn/">政府信息公开指南</a>'
            + "".join(
                f'<a href="/{n}">{n}</a>'
                for n in ("政府信息公开制度", "法定主动公开内容", "政府信息公开年报")
            )
        ),
        [],
    ),
    *(
        Case(
            f"“{words}” is blank",
            "section_empty",
            {"/": html(NEWS), "/news/": html(f"<p>{words}</p>", title="政务动态")},
            STALE,
        )
        for words in ("栏目建设中", "暂无信息", "敬请期待")
    ),
    Case(
        "empty table with a heading row",
        "section_empty",
        {
            "/": html(NEWS),
            "/news/": html("<table><tr><th>标题</th><th>日期</th></tr></table>", title="政务动态"),
        },
        STALE,
    ),
    Case("更多 that points to #", "link_broken", page('<a href="#">更多</a>')),
]
FILES = [
    *(
        Case(f"{name} that is what it says", "attachment_mistyped", file(f"/{name}", body))
        for name, body in (
            ("a.doc", OLE),
            ("a.docx", ZIP),
            ("a.wps", OLE),
            ("a.et", OLE),
            ("a.ofd", ZIP),
            ("a.pdf", PDF),
            ("a.rar", b"Rar!\x1a\x07\x00x"),
            ("a.7z", b"7z\xbc\xaf\x27\x1cx"),
        )
    ),
    Case("0 bytes", "attachment_broken", file("/a.pdf", b""), [("fail", "/", "/a.pdf")]),
    Case(
        ".xls that is a table of HTML",
        "attachment_broken",
        file("/a.xls", b"<table><tr><td>1</td></tr></table>"),
    ),
    Case(
        ".doc that answers an error page",
        "attachment_broken",
        file("/a.doc", b"<!DOCTYPE html><html>404</html>"),
        [("fail", "/", "/a.doc")],
    ),
    Case(
        "name with blanks and brackets",
        "attachment_broken",
        page(
            '<a href="/附件 (1).doc">附件</a>',
            **{"/%E9%99%84%E4%BB%B6%20(1).doc": Response("/", 200, "", OLE, 107)},
        ),
    ),
    Case(
        "download.jsp?id=",
        "link_broken",
        page(
            '<a href="/download.jsp?id=3">附件</a>',
            **{"/download.jsp?id=3": Response("/", 200, "application/octet-stream", OLE, 107)},
        ),
    ),
    Case("a file on another domain", "attachment_broken", page('<a href="http://f.example/a.pdf">附件</a>')),
    Case("double extension", "attachment_mistyped", file("/a.pdf.doc", OLE)),
    Case(
        "300 MB video",
        "link_broken",
        page(
            '<a href="/v.mp4">视频</a>',
            **{"/v.mp4": Response("/v.mp4", 200, "video/mp4", b"x", 300 << 20, truncated=True)},
        ),
    ),
]
SAFETY = [
    Case(
        "identity card with its check digit",
        "personal_number_shown",
        page(f"<p>{IDENTITY}</p>"),
        [("fail", "/", "identity-card")],
    ),
    Case(
        "identity card with a false check digit", "personal_number_shown", page("<p>110105194912310021</p>")
    ),
    Case(
        "old identity card of fifteen figures",
        "personal_number_shown",
        page("<p>身份证：110105491231002</p>"),
        [("fail", "/", "identity-card")],
    ),
    Case("masked number", "personal_number_shown", page("<p>4203**********1234</p>")),
    Case(
        "telephones of offices",
        "personal_number_shown",
        page("<table><tr><td>办公室</td><td>0990-5550101</td></tr></table>"),
    ),
    Case(
        "hidden box with links to casinos",
        "link_concealed",
        page('<div style="display:none"><a href="http://x.example/">百家乐</a></div>'),
        [("fail", "/", "x.example")],
    ),
    Case(
        "marquee out of sight",
        "link_concealed",
        page('<marquee width="1" height="1"><a href="http://x.example/">时时彩</a></marquee>'),
        [("fail", "/", "x.example")],
    ),
    Case(
        "noscript spam",
        "link_concealed",
        page('<noscript><a href="http://x.example/">博彩</a></noscript>'),
        [("fail", "/", "x.example")],
    ),
    Case(
        "title replaced for search engines",
        "script_deceptive",
        page("<script>if(/baiduspider/i.test(navigator.userAgent)){document.title='x'}</script>"),
        [("fail", "/", "shows_engines")],
    ),
    Case(
        "document.write(unescape(…))",
        "script_deceptive",
        page('<script>document.write(unescape("%3Cscript%20src=%22http://x.example/a.js%22%3E"))</script>'),
        [("fail", "/", "encoded")],
    ),
    Case(
        "partner's name taken by gambling",
        "friend_link_taken",
        page('<a href="http://www.casino88.example/">某公司</a>'),
        [("fail", "/", "www.casino88.example")],
    ),
    Case(
        "honest folded menu",
        "link_concealed",
        page('<ul style="display:none"><li><a href="/a">子栏目</a></li></ul>'),
    ),
]
TIME = [
    Case(
        "working Saturday before the National Day",
        "disclosure_late",
        page("<p>文号：某政发〔2026〕3号</p><p>成文日期：2026-08-31</p><p>发布日期：2026-09-27</p>"),
    ),
    Case(
        "over the Spring Festival",
        "disclosure_late",
        page("<p>文号：某政发〔2026〕3号</p><p>成文日期：2026-02-02</p><p>发布日期：2026-03-06</p>"),
    ),
    Case(
        "year without a calendar",
        "disclosure_late",
        page("<p>文号：某政发〔2027〕3号</p><p>成文日期：2027-03-01</p><p>发布日期：2027-06-01</p>"),
        [("unknown", "/", None)],
        date(2027, 7, 1),
    ),
    Case("clock of the site a day ahead", "date_future", page("<p>发布时间：2026-11-23</p>")),
    Case("across New Year", "section_stale", dated("2014-12-25"), today=date(2015, 1, 8)),
    Case("a frozen site, as of its day", "section_stale", dated("2015-04-23"), today=date(2015, 5, 7)),
]
CASES = {"text": TEXT, "links": LINKS, "dates": DATES, "files": FILES, "safety": SAFETY, "time": TIME}
