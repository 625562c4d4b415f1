"""The paths of the REST API: what each answers, and what it refuses."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import msgspec

from tests.sandbox.api.requests import ENDPOINTS, Request
from tests.sandbox.errors import EdgeError, LoginError, OrgError
from tests.sandbox.faults.kinds import ANSWERS
from tests.sandbox.faults.pages import spoil
from tests.sandbox.org.objects import OBJECTS, describe
from tests.sandbox.queries.pages import Page
from tests.sandbox.queries.soql import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.queries.soql import Query
    from tests.sandbox.sandbox import Sandbox

# 7 to 30 answer 410; 31 to 40 are deprecated and work (REST guide, API end of life)
SUPPORTED, RETIRED = range(31, 69), range(7, 31)
LONGEST_URI = 16_384  # bytes; more is 414, more with the headers 431 (help article 000386264)
SHORTEST_BATCH, LONGEST_BATCH = 200, 2_000
BATCH_SIZE = re.compile(r"\bbatchSize\s*=\s*(\d+)")
VERSION = re.compile(r"/services/data/v(\d+)\.0(?:/|$)")
HTML = {"Content-Type": "text/html;charset=UTF-8"}
QUERIES = {"query", "queryAll", "more"}


@dataclass
class Answer:
    """A status, a body, and additional headers."""

    status: int
    page: Page
    headers: dict[str, str]
    counted: bool  # an answer of the API itself: it has the header Sforce-Limit-Info


class Api:
    """Answers the requests to one sandbox org."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._flying = 0
        self._lock = threading.Lock()

    def answer(self, request: Request, body: bytes, size: int) -> Answer:
        """Answer one request; `size` is that of its headers in bytes."""
        try:
            page = self._answer(request, body, size)
        except OrgError as error:
            counted = request.endpoint != "versions"
            return Answer(error.status, Page(msgspec.json.encode(error.body)), {}, counted)
        except LoginError as error:
            return Answer(error.status, Page(msgspec.json.encode(error.body)), {}, counted=False)
        except EdgeError as error:
            return Answer(error.status, Page(error.body), HTML, counted=False)
        request.rows = page.rows
        return Answer(200, page, {}, counted=request.endpoint not in {"versions", "token"})

    def fault(self, kind: str) -> Answer:
        """Answer by a fault."""
        status, body, headers = ANSWERS[kind]
        counted = body.startswith(b"[")
        url = self.sandbox.url.replace("127.0.0.1", "localhost")
        filled = {name: value.replace("{url}", url) for name, value in headers.items()}
        return Answer(status, Page(body), filled, counted)

    def _answer(self, request: Request, body: bytes, size: int) -> Page:
        _check_length(request, size)
        if request.endpoint == "token":
            return Page(msgspec.json.encode(self._token(request, body)))
        if request.method != "GET":
            message = f"HTTP Method '{request.method}' not allowed. Allowed are GET,HEAD"
            raise OrgError(405, "METHOD_NOT_ALLOWED", message)
        if request.endpoint == "versions":
            return _json([_version(number) for number in SUPPORTED])
        version = _supported(request.path)
        self._authorise(request)
        self.sandbox.count_call()
        if request.endpoint in QUERIES:
            with self._in_flight():
                return self._query(request, version)
        return _json(self._resource(request, version))

    def _token(self, request: Request, body: bytes) -> dict[str, str]:
        if request.method != "POST":
            raise LoginError("invalid_request", "must use HTTP POST")
        self.sandbox.wait(self.sandbox.login_latency_ms / 1000)
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        basic = request.headers.get("authorization", "")
        return self.sandbox.login.answer(form, basic, self.sandbox.url)

    def _authorise(self, request: Request) -> None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind not in {"Bearer", "OAuth"}:
            raise OrgError(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE")
        if not self.sandbox.login.works(token):
            raise OrgError(401, "INVALID_SESSION_ID", "Session expired or invalid")

    @contextmanager
    def _in_flight(self) -> Iterator[None]:
        most = self.sandbox.max_concurrency
        with self._lock:
            if most is not None and self._flying >= most:
                message = "ConcurrentPerOrgLongTxn Limit exceeded."
                raise OrgError(403, "REQUEST_LIMIT_EXCEEDED", message)
            self._flying += 1
        try:
            self.sandbox.wait(self.sandbox.latency_ms / 1000)
            yield
        finally:
            with self._lock:
                self._flying -= 1

    def _query(self, request: Request, version: str) -> Page:
        sandbox, batch = self.sandbox, _batch(request)
        if request.endpoint == "more":
            found = ENDPOINTS["more"].fullmatch(request.path)
            locator = found["locator"] if found else ""
            with sandbox.lock:
                page = sandbox.pages.more(locator, batch=batch, version=version)
            return self._spoiled(request, page)
        if not request.soql:
            raise OrgError(400, "MALFORMED_QUERY", "A query string has to be specified")
        query = request.query = parse(request.soql, sandbox.unseen)
        everything = request.endpoint == "queryAll"
        relations = query.sobject == "TaskWhoRelation"
        if everything and relations and sandbox.queryall_refused:
            raise OrgError(400, *_QUERYALL_REFUSED)
        if self._is_slow(query):
            raise OrgError(400, "QUERY_TIMEOUT", "Your query request was running for too long.")
        with sandbox.lock:
            page = sandbox.pages.first(query, everything=everything, batch=batch, version=version)
        return self._spoiled(request, page)

    def _is_slow(self, query: Query) -> bool:
        sandbox = self.sandbox
        if query.counts and sandbox.slow_counts:
            return True
        return (
            sandbox.slow_above is not None and (query.limit or LONGEST_BATCH) > sandbox.slow_above
        )

    def _spoiled(self, request: Request, page: Page) -> Page:
        kind = self.sandbox.faults.after(request) if page.rows > 1 else None
        if kind is None or kind == "truncated_page":
            return page
        return Page(spoil(kind, page.body), page.rows)

    def _resource(self, request: Request, version: str) -> Any:  # noqa: ANN401 - any JSON
        sandbox = self.sandbox
        names = [name for name in OBJECTS if name not in sandbox.unseen]
        if request.endpoint == "resources":
            root = f"/services/data/v{version}"
            return {name: f"{root}/{name}" for name in ("sobjects", "query", "queryAll", "limits")}
        if request.endpoint == "limits":
            left = max(0, sandbox.api_max - sandbox.api_used)
            return {"DailyApiRequests": {"Max": sandbox.api_max, "Remaining": left}}
        if request.endpoint == "sobjects":
            return {"encoding": "UTF-8", "sobjects": [{"name": name} for name in names]}
        if request.endpoint == "deleted" and "TaskWhoRelation" in names:
            with sandbox.lock:
                return sandbox.delete_log.between(request.arguments)
        if request.endpoint == "describe":
            found = ENDPOINTS["describe"].fullmatch(request.path)
            if found and found["sobject"] in names:
                return describe(found["sobject"], sandbox.unseen, version)
        raise OrgError(404, "NOT_FOUND", "The requested resource does not exist")


_QUERYALL_REFUSED = (
    "INVALID_TYPE_FOR_OPERATION",
    "entity type TaskWhoRelation does not support queryAll",
)


def _json(value: object) -> Page:
    return Page(msgspec.json.encode(value))


def _version(number: int) -> dict[str, str]:
    year, season = divmod(number, 3)  # 66.0 is Spring '26, and winter counts as the next year
    label = f"{('Spring', 'Summer', 'Winter')[season]} '{year + 4 + season // 2:02d}"
    return {"label": label, "url": f"/services/data/v{number}.0", "version": f"{number}.0"}


def _check_length(request: Request, size: int) -> None:
    uri = request.length
    if uri > LONGEST_URI:
        raise EdgeError(414, "URI Too Long")
    if uri + size > LONGEST_URI:
        raise EdgeError(431, "Request Header Fields Too Large")


def _supported(path: str) -> str:
    found = VERSION.match(path)
    number = int(found[1]) if found else 0
    if number in RETIRED:
        message = f"The requested API version {number}.0 is no longer supported."
        raise OrgError(410, "UNSUPPORTED_API_VERSION", message)
    if number not in SUPPORTED:
        raise OrgError(404, "NOT_FOUND", "The requested resource does not exist")
    return f"{number}.0"


def _batch(request: Request) -> int:
    found = BATCH_SIZE.search(request.headers.get("sforce-query-options", ""))
    size = int(found[1]) if found else LONGEST_BATCH
    return max(SHORTEST_BATCH, min(LONGEST_BATCH, size))
