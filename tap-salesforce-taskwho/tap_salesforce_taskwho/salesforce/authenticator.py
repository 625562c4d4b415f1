"""Who the tap is to Salesforce: one token for all threads, renewed once when it is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec
from requests import Request
from singer_sdk.authenticators import OAuthAuthenticator

from tap_salesforce_taskwho.errors import TapError, UserError
from tap_salesforce_taskwho.salesforce import bodies
from tap_salesforce_taskwho.salesforce.ids import org_id_of
from tap_salesforce_taskwho.salesforce.login_errors import judge_login
from tap_salesforce_taskwho.salesforce.login_flows import FLOWS
from tap_salesforce_taskwho.salesforce.read_only_session import (
    TOKEN_PATH,
    VERSIONS_PATH,
    GuardedSession,
)
from tap_salesforce_taskwho.salesforce.responses import Verdict
from tap_salesforce_taskwho.salesforce.retry_policy import read_http_date
from tap_salesforce_taskwho.salesforce.transport import Answer, exchange

if TYPE_CHECKING:
    import logging

    from requests import PreparedRequest

    from tap_salesforce_taskwho.config.settings import Settings
    from tap_salesforce_taskwho.salesforce.redaction import Redactor
    from tap_salesforce_taskwho.salesforce.retry_policy import Patience

LOGIN = "The login to Salesforce"
_LONGEST_LOGIN_SECONDS = 60
_FIRST_WAIT_SECONDS = 2.0
_TOKEN = re.compile(r"[!-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and the one host where it goes."""

    value: str = field(repr=False)
    instance_url: str
    org_id: str | None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sign a request, as requests asks of an `auth`."""
        request.headers["Authorization"] = f"Bearer {self.value}"
        return request


class TokenBody(msgspec.Struct):
    """What the token endpoint grants; there is no `expires_in`, so a 401 alone tells the end."""

    access_token: str
    instance_url: str | None = None
    id: str = ""
    refresh_token: str | None = None


class SalesforceAuthenticator(OAuthAuthenticator):
    """The SDK's OAuth authenticator, but through the guarded session and safe among threads."""

    def __init__(
        self,
        settings: Settings,
        *,
        session: GuardedSession,
        patience: Patience,
        redactor: Redactor,
        logger: logging.Logger,
    ) -> None:
        super().__init__(
            auth_endpoint=session.guard.login_origin + TOKEN_PATH,
            client_id=settings.client_id,
            client_secret=settings.client_secret,
        )
        # The SDK's own session follows redirects with the secret in hand.
        self._session: GuardedSession = session
        self._settings, self._patience, self._redactor = settings, patience, redactor
        self.logger = logger
        self._lock = Lock()
        self._token: Token | None = None
        self._refusal: str | None = None
        redactor.hide(settings.client_secret, settings.password, settings.security_token)
        redactor.hide(settings.private_key, settings.refresh_token, settings.access_token)
        if settings.auth_flow == "password":
            logger.warning(
                "auth_flow password is being retired by Salesforce (blocked in new orgs): change "
                "to client_credentials or jwt_bearer."
            )

    def token(self) -> Token:
        """Give the token in use; logs in at the first call."""
        with self._lock:
            if self._token is None:
                self._token = self._new_token()
            return self._token

    def renew(self, refused: Token) -> Token:
        """Give a newer token than the one refused; only the first thread to ask logs in."""
        with self._lock:
            if self._token is refused or self._token is None:
                self._token = None
                self._token = self._new_token()
            return self._token

    def is_token_valid(self) -> bool:
        """Say whether there is a token; only Salesforce knows whether it still works."""
        return self._token is not None

    def update_access_token(self) -> None:
        """Log in, if nobody has: the SDK's name for it."""
        self.access_token = self.token().value

    def authenticate_request(self, request: PreparedRequest) -> PreparedRequest:
        """Sign a request with the token in use."""
        return self.token()(request)

    @property
    def oauth_request_body(self) -> dict[str, Any]:
        """What the chosen flow posts."""
        form = FLOWS[self._settings.auth_flow](self._settings, self._login_clock)
        self._redactor.hide(form.get("assertion"), form.get("password"))
        return form

    def _new_token(self) -> Token:
        if self._refusal is not None:
            raise UserError(self._refusal)  # repeated refusals can lock a user out
        try:
            if self._settings.auth_flow == "access_token":
                return self._given_token()
            return self._take(self._log_in())
        except UserError as error:
            self._refusal = str(error)
            raise

    def _given_token(self) -> Token:
        value, instance_url = self._settings.access_token, self._settings.instance_url
        if value is None or instance_url is None:
            raise UserError(
                "auth_flow access_token needs access_token and instance_url. Set both, or choose "
                "another auth_flow."
            )
        if self._session.guard.instance_origin is not None:
            raise UserError(
                "Salesforce does not take the access_token (INVALID_SESSION_ID): it has expired or "
                "was revoked. Set access_token to a new one; an auth_flow such as "
                "client_credentials or jwt_bearer gets them by itself."
            )
        origin = self._session.guard.admit(instance_url)
        return _token(value, origin, org_id_of("", value.strip()))

    def _log_in(self) -> TokenBody:
        self._patience.rest(0)  # whoever waited here for another thread's login may have to stop
        attempts = self._patience.start(LOGIN, first_wait_seconds=_FIRST_WAIT_SECONDS)
        while True:
            attempts.begin()
            answer = self._exchange("POST", TOKEN_PATH, self.oauth_request_payload)
            granted = bodies.expected(answer, TokenBody) if isinstance(answer, Answer) else None
            if granted is not None and granted.access_token:
                return granted
            failure = judge_login(answer, self._redactor)
            if failure.verdict is not Verdict.RETRY:
                raise failure.error(LOGIN)
            attempts.wait(failure)

    def _take(self, granted: TokenBody) -> Token:
        self._redactor.hide(granted.access_token, granted.refresh_token)
        if granted.refresh_token not in {None, self._settings.refresh_token}:
            self._settings = replace(self._settings, refresh_token=granted.refresh_token)
            self.logger.warning(
                "Salesforce has replaced the refresh token: the one in your settings is dead from "
                "now on, and this tap cannot store the new one. Log in to the app again before the "
                "next run and set refresh_token, and switch off refresh token rotation in the app "
                "or change auth_flow to jwt_bearer or client_credentials."
            )
        instance_url = self._settings.instance_url or granted.instance_url
        if not instance_url:
            raise TapError(
                f"{LOGIN} worked, but the answer does not say where the org is. Set instance_url "
                "to your My Domain URL."
            )
        origin = self._session.guard.admit(instance_url)
        return _token(granted.access_token, origin, org_id_of(granted.id, granted.access_token))

    def _exchange(self, method: str, path: str, form: dict[str, str] | None = None) -> Any:  # noqa: ANN401
        request = Request(method, self._session.guard.login_origin + path, data=form, auth=nobody)
        return exchange(
            self._session,
            self._session.prepare_request(request),
            timeout_seconds=min(self._settings.request_timeout_seconds, _LONGEST_LOGIN_SECONDS),
        )

    def _login_clock(self) -> datetime:
        """Ask for the time of the host that judges an assertion's; this machine's may be wrong."""
        answer = self._exchange("GET", VERSIONS_PATH)
        date = answer.headers.get("Date", "") if isinstance(answer, Answer) else ""
        return read_http_date(date) or datetime.now(UTC)


def _token(value: str, instance_url: str, org_id: str | None) -> Token:
    """Make a token of a value that can stand in a header: what cannot would be shown in errors."""
    bare = value.strip()
    if not _TOKEN.fullmatch(bare):
        raise UserError(
            "The access token holds characters that no token has, such as a space or a line break. "
            "Set access_token again, without quotes or anything else around it."
        )
    return Token(bare, instance_url, org_id)


def nobody(request: PreparedRequest) -> PreparedRequest:
    """Sign nothing; without an `auth`, requests would take one from ~/.netrc."""
    return request
