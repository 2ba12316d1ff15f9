"""The face of an address: title, description, and where it sends on."""

import pytest

from crawler_checks.crawl.answer import Answer, Guise, NoAnswer, Response, Trouble
from crawler_checks.crawl.later import Face
from crawler_checks.extract.face import face_of
from tests.crawler_checks.sites import html

OWN = frozenset({"site.example"})


def face(body: str = "", status: int = 200, location: str | None = None) -> Face:
    return face_of(Response("/", status, "text/html", body.encode(), location=location), Guise.ENGINE, OWN)


def test_the_title_and_the_words_of_planted_pages_in_title_and_description_are_seen() -> None:
    head = '<meta name="Keywords" content="百家乐,时时彩"><meta name="other" content="赌场">'
    assert face(html("<p>棋牌</p>", title=" 某市\n人民政府 ", head=head)) == Face(
        Guise.ENGINE, True, "某市 人民政府", frozenset({"百家乐", "时时彩"})
    )


@pytest.mark.parametrize(
    ("location", "to"),
    [
        ("http://casino88.example/", "http://casino88.example/"),
        ("//casino88.example/", "//casino88.example/"),
        ("/m/", ""),
        ("https://www.site.example/", ""),
        ("http://[", ""),
        (None, ""),
    ],
)
def test_it_is_seen_where_visitors_are_sent_when_it_is_elsewhere(location: str | None, to: str) -> None:
    assert face(status=302, location=location).sent_to == to
    if location:
        assert face(f'<meta http-equiv="Refresh" content="0; url={location}">').sent_to == to


@pytest.mark.parametrize(
    "answer",
    [
        NoAnswer("/", Trouble.TIMEOUT),
        Response("/", 403, "text/html", b"<title>x</title>"),
        Response("/", 503, "text/html"),
        Response("/", 500, "text/html"),
        Response("/", 200, "text/html", html("<p>请完成安全验证后继续访问</p>").encode()),
        Response("/", 200, "application/pdf", b"%PDF"),
    ],
    ids=["no answer", "forbidden", "not now", "error", "captcha", "file"],
)
def test_what_shows_nothing_has_no_face(answer: Answer) -> None:
    assert not face_of(answer, None, OWN).is_seen
