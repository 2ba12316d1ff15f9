"""Every record is within three steps of home without search or script, and the numbers on the way add up."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins.disclosure.checking import check_content
from plugins.disclosure.record import Record
from plugins.disclosure.tombstone import Tombstone

CONTENT = Path(__file__).parents[3] / "content"
TODAY = date(2026, 11, 22)
COUNT = re.compile(r"（(\d+)）$")


@pytest.fixture(scope="module")
def soups(example_tree) -> dict[str, LexborHTMLParser]:
    """Every page of the example site, read once."""
    return {
        address: LexborHTMLParser(content.decode())
        for address, content in example_tree.items()
        if address.endswith(".html") and address != "404.html"
    }


def read_tombstones() -> Sequence[Tombstone]:
    """What the example city has taken down."""
    catalog = check_content(CONTENT, TODAY).catalog
    return catalog.tombstones if catalog else ()


@pytest.fixture(scope="module")
def listed() -> list[Record]:
    """The records of the example city that are not organs."""
    catalog = check_content(CONTENT, TODAY).catalog
    assert catalog is not None
    return [record for record in catalog.records if record.kind != "organ"]


def links_of(address: str, soup: LexborHTMLParser) -> list[str]:
    """The pages of the site that a page links to."""
    found = [urlsplit(link.attributes["href"]) for link in soup.css("a[href]")]
    return [
        normpath(join(dirname(address), unquote(one.path))) for one in found if not one.scheme and one.path
    ]


def steps_from_home(soups: dict[str, LexborHTMLParser]) -> dict[str, int]:
    """How many links away from the front page each page is."""
    steps = {"index.html": 0}
    waiting = ["index.html"]
    for address in waiting:
        for target in links_of(address, soups[address]):
            if target in soups and target not in steps:
                steps[target] = steps[address] + 1
                waiting.append(target)
    return steps


def facets_of(soup: LexborHTMLParser) -> dict[str, list[tuple[str, int]]]:
    """The facets of a page: for each the addresses as written, and the numbers."""
    return {
        facet.css_first("summary").text(): [
            (link.attributes["href"], int(COUNT.search(link.text())[1])) for link in facet.css("a")
        ]
        for facet in soup.css(".facet")
    }


def total_of(soup: LexborHTMLParser) -> int | None:
    """The number of records a list says it has."""
    found = soup.css_first(".total strong")
    return int(found.text()) if found else None


def test_every_page_is_reached_and_every_record_within_three_steps(soups, listed):
    steps = steps_from_home(soups)
    taken_down = {f"{stone.key}.html" for stone in read_tombstones()}

    assert set(soups) - set(steps) == taken_down, "only an old address is linked from nowhere"
    assert len(listed) > 500
    assert {
        record.key: steps[f"{record.key}.html"] for record in listed if steps[f"{record.key}.html"] > 3
    } == {}


def test_each_facet_sums_to_the_whole_and_leads_to_as_many(soups):
    seen = 0
    wrong = []
    for address, soup in soups.items():
        for facet, links in facets_of(soup).items():
            seen += 1
            total = total_of(soup)
            if total is not None and sum(count for _, count in links) != total:
                wrong.append(f"{address} {facet}: {sum(count for _, count in links)} of {total}")
            for href, count in links:
                target = normpath(join(dirname(address), href))
                held = total_of(soups[target])
                if held is not None and held != count:
                    wrong.append(f"{address} {facet}: {target} has {held}, not {count}")

    assert seen > 50
    assert wrong == []


@pytest.mark.parametrize("address", ["years.html", "kinds.html"])
def test_an_index_that_divides_the_site_sums_to_its_total(address: str, soups, listed):
    numbers = [COUNT.search(link.text()) for link in soups[address].css(".index a")]

    assert sum(int(number[1]) for number in numbers if number) == len(listed)


def test_the_sections_sum_to_the_total_of_the_front_page(soups, listed):
    total = int(soups["index.html"].css_first(".hero-total strong").text())
    sections = [
        total_of(soup)
        for address, soup in soups.items()
        if re.fullmatch(r"section/[^/]+\.html", address) and total_of(soup) is not None
    ]

    assert total == len(listed) == sum(sections)


def test_an_organs_years_and_sections_sum_to_the_same(soups):
    organs = {a: facets_of(s) for a, s in soups.items() if re.fullmatch(r"organ/[^/]+\.html", a)}
    sums = {
        address: {sum(count for _, count in links) for links in facets.values()}
        for address, facets in organs.items()
    }

    assert len(sums) > 10
    assert {address: found for address, found in sums.items() if len(found) > 1} == {}


def test_the_pages_of_a_list_hold_what_its_newest_page_counts(soups):
    lists = {a: s for a, s in soups.items() if total_of(s) is not None}
    short = {}
    for address, soup in lists.items():
        stem = re.escape(address.removesuffix(".html"))
        pages = [soup, *(s for a, s in soups.items() if re.fullmatch(rf"{stem}/page-\d+\.html", a))]
        held = {
            link.attributes["href"].rsplit("../", 1)[-1]
            for page in pages
            for link in page.css(".row-title a, .row-table tbody th a")
        }
        if len(held) != total_of(soup):
            short[address] = (len(held), total_of(soup))

    assert len(lists) > 50
    assert short == {}


def test_a_section_of_several_kinds_tells_what_each_has_of_its_own(soups):
    rows = soups["section/lists.html"].css(".row")
    row = next(row for row in rows if "乡村政务服务清单" in row.text())

    notes = [[span.text() for span in note.css("span")] for note in row.css(".row-note")]
    assert notes == [
        ["目录清单", "霁川市人民政府办公室"],
        ["清单类别 乡村政务服务清单", "版次 2026年版", "事项总数 4"],
    ]


def test_each_kind_of_a_section_has_a_list_with_its_own_columns(soups):
    heads = soups["section/assessments/kind-rubric.html"].css(".row-table thead th")

    assert [head.text(strip=True) for head in heads] == ["标题", "考评年度", "适用单位", "总分", "指标数"]
