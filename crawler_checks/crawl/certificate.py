"""What a host shows of itself before it answers: its certificate, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CertificateFault(StrEnum):
    """Why a browser would warn its visitor."""

    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    SELF_SIGNED = "self_signed"
    WRONG_NAME = "wrong_name"
    UNTRUSTED = "untrusted"  # signed by nobody known, or the certificate between is not sent along
    OTHER = "other"  # too old a protocol, or no agreement on one


@dataclass(frozen=True, slots=True)
class Certificate:
    """The certificate of a host; `fault` is None where a browser would be content.

    Days are those of Greenwich; None where the certificate could not be seen.
    """

    fault: CertificateFault | None = None
    begins_on: date | None = None
    ends_on: date | None = None
    subject: str = ""
    issuer: str = ""
    names: str = ""


BY_NUMBER = {
    2: CertificateFault.UNTRUSTED,
    7: CertificateFault.UNTRUSTED,
    9: CertificateFault.NOT_YET_VALID,
    10: CertificateFault.EXPIRED,
    18: CertificateFault.SELF_SIGNED,
    19: CertificateFault.UNTRUSTED,
    20: CertificateFault.UNTRUSTED,
    21: CertificateFault.UNTRUSTED,
    62: CertificateFault.WRONG_NAME,
}
"""OpenSSL's numbers of what it found when it verified."""


def fault_of(verified: int, words: str) -> CertificateFault:
    """The fault behind OpenSSL's number, or behind libcurl's words where it compares names itself."""
    if verified in BY_NUMBER:
        return BY_NUMBER[verified]
    return CertificateFault.WRONG_NAME if "subject name" in words else CertificateFault.OTHER


def read_certificate(pairs: Iterable[tuple[str, str]], fault: CertificateFault | None) -> Certificate:
    """A certificate from the names and values that libcurl gives."""
    values = dict(pairs)
    return Certificate(
        fault,
        _day(values.get("Start date", "")),
        _day(values.get("Expire date", "")),
        values.get("Subject", ""),
        values.get("Issuer", ""),
        values.get("X509v3 Subject Alternative Name", ""),
    )


def _day(text: str) -> date | None:
    """`Nov 22 12:00:00 2026 GMT` as a day."""
    try:
        return datetime.strptime(text, "%b %d %H:%M:%S %Y GMT").date()  # noqa: DTZ007 it is said to be GMT
    except ValueError:
        return None
