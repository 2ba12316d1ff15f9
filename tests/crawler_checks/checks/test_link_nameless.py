"""link_nameless: links that are nothing but a picture without a text."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "link_nameless"


def ask(*bodies: str) -> list[tuple[str, str, str | None]]:
    pages = {f"/{n}.html": html(body) for n, body in enumerate(bodies)}
    return outline(findings_of(CHECK, {"/": html(links(*pages))} | pages))


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/"><img src="/l.png" alt="某市人民政府"></a>',
        '<a href="/" aria-label="首页"><img src="/l.png" alt=""></a>',
        '<a href="/" title="首页"><img src="/l.png" alt=""></a>',
        '<a href="/a"><img src="/l.png" alt=""> 政策文件</a>',
        '<a href="/a"><img src="/l.png" alt=""><img src="/m.png" alt="政策"></a>',
        '<a href="/a"><img src="/l.png"></a>',
        '<img src="/l.png" alt="">',
    ],
)
def test_links_with_a_name_of_any_kind_are_well(body: str) -> None:
    assert ask(body) == []


@pytest.mark.parametrize(
    ("body", "thing"),
    [
        ('<a href="/a"><img src="/l.png" alt=""></a>', "/a"),
        ('<a href="/a"><span><img src="/l.png" alt=""></span></a>', "/a"),
    ],
)
def test_a_link_of_pictures_that_say_nothing_has_no_name(body: str, thing: str) -> None:
    assert ask(body) == [("fail", "/0.html", thing)]


def test_what_stands_on_many_pages_is_said_once() -> None:
    body = '<a href="/a"><img src="/l.png" alt=""></a>'
    assert len(ask(body, body, body)) == 1
    assert len(ask(body, body)) == 2
