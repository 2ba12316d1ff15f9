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
    assert ask("", other="") == [("unknown", "/a.html", None)]
    assert ask("<script>$('#text').load('/text/1')</script>") == [("unknown", "/a.html", None)]


def many(bodies: list[str]) -> list[tuple[str, str, str | None]]:
    pages: dict[str, Page] = {f"/{number}.html": article(body) for number, body in enumerate(bodies)}
    menu = "".join(f'<a href="{address}">第 {number} 篇</a>' for number, address in enumerate(pages))
    return outline(findings_of(CHECK, {"/": html(menu)} | pages))


def own(number: int) -> str:
    return f"<p>第 {number} 次会议研究了若干事项，" + f"其中第 {number} 项由有关单位分头落实。</p>" * 3


SAME = "<p>为做好相关工作，现将有关事项通知如下，请各单位按照职责分工认真抓好落实，确保各项任务按期完成。</p>"
NOTE = (
    "<p>免责声明：凡本网注明来源的作品均转载自其他媒体，转载目的在于传递更多信息，不代表本网赞同其观点。</p>"
)


def test_a_text_that_many_articles_have_word_for_word_is_a_text() -> None:
    assert many([SAME] * 8 + [own(number) for number in range(8)]) == []


def test_a_note_below_all_articles_is_not_the_text_of_one() -> None:
    assert many([own(number) + NOTE for number in range(15)] + [NOTE]) == [("fail", "/15.html", None)]


@pytest.mark.parametrize(("bare", "found"), [(8, "fail"), (9, "unknown")])
def test_where_more_than_half_of_the_articles_have_no_text_it_cannot_be_told_and_is_said_once(
    bare: int, found: str
) -> None:
    said = many([""] * bare + [own(number) for number in range(16 - bare)])
    assert [outcome for outcome, _, _ in said] == ([found] * bare if found == "fail" else [found])


def test_a_page_that_does_not_call_itself_an_article_is_not_judged() -> None:
    assert findings_of(CHECK, {"/": html("<h1>标题</h1>")}) == []
