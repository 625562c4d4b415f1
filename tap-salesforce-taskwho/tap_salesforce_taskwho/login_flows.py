"""The five ways to a token: what each of them posts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tap_salesforce_taskwho.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tap_salesforce_taskwho.settings import Settings

# Salesforce takes three minutes at most (help.salesforce.com, OAuth 2.0 JWT Bearer Flow).
ASSERTION_SECONDS = 150
_NOT_UTF_8 = re.compile("[\ud800-\udfff]")
_BEGIN = "-----BEGIN "


def client_credentials(settings: Settings, _now: Callable[[], datetime]) -> dict[str, str]:
    """The app's own login, as the user that it runs as."""
    return _form(
        "client_credentials", client_id=settings.client_id, client_secret=settings.client_secret
    )


def refresh_token(settings: Settings, _now: Callable[[], datetime]) -> dict[str, str]:
    """A login that a person once gave to the app."""
    return _form(
        "refresh_token",
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        refresh_token=settings.refresh_token,
    )


def password(settings: Settings, _now: Callable[[], datetime]) -> dict[str, str]:
    """A person's own login; the security token is written behind the password."""
    return _form(
        "password",
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        username=settings.username,
        password=f"{settings.password or ''}{settings.security_token or ''}",
    )


def jwt_bearer(settings: Settings, now: Callable[[], datetime]) -> dict[str, str]:
    """A login that the app signs; `now` is the server's clock, which judges `exp`."""
    claims = {
        "iss": settings.client_id,
        "sub": settings.username,
        "aud": settings.jwt_audience,
        "exp": int(now().timestamp()) + ASSERTION_SECONDS,
    }
    key = read_private_key(settings.private_key or "")
    return _form(
        "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion=jwt.encode(claims, key, "RS256")
    )


FLOWS: dict[str, Callable[[Settings, Callable[[], datetime]], dict[str, str]]] = {
    "client_credentials": client_credentials,
    "jwt_bearer": jwt_bearer,
    "refresh_token": refresh_token,
    "password": password,
}


def read_private_key(given: str) -> RSAPrivateKey:
    r"""Read a PEM text, also with \n written out as in one-line variables, or a file of it."""
    pem = given if _BEGIN in given else _read_file(given)
    problem = "is no private key in PEM form"
    try:
        key = load_pem_private_key(pem.replace("\\n", "\n").strip().encode(), password=None)
    except TypeError:
        key, problem = None, "is encrypted, and the tap has no passphrase for it"
    except Exception:  # noqa: BLE001 - whatever it is, its text may hold the key
        key = None
    if key is not None and not isinstance(key, RSAPrivateKey):
        key, problem = None, "is no RSA key"
    if key is None:
        raise UserError(
            f"Setting private_key {problem}. Set it to the PEM text of an RSA key without "
            f"passphrase (it begins with {_BEGIN}PRIVATE KEY-----), or to the path of its file; "
            "`openssl pkey -in old.pem -out new.pem` makes one of an encrypted key."
        )
    return key


def _read_file(path: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError):
        pass
    raise UserError(  # its value is not shown: it may be a key that lost its first line
        "Setting private_key is neither PEM text nor the path of a file that can be read. Set "
        f"it to the key's text, beginning with {_BEGIN}PRIVATE KEY-----, or to the path of its "
        "file, readable for the user that runs the tap."
    )


def _form(grant_type: str, **fields: str | None) -> dict[str, str]:
    given = {name: value for name, value in fields.items() if value is not None}
    for name, value in given.items():
        if _NOT_UTF_8.search(value):
            raise UserError(
                f"Setting {name} is not valid UTF-8, so it cannot be sent. Set it again in a "
                "terminal or file with UTF-8."
            )
    return {"grant_type": grant_type, **given}
