"""What each flow posts, and the private keys that people have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import jwt
import pytest
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.salesforce.login.flows import FLOWS
from tap_salesforce_taskwho.salesforce.login.jwt_assertion import read_private_key

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

NOW = datetime(2024, 9, 24, 6, 32, 4, tzinfo=UTC)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def written(
    key: PrivateKeyTypes = KEY,
    form: pem.PrivateFormat = pem.PrivateFormat.PKCS8,
    lock: pem.KeySerializationEncryption | None = None,
) -> str:
    return key.private_bytes(pem.Encoding.PEM, form, lock or pem.NoEncryption()).decode()


def form(flow: str, **settings: str) -> dict[str, str]:
    config = {"auth_flow": flow, "login_url": "https://acme.my.salesforce.com"} | settings
    return FLOWS[flow](read_settings(config), lambda: NOW)


def test_client_credentials_are_the_apps_own() -> None:
    assert form("client_credentials", client_id="a", client_secret="b") == {
        "grant_type": "client_credentials",
        "client_id": "a",
        "client_secret": "b",
    }


def test_a_refresh_token_needs_no_client_secret_where_the_app_waives_it() -> None:
    assert form("refresh_token", client_id="a", refresh_token="b") == {
        "grant_type": "refresh_token",
        "client_id": "a",
        "refresh_token": "b",
    }


def test_the_security_token_stands_behind_the_password() -> None:
    app = {"client_id": "a", "client_secret": "b", "username": "u"}
    posted = form("password", password="pw", security_token="tok", **app)
    assert posted["password"] == "pwtok"
    assert form("password", password="pw", **app)["password"] == "pw"


def test_an_assertion_is_signed_for_the_login_host_by_its_own_clock() -> None:
    posted = form("jwt_bearer", client_id="a", username="u", private_key=written())
    claims = jwt.decode(
        posted["assertion"],
        KEY.public_key(),
        ["RS256"],
        audience="https://acme.my.salesforce.com",
        options={"verify_exp": False},
    )
    assert posted["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    assert (claims["iss"], claims["sub"]) == ("a", "u")
    assert 0 < claims["exp"] - NOW.timestamp() < 180


def test_the_audience_can_be_set() -> None:
    key = {"client_id": "a", "username": "u", "private_key": written()}
    posted = form("jwt_bearer", jwt_audience="https://test.salesforce.com", **key)
    claims = jwt.decode(posted["assertion"], options={"verify_signature": False})
    assert claims["aud"] == "https://test.salesforce.com"


def test_a_secret_that_cannot_be_sent_is_named_and_not_shown() -> None:
    with pytest.raises(UserError, match="Setting client_secret is not valid UTF-8") as caught:
        form("client_credentials", client_id="a", client_secret="s3cret\udcff")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        written(),
        written(form=pem.PrivateFormat.TraditionalOpenSSL),
        written().replace("\n", "\\n"),
        written().replace("\n", "\r\n"),
        f"\n  {written()}\n",
    ],
    ids=["PKCS8", "PKCS1", "one line", "Windows", "spaces around"],
)
def test_a_key_is_read_from_its_text(given: str) -> None:
    assert read_private_key(given).private_numbers() == KEY.private_numbers()


def test_a_key_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text(written())
    assert read_private_key(str(file)).private_numbers() == KEY.private_numbers()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (written(lock=pem.BestAvailableEncryption(b"pw")), "is encrypted"),
        (written(ec.generate_private_key(ec.SECP256R1())), "is not an RSA key"),
        (written()[:200], "is not a private key in PEM form"),
        ("-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----", "is not a private key"),
        ("MIIEs3cretWithoutItsFirstLine" * 20, "neither PEM text nor the path"),
        ("/nowhere/s3cret.pem", "neither PEM text nor the path"),
        ("s3cret\x00", "neither PEM text nor the path"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused_and_not_shown(given: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read_private_key(given)
    assert "private_key" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__context__ is None
