"""article_empty: a title and nothing below it."""

import pytest

from tests.crawler_checks.sites import Page, findings_of, html, outline

CHECK = "article_empty"
HEAD = '<meta name="ArticleTitle" content="x"><meta name="PubDate" content="2026-03-01">'
TEXT = "<p>" + "为深入贯彻落实决策部署，现就有关事项通知如下。" * 3 + "</p>"
MENU = '<a href="/a.html">甲</a><a href="/b.html">乙</a><a href="/">首页</a>'


def article(body: str) -> str:
    info = "<p>发布时间：</p><p>2026-03-01</p><p>来源：</p>"
    return html(f"{MENU}<h1>关于停水的通知</h1>{info}{body}", title="关于停水的通知", head=HEAD)


def ask(body: str, other: str = TEXT) -> list[tuple[str, str, str | None]]:
    pages: dict[str, Page] = {
        "/": html(MENU),
        "/a.html": article(body),
        "/b.html": article(other),
        "/f.doc": b"\xd0\xcf",
    }
    return outline(findings_of(CHECK, pages))


@pytest.mark.parametrize(
    "body",
    [
        TEXT,
        '<p><a href="/f.doc">附件：通知</a></p>',
        '<img src="/photo.jpg" alt="">',
        '<iframe src="/viewer.html"></iframe>',
        '<embed src="/film.mp4">',
    ],
)
def test_text_a_file_a_picture_or_a_film_is_an_article(body: str) -> None:
    assert ask(body) == []


def test_a_title_alone_is_none() -> None:
    assert ask("<div>&nbsp;</div>") == [("fail", "/a.html", None)]


def test_where_no_article_has_text_or_scripts_write_it_it_cannot_be_told() -> None:
    assert ask("", other="") == [("unknown", "/a.html", None), ("unknown", "/b.html", None)]
    assert ask("<script>$('#text').load('/text/1')</script>") == [("unknown", "/a.html", None)]


def test_a_page_that_does_not_call_itself_an_article_is_not_judged() -> None:
    assert findings_of(CHECK, {"/": html("<h1>标题</h1>")}) == []
