"""certificate_faulty: the day before, the day, the day after."""

from datetime import date

import pytest

from crawler_checks.crawl.certificate import Certificate, CertificateFault
from tests.crawler_checks.sites import findings_in, html, outline, snapshot_of

CHECK = "certificate_faulty"


def ask(certificate: Certificate | None) -> list[tuple[str, str, str | None]]:
    snapshot = snapshot_of({"/": html("<p>首页</p>")})
    snapshot.certificate = certificate
    return outline(findings_in(CHECK, snapshot))


def test_no_certificate_and_one_with_a_year_to_go_are_well() -> None:
    assert ask(None) == []
    assert ask(Certificate(ends_on=date(2027, 11, 22))) == []


@pytest.mark.parametrize(
    "fault", [fault for fault in CertificateFault if fault is not CertificateFault.OTHER]
)
def test_what_browsers_warn_of_is_a_fault(fault: CertificateFault) -> None:
    assert ask(Certificate(fault, ends_on=date(2026, 11, 21))) == [("fail", "/", fault.value)]


def test_a_connection_that_was_not_agreed_on_is_not_judged() -> None:
    assert ask(Certificate(CertificateFault.OTHER)) == [("unknown", "/", "other")]


@pytest.mark.parametrize(
    ("ends", "found"), [(date(2026, 12, 22), [("unknown", "/", "soon")]), (date(2026, 12, 23), [])]
)
def test_thirty_days_ahead_it_is_pointed_out(ends: date, found: list[tuple[str, str, str | None]]) -> None:
    assert ask(Certificate(ends_on=ends)) == found
