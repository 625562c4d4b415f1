"""The token endpoint: the OAuth flows, and tokens that expire."""

from __future__ import annotations

import base64
import binascii
import secrets
import threading
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.sandbox.errors import LoginError
from tests.sandbox.org import ids

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jwt.types import Options

    from tests.sandbox.org.org import Org

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LONGEST_ASSERTION = timedelta(minutes=3)
LEEWAY = timedelta(seconds=5)
LOGIN_HOSTS = ["https://login.salesforce.com", "https://test.salesforce.com"]


@cache
def _key() -> rsa.RSAPrivateKey:
    """One key for the whole process: to make it takes a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _id(prefix: str) -> str:
    short = f"{prefix}{ids.PODS[0]}000000001"
    return short + ids.suffix(short)


class Login:
    """One connected app with one user."""

    def __init__(
        self,
        org: Org,
        *,
        token_seconds: float,
        rotate: bool,
        my_domain: bool,
        blocked_flows: frozenset[str],
    ) -> None:
        self.org = org
        self.token_life = timedelta(seconds=token_seconds)
        self.rotate = rotate
        self.my_domain = my_domain
        self.blocked_flows = blocked_flows
        self.client_id = f"3MVG9{secrets.token_hex(8)}"
        self.client_secret = secrets.token_hex(16)
        self.username = "integration@example.com"
        self.password = secrets.token_hex(8)
        self.security_token = secrets.token_hex(8)
        self.refresh_token = f"5Aep{secrets.token_hex(12)}"
        self.org_id = _id("00D")
        self.private_key = (
            _key()
            .private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            .decode()
        )
        self.issued = 0
        self._lock = threading.RLock()
        self._tokens: dict[str, datetime] = {}
        self._seen_ids: set[str] = set()
        self._old_refresh_tokens: list[str] = []

    def secrets(self) -> list[str]:
        """The values that no log, state or report may hold."""
        with self._lock:
            return [
                self.client_secret,
                self.password,
                self.security_token,
                self.refresh_token,
                *self._old_refresh_tokens,
                self.private_key,
                *self._tokens,
            ]

    def new_token(self) -> str:
        """Issue a token; it works until it expires by the org's clock."""
        token = f"{self.org_id[:15]}!{secrets.token_hex(20)}"
        with self._lock:
            self._tokens[token] = self.org.now + self.token_life
            self.issued += 1
        return token

    def works(self, token: str) -> bool:
        """Whether a token is valid now."""
        with self._lock:
            ends = self._tokens.get(token)
            return ends is not None and ends > self.org.now

    def expire_tokens(self) -> None:
        """Expire every token issued so far."""
        with self._lock:
            self._tokens = dict.fromkeys(self._tokens, self.org.now)

    def answer(self, form: Mapping[str, str], authorization: str, url: str) -> dict[str, str]:
        """Answer a request to the token endpoint; LoginError where it is refused."""
        grant = form.get("grant_type", "")
        check = {
            "client_credentials": self._client_credentials,
            "refresh_token": self._refresh_token,
            "password": self._password,
            JWT_GRANT: self._jwt,
        }.get(grant)
        if check is None:
            raise LoginError("unsupported_grant_type", "grant type not supported")
        with self._lock:
            check({**form, **_basic(authorization)}, url)
            return self._token_answer(grant, url)

    def _token_answer(self, grant: str, url: str) -> dict[str, str]:
        answer = {
            "access_token": self.new_token(),
            "instance_url": url,
            "id": f"{url}/id/{self.org_id}/{_id('005')}",
            "token_type": "Bearer",
            "scope": "api",
        }
        if grant != JWT_GRANT:  # an answer to a JWT has neither
            answer["issued_at"] = str(int(self.org.now.timestamp() * 1000))
            answer["signature"] = base64.b64encode(secrets.token_bytes(32)).decode()
        if grant == "client_credentials":
            answer["api_instance_url"] = "https://api.salesforce.com"
        if grant == "refresh_token" and self.rotate:
            self._old_refresh_tokens.append(self.refresh_token)
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
        if "client_credentials" in self.blocked_flows:
            raise LoginError("invalid_grant", "no client credentials user enabled")

    def _refresh_token(self, form: Mapping[str, str], url: str) -> None:
        del url
        self._app(form)
        blocked = "refresh_token" in self.blocked_flows
        if blocked or form.get("refresh_token") != self.refresh_token:
            raise LoginError("invalid_grant", "expired access/refresh token")

    def _password(self, form: Mapping[str, str], url: str) -> None:
        del url
        self._app(form)
        expected = (self.username, self.password + self.security_token)
        given = (form.get("username"), form.get("password"))
        if "password" in self.blocked_flows or given != expected:
            raise LoginError("invalid_grant", "authentication failure")

    def _jwt(self, form: Mapping[str, str], url: str) -> None:
        claims = self._claims(form.get("assertion", ""), [url, *LOGIN_HOSTS])
        self._check_time(claims["exp"])
        if claims["iss"] != self.client_id:
            raise LoginError("invalid_client_id", "client identifier invalid")
        if claims["sub"] != self.username:
            raise LoginError("invalid_grant", "user hasn't approved this consumer")
        if "jwt_bearer" in self.blocked_flows:
            message = "user is not admin approved to access this app"
            raise LoginError("invalid_app_access", message)
        if claims.get("jti") in self._seen_ids:
            raise LoginError("invalid_grant", "assertion was used before")
        if claims.get("jti"):
            self._seen_ids.add(claims["jti"])

    def _claims(self, assertion: str, audiences: list[str]) -> dict[str, Any]:
        # _check_time compares the times with the org's clock
        options: Options = {
            "verify_exp": False,
            "verify_iat": False,
            "verify_nbf": False,
            "require": ["exp", "iss", "sub", "aud"],
        }
        try:
            return jwt.decode(
                assertion,
                _key().public_key(),
                algorithms=["RS256"],
                audience=audiences,
                options=options,
            )
        except jwt.InvalidAudienceError as error:
            raise LoginError("invalid_grant", "audience is invalid") from error
        except jwt.InvalidTokenError as error:
            raise LoginError("invalid_grant", "invalid assertion") from error

    def _check_time(self, expires: object) -> None:
        now = self.org.now.timestamp()
        try:
            left = float(str(expires)) - now
        except ValueError as error:
            raise LoginError("invalid_grant", "invalid assertion") from error
        if not 0 < left <= (LONGEST_ASSERTION + LEEWAY).total_seconds():
            raise LoginError("invalid_grant", "expired authorization code")


def _basic(authorization: str) -> dict[str, str]:
    """Read the app's id and secret from a Basic header."""
    kind, _, encoded = authorization.partition(" ")
    if kind != "Basic":
        return {}
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise LoginError("invalid_client", "invalid client credentials") from error
    return {"client_id": name, "client_secret": secret}
