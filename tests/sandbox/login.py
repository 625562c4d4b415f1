"""The token endpoint: five ways in, tokens that end."""

from __future__ import annotations

import secrets
import threading
import time
from typing import TYPE_CHECKING

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.sandbox.errors import LoginError

if TYPE_CHECKING:
    from collections.abc import Mapping

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LONGEST_ASSERTION = 300


class Login:
    """One app with one user, as the org knows them."""

    def __init__(self, *, token_seconds: float, rotate: bool, my_domain: bool) -> None:
        self.token_seconds = token_seconds
        self.rotate = rotate
        self.my_domain = my_domain
        self.client_id = f"3MVG9{secrets.token_hex(8)}"
        self.client_secret = secrets.token_hex(16)
        self.username = "integration@example.com"
        self.password = secrets.token_hex(8)
        self.security_token = secrets.token_hex(8)
        self.refresh_token = f"5Aep{secrets.token_hex(12)}"
        self.org_id = "00DZz0000000001MAA"
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.private_key = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()
        self.public_key = key.public_key()
        self._lock = threading.Lock()
        self._tokens: dict[str, float] = {}
        self.issued = 0

    def secrets(self) -> list[str]:
        """Everything that must stand in no log, state or report."""
        with self._lock:
            return [
                self.client_secret,
                self.password,
                self.security_token,
                self.refresh_token,
                self.private_key,
                *self._tokens,
            ]

    def new_token(self) -> str:
        """A token that works until it ends or is expired."""
        token = f"{self.org_id[:15]}!{secrets.token_hex(20)}"
        with self._lock:
            self._tokens[token] = time.monotonic() + self.token_seconds
            self.issued += 1
        return token

    def works(self, authorization: str | None) -> bool:
        """Whether a request's Authorization header is good now."""
        token = (authorization or "").removeprefix("Bearer ")
        with self._lock:
            return self._tokens.get(token, 0) > time.monotonic()

    def expire_tokens(self) -> None:
        """Every token given out so far ends now."""
        with self._lock:
            self._tokens = dict.fromkeys(self._tokens, 0.0)

    def answer(self, form: Mapping[str, str], url: str) -> dict[str, str]:
        """The token endpoint's answer; LoginError for everything that is not right."""
        grant = form.get("grant_type", "")
        check = {
            "client_credentials": self._client_credentials,
            "refresh_token": self._refresh_token,
            "password": self._password,
            JWT_GRANT: self._jwt,
        }.get(grant)
        if check is None:
            raise LoginError("unsupported_grant_type", "grant type not supported")
        check(form, url)
        answer = {
            "access_token": self.new_token(),
            "instance_url": url,
            "id": f"{url}/id/{self.org_id}/005Zz0000000001AAA",
            "token_type": "Bearer",
            "scope": "api",
        }
        if grant == "refresh_token" and self.rotate:
            self.refresh_token = f"5Aep{secrets.token_hex(12)}"
            answer["refresh_token"] = self.refresh_token
        return answer

    def _app(self, form: Mapping[str, str]) -> None:
        if form.get("client_id") != self.client_id:
            raise LoginError("invalid_client_id", "client identifier invalid")
        if form.get("client_secret") != self.client_secret:
            raise LoginError("invalid_client", "invalid client credentials")

    def _client_credentials(self, form: Mapping[str, str], url: str) -> None:
        del url
        if not self.my_domain:
            raise LoginError("invalid_grant", "request not supported on this domain")
        self._app(form)

    def _refresh_token(self, form: Mapping[str, str], url: str) -> None:
        del url
        self._app(form)
        if form.get("refresh_token") != self.refresh_token:
            raise LoginError("invalid_grant", "expired access/refresh token")

    def _password(self, form: Mapping[str, str], url: str) -> None:
        del url
        self._app(form)
        expected = self.password + self.security_token
        if (form.get("username"), form.get("password")) != (self.username, expected):
            raise LoginError("invalid_grant", "authentication failure")

    def _jwt(self, form: Mapping[str, str], url: str) -> None:
        try:
            claims = jwt.decode(
                form.get("assertion", ""),
                self.public_key,
                algorithms=["RS256"],
                audience=[url, "https://login.salesforce.com", "https://test.salesforce.com"],
                options={"require": ["exp", "iss", "sub", "aud"]},
            )
        except jwt.InvalidAudienceError as error:
            raise LoginError("invalid_grant", "audience is invalid") from error
        except jwt.InvalidTokenError as error:
            raise LoginError("invalid_grant", "invalid assertion") from error
        if claims["exp"] - time.time() > LONGEST_ASSERTION:
            raise LoginError("invalid_grant", "expired authorization code")
        if (claims["iss"], claims["sub"]) != (self.client_id, self.username):
            raise LoginError("invalid_grant", "user hasn't approved this consumer")
