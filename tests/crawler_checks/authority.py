"""An authority that signs certificates for the servers of tests."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


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
        self,
        host: str,
        begun_days_ago: int = 10,
        lasts_days: int = 3650,
        *,
        by_itself: bool = False,
        between: bool = False,
    ) -> ssl.SSLContext:
        """What a server of this name secures its connections with. `between`: its certificate is signed by another
        that is not sent along."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        if by_itself:
            signed = self._sign(name, key, host, begun_days_ago, lasts_days, issuer=(name, key))
        elif between:
            key_between = ec.generate_private_key(ec.SECP256R1())
            name_between = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Authority Between")])
            signed = self._sign(
                name, key, host, begun_days_ago, lasts_days, issuer=(name_between, key_between)
            )
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

    def _sign(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        host: str | None,
        begun_days_ago: int,
        lasts_days: int,
        issuer: tuple[x509.Name, ec.EllipticCurvePrivateKey] | None = None,
    ) -> x509.Certificate:
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
