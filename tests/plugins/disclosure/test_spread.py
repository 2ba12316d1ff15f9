"""Work spread over processes gives what one process gives."""

import os

import pytest

from plugins.disclosure.spread import Aside, spread


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


def test_what_is_done_aside_is_done_in_another_process_once():
    aside = Aside(os.getpid, 2)
    assert aside.result() == aside.result() != os.getpid()
    assert Aside(os.getpid, 1).result() == os.getpid()


def test_what_comes_to_nothing_aside_is_done_here():
    here = os.getpid()
    aside = Aside(lambda: os.getpid() if os.getpid() == here else 1 // 0, 2)
    assert aside.result() == here


def test_what_nobody_asks_for_leaves_no_process():
    aside = Aside(os.getpid, 2)
    child = aside._child
    aside.drop()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
