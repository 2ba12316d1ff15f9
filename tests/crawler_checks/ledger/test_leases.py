"""Leases: a site is one worker's at a time, and its result is written once."""

from datetime import date
from pathlib import Path

import pytest

from crawler_checks.ledger.leases import LeaseLost, Leases
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.values import Inspected


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def leases(tmp_path: Path, clock: Clock):
    opened = Leases(tmp_path / "ledger.db", "round", clock)
    opened.plan(["a", "b"])
    yield opened
    opened.close()


def test_a_site_is_had_by_one_worker_until_the_lease_runs_out(leases: Leases, clock: Clock) -> None:
    assert leases.claim("a", "one", 60)
    assert not leases.claim("a", "two", 60)
    clock.now += 60
    assert not leases.claim("a", "two", 60)
    clock.now += 1
    assert leases.claim("a", "two", 60)


def test_a_lease_that_is_renewed_does_not_run_out(leases: Leases, clock: Clock) -> None:
    leases.claim("a", "one", 60)
    clock.now += 50
    leases.renew("one", 60)
    clock.now += 50
    assert not leases.claim("a", "two", 60)


def test_what_a_driver_s_dead_workers_had_is_given_back(leases: Leases) -> None:
    leases.claim("a", "driver-1/host/9", 60)
    leases.claim("b", "driver-2/host/9", 60)
    leases.release("driver-1")
    assert leases.claim("a", "other", 60)
    assert not leases.claim("b", "other", 60)


def test_a_result_is_written_with_the_end_of_the_lease_or_not_at_all(
    tmp_path: Path, leases: Leases, clock: Clock
) -> None:
    day = date(2026, 11, 22)
    seen = Inspected("a", day, "cn-2019", ("/",), 1, False, (), ())
    leases.claim("a", "one", 60)
    clock.now += 61
    leases.claim("a", "two", 60)
    with Ledger(tmp_path / "ledger.db") as ledger:
        first, second = ledger.begin("a", day), ledger.begin("a", day)
        with pytest.raises(LeaseLost):
            ledger.save(first, seen, within=leases.ending("a", "one", "done", ""))
        assert ledger.runs() == []
        ledger.drop(first)
        ledger.save(second, seen, within=leases.ending("a", "two", "done", "told"))
        assert [run for run, _, _ in ledger.runs()] == [second]
        with pytest.raises(LeaseLost):
            ledger.save(ledger.begin("a", day), seen, within=leases.ending("a", "two", "done", ""))
    assert leases.states() == {"a": ("done", "told"), "b": ("waiting", "")}
    assert leases.left() == ["b"]


def test_a_round_that_is_stopped_goes_on_when_it_is_planned_again(leases: Leases) -> None:
    leases.stop()
    leases.stop()
    assert leases.is_stopped()
    assert leases.left() == ["a", "b"]
    leases.plan(["a", "b", "c"])
    assert not leases.is_stopped()
    assert leases.left() == ["a", "b", "c"]


def test_how_long_until_something_is_to_be_had_is_known(leases: Leases, clock: Clock) -> None:
    assert leases.seconds_until_free() == 0
    leases.claim("a", "one", 60)
    leases.claim("b", "one", 30)
    assert leases.seconds_until_free() == 31
    clock.now += 100
    assert leases.seconds_until_free() == 0
