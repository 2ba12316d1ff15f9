"""The fee for requests beyond reason, at the edges of every band."""

import pytest

from plugins.disclosure.processing_fee import load_tariffs


@pytest.mark.parametrize(
    ("count", "yuan"),
    [
        (0, 0),
        (10, 0),
        (11, 100),
        (30, 2000),
        (31, 2200),  # the 31st costs 200
        (40, 4000),
        (41, 4300),  # the 41st costs 300
        (50, 7000),
    ],
)
def test_items_in_a_month(count, yuan):
    assert load_tariffs().items.fee(count) == yuan


@pytest.mark.parametrize(
    ("count", "yuan"), [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740)]
)
def test_pages_of_a_request(count, yuan):
    assert load_tariffs().pages.fee(count) == yuan


def test_the_steps_show_how_a_fee_is_made_up():
    steps = load_tariffs().items.steps(41)
    assert [(step.first, step.last, step.count, step.yuan) for step in steps] == [
        (1, 10, 10, 0),
        (11, 30, 20, 100),
        (31, 40, 10, 200),
        (41, 41, 1, 300),
    ]
    assert sum(step.count for step in steps) == 41


def test_the_tariff_names_its_document():
    assert "国办函〔2020〕109号" in load_tariffs().source.document
