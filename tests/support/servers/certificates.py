"""A certificate authority of a test, and certificates that it signs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

_CURVE = ec.SECP256R1()


class Authority:
    """An authority with a key of its own; two of them never sign the same."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(_CURVE)
        self._name = _called(name)
        self._certificate = _unsigned(self._name, self._name, self._key.public_key()).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )

    def write(self, path: Path) -> Path:
        """Write its own certificate, which a client trusts."""
        signed = self._certificate.sign(self._key, hashes.SHA256())
        path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        return path

    def sign_for(self, host: str) -> tuple[bytes, bytes]:
        """A certificate for a host, and its key."""
        key = ec.generate_private_key(_CURVE)
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        wanted = _unsigned(self._name, _called(host), key.public_key())
        signed = wanted.add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        pem = serialization.Encoding.PEM
        form = serialization.PrivateFormat.PKCS8
        plain = serialization.NoEncryption()
        return signed.public_bytes(pem), key.private_bytes(pem, form, plain)


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _unsigned(
    issuer: x509.Name, subject: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
