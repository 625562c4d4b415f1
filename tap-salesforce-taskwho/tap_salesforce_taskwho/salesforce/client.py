"""Every call to the org: what is asked, how often, with which token, at what cost."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar
from urllib.parse import quote, urlencode

import msgspec
from requests import Request

from tap_salesforce_taskwho.errors import InconsistentPage, UserError
from tap_salesforce_taskwho.salesforce import bodies, responses
from tap_salesforce_taskwho.salesforce.answers import Deleted, Page
from tap_salesforce_taskwho.salesforce.api_usage import ApiUsage, UsageMeter, check_quota
from tap_salesforce_taskwho.salesforce.authenticator import SalesforceAuthenticator, Token, nobody
from tap_salesforce_taskwho.salesforce.read_only_session import (
    VERSIONS_PATH,
    GuardedSession,
    ReadOnlyGuard,
)
from tap_salesforce_taskwho.salesforce.redaction import Redactor
from tap_salesforce_taskwho.salesforce.responses import Failure, Verdict
from tap_salesforce_taskwho.salesforce.retry_policy import Patience, read_http_date
from tap_salesforce_taskwho.salesforce.transport import Answer, NoAnswer, exchange

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable

    from tap_salesforce_taskwho.config.settings import Settings

Endpoint = Literal["query", "queryAll"]
Body = TypeVar("Body", bound=msgspec.Struct)

_NAME = "tap-salesforce-taskwho"
_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip",  # Salesforce packs only when asked to
    "Sforce-Call-Options": f"client={_NAME}",
    "User-Agent": _NAME,
}


class SalesforceClient:
    """Reads from one org, for all streams and threads of a tap; nothing is sent before it must.

    Its methods retry by themselves and raise the TapError family: UserError, RetriesExhausted,
    QuotaReached, Stopped, and those that ask the stream for another request.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        logger: logging.Logger,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = settings
        self._guard = ReadOnlyGuard(settings.login_url)
        self._redactor = Redactor()
        self._patience = Patience(settings.max_attempts, logger, should_stop)
        self._meter = UsageMeter()
        self._local = threading.local()
        self._sessions: list[GuardedSession] = []
        self._sessions_lock = threading.Lock()
        self.authenticator = SalesforceAuthenticator(
            settings,
            session=self._new_session(),
            patience=self._patience,
            redactor=self._redactor,
            logger=logger,
        )

    @property
    def session(self) -> GuardedSession:
        """The guarded session of the thread that asks."""
        session: GuardedSession | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = self._new_session()
        return session

    @property
    def instance_url(self) -> str:
        """The org's own host; logs in at the first call."""
        return self.authenticator.token().instance_url

    @property
    def org_id(self) -> str | None:
        """The org's Id in 18 characters, None where no token says it; logs in at the first call."""
        return self.authenticator.token().org_id

    @property
    def usage(self) -> ApiUsage:
        """The API calls as they stand."""
        return self._meter.now()

    @property
    def throttled(self) -> int:
        """How often the org has asked for fewer requests at once: 429, 503, its own limits."""
        return self._meter.throttled

    def query(
        self,
        soql: str,
        *,
        endpoint: Endpoint,
        page_size: int,
        decoder: msgspec.json.Decoder[bodies.PageBody[Any]] | None = None,
    ) -> Page:
        """Ask for a page; raises QueryTimeout and QueryAllRefused for the stream to answer.

        `decoder` makes its records structs where all of them fit.
        """
        options = {"Sforce-Query-Options": f"batchSize={page_size}"}

        def read(answer: Answer) -> bodies.PageBody[Any] | None:
            plain = None if decoder is None else bodies.plain_page(answer, decoder)
            return plain or bodies.expected(answer, bodies.PageBody[Any])

        got = self._get(self._path(endpoint), {"q": soql}, read, "A page", headers=options)
        for record in got.body.records:
            if record.__class__ is dict:
                record.pop("attributes", None)  # says the record's type and address, no field
        usage = self._meter.now()
        return Page(
            records=got.body.records,
            # nothing may be taken for the end that is not: rows are missing in this page
            done=got.body.done and got.body.total_size <= len(got.body.records),
            total_size=got.body.total_size,
            next_url=got.body.next_records_url,
            attempts=got.attempts,
            duration_ms=got.duration_ms,
            api_used=usage.used,
            api_max=usage.maximum,
            fetched_at=datetime.now(UTC),
        )

    def count(self, soql: str, *, endpoint: Endpoint) -> int:
        """Ask for the number of rows of a COUNT() query."""
        read = partial(bodies.expected, shape=bodies.CountBody)
        got = self._get(self._path(endpoint), {"q": soql}, read, "A count of rows")
        return got.body.total_size

    def deleted(self, sobject: str, start: datetime, end: datetime) -> Deleted:
        """Ask which rows were deleted (of TaskRelation alone); both moments aware.

        Raises TooManyDeletedIds and DeletesNoLongerKept.
        """
        window = {
            "start": f"{start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "end": f"{end.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        }
        path = self._path(f"sobjects/{sobject}/deleted/")
        read = partial(bodies.expected, shape=bodies.DeletedBody)
        got = self._get(path, window, read, "A list of deletes")
        try:
            return Deleted(
                got.body.deleted_records,
                _moment(got.body.earliest_date_available),
                _moment(got.body.latest_date_covered),
                attempts=got.attempts,
                duration_ms=got.duration_ms,
                fetched_at=datetime.now(UTC),
            )
        except ValueError as error:
            raise InconsistentPage(
                f"The org's list of deletes has bounds that are no dates: {error}. Nothing of it "
                "was taken. Run again, and ask Salesforce support if it stays so."
            ) from None

    def server_now(self) -> datetime:
        """Give the time by the org's clock: the Date of an answer that costs no API call."""
        attempts = self._patience.start("A look at the org's clock")
        url = self.instance_url + VERSIONS_PATH
        while True:
            attempts.begin()
            answer = self._exchange(Request("GET", url, headers=_HEADERS, auth=nobody))
            if isinstance(answer, Answer):
                now = read_http_date(answer.headers.get("Date", ""))
                if now is not None and bodies.is_list(answer):
                    return now
            failure = responses.judge(answer, self._redactor)
            self._note(failure)
            if failure.verdict is Verdict.FATAL:
                raise failure.error(attempts.what)
            attempts.wait(failure)

    def check_quota(self) -> None:
        """Raise QuotaReached where the settings' share of the daily calls is used."""
        self.check_planned(1)

    def check_planned(self, calls: int) -> None:
        """Raise QuotaReached where it would be used before the last of so many calls."""
        check_quota(
            self._meter.now(),
            percent_total=self._settings.api_quota_percent_total,
            percent_run=self._settings.api_quota_percent_run,
            planned=calls,
        )

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._sessions_lock:
            for session in self._sessions:
                session.close()

    def _get(
        self,
        path: str,
        fields: dict[str, str],
        read: Callable[[Answer], Body | None],
        what: str,
        *,
        headers: dict[str, str] | None = None,
    ) -> _Got[Body]:
        attempts, endpoint = self._patience.start(what), path.rpartition("/")[2]
        token, refused = self.authenticator.token(), 0
        query = urlencode(fields, quote_via=quote)
        while True:
            attempts.begin()
            self._meter.count_call()
            url = f"{token.instance_url}{path}?{query}"
            request = Request("GET", url, headers=_HEADERS | (headers or {}), auth=token)
            answer = self._exchange(request)
            if isinstance(answer, Answer):
                self._meter.read(answer.headers.get("Sforce-Limit-Info"))
                body = read(answer)
                if body is not None:
                    return _Got(body, attempts.number, attempts.duration_ms)
            failure = responses.judge(answer, self._redactor)
            self._note(failure)
            if failure.verdict is Verdict.NEW_TOKEN:
                token, refused = self._renewed(token, refused, what), refused + 1
                continue
            refused = 0
            if failure.verdict not in {Verdict.RETRY, Verdict.EASE}:
                raise failure.error(what, endpoint=endpoint)
            attempts.wait(failure)

    def _renewed(self, token: Token, refused: int, what: str) -> Token:
        if refused:
            raise UserError(
                f"{what} failed: Salesforce refused a token twice in a row that it had just given "
                "out (INVALID_SESSION_ID). Check the session settings of the app and the profile "
                "(timeout, IP addresses the session is locked to), and that instance_url and "
                "login_url are of the same org."
            )
        return self.authenticator.renew(token)

    def _exchange(self, request: Request) -> Answer | NoAnswer:
        session = self.session
        timeout = self._settings.request_timeout_seconds
        return exchange(session, session.prepare_request(request), timeout_seconds=timeout)

    def _note(self, failure: Failure) -> None:
        if failure.verdict is Verdict.EASE:
            self._meter.count_throttling()

    def _path(self, resource: str) -> str:
        return f"/services/data/v{self._settings.api_version}/{resource}"

    def _new_session(self) -> GuardedSession:
        session = GuardedSession(self._guard)
        with self._sessions_lock:
            self._sessions.append(session)
        return session


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Got(Generic[Body]):
    """An answer that was the one asked for."""

    body: Body
    attempts: int
    duration_ms: int
