"""Pace: never more requests than agreed, and who counts as this computer or as private."""

from itertools import pairwise

import pytest

from crawler_checks.crawl.pace import Pace, is_loopback, is_private


def test_requests_are_spaced_evenly_whatever_the_hurry() -> None:
    pace = Pace(2)
    now, sent = 100.0, []
    for _ in range(10):
        now += pace.seconds_to_wait(now)
        pace.sent(now)
        sent.append(now)
    assert sent == [100.0 + 0.5 * number for number in range(10)]


def test_a_rest_is_not_made_up_for_by_a_burst() -> None:
    pace = Pace(2)
    pace.sent(100.0)
    pace.sent(200.0)
    assert pace.seconds_to_wait(200.0) == 0.5


def test_a_process_that_is_always_a_little_late_keeps_to_the_rate_all_the_same() -> None:
    pace = Pace(2)
    now, sent = 100.0, []
    for _ in range(20):
        now += pace.seconds_to_wait(now) + 0.05
        pace.sent(now)
        sent.append(now)
    assert sent[-1] - sent[0] == pytest.approx(0.5 * 19, abs=0.06)


def test_what_was_lost_in_a_stall_is_made_up_for_little_by_little() -> None:
    pace = Pace(2)
    now, sent = 100.0, []
    for number in range(20):
        now += pace.seconds_to_wait(now) + (0.4 if number == 5 else 0)
        pace.sent(now)
        sent.append(now)
    gaps = [round(later - earlier, 3) for earlier, later in pairwise(sent)]
    assert sent[-1] == 100 + 0.5 * 19, "the agreed rate, and not a request more"
    assert min(gaps) == 0.4


def test_turns_are_counted_from_the_first_answer() -> None:
    pace = Pace(2)
    pace.sent(100.0)
    pace.answered(100.3)
    assert pace.seconds_to_wait(100.3) == 0.5
    pace.sent(100.8)
    pace.answered(101.0)
    assert pace.seconds_to_wait(101.0) == pytest.approx(0.3)


def test_a_pause_and_a_greater_gap_are_kept() -> None:
    pace = Pace(10)
    pace.pause(100.0, 30)
    assert pace.seconds_to_wait(100.0) == 30
    pace.slow_to(5)
    pace.sent(130.0)
    assert pace.seconds_to_wait(130.0) == 5


def test_without_a_rate_nothing_waits() -> None:
    pace = Pace(None)
    pace.sent(1.0)
    assert pace.seconds_to_wait(1.0) == 0


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("10.0.0.1", False),
        ("www.example.gov.cn", False),
    ],
)
def test_this_computer_is_known_by_its_names(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("10.1.2.3", True),
        ("127.0.0.1", True),
        ("169.254.1.1", True),
        ("fe80::1%eth0", True),
        ("1.1.1.1", False),
    ],
)
def test_private_addresses_are_all_that_are_not_public(address: str, expected: bool) -> None:
    assert is_private(address) is expected
