"""What a piece of a page holds is the same whether its tags are told at one look or gone through one by one."""

import pytest

from crawler_checks.extract.piece_reader import NOTHING, read_piece, read_tag
from crawler_checks.extract.tags import Incomplete, NeedsTree, plain_tags

PLAIN = [
    '<li class="item"><a href="/a.html" title="甲">甲</a></li>\n',
    '<!DOCTYPE html>\n<html lang="zh-CN">\n<head><title>甲</title><script src="/a.js"></script>',
    "<A HREF=/a.html ID=Top NAME=old>甲</A><IMG SRC=/i.png/>",
    '<a\n class="x" href="\n/a.html ">甲</a><a href="/a?b=1&amp;c=2">乙</a>',
    '<a href="#" onclick="window.open(\'/w.html\')">开</a><a name="s1"></a><p id="s2">一段</p>',
    '<a href="/a.html" href="/b.html">甲</a><hr><br/><img src=a.png srcset="b.png 1x, /c.png 2x" alt>',
    '<link rel=stylesheet href="/s.css"><meta http-equiv="refresh" content="0;url=/next.html">',
    "<p>没有链接</p>",
]
NOT_PLAIN = [
    '<a title="a > b" href="/a.html">甲</a>',
    '<!-- <a href="/not.html"> --><a href="/yes.html">是</a>',
    "<title><a href='/not.html'></title>",
    '<script src="/a.js">location.href = "/next.html"</script>',
    "<SCRIPT>var a;</SCRIPT>",
    "<style>.a { background: url(/bg.png) }</style>",
    "<p title=it's><a href='/a.html'>甲</a></p>",
    "1 < 2",
    "<a href=/a.html",
    "</p",
]


@pytest.mark.parametrize("piece", PLAIN)
def test_tags_told_at_one_look_hold_what_they_hold_one_by_one(piece: str) -> None:
    tags = plain_tags(piece)
    assert tags is not None
    held = [one for one in map(read_tag, tags) if one is not None]
    assert len(held) == len(tags)
    one_by_one = read_piece(piece)
    assert tuple(link for one in held for link in one.links) == one_by_one.links
    assert tuple(anchor for one in held for anchor in one.anchors) == one_by_one.anchors


@pytest.mark.parametrize("piece", NOT_PLAIN)
def test_what_can_be_read_in_two_ways_is_not_told_at_one_look(piece: str) -> None:
    tags = plain_tags(piece)
    assert tags is None or None in map(read_tag, tags)


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
    assert read_piece(piece) is NOTHING


@pytest.mark.parametrize(
    ("piece", "why"),
    [("<a href=", Incomplete), ("<script>var a;", Incomplete), ("<plaintext>", NeedsTree)],
)
def test_a_piece_that_cannot_be_read_by_itself_says_so(piece: str, why: type[Exception]) -> None:
    with pytest.raises(why):
        read_piece(piece)
