"""The yearly form of a website: what is counted of it, and what a person is asked."""

from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.website_form import counted, form_rows, load_counts, stated

CONTENT = Path(__file__).parents[3] / "content"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def city():
    """The example city."""
    return read_content(CONTENT, TODAY).catalog


def rows(catalog):
    return {row.term.id: row for row in form_rows(catalog)}


def test_every_row_that_is_counted_is_a_row_of_the_form(city):
    assert set(load_counts()) <= set(rows(city))


@pytest.mark.parametrize("row", ["visitors", "users", "cases", "tests", "microblog", "messages"])
def test_what_only_a_person_knows_is_not_counted(city, row):
    count = rows(city)[row].count
    assert count is None or counted(city, count, 2025) is None


def test_the_interpretations_of_a_year_are_counted_by_their_form(city):
    of_year = [r for r in city.of_kind("interpretation") if r.published_on.year == 2025]
    found = rows(city)
    whole = counted(city, found["interpretations"].count, 2025)
    parts = [
        counted(city, found[f"interpretation_{part}"].count, 2025) for part in ("texts", "products", "media")
    ]

    assert whole == len(of_year) == sum(parts) > 0


def test_services_are_counted_as_they_stood_at_the_end_of_the_year(city):
    count = rows(city)["services"].count
    assert counted(city, count, 2026) == len(city.of_kind("service")) > counted(city, count, 2025)


def test_what_a_published_form_says_is_found_in_its_field_or_its_rows(city):
    report = city.get("website_report/site-2025")
    found = rows(city)

    assert stated(report, found["published"]) == "1151"
    assert stated(report, found["messages_done"]) == "943"
    assert stated(city.get("website_report/site-2024"), found["users"]) == ""
