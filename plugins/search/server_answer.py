"""What a search page asks of a server and is told by it: the contract between `search_server.js` and any engine.

GET ADDRESS?q=公租房&page=1&size=10&organ=…&kind=…&topic=…&validity=…&from=2024-01-01&to=…&sort=date
{"total": 3, "exact": true, "hits": [{"address": …, "title": …, …, "whole": true}], "counts": {"organ": [["…", 2]]}}
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qs

from plugins.search.entry import FACETS
from plugins.search.query import LONGEST_QUERY
from plugins.search.second_look import Hit

MOST_ON_A_PAGE = 50
MOST_PAGES = 100
MOST_VALUES = 20
LONGEST_TEXT = 3000
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, checked and kept within bounds."""

    words: str
    page: int
    size: int
    by_date: bool
    first: str
    last: str
    filters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """One page of hits. `counts` say of each facet, and of the years, which values the found have, and how many."""

    hits: tuple[Hit, ...]
    total: int
    exact: bool
    counts: Mapping[str, Sequence[tuple[str, int]]]

    def as_json(self) -> dict[str, Any]:
        """As it is sent."""
        return {
            "total": self.total,
            "exact": self.exact,
            "hits": [
                {**asdict(hit.card), "text": hit.card.text[:LONGEST_TEXT], "whole": hit.whole}
                for hit in self.hits
            ],
            "counts": self.counts,
        }


def read_asked(query_string: str) -> Asked:
    """What an address asks; whatever is not understood is left out."""
    given = parse_qs(query_string, max_num_fields=100, errors="replace")

    def one(name: str) -> str:
        return given.get(name, [""])[0].replace("\0", " ")

    def number(name: str, usual: int, most: int) -> int:
        text = one(name)
        return min(max(1, int(text)), most) if re.fullmatch("[0-9]{1,6}", text) else usual

    def day(name: str) -> str:
        return one(name) if DAY.match(one(name)) else ""

    return Asked(
        one("q")[:LONGEST_QUERY],
        number("page", 1, MOST_PAGES),
        number("size", 10, MOST_ON_A_PAGE),
        one("sort") == "date",
        day("from"),
        day("to"),
        {
            facet: tuple(value.replace("\0", " ") for value in given.get(facet, [])[:MOST_VALUES])
            for facet in FACETS
        },
    )
