"""The one place for what can go wrong on the way: each kind once, and when it strikes."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.sandbox.faults.pages import PAGE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tests.sandbox.api.requests import Request

HTML = b"<html><body>We are down for maintenance.</body></html>"
HALF = b'{"totalSize":2,"done":true,"records":[{"attributes":{"type":"TaskWhoRelation"},"Id":"0RT'
CERTAIN = 1 - 1e-9  # what is left of 1 after a few divisions
Answer = tuple[int, bytes, dict[str, str]]


def _error(code: str, message: str) -> bytes:
    return f'[{{"message":"{message}","errorCode":"{code}"}}]'.encode()


def _login(code: str, description: str) -> bytes:
    return f'{{"error":"{code}","error_description":"{description}"}}'.encode()


# what happens to the connection itself; the server plays these
CONNECTION = ("reset", "slow", "truncated")
# kind -> status, body, headers
ANSWERS: dict[str, Answer] = {
    "expired": (401, _error("INVALID_SESSION_ID", "Session expired or invalid"), {}),
    "not_json": (200, b"records, records, records", {}),
    "cut_json": (200, HALF, {}),
    "wrong_shape": (200, b'{"records": 5}', {}),
    "empty": (200, b"", {}),
    "html": (503, HTML, {"Content-Type": "text/html"}),
    "html_200": (200, HTML, {"Content-Type": "text/html"}),
    "406": (406, b"", {}),
    "420": (420, b"", {}),
    "429": (429, b"", {"Retry-After": "1"}),
    "500": (500, _error("UNKNOWN_EXCEPTION", "An unexpected error occurred."), {}),
    "502": (502, b"", {}),
    "503": (503, _error("SERVER_UNAVAILABLE", "overloaded"), {}),
    "504": (504, b"", {}),
    "lock_row": (400, _error("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access"), {}),
    "long_txn": (
        403,
        _error("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded."),
        {},
    ),
    "query_timeout": (
        400,
        _error("QUERY_TIMEOUT", "Your query request was running for too long."),
        {},
    ),
    "daily_limit": (403, _error("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), {}),
    "too_large": (400, _error("OPERATION_TOO_LARGE", "exceeded 100000 distinct who/what's"), {}),
    "invalid_type": (
        400,
        _error("INVALID_TYPE", "sObject type 'TaskWhoRelation' is not supported."),
        {},
    ),
    "invalid_field": (
        400,
        _error("INVALID_FIELD", "No such column 'Type' on entity 'TaskWhoRelation'."),
        {},
    ),
    "queryall_refused": (
        400,
        _error(
            "INVALID_TYPE_FOR_OPERATION", "entity type TaskWhoRelation does not support queryAll"
        ),
        {},
    ),
    "bad_locator": (400, _error("INVALID_QUERY_LOCATOR", "invalid query locator"), {}),
    "api_disabled": (
        403,
        _error("API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner"),
        {},
    ),
    "no_access": (403, _error("INSUFFICIENT_ACCESS", "insufficient access rights on object"), {}),
    "redirect": (302, b"", {"Location": "{url}/elsewhere"}),
    # the token endpoint's own
    "invalid_grant": (400, _login("invalid_grant", "authentication failure"), {}),
    "server_error": (400, _login("server_error", "an unexpected error"), {}),
    "login_rate": (400, _login("rate_limit_exceeded", "login rate exceeded"), {}),
}
KINDS = (*CONNECTION, *ANSWERS, *PAGE_FAULTS)
# kinds of which a query asked again comes through
TRANSIENT = [
    *("reset", "truncated", "truncated_page", "not_json", "cut_json", "wrong_shape", "empty"),
    *("html", "html_200", "406", "420", "500", "502", "503", "504", "lock_row", "long_txn"),
]


def _queries(path: str) -> bool:
    return "/query" in path


@dataclass
class Fault:
    """A kind of fault, and when it strikes."""

    kind: str
    times: int | None
    rate: float
    where: Callable[[str], bool]
    when: Callable[[Request], bool] | None
    nth: Collection[int] | None
    seen: int = 0

    def strikes(self, request: Request, chance: random.Random) -> bool:
        """Whether it strikes this request."""
        if self.times == 0 or not self.where(request.path):
            return False
        if self.when is not None and not self.when(request):
            return False
        self.seen += 1
        if self.nth is not None and self.seen not in self.nth:
            return False
        if self.rate < CERTAIN and chance.random() >= self.rate:
            return False
        if self.times is not None:
            self.times -= 1
        return True


class Faults:
    """What is to go wrong; every request asks here.

    `slow_seconds` is how long a slow answer lets a client wait before the connection breaks.
    """

    def __init__(self, seed: int) -> None:
        self.slow_seconds: float = 3
        self.struck: list[str] = []
        self._random = random.Random(seed)  # noqa: S311 - chance that can be repeated
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(
        self,
        *kinds: str,
        times: int | None = None,
        rate: float = 1.0,
        where: Callable[[str], bool] = _queries,
        when: Callable[[Request], bool] | None = None,
        nth: int | Collection[int] | None = None,
    ) -> None:
        """Let kinds of faults strike requests.

        `times` is how often each kind strikes, one after the other; without it and `nth` they
        strike at random. `rate` is the chance that any of them strikes a request; `where` looks at
        the path (all queries, unless said), `when` at the whole request; `nth` counts those that
        fit, from 1.
        """
        unknown = set(kinds) - set(KINDS)
        if unknown:
            raise ValueError(f"no such faults: {sorted(unknown)}; there are {sorted(KINDS)}")
        counted = {nth} if isinstance(nth, int) else nth
        share = rate / len(kinds)
        for number, kind in enumerate(kinds):
            # each has the same chance, though asked only if those before it did not strike
            in_turn = rate >= 1 and (times is not None or nth is not None)
            chance = 1.0 if in_turn else min(1.0, share / (1 - number * share))
            self._faults.append(Fault(kind, times, chance, where, when, counted))

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self._lock:
            self._faults.clear()

    def before(self, request: Request) -> str | None:
        """Give the fault that strikes in place of an answer."""
        return self._next(request, page=False)

    def after(self, request: Request) -> str | None:
        """Give the fault that spoils the page that was found."""
        return self._next(request, page=True)

    def _next(self, request: Request, *, page: bool) -> str | None:
        with self._lock:
            for fault in self._faults:
                if (fault.kind in PAGE_FAULTS) is not page:
                    continue
                if fault.strikes(request, self._random):
                    self.struck.append(fault.kind)
                    request.fault = fault.kind
                    return fault.kind
        return None
