"""What a piece of a page holds is the same whether one expression says so or every tag is looked at."""

import pytest

from crawler_checks.extract.facts import Role
from crawler_checks.extract.piece_reader import NOTHING, only_link, read_piece
from crawler_checks.extract.tags import Incomplete, NeedsTree

LINKS = {
    '<li class="item"><a href="/a.html" title="甲">甲</a></li>\n': "/a.html",
    '<h2><a target="_blank" href="../b.html">乙</a></h2>': "../b.html",
    '<li><a href="c/d.html#s1">丙</a><span>03-01</span></li>': "c/d.html#s1",
    '<a href="/a.html">甲</a><a href="/b.html">乙</a>': None,
    '<a href="/a.html" id="x">甲</a>': None,
    '<a href="/a?b=1&amp;c=2">甲</a>': None,
    '<a href="javascript:go()">甲</a>': None,
    '<a href="#">甲</a>': None,
    '<a href="/a.html" onclick="go()">甲</a>': None,
    "<p>没有链接</p>": None,
}


@pytest.mark.parametrize("piece", LINKS)
def test_one_link_in_the_plainest_way_is_known_at_once_and_means_the_same(piece: str) -> None:
    href = only_link(piece.encode())
    assert href == LINKS[piece]
    if href is not None:
        held = read_piece(piece.encode())
        assert (held.links, held.anchors, held.writes) == (((Role.LINK, href, False),), (), False)


@pytest.mark.parametrize(
    "piece",
    [
        '<meta name="ArticleTitle" content="关于供水的通知">',
        "<title>关于 <供水> 的通知</title>",
        "<p class=x>一段</p>",
        "<title><a href='/not.html'></title>",
    ],
)
def test_what_asks_for_nothing_holds_nothing(piece: str) -> None:
    assert read_piece(piece.encode()) is NOTHING


@pytest.mark.parametrize(
    ("piece", "why"),
    [("<a href=", Incomplete), ("<script>var a;", Incomplete), ('<base href="/x/">', NeedsTree)],
)
def test_a_piece_that_cannot_be_read_by_itself_says_so(piece: str, why: type[Exception]) -> None:
    with pytest.raises(why):
        read_piece(piece.encode())
    assert only_link(piece.encode()) is None


def test_bytes_that_are_not_utf8_are_not_taken_for_it() -> None:
    with pytest.raises(UnicodeDecodeError):
        only_link('<li><a href="/a.html">甲乙</a></li>'.encode("gbk"))
