"""04-23 below a year: certain under one heading, uncertain under a row of years to choose from."""

from datetime import date

import pytest

from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.reader import Reader


def days(body: str) -> list[date | None]:
    facts = Reader(Scope("http://site.example", "/", frozenset({"site.example"})))(
        Response("/", 200, "text/html", f"<body>{body}</body>".encode())
    )
    assert isinstance(facts, PageFacts)
    return [item.day for item in facts.items]


def row(number: int, day: str) -> str:
    return f'<li><a href="/{number}.html">关于第{number}件事的通知</a><span>{day}</span></li>'


def test_the_heading_above_gives_the_year() -> None:
    body = f"<h3>2015年</h3><ul>{row(1, '04-23')}{row(2, '04月02日')}</ul><h3>2014年</h3><ul>{row(3, '[12-31]')}</ul>"
    assert days(body) == [date(2015, 4, 23), date(2015, 4, 2), date(2014, 12, 31)]


def test_the_heading_may_be_an_entry_of_the_list() -> None:
    assert days(f"<ul><li>2015</li>{row(1, '04-23')}</ul>") == [date(2015, 4, 23)]


@pytest.mark.parametrize(
    "above",
    [
        "",
        "<p>2016</p><p>2015</p><p>2014</p>",
        '<a href="/2015/">2015年</a>',
        "<select><option>2015</option></select>",
        "<p>版权所有 2015</p>",
    ],
)
def test_without_one_heading_the_day_stays_uncertain(above: str) -> None:
    assert days(f"{above}<ul>{row(1, '04-23')}</ul>") == [None]


def test_a_day_that_year_did_not_have_is_none() -> None:
    assert days(f"<h3>2015年</h3><ul>{row(1, '02-29')}</ul>") == [None]
