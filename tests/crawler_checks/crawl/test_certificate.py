"""Certificates: what is wrong with one is told, and the site behind it is read all the same."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler_checks.crawl import transfer
from crawler_checks.crawl.answer import NoAnswer, Request, Response, Trouble, Want, fetch_one
from crawler_checks.crawl.certificate import CertificateFault
from crawler_checks.crawl.limits import BOUNDS
from crawler_checks.crawl.live import CurlSource
from crawler_checks.crawl.opening import Means, open_target
from crawler_checks.crawl.pace import Reachable
from crawler_checks.crawl.transfer import look_at_certificate
from tests.crawler_checks.sites import HASTY

ServeRaw = Callable[..., str]
HERE = Reachable(frozenset({"127.0.0.1", "::1"}))
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<p>page</p>"


class Authority:
    """Signs certificates; the inspector trusts it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Authority")])
        self.file = folder / "authority.pem"
        self.file.write_bytes(
            self._sign(self.name, self.key, None, 3650, 7300).public_bytes(serialization.Encoding.PEM)
        )

    def context(
        self, host: str, begun_days_ago: int = 10, lasts_days: int = 3650, *, by_itself: bool = False
    ) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        if by_itself:
            signed = self._sign(name, key, host, begun_days_ago, lasts_days, issuer=(name, key))
        else:
            signed = self._sign(name, key, host, begun_days_ago, lasts_days)
        file = self.folder / "host.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + signed.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _sign(self, name, key, host, begun_days_ago, lasts_days, issuer=None):
        issuer_name, issuer_key = issuer or (self.name, self.key)
        begins = datetime.now(UTC) - timedelta(days=begun_days_ago)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer_name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=lasts_days))
            .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        )
        if host:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    made = Authority(tmp_path)
    monkeypatch.setattr(transfer, "_authorities", lambda: str(made.file))
    return made


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
