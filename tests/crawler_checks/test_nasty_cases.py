"""Every nasty case gets the verdict that is right."""

import pytest

from crawler_checks.checks import CHECKS
from tests.crawler_checks.nasty_cases import CASES, Case
from tests.crawler_checks.nasty_cases_more import MORE
from tests.crawler_checks.sites import findings_of, outline

ALL = [case for cases in (CASES | MORE).values() for case in cases]


def test_there_are_cases_of_every_sort() -> None:
    assert {sort: len(cases) for sort, cases in CASES.items() if len(cases) < 6} == {}
    assert len({case.line for case in ALL}) == len(ALL) >= 90
    assert {case.check for case in ALL} <= {check.id for check in CHECKS}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.line)
def test_a_nasty_case_gets_its_verdict(case: Case) -> None:
    found = findings_of(case.check, case.pages, today=case.today)
    if case.check == "section_missing":
        found = [one for one in found if one.section == "guide"]
    assert outline(found) == case.says
