"""Certificates: what is wrong with one is told, and the site behind it is read all the same."""

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler_checks.crawl import transfer
from crawler_checks.crawl.answer import NoAnswer, Request, Response, Trouble, Want, fetch_one
from crawler_checks.crawl.certificate import CertificateFault
from crawler_checks.crawl.limits import BOUNDS
from crawler_checks.crawl.live import CurlSource
from crawler_checks.crawl.opening import Means, open_target
from crawler_checks.crawl.pace import Reachable
from crawler_checks.crawl.transfer import look_at_certificate
from tests.crawler_checks.authority import Authority
from tests.crawler_checks.sites import HASTY

ServeRaw = Callable[..., str]
HERE = Reachable(frozenset({"127.0.0.1", "::1"}))
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<p>page</p>"


def test_a_certificate_in_order_has_no_fault(serve_raw: ServeRaw, authority: Authority) -> None:
    origin = serve_raw(lambda connection: connection.sendall(PAGE), authority.context("localhost"))
    seen = look_at_certificate(origin, BOUNDS, HERE)
    assert seen is not None
    assert seen.fault is None
    assert "localhost" in seen.names
    assert seen.ends_on is not None
    answer = fetch_one(CurlSource(origin, BOUNDS, HASTY, reachable=HERE), Request("/", Want.PAGE))
    assert isinstance(answer, Response)


@pytest.mark.parametrize(
    ("host", "begun", "lasts", "by_itself", "fault"),
    [
        ("localhost", 100, 50, False, CertificateFault.EXPIRED),
        ("localhost", -50, 100, False, CertificateFault.NOT_YET_VALID),
        ("elsewhere.example", 10, 3650, False, CertificateFault.WRONG_NAME),
        ("localhost", 10, 3650, True, CertificateFault.SELF_SIGNED),
    ],
)
def test_a_faulty_certificate_is_told_and_the_site_read(
    serve_raw: ServeRaw,
    authority: Authority,
    host: str,
    begun: int,
    lasts: int,
    *,
    by_itself: bool,
    fault: CertificateFault,
) -> None:
    context = authority.context(host, begun, lasts, by_itself=by_itself)
    origin = serve_raw(lambda connection: connection.sendall(PAGE), context)
    refused = fetch_one(CurlSource(origin, BOUNDS, HASTY, reachable=HERE), Request("/", Want.PAGE))
    assert refused == NoAnswer("/", Trouble.BAD_TLS)
    opened = open_target(origin + "/", BOUNDS, Means(HASTY))
    assert opened.certificate is not None
    assert opened.certificate.fault is fault
    assert host in opened.certificate.names
    answer = fetch_one(opened.source, Request("/", Want.PAGE))
    assert isinstance(answer, Response)
    assert answer.body == b"<p>page</p>"


def test_one_signed_by_nobody_known_is_untrusted(
    serve_raw: ServeRaw, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    monkeypatch.setattr(transfer, "_authorities", lambda: str(other.file))
    origin = serve_raw(lambda connection: connection.sendall(PAGE), authority.context("localhost"))
    seen = look_at_certificate(origin, BOUNDS, HERE)
    assert seen is not None
    assert seen.fault is CertificateFault.UNTRUSTED


def test_only_an_old_protocol_is_a_fault_too(serve_raw: ServeRaw, authority: Authority) -> None:
    context = authority.context("localhost")
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.maximum_version = ssl.TLSVersion.TLSv1
    origin = serve_raw(lambda connection: connection.sendall(PAGE), context)
    seen = look_at_certificate(origin, BOUNDS, HERE)
    assert seen is not None
    assert seen.fault is CertificateFault.OTHER


def test_no_certificate_is_seen_where_there_is_none(serve_raw: ServeRaw) -> None:
    origin = serve_raw(lambda connection: connection.sendall(PAGE))
    assert look_at_certificate(origin, BOUNDS, HERE) is None
    assert look_at_certificate("https://127.0.0.1:9", BOUNDS, HERE) is None
