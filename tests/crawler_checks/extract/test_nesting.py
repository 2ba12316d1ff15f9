"""Pages nested without end are cut; others are left alone."""

import pytest

from crawler_checks.crawl.address import Joiner, Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.nesting import DEEPEST, within_depth
from crawler_checks.extract.page import PageReader


@pytest.mark.parametrize("tag", ["<div>", "<div></span>", "<b><i></b>", "<DIV class=x>\n"])
def test_a_page_nested_without_end_is_cut_and_read_as_far_as_it_was_kept(tag: str) -> None:
    body = "<a href=/first>第一条信息</a>" + tag * 200_000
    page = PageReader(Joiner(Scope())).read(Response("/", 200, "text/html", body.encode()))
    assert page.truncated
    assert [link.address for link in page.links] == ["/first"]


@pytest.mark.parametrize(
    "html",
    [
        "<ul>" + "<li>x" * 50_000,
        "<div><p>x</p></div>" * 20_000,
        "<table>" + "<tr><td>1<td>2" * 20_000,
        "<br>" * 50_000,
    ],
)
def test_a_long_page_is_not_a_deep_one(html: str) -> None:
    assert within_depth(html) == (html, False)


def test_honest_depth_is_kept() -> None:
    html = "<div>" * DEEPEST + "</div>" * DEEPEST + "<p>x</p>" * 5_000
    assert within_depth(html) == (html, False)
