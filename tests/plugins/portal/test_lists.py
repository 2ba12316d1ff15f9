"""Lists are numbered from the oldest record, so that what is new touches the newest page alone."""

import pytest

from plugins.portal.views.lists import PAGE, pages


@pytest.mark.parametrize(
    ("total", "ranges"),
    [
        (0, [(0, 0)]),
        (1, [(0, 1)]),
        (20, [(0, 20)]),
        (39, [(0, 39)]),
        (40, [(0, 20), (20, 40)]),
        (59, [(0, 20), (20, 59)]),
        (60, [(0, 20), (20, 40), (40, 60)]),
    ],
)
def test_older_pages_are_full_and_the_newest_holds_the_rest(total, ranges):
    assert pages(total) == ranges


def test_one_more_record_never_changes_an_older_page():
    for total in range(200):
        assert pages(total + 1)[: len(pages(total)) - 1] == pages(total)[:-1]


def test_every_record_is_on_exactly_one_page():
    for total in range(200):
        ends = [end for _, end in pages(total)]
        assert [start for start, _ in pages(total)] == [0, *ends[:-1]]
        assert ends[-1] == total
        assert all(end - start < 2 * PAGE for start, end in pages(total))
