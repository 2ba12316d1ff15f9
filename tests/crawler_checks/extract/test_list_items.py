"""Entries of lists, however the list is built."""

from datetime import date

import pytest

from crawler_checks.crawl.address import Joiner, Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.page import PageReader

DAY = date(2015, 4, 23)
A = '<a href="a.html" title="">关于优化营商环境的通知</a>'
B = '<a href="b.html">关于公布权责清单的公告</a>'


def items(body: str) -> list[tuple[str, date | None]]:
    reader = PageReader(Joiner(Scope()))
    facts = reader.read(Response("/list/index.html", 200, "text/html", body.encode()))
    return [(item.link.address, item.day) for item in facts.items]


@pytest.mark.parametrize(
    "row",
    [
        "<ul><li>{a}<span>2015-04-23</span></li><li>{b}<span>2015-04-23</span></li></ul>",
        "<ul><li><span>[2015-04-23]</span>{a}</li><li><span>[2015-04-23]</span>{b}</li></ul>",
        "<ul><li>{a} 2015-04-23</li><li>{b} 2015-04-23</li></ul>",
        "<ul><li><p>{a}</p><p>摘要：为优化营商环境，现通知如下。</p><em>2015年4月23日</em></li><li>{b}<em>2015年4月23日</em></li></ul>",
        "<table><tr><td>1</td><td>{a}</td><td>2015-04-23</td></tr><tr><td>2</td><td>{b}</td><td>2015-04-23</td></tr></table>",
        "<dl><dt>{a}</dt><dd>2015-04-23</dd><dt>{b}</dt><dd>2015-04-23</dd></dl>",
        "<div><div class=r><div>{a}</div><div>2015/4/23</div></div><div class=r><div>{b}</div><div>2015/4/23</div></div></div>",
        "<p>{a} 2015-04-23<br>{b} 2015-04-23</p>",
        "<div>{a}<span>2015-04-23</span>{b}<span>2015-04-23</span></div>",
        "<ul><li>{a}<time datetime='2015-04-23'>四月廿三</time></li><li>{b}<time datetime='2015-04-23'>昨</time></li></ul>",
        "<ul><li><b>23</b><i>2015-04</i>{a}</li><li><b>23</b><i>2015-04</i>{b}</li></ul>",
    ],
)
def test_a_date_beside_a_title_is_its_date(row: str) -> None:
    assert items(row.format(a=A, b=B)) == [("/list/a.html", DAY), ("/list/b.html", DAY)]


def test_a_date_inside_the_link_or_in_its_hover_text_is_its_date() -> None:
    inside = '<ul><li><a href="a.html">关于优化营商环境的通知<span>2015-04-23</span></a></li></ul>'
    first = '<ul><li><a href="a.html"><span>2015-04-23</span>关于优化营商环境的通知</a></li></ul>'
    hover = '<ul><li><a href="a.html" title="标题：关于…&#10;发布日期：2015-04-23">关于优化营商环境的通知</a></li></ul>'
    assert items(inside) == items(first) == items(hover) == [("/list/a.html", DAY)]


def test_a_list_of_one_entry_does_not_take_the_date_of_the_page() -> None:
    page = f"<div><div><h1>标题</h1><p>发布时间：2010-01-01</p></div><div><ul><li>{A}</li></ul></div></div>"
    assert items(page) == []


def test_a_link_in_prose_is_no_entry() -> None:
    prose = f"<p>根据2015年4月23日市政府常务会议精神，请各单位对照{A}，认真做好本单位各项工作，不得有误。</p>"
    assert items(prose) == []


def test_half_a_date_makes_an_entry_without_a_day() -> None:
    assert items(f"<ul><li>{A}<span>04-23</span></li></ul>") == [("/list/a.html", None)]


def test_menus_have_no_entries() -> None:
    assert items("<ul><li><a href='/a/'>政务公开</a></li><li><a href='/b/'>办事服务</a></li></ul>") == []


def test_two_links_to_the_same_item_are_one_cell() -> None:
    row = f"<ul><li><a href='a.html'><img src=x alt=图></a>{A}<span>2015-04-23</span></li><li>{B}</li></ul>"
    assert ("/list/a.html", DAY) in items(row)
    assert all(address != "/list/b.html" for address, _ in items(row))
