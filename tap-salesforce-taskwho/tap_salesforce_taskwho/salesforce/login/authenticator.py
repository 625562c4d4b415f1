"""The token: all threads share one, and renew it once when Salesforce refuses it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from requests import Request

from tap_salesforce_taskwho.errors import TapError, UserError
from tap_salesforce_taskwho.errors.login import (
    ACCESS_TOKEN_EXPIRED,
    INSTANCE_URL_UNKNOWN,
    TOKEN_UNUSABLE,
)
from tap_salesforce_taskwho.errors.login_answers import LOGIN_ANSWERS
from tap_salesforce_taskwho.salesforce import bodies
from tap_salesforce_taskwho.salesforce.http.dates import read_http_date
from tap_salesforce_taskwho.salesforce.ids import org_id_of, user_id_of
from tap_salesforce_taskwho.salesforce.login.flows import FLOWS
from tap_salesforce_taskwho.salesforce.read_only_guard import TOKEN_PATH, VERSIONS_PATH
from tap_salesforce_taskwho.salesforce.responses import classify
from tap_salesforce_taskwho.salesforce.transport import Answer, NoAnswer, exchange

if TYPE_CHECKING:
    import logging

    from requests import PreparedRequest

    from tap_salesforce_taskwho.config.settings import Settings
    from tap_salesforce_taskwho.salesforce.failure import Failure
    from tap_salesforce_taskwho.salesforce.read_only_session import ReadOnlySession
    from tap_salesforce_taskwho.salesforce.redaction import Redactor
    from tap_salesforce_taskwho.salesforce.retry_policy import RetryPolicy

_LONGEST_LOGIN_SECONDS = 60
_FIRST_WAIT_SECONDS = 2.0
_TOKEN = re.compile(r"[!-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, and the one host that it is sent to."""

    value: str = field(repr=False)
    instance_url: str
    org_id: str | None
    user_id: str | None = None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sign a request, as requests asks of an `auth`."""
        request.headers["Authorization"] = f"Bearer {self.value}"
        return request


class TokenBody(msgspec.Struct):
    """The token endpoint's answer. It has no `expires_in`: only a 401 shows that a token ended."""

    access_token: str
    instance_url: str | None = None
    id: str = ""
    refresh_token: str | None = None


class Authenticator:
    """Logs in by the flow of the settings. All threads share one token."""

    def __init__(
        self,
        settings: Settings,
        *,
        session: ReadOnlySession,
        retry_policy: RetryPolicy,
        redactor: Redactor,
        logger: logging.Logger,
    ) -> None:
        self._settings = settings
        self._session = session
        self._retry_policy = retry_policy
        self._redactor = redactor
        self._logger = logger
        self._lock = Lock()
        self._token: Token | None = None
        self._refusal: UserError | None = None
        redactor.hide(settings.client_secret, settings.password, settings.security_token)
        redactor.hide(settings.private_key, settings.refresh_token, settings.access_token)
        if settings.auth_flow == "password":
            logger.warning(
                "Salesforce is retiring auth_flow password and blocks it in new orgs: change to "
                "client_credentials or jwt_bearer."
            )

    def token(self) -> Token:
        """Give the token in use; logs in at the first call."""
        with self._lock:
            if self._token is None:
                self._token = self._new_token()
            return self._token

    def renew(self, refused: Token) -> Token:
        """Give a newer token than the refused one; only the first thread that asks logs in."""
        with self._lock:
            if self._token is refused or self._token is None:
                self._token = None
                self._token = self._new_token()
            return self._token

    def _new_token(self) -> Token:
        if self._refusal is not None:
            raise self._refusal  # repeated refusals can lock a user out
        try:
            if self._settings.auth_flow == "access_token":
                return self._given_token()
            return self._token_of(self._log_in())
        except UserError as error:
            self._refusal = error
            raise

    def _given_token(self) -> Token:
        if self._session.guard.instance_origin is not None:
            raise UserError(ACCESS_TOKEN_EXPIRED)
        value = self._settings.access_token or ""
        origin = self._session.guard.admit(self._settings.instance_url or "")
        return _token(value, origin, org_id_of("", value.strip()))

    def _log_in(self) -> TokenBody:
        self._retry_policy.wait(0)  # a stop may have come while another thread logged in
        attempts = self._retry_policy.begin(
            "The login to Salesforce", first_wait_seconds=_FIRST_WAIT_SECONDS
        )
        return attempts.run(self._ask_for_token)

    def _ask_for_token(self) -> TokenBody | Failure:
        form = FLOWS[self._settings.auth_flow](self._settings, self._login_clock)
        self._redactor.hide(form.get("assertion"), form.get("password"))
        answer = self._exchange("POST", TOKEN_PATH, form)
        if isinstance(answer, Answer):
            granted = bodies.read_as(answer, TokenBody)
            if granted is not None and granted.access_token:
                return granted
        return replace(classify(answer, LOGIN_ANSWERS, self._redactor), of_login=True)

    def _token_of(self, granted: TokenBody) -> Token:
        self._redactor.hide(granted.access_token, granted.refresh_token)
        if granted.refresh_token not in {None, self._settings.refresh_token}:
            self._settings = replace(self._settings, refresh_token=granted.refresh_token)
            self._logger.warning(
                "Salesforce has replaced the refresh token: the one in your settings no longer "
                "works, and this tap cannot store the new one. Before the next run, log in to the "
                "app again and set refresh_token. Switch off refresh token rotation in the app, or "
                "change auth_flow to jwt_bearer or client_credentials."
            )
        instance_url = self._settings.instance_url or granted.instance_url
        if not instance_url:
            raise TapError(INSTANCE_URL_UNKNOWN)
        guard = self._session.guard
        origin = guard.admit(instance_url)
        if not self._settings.instance_url:
            guard.known_hosts.add(urlsplit(origin).hostname or "")
        token = _token(granted.access_token, origin, org_id_of(granted.id, granted.access_token))
        return replace(token, user_id=user_id_of(granted.id))

    def _exchange(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> Answer | NoAnswer:
        url = self._session.guard.login_origin + path
        request = Request(method, url, data=form, auth=unsigned)
        return exchange(
            self._session,
            self._session.prepare_request(request),
            timeout_seconds=min(self._settings.request_timeout_seconds, _LONGEST_LOGIN_SECONDS),
        )

    def _login_clock(self) -> datetime:
        """Give the login host's time: it checks assertions, and this machine's may be wrong."""
        answer = self._exchange("GET", VERSIONS_PATH)
        date = answer.headers.get("Date", "") if isinstance(answer, Answer) else ""
        return read_http_date(date) or datetime.now(UTC)


def _token(value: str, instance_url: str, org_id: str | None) -> Token:
    """Make a token of a value that can stand in a header: errors would show any other value."""
    bare = value.strip()
    if not _TOKEN.fullmatch(bare):
        raise UserError(TOKEN_UNUSABLE)
    return Token(bare, instance_url, org_id)


def unsigned(request: PreparedRequest) -> PreparedRequest:
    """Sign nothing. Without an `auth`, requests takes one from ~/.netrc."""
    return request
