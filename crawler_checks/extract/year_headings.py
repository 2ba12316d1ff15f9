"""Lists that write `04-23` below a heading with the year: the day is certain when one heading, and only one, is meant.

A row of years to choose from is no heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler_checks.extract.dates import BRACKETS
from crawler_checks.extract.facts import Confidence, DateSource, FoundDate, Item, Meaning

HEADING = re.compile(r"((?:19|20)\d{2})\s*(?:年度?)?")
MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?")
TO_CHOOSE_FROM = frozenset(("a", "option", "button", "time"))


def dated_by_headings(
    found: Iterable[tuple[Item, LexborNode]], tree: LexborHTMLParser
) -> list[tuple[Item, LexborNode]]:
    """The items, those without a year given the year of the heading above their list."""
    items = list(found)
    if not any(item.found is None and _month_and_day(item.text) for item, _ in items) or tree.body is None:
        return items
    years = _years(tree.body)
    return [(_dated(item, years.get(cell.mem_id)), cell) for item, cell in items]


def _dated(item: Item, year: int | None) -> Item:
    parts = _month_and_day(item.text) if item.found is None and year else None
    if parts is None or year is None:
        return item
    try:
        day = date(year, *parts)
    except ValueError:
        return item
    text = f"{year} {item.text}"
    return replace(item, found=FoundDate(day, Meaning.PUBLISHED, DateSource.CELL, Confidence.LIKELY, text))


def _month_and_day(text: str) -> tuple[int, int] | None:
    found = MONTH_AND_DAY.fullmatch(text.strip(BRACKETS))
    return (int(found[1]), int(found[2])) if found else None


def _years(body: LexborNode) -> dict[int, int]:
    """For each element, by its mark, the year of the one heading above it."""
    years: dict[int, int] = {}
    current: int | None = None
    in_a_row = False
    for node in body.traverse(include_text=True):
        if node.tag != "-text":
            if current is not None:
                years[node.mem_id] = current
            continue
        text = (node.text_content or "").strip(BRACKETS + "\r\n")
        if not text:
            continue
        heading = HEADING.fullmatch(text)
        parent = node.parent
        if heading and parent is not None and parent.tag not in TO_CHOOSE_FROM:
            current = None if in_a_row else int(heading[1])
            in_a_row = True
        else:
            in_a_row = False
    return years
