"""What the frontier makes of the links of pages."""

from dataclasses import dataclass

from crawler_checks.crawl.address import Kind, Scope
from crawler_checks.crawl.answer import Want
from crawler_checks.crawl.frontier import Frontier
from crawler_checks.crawl.limits import BOUNDS


@dataclass(frozen=True)
class Link:
    address: str
    kind: Kind = Kind.INSIDE
    want: Want = Want.PAGE


def taken(frontier: Frontier) -> list[str]:
    found = []
    while (request := frontier.take()) is not None:
        found.append(request.address)
    return found


def test_each_address_of_the_host_is_asked_for_once_however_many_parts_name_it() -> None:
    frontier = Frontier(Scope(), BOUNDS, lambda _: True)
    menu = (Link("/a.html"), Link("/b.html"), Link("http://elsewhere.example/", Kind.OUTSIDE))
    frontier.follow("/", [menu])
    frontier.follow("/a.html", [menu, (Link("/b.html"), Link("/c.html"))])
    assert taken(frontier) == ["/a.html", "/b.html", "/c.html"]


def test_what_is_wanted_more_the_second_time_is_asked_for_again() -> None:
    frontier = Frontier(Scope(), BOUNDS, lambda _: True)
    frontier.follow("/", [(Link("/a", want=Want.FILE),), (Link("/a", want=Want.PAGE),)])
    assert taken(frontier) == ["/a", "/a"]
