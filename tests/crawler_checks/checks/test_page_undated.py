"""page_undated: no date anywhere, and certainly so."""

import pytest

from crawler_checks.checks.site_notes import SiteNotes
from plugins.disclosure.source import Source
from tests.crawler_checks.sites import TODAY, Page, findings_of, html, outline

CHECK = "page_undated"
HEAD = '<meta name="ArticleTitle" content="关于停水的通知">'


def listed(*rows: str, **others: Page) -> list[tuple[str, str, str | None]]:
    items = "".join(f"<li>{row}</li>" for row in rows)
    pages: dict[str, Page] = {
        "/": html('<a href="/n/">通知公告</a>'),
        "/n/": html(f"<h1>通知公告</h1><ul>{items}</ul>"),
    }
    return outline(findings_of(CHECK, pages | {f"/{name}": page for name, page in others.items()}))


A, B = '<a href="/a.html">关于停水的通知</a>', '<a href="/b.pdf">关于停电的通知</a>'
UNDATED = html("<h1>关于停水的通知</h1><p>明天停水。</p>")


def test_a_list_with_dates_or_whose_articles_have_them_is_well() -> None:
    assert listed(f"{A}<span>2026-03-01</span>", B, **{"a.html": UNDATED, "b.pdf": b"%PDF-"}) == []
    assert listed(A, B, **{"a.html": html("<p>发布时间：2026-03-01</p>"), "b.pdf": b"%PDF-"}) == []


def test_a_list_that_shows_half_dates_or_leads_to_what_was_not_seen_is_not_accused() -> None:
    assert listed(f"{A}<span>04-23</span>", **{"a.html": UNDATED}) == []
    assert listed('<a href="https://other.example/">转载的一条要闻</a>') == []


def test_a_list_without_any_date_is_undated() -> None:
    assert listed(A, B, **{"a.html": UNDATED, "b.pdf": b"%PDF-"}) == [("fail", "/n/", None)]


def test_a_section_without_a_period_needs_no_dates() -> None:
    guide = html(f"<ul><li>{A}</li></ul>")
    pages = {"/": html('<a href="/g/">政府信息公开指南</a>'), "/g/": guide, "/a.html": UNDATED}
    assert findings_of(CHECK, pages) == []


def article(body: str, head: str = HEAD) -> list[tuple[str, str, str | None]]:
    pages = {"/": html('<a href="/a.html">关于停水的通知</a>'), "/a.html": html(body, head=head)}
    return outline(findings_of(CHECK, pages))


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>发布时间：2026-03-01</p>", HEAD),
        ("<p>二〇二六年三月一日</p>", HEAD),
        ("<p>明天停水。</p>", HEAD + '<meta name="PubDate" content="2026-03-01">'),
        ("<p>2026.3</p>", HEAD),
        ("<p>3天前</p>", HEAD),
        ("<p>明天停水。</p>", ""),
        ("<script>document.write(date)</script>", HEAD),
    ],
)
def test_an_article_with_anything_like_a_date_is_not_accused(body: str, head: str) -> None:
    assert article(body, head) == []


def test_an_article_that_names_no_day_is_undated() -> None:
    assert article("<h1>关于停水的通知</h1><p>明天停水。</p>") == [("fail", "/a.html", None)]


def test_a_column_with_a_period_of_the_notes_must_show_dates_too() -> None:
    notes = SiteNotes(days={"办事动态": 30}, basis=Source("责任表", "", TODAY, "text"))
    tag = '<meta name="ColumnName" content="办事动态">'
    pages: dict[str, Page] = {
        "/": html('<a href="/own/">办事动态</a>'),
        "/own/": html('<ul><li><a href="/a.pdf">关于停水的通知</a></li></ul>', head=tag),
        "/a.pdf": b"%PDF-",
    }
    assert outline(findings_of("page_undated", pages, notes=notes)) == [("fail", "/own/", None)]
    assert findings_of("page_undated", pages) == []
