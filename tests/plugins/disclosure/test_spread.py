"""Work spread over processes gives what one process gives."""

import os

import pytest

from plugins.disclosure.spread import spread


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_every_start_is_done_once(workers):
    assert sorted(spread(lambda start: start * 2, range(0, 50, 5), workers)) == [
        2 * n for n in range(0, 50, 5)
    ]


def test_with_two_workers_it_is_done_elsewhere():
    assert os.getpid() not in set(spread(lambda _: os.getpid(), range(4), 2))


def test_what_goes_wrong_there_goes_wrong_here():
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda start: 1 // start, range(3), 2))
