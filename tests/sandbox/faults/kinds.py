"""The kinds of faults: how each breaks a connection, or what it answers."""

from __future__ import annotations

from tests.sandbox.faults.pages import PAGE_FAULTS

HTML = b"<html><body>We are down for maintenance.</body></html>"
HALF = b'{"totalSize":2,"done":true,"records":[{"attributes":{"type":"TaskWhoRelation"},"Id":"0RT'
Answer = tuple[int, bytes, dict[str, str]]


def _error(code: str, message: str) -> bytes:
    return f'[{{"message":"{message}","errorCode":"{code}"}}]'.encode()


def _login(code: str, description: str) -> bytes:
    return f'{{"error":"{code}","error_description":"{description}"}}'.encode()


# the server breaks the connection itself
CONNECTION = ("reset", "slow", "truncated")
# the org's own answer, a byte at a time or much larger than it has to be
DRAWN_OUT = (
    *("trickled_headers", "trickled_continues", "trickled_body", "trickled_chunk"),
    *("trickled_chunks", "oversized", "oversized_packed"),
)
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
    "not_for_rest": (
        401,
        _error("INVALID_SESSION_ID", "This session is not valid for use with the REST API"),
        {},
    ),
    "password_expired": (
        403,
        _error("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "Your password has expired."),
        {},
    ),
    "429_daily_limit": (
        429,
        _error("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
        {"Retry-After": "1"},
    ),
    "redirect": (302, b"", {"Location": "{url}/elsewhere"}),
    # the token endpoint's own
    "invalid_grant": (400, _login("invalid_grant", "authentication failure"), {}),
    "ip_restricted": (400, _login("invalid_grant", "ip restricted"), {}),
    "no_scopes": (400, _login("invalid_grant", "no valid scopes defined"), {}),
    "maximum_logins": (400, _login("invalid_grant", "Maximum Logins Exceeded"), {}),
    "server_error": (400, _login("server_error", "an unexpected error"), {}),
    "login_rate": (400, _login("rate_limit_exceeded", "login rate exceeded"), {}),
}
KINDS = (*CONNECTION, *DRAWN_OUT, *ANSWERS, *PAGE_FAULTS)
# kinds after which the same request can succeed
TRANSIENT = [
    *("reset", "truncated", "truncated_page", "not_json", "cut_json", "wrong_shape", "empty"),
    *("html", "html_200", "406", "420", "500", "502", "503", "504", "lock_row", "long_txn"),
]
