"""What becomes of a finding: the day before a limit, the day, the day after."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.checks.registry import CHECKS
from crawler_checks.ledger.states import Remembered, State, Waiver, advance
from crawler_checks.ledger.terms import Due, FaultyTerms, Guard, load_terms

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
FAULT = Finding("link_broken", Outcome.FAIL, "/a.html", "/x.html", None, "断链", "broken", "依据")
UNTOLD = Finding("link_broken", Outcome.UNKNOWN, "/a.html", "/x.html", None, "无法判断", "not told", "依据")
KEY = FAULT.fingerprint("site")
Memory = dict[str, Remembered]


def after(memory: Memory, today: date, *findings: Finding, waiver: Waiver | None = None) -> Memory:
    waivers = {KEY: waiver} if waiver else {}
    return advance(
        memory, waivers, findings, "site", today, lambda _, day: Due(day + 14 * DAY, False), partial=False
    )


def test_a_finding_is_new_all_its_first_day_and_known_from_the_second() -> None:
    first = after({}, TODAY, FAULT)
    again = after(first, TODAY, FAULT)
    second = after(again, TODAY + DAY, FAULT)

    assert [memory[KEY].state for memory in (first, again, second)] == [State.NEW, State.NEW, State.KNOWN]


def test_what_comes_back_gets_a_new_due_day_and_keeps_its_first_day() -> None:
    fixed = after(after({}, TODAY, FAULT), TODAY + DAY)
    back = after(fixed, TODAY + 2 * DAY, FAULT)

    assert fixed[KEY].fixed_on == TODAY + DAY
    assert (back[KEY].state, back[KEY].first_on) == (State.BACK, TODAY)
    assert back[KEY].due.on == TODAY + 16 * DAY
    assert back[KEY].fixed_on is None


def test_what_cannot_be_told_is_no_fault_and_keeps_a_fault_open() -> None:
    assert after({}, TODAY, UNTOLD) == {}
    assert after(after({}, TODAY, FAULT), TODAY + DAY, UNTOLD)[KEY].state is State.UNKNOWN


def test_a_mark_that_was_added_is_fixed_though_another_of_the_same_footer_cannot_be_told() -> None:
    def mark(outcome: Outcome, id_: str) -> Finding:
        return replace(FAULT, check="footer_mark_missing", outcome=outcome, place="/", object=id_)

    missing, site_map = mark(Outcome.FAIL, "site_code"), mark(Outcome.UNKNOWN, "site_map")
    key = missing.fingerprint("site")
    first = after({}, TODAY, missing, site_map)

    assert after(first, TODAY + DAY, site_map)[key].state is State.FIXED
    assert after(first, TODAY + DAY, mark(Outcome.UNKNOWN, "site_code"))[key].state is State.UNKNOWN


def test_a_fault_that_was_untold_for_a_day_is_known_not_new() -> None:
    untold = after(after({}, TODAY, FAULT), TODAY + DAY, UNTOLD)

    assert after(untold, TODAY + 2 * DAY, FAULT)[KEY].state is State.KNOWN


@pytest.mark.parametrize(("days", "state"), [(0, State.WAIVED), (5, State.WAIVED), (6, State.BACK)])
def test_a_waiver_covers_its_last_day(days: int, state: State) -> None:
    waiver = Waiver("理由", "何晓岚", TODAY + 5 * DAY, TODAY)
    waived = after(after({}, TODAY - DAY, FAULT), TODAY, FAULT, waiver=waiver)

    assert after(waived, TODAY + days * DAY, FAULT, waiver=waiver)[KEY].state is state


@pytest.mark.parametrize(("days", "late"), [(13, False), (14, False), (15, True)])
def test_a_finding_is_overdue_the_day_after_it_is_due(days: int, late: bool) -> None:
    [found] = after({}, TODAY, FAULT).values()

    assert found.is_overdue(TODAY + days * DAY) is late


def test_what_is_waived_or_fixed_is_never_overdue() -> None:
    waiver = Waiver("理由", "何晓岚", TODAY + 99 * DAY, TODAY)
    [waived] = after({}, TODAY, FAULT, waiver=waiver).values()
    [fixed] = after(after({}, TODAY, FAULT), TODAY + DAY).values()

    assert not waived.is_overdue(TODAY + 50 * DAY)
    assert not fixed.is_overdue(TODAY + 50 * DAY)


def test_the_terms_that_are_shipped_name_checks_that_there_are() -> None:
    assert set(load_terms().of_checks) <= {check.id for check in CHECKS}


def test_due_days_are_counted_in_working_days_by_how_grave_a_finding_is() -> None:
    terms = load_terms()

    # from Friday 2026-02-13: Spring Festival is 15 to 23 February, and Saturdays 14 and 28 February work
    assert terms.due("section_stale", date(2026, 2, 13)) == Due(date(2026, 2, 27), False)  # 5 工作日
    assert terms.due("link_broken", date(2026, 3, 2)) == Due(date(2026, 3, 16), False)  # 10
    assert terms.due("tag_missing", date(2026, 3, 2)) == Due(date(2026, 3, 30), False)  # 20


def test_a_due_day_in_a_year_whose_holidays_are_unknown_is_marked() -> None:
    assert load_terms().due("link_broken", date(2040, 12, 20)).is_estimated


GUARD = Guard(fewest_pages=0.7, of_the_last_runs=7, most_unseen=0.2)


@pytest.mark.parametrize(
    ("pages", "addresses", "unseen", "earlier", "whole"),
    [
        (70, 100, 0, [100, 100, 90], True),
        (69, 100, 0, [100, 100, 90], False),
        (100, 100, 20, [100], True),
        (100, 100, 21, [100], False),
        (1, 1, 0, [], True),
    ],
)
def test_a_run_is_trusted_when_it_saw_enough(
    pages: int, addresses: int, unseen: int, earlier: list[int], whole: bool
) -> None:
    assert (GUARD.reason(pages, addresses, unseen, earlier, False) is None) is whole


def test_a_run_that_was_cut_short_is_never_whole() -> None:
    assert GUARD.reason(100, 100, 0, [], True) is not None


TERMS = """\
severities:
  ordinary: {label: 一般, label_en: ordinary, workdays: 10}
otherwise: ordinary
checks: {link_broken: ordinary}
guard: {fewest_pages: 0.7, of_the_last_runs: 7, most_unseen: 0.2}
source: {document: 约定, clause: 全文, checked_on: 2026-01-05, evidence: proposal}
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("workdays: 10", "workdays: 0", 2),
        ("otherwise: ordinary", "otherwise: grave", 3),
        ("link_broken: ordinary", "no_such: ordinary", 4),
        ("link_broken: ordinary", "link_broken: grave", 4),
        ("most_unseen: 0.2", "most_unseen: 2", 5),
        ("otherwise: ordinary\n", "", 1),
        ("otherwise", "severities", 1),
    ],
)
def test_faulty_terms_are_refused_with_file_and_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(TERMS, encoding="utf-8")
    assert load_terms(path).severity("soft_404").workdays == 10

    path.write_text(TERMS.replace(old, new), encoding="utf-8")

    with pytest.raises(FaultyTerms, match=rf"own\.yaml line {line}: "):
        load_terms(path)
