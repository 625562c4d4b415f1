"""Every call to the org: what is asked, how often, with which token, at what cost."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import quote, urlencode

from requests import Request

from tap_salesforce_taskwho.errors import QueryTimeout, TooManyDeletedIds, UserError
from tap_salesforce_taskwho.errors.login import TOKEN_REFUSED_TWICE
from tap_salesforce_taskwho.errors.requests import TOO_MANY_DELETES
from tap_salesforce_taskwho.errors.rest_answers import REST_ANSWERS
from tap_salesforce_taskwho.errors.rules import ResponseAction
from tap_salesforce_taskwho.salesforce import bodies
from tap_salesforce_taskwho.salesforce.answers import Cost, Reply
from tap_salesforce_taskwho.salesforce.api_usage import ApiUsage, UsageMeter, check_quota
from tap_salesforce_taskwho.salesforce.failure import Failure
from tap_salesforce_taskwho.salesforce.http.dates import read_http_date
from tap_salesforce_taskwho.salesforce.login.authenticator import Authenticator, Token, unsigned
from tap_salesforce_taskwho.salesforce.read_only_guard import VERSIONS_PATH, ReadOnlyGuard
from tap_salesforce_taskwho.salesforce.read_only_session import ReadOnlySession
from tap_salesforce_taskwho.salesforce.redaction import Redactor
from tap_salesforce_taskwho.salesforce.responses import classify
from tap_salesforce_taskwho.salesforce.retry_policy import RetryPolicy
from tap_salesforce_taskwho.salesforce.transport import Answer, NoAnswer, exchange

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable

    import msgspec

    from tap_salesforce_taskwho.config.settings import Settings

Endpoint = Literal["query", "queryAll"]
Body = TypeVar("Body")

_NAME = "tap-salesforce-taskwho"
_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip",  # Salesforce packs only when asked to
    "Sforce-Call-Options": f"client={_NAME}",
    "User-Agent": _NAME,
}


class SalesforceClient:
    """Reads from one org, for all streams and threads of a tap. It logs in at the first call.

    Its methods send again what is worth it, and raise the TapError family.
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
        self._retry_policy = RetryPolicy(settings.max_attempts, logger, should_stop)
        self._meter = UsageMeter()
        self._local = threading.local()
        self._sessions: list[ReadOnlySession] = []
        self._sessions_lock = threading.Lock()
        self.authenticator = Authenticator(
            settings,
            session=self._new_session(),
            retry_policy=self._retry_policy,
            redactor=self._redactor,
            logger=logger,
        )

    @property
    def session(self) -> ReadOnlySession:
        """The session of the thread that asks."""
        session: ReadOnlySession | None = getattr(self._local, "session", None)
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
    def user_id(self) -> str | None:
        """The user's Id in 18 characters, None where no token says it."""
        return self.authenticator.token().user_id

    @property
    def usage(self) -> ApiUsage:
        """The API calls as they stand."""
        return self._meter.now()

    def new_calls(self) -> int:
        """Give the API calls since this was last asked."""
        return self._meter.new_calls()

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
        defect: Callable[[bodies.PageBody[Any]], str] = lambda _: "",
    ) -> Reply[bodies.PageBody[Any]]:
        """Ask for a page; raises QueryTimeout and QueryAllRefused for the stream to answer.

        `decoder` makes structs of its records where all of them fit. A page is asked for again as
        long as `defect` finds one, in words.
        """

        def read(answer: Answer) -> bodies.PageBody[Any] | Failure | None:
            page = bodies.read_page(answer, decoder)
            found = defect(page) if page is not None else ""
            cause = f"the org answered with {found}"
            fix = "If it happens again, ask Salesforce support."
            return Failure(action=ResponseAction.RETRY, cause=cause, fix=fix) if found else page

        options = {"Sforce-Query-Options": f"batchSize={page_size}"}
        return self._get(self._path(endpoint), {"q": soql}, read, "A page", headers=options)

    def count(self, soql: str, *, endpoint: Endpoint) -> int:
        """Ask for the number of rows of a COUNT() query."""
        read = partial(bodies.read_as, shape=bodies.CountBody)
        return self._get(self._path(endpoint), {"q": soql}, read, "A count of rows").body.total_size

    def deleted(self, sobject: str, start: datetime, end: datetime) -> Reply[bodies.Deletes]:
        """Ask which rows were deleted, of TaskRelation only; both datetimes are aware.

        Salesforce ignores their seconds. Raises TooManyDeletedIds, also where the answer is too
        large or takes too long, and DeletesNoLongerKept.
        """
        bounds = {
            name: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            for name, at in (("start", start), ("end", end))
        }
        path = self._path(f"sobjects/{sobject}/deleted/")
        what = "A list of deletes"
        try:
            return self._get(path, bounds, bodies.read_deletes, what)
        except QueryTimeout as error:
            cause = "the list is too long for the org, or for one answer"
            raise TooManyDeletedIds(TOO_MANY_DELETES, request=what, cause=cause, fix="") from error

    def server_now(self) -> datetime:
        """Give the time by the org's clock: the Date of an answer that costs no API call."""
        attempts = self._retry_policy.begin("A look at the org's clock")
        return attempts.run(self._server_date)

    def check_quota(self, planned: int = 1) -> None:
        """Raise QuotaReached where the settings do not allow so many more calls."""
        check_quota(
            self._meter.now(),
            percent_total=self._settings.api_quota_percent_total,
            percent_run=self._settings.api_quota_percent_run,
            planned=planned,
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
        read: Callable[[Answer], Body | Failure | None],
        what: str,
        *,
        headers: dict[str, str] | None = None,
    ) -> Reply[Body]:
        """Send a GET until `read` finds the body that was asked for."""
        address = f"{path}?{urlencode(fields, quote_via=quote)}"
        attempts = self._retry_policy.begin(what)

        def send(token: Token) -> Body | Failure:
            url = token.instance_url + address
            request = Request("GET", url, headers=_HEADERS | (headers or {}), auth=token)
            return self._send_api_call(request, read)

        def send_with_a_valid_token() -> Body | Failure:
            token = self.authenticator.token()
            result = send(token)
            if not _is_refused_token(result):
                return result
            attempts.number += 1
            result = send(self.authenticator.renew(token))
            if _is_refused_token(result):
                raise UserError(TOKEN_REFUSED_TWICE, request=what)
            return result

        body = attempts.run(send_with_a_valid_token, endpoint=path.rpartition("/")[2])
        usage = self._meter.now()
        cost = Cost(
            attempts=attempts.number,
            duration_ms=attempts.duration_ms,
            api_used=usage.used,
            api_max=usage.maximum,
            org_time=usage.org_time,
        )
        return Reply(body, cost)

    def _send_api_call(
        self, request: Request, read: Callable[[Answer], Body | Failure | None]
    ) -> Body | Failure:
        self._meter.count_call()
        answer = self._exchange(request)
        if isinstance(answer, Answer):
            headers = answer.headers
            self._meter.read(
                headers.get("Sforce-Limit-Info"), read_http_date(headers.get("Date", ""))
            )
            body = read(answer)
            if body is not None:
                return body
        return self._classify(answer)

    def _server_date(self) -> datetime | Failure:
        url = self.instance_url + VERSIONS_PATH
        answer = self._exchange(Request("GET", url, headers=_HEADERS, auth=unsigned))
        if isinstance(answer, Answer):
            now = read_http_date(answer.headers.get("Date", ""))
            if now is not None and bodies.is_list(answer):
                return now
        failure = self._classify(answer)
        if failure.action is ResponseAction.FAIL:
            return failure
        # no token is sent and no row is asked for: nothing else can help
        return replace(failure, action=ResponseAction.RETRY)

    def _exchange(self, request: Request) -> Answer | NoAnswer:
        session = self.session
        timeout = self._settings.request_timeout_seconds
        return exchange(session, session.prepare_request(request), timeout_seconds=timeout)

    def _classify(self, answer: Answer | NoAnswer) -> Failure:
        failure = classify(answer, REST_ANSWERS, self._redactor)
        if failure.action is ResponseAction.SLOW_DOWN:
            self._meter.count_throttling()
        return failure

    def _path(self, resource: str) -> str:
        return f"/services/data/v{self._settings.api_version}/{resource}"

    def _new_session(self) -> ReadOnlySession:
        session = ReadOnlySession(self._guard)
        with self._sessions_lock:
            self._sessions.append(session)
        return session


def _is_refused_token(result: object) -> bool:
    return isinstance(result, Failure) and result.action is ResponseAction.RENEW_TOKEN
