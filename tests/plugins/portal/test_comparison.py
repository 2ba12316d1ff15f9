"""A report's figures stand beside those of the years before it, as the reports themselves give them."""

import pickle
import re
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins.disclosure.annual_report import CellId
from plugins.disclosure.checking import check_content
from plugins.portal.views.comparison import TALLEST, TOP, comparison
from plugins.portal.views.desk import Desk

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The example city."""
    catalog = check_content(CONTENT, date(2026, 11, 22)).catalog
    assert catalog is not None
    return Desk(catalog)


def test_every_figure_is_the_one_its_own_years_report_gives(desk):
    found = comparison(desk, desk.catalog.get("annual_report/government-2025"))
    reports = [desk.catalog.get(f"annual_report/government-{year}") for year in range(2021, 2026)]

    assert [year for _, year in found.years] == ["2021年", "2022年", "2023年", "2024年", "2025年"]
    assert found.rows[0] == (
        "新收申请",
        tuple(str(one.values["tables"].at(CellId("part3", "new_received", "total"))) for one in reports),
    )


def test_a_report_read_by_another_process_is_compared_all_the_same(desk):
    from_elsewhere = pickle.loads(pickle.dumps(desk.catalog.get("annual_report/government-2025")))

    assert comparison(desk, from_elsewhere) == comparison(
        desk, desk.catalog.get("annual_report/government-2025")
    )
    assert comparison(desk, from_elsewhere) is not None


def test_years_after_the_report_are_not_compared(desk):
    found = comparison(desk, desk.catalog.get("annual_report/government-2022"))

    assert [year for _, year in found.years] == ["2021年", "2022年"]


def test_the_first_report_has_nothing_to_be_compared_with(desk):
    assert comparison(desk, desk.catalog.get("annual_report/government-2021")) is None


def test_a_record_of_another_kind_is_not_compared(desk):
    assert comparison(desk, desk.catalog.of_kind("policy")[0]) is None


def test_the_largest_figure_fills_the_height_and_columns_stand_on_one_line(desk):
    found = comparison(desk, desk.catalog.get("annual_report/government-2025"))

    assert max(column.height for column in found.columns) == TALLEST
    assert {column.y + column.height for column in found.columns} == {TOP + TALLEST}
    assert all(column.x >= 0 and column.x + column.width <= found.width for column in found.columns)


def test_the_chart_shows_no_number_that_the_table_behind_it_lacks(example_tree):
    pages = {
        a: c for a, c in example_tree.items() if a.startswith("annual_report/") and b'class="years"' in c
    }
    for address, content in pages.items():
        part = LexborHTMLParser(content.decode()).css_first("section:has(> .years)")
        drawn = [text.text() for text in part.css("svg text") if re.fullmatch(r"\d+", text.text())]
        assert set(drawn) <= {cell.text() for cell in part.css("td")}, address

    assert len(pages) > 20
