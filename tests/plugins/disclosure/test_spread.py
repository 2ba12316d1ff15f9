"""Work spread over processes gives what one process gives."""

import os
from multiprocessing import get_context

import pytest

from plugins.disclosure.spread import Aside, _Spread, spread


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_every_start_is_done_once(workers):
    assert sorted(spread(lambda start: start * 2, range(0, 50, 5), workers)) == [
        2 * n for n in range(0, 50, 5)
    ]


def test_two_workers_are_this_process_and_another():
    both = get_context("fork").Barrier(2)

    def job(_):
        both.wait(60)
        return os.getpid()

    found = set(spread(job, range(2), 2))
    assert os.getpid() in found
    assert len(found) == 2


def test_what_others_have_to_say_does_not_keep_them_from_their_work():
    begun = spread(lambda start: bytes([start]) * 100_000, range(20), 2)
    assert sorted(begun) == [bytes([start]) * 100_000 for start in range(20)]


def test_a_process_that_is_lost_is_not_taken_for_one_that_is_done():
    here = os.getpid()
    both = get_context("fork").Barrier(2)

    def job(_):
        both.wait(60)
        return here if os.getpid() == here else os._exit(1)

    with pytest.raises(ChildProcessError):
        list(spread(job, range(2), 2))


def test_what_nobody_waits_for_ends():
    work = _Spread(lambda _: bytes(1_000_000), range(20), 1)
    (child,) = work._children
    begun = work.results()
    next(begun)
    del begun, work
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


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
