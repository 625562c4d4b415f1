"""A host whose certificate nobody vouches for."""

from __future__ import annotations

import logging
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric import rsa
from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.salesforce.client import SalesforceClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class SelfSigned(HTTPServer):
    """Speaks TLS with a certificate of its own making, and counts what it is asked."""

    asked = 0


class Handler(BaseHTTPRequestHandler):
    """Grants a token to whoever asks."""

    server: SelfSigned

    def do_POST(self) -> None:
        """Answer."""
        self.server.asked += 1
        body = b'{"access_token": "00DZz0000000001!x", "instance_url": "https://localhost"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def write_certificate(folder: Path) -> Path:
    """Make a certificate for localhost, and its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
        + certificate.public_bytes(pem.Encoding.PEM)
    )
    return file


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return write_certificate(tmp_path)


@pytest.fixture
def server(certificate: Path) -> Iterator[SelfSigned]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with SelfSigned(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def client_of(server: SelfSigned) -> SalesforceClient:
    config = {
        "login_url": f"https://localhost:{server.server_port}",
        "client_id": "app",
        "client_secret": "s3cret",
    }
    return SalesforceClient(read_settings(config), logger=logging.getLogger("tap"))


def test_it_gets_no_credentials_and_is_not_asked_again(server: SelfSigned) -> None:
    client = client_of(server)
    with pytest.raises(UserError, match="certificate of localhost cannot be trusted") as caught:
        client.org_id  # noqa: B018 - it logs in
    client.close()
    assert "REQUESTS_CA_BUNDLE" in str(caught.value)
    assert server.asked == 0


def test_a_company_can_vouch_for_it(
    server: SelfSigned, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    client = client_of(server)
    assert client.org_id == "00DZz0000000001MAA"
    client.close()
    assert server.asked == 1
