"""The one place for what can go wrong on the way: each kind once, by count or by rate."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HTML = b"<html><body>We are down for maintenance.</body></html>"


def _error(code: str, message: str) -> bytes:
    return f'[{{"message":"{message}","errorCode":"{code}"}}]'.encode()


# kind -> status, body, headers; a status of 0 is played by the server itself
ANSWERS: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "reset": (0, b"", {}),
    "truncated": (0, b"", {}),
    "slow": (0, b"", {}),
    "expired": (401, _error("INVALID_SESSION_ID", "Session expired or invalid"), {}),
    "not_json": (200, b"records, records, records", {}),
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
    "too_large": (
        400,
        _error("OPERATION_TOO_LARGE", "exceeded 100000 distinct who/what's"),
        {},
    ),
    "redirect": (302, b"", {"Location": "https://elsewhere.example/"}),
}
TRANSIENT = [
    *("reset", "truncated", "not_json", "wrong_shape", "empty", "html", "html_200"),
    *("406", "420", "500", "502", "503", "lock_row", "long_txn"),
]


@dataclass
class Fault:
    """A kind of fault, and when it strikes."""

    kind: str
    times: int | None
    rate: float
    where: Callable[[str], bool]


class Faults:
    """What is to go wrong; requests ask here first."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - chance that can be repeated
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self.struck: list[str] = []

    def add(
        self,
        *kinds: str,
        times: int | None = None,
        rate: float = 1.0,
        where: Callable[[str], bool] = lambda path: "/query" in path,
    ) -> None:
        """Let kinds of faults strike `times` requests, each with a chance of `rate`."""
        for kind in kinds:
            self._faults.append(Fault(kind, times, rate / len(kinds), where))

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()

    def next(self, path: str) -> str | None:
        """The fault that strikes this request, if any does."""
        with self._lock:
            for fault in self._faults:
                if fault.times == 0 or not fault.where(path):
                    continue
                if self._random.random() >= fault.rate:
                    continue
                if fault.times is not None:
                    fault.times -= 1
                self.struck.append(fault.kind)
                return fault.kind
        return None
