"""The OAuth flows: what each of them posts to the token endpoint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.settings import SETTING_NOT_UTF8

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tap_salesforce_taskwho.config.settings import Settings

# Salesforce allows three minutes (help.salesforce.com, OAuth 2.0 JWT Bearer Flow).
ASSERTION_SECONDS = 150
_NOT_UTF_8 = re.compile("[\ud800-\udfff]")


def client_credentials(settings: Settings, _now: Callable[[], datetime]) -> dict[str, str]:
    """Log in as the app, which runs as a user of its own."""
    return _form(
        "client_credentials", client_id=settings.client_id, client_secret=settings.client_secret
    )


def refresh_token(settings: Settings, _now: Callable[[], datetime]) -> dict[str, str]:
    """Repeat a login that a person once gave to the app."""
    return _form(
        "refresh_token",
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        refresh_token=settings.refresh_token,
    )


def password(settings: Settings, _now: Callable[[], datetime]) -> dict[str, str]:
    """Log in as a person; the security token is appended to the password."""
    return _form(
        "password",
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        username=settings.username,
        password=f"{settings.password or ''}{settings.security_token or ''}",
    )


def jwt_bearer(settings: Settings, now: Callable[[], datetime]) -> dict[str, str]:
    """Log in by an assertion that the app signs; `now` gives the server's time, which counts."""
    claims = {
        "iss": settings.client_id,
        "sub": settings.username,
        "aud": settings.jwt_audience,
        "exp": int(now().timestamp()) + ASSERTION_SECONDS,
    }
    # this import takes a tenth of the tap's start, and the other flows do not need it
    from tap_salesforce_taskwho.salesforce.login.jwt_assertion import sign  # noqa: PLC0415

    assertion = sign(claims, settings.private_key or "")
    return _form("urn:ietf:params:oauth:grant-type:jwt-bearer", assertion=assertion)


FLOWS: dict[str, Callable[[Settings, Callable[[], datetime]], dict[str, str]]] = {
    "client_credentials": client_credentials,
    "jwt_bearer": jwt_bearer,
    "refresh_token": refresh_token,
    "password": password,
}


def _form(grant_type: str, **fields: str | None) -> dict[str, str]:
    given = {name: value for name, value in fields.items() if value is not None}
    for name, value in given.items():
        if _NOT_UTF_8.search(value):
            raise UserError(SETTING_NOT_UTF8, name=name)
    return {"grant_type": grant_type, **given}
