"""What follows from each answer that is not the one asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tap_salesforce_taskwho import errors
from tap_salesforce_taskwho.errors.rest_answers import REST_ANSWERS
from tap_salesforce_taskwho.errors.rules import RETRIED, ErrorRule
from tap_salesforce_taskwho.errors.rules import ResponseAction as A
from tap_salesforce_taskwho.salesforce.redaction import Redactor
from tap_salesforce_taskwho.salesforce.responses import classify
from tap_salesforce_taskwho.salesforce.transport import Answer, NoAnswer

if TYPE_CHECKING:
    from tap_salesforce_taskwho.salesforce.failure import Failure


NOT_FOR_REST = "This session is not valid for use with the REST API"


def classified(status: int, body: object = b"", **headers: str) -> Failure:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return classify(Answer(status, headers, raw), REST_ANSWERS, Redactor())


def an_error(status: int, code: str, message: str = "said") -> Answer:
    return Answer(status, {}, json.dumps(refusal(code, message)).encode())


def refusal(code: str, message: str = "said") -> list[dict[str, str]]:
    return [{"errorCode": code, "message": message}]


@pytest.mark.parametrize(
    ("status", "code", "message", "action"),
    [
        (401, "INVALID_SESSION_ID", "Session expired or invalid", A.RENEW_TOKEN),
        (401, "INVALID_SESSION_ID", NOT_FOR_REST, A.FAIL),
        (403, "INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "Your password has expired.", A.FAIL),
        (403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", A.STOP_FOR_QUOTA),
        (403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.", A.SLOW_DOWN),
        (400, "QUERY_TIMEOUT", "running for too long", A.SHRINK_PAGE),
        (400, "OPERATION_TOO_LARGE", "exceeded 100000 distinct who/what's", A.FAIL),
        (400, "INVALID_TYPE", "sObject type 'X' is not supported.", A.USE_QUERY),
        (400, "INVALID_TYPE_FOR_OPERATION", "does not support queryAll", A.USE_QUERY),
        (400, "INVALID_FIELD", "No such column 'X' on entity 'Y'.", A.LEAVE_OUT_FIELD),
        (400, "INVALID_FIELD", "field 'X' can not be filtered in a query call", A.FAIL),
        (400, "MALFORMED_QUERY", "unexpected token", A.FAIL),
        (403, "API_DISABLED_FOR_ORG", "API is not enabled", A.FAIL),
        (403, "INSUFFICIENT_ACCESS", "no right", A.FAIL),
        (400, "TXN_SECURITY_METERING_ERROR", "policy", A.FAIL),
        (400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access", A.RETRY),
        (500, "UNKNOWN_EXCEPTION", "An unexpected error occurred.", A.RETRY),
        (503, "SERVER_UNAVAILABLE", "overloaded", A.SLOW_DOWN),
        (410, "UNSUPPORTED_API_VERSION", "unsupported version", A.FAIL),
        (404, "NOT_FOUND", "The requested resource does not exist", A.FAIL),
        (400, "EXCEEDED_ID_LIMIT", "too many", A.SHORTEN_WINDOW),
        (400, "INVALID_REPLICATION_DATE", "too old", A.BEGIN_LATER),
        (400, "NEVER_HEARD_OF", "?", A.FAIL),
        (500, "NEVER_HEARD_OF", "?", A.RETRY),
        (429, "NEVER_HEARD_OF", "?", A.SLOW_DOWN),
        (429, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", A.SLOW_DOWN),
        (429, "INVALID_FIELD", "?", A.SLOW_DOWN),
    ],
)
def test_an_error_is_classified_by_its_code(
    status: int, code: str, message: str, action: A
) -> None:
    failure = classified(status, refusal(code, message))
    assert failure.action is action
    assert f"({code}: {message})" in failure.cause


@pytest.mark.parametrize("status", [200, 400, 500])
def test_the_code_counts_before_the_status(status: int) -> None:
    assert classified(status, refusal("QUERY_TIMEOUT")).action is A.SHRINK_PAGE


@pytest.mark.parametrize(
    ("status", "body", "action", "words"),
    [
        (200, b"", A.RETRY, "an empty answer"),
        (200, b"  <!DOCTYPE HTML><p>", A.RETRY, "an HTML page"),
        (503, b"<html>We are down for maintenance.</html>", A.SLOW_DOWN, "an HTML page"),
        (200, b"<?xml version='1.0'?>", A.RETRY, "an XML document"),
        (200, b'{"totalSize": 2000, "rec', A.RETRY, "cut off"),
        (200, b'{"totalSize": NaN, "records": []}', A.RETRY, "not JSON"),
        (200, b"[" * 100_000, A.RETRY, "not JSON"),
        (200, b"\xff\xfe", A.RETRY, "not JSON"),
        (200, b'{"records": 5}', A.RETRY, "JSON of another shape"),
        (200, b"[]", A.RETRY, "JSON of another shape"),
        (200, b'[{"errorCode": 5}]', A.RETRY, "JSON of another shape"),
        (401, b"", A.RENEW_TOKEN, "an empty answer"),
        (403, b"<html>", A.RETRY, "an HTML page"),
        (406, b"", A.RETRY, "an empty answer"),
        (410, b"", A.FAIL, "an empty answer"),
        (414, b"", A.FAIL, "an empty answer"),
        (420, b"", A.RETRY, "an empty answer"),
        (429, b"", A.SLOW_DOWN, "an empty answer"),
        (431, b"", A.FAIL, "an empty answer"),
        (500, b"", A.RETRY, "an empty answer"),
        (502, b"", A.RETRY, "an empty answer"),
        (504, b"", A.RETRY, "an empty answer"),
    ],
)
def test_an_answer_without_a_code_is_classified_by_what_it_is(
    status: int, body: bytes, action: A, words: str
) -> None:
    failure = classified(status, body)
    assert failure.action is action
    assert words in failure.cause


def test_a_lost_connection_is_tried_again_and_a_bad_certificate_is_not() -> None:
    assert classify(NoAnswer("lost"), REST_ANSWERS, Redactor()).action is A.RETRY
    assert classify(NoAnswer("bad", is_lasting=True), REST_ANSWERS, Redactor()).action is A.FAIL


@pytest.mark.parametrize("rule", REST_ANSWERS.rules, ids=lambda rule: f"{rule.code}-{rule.says}")
def test_every_row_of_the_table_is_reached(rule: ErrorRule) -> None:
    code, says = rule.code, rule.says
    assert classified(400, refusal(code or "ANY", says)).cause.startswith(rule.cause)


# the tap itself answers what these ask for; where it cannot, another error ends the run
ANSWERED = {A.RENEW_TOKEN, A.STOP_FOR_QUOTA, A.SHORTEN_WINDOW, A.BEGIN_LATER}


def test_every_row_says_what_to_do() -> None:
    table = REST_ANSWERS
    rules = [*table.rules, *table.by_status.values(), *table.always.values()]
    rules += [table.transient, table.unreadable, table.refused]
    without = [rule for rule in rules if not rule.fix.endswith(".")]
    assert {rule.action for rule in without} == ANSWERED


# design 4.6: what happens, answers of this kind, what the tap does about them
DESIGN: dict[str, tuple[list[Answer | NoAnswer], frozenset[A]]] = {
    "connection reset, time-out, truncated": ([NoAnswer("lost")], RETRIED),
    "non-JSON body": ([Answer(200, {}, b"x"), Answer(200, {}, b'{"totalSize": 2')], RETRIED),
    "406, 420, 5xx": ([Answer(status, {}, b"") for status in (406, 420, 500, 502, 503)], RETRIED),
    "429, whatever code its body names": (
        [an_error(429, code) for code in ("REQUEST_LIMIT_EXCEEDED", "INVALID_FIELD", "X", "")],
        RETRIED,
    ),
    "HTML maintenance page": ([Answer(200, {}, b"<html>We are down for maintenance.")], RETRIED),
    "UNABLE_TO_LOCK_ROW": ([an_error(400, "UNABLE_TO_LOCK_ROW")], RETRIED),
    "concurrency limits": (
        [an_error(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.")],
        RETRIED,
    ),
    "401 INVALID_SESSION_ID": (
        [an_error(401, "INVALID_SESSION_ID")],
        frozenset({A.RENEW_TOKEN}),
    ),
    "a kind of session that is not valid for REST": (
        [an_error(401, "INVALID_SESSION_ID", NOT_FOR_REST)],
        frozenset({A.FAIL}),
    ),
    "QUERY_TIMEOUT": ([an_error(400, "QUERY_TIMEOUT")], frozenset({A.SHRINK_PAGE})),
    "REQUEST_LIMIT_EXCEEDED with 403 and the daily message": (
        [an_error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")],
        frozenset({A.STOP_FOR_QUOTA}),
    ),
    "INVALID_TYPE, OPERATION_TOO_LARGE, …": (
        [an_error(400, code) for code in ("INVALID_TYPE", "OPERATION_TOO_LARGE", "NOT_FOUND")],
        frozenset({A.FAIL, A.USE_QUERY}),
    ),
    "INVALID_FIELD": (
        [an_error(400, "INVALID_FIELD", "No such column 'X' on entity 'Y'.")],
        frozenset({A.LEAVE_OUT_FIELD}),
    ),
}


@pytest.mark.parametrize("row", DESIGN)
def test_the_table_does_what_the_design_says(row: str) -> None:
    answers, actions = DESIGN[row]
    for answer in answers:
        assert classify(answer, REST_ANSWERS, Redactor()).action in actions, answer


@pytest.mark.parametrize(
    ("code", "endpoint", "kind", "exit_code"),
    [
        ("QUERY_TIMEOUT", "query", errors.QueryTimeout, 1),
        ("INVALID_TYPE", "queryAll", errors.QueryAllRefused, 1),
        ("INVALID_TYPE", "query", errors.ObjectHidden, 2),
        ("INVALID_FIELD", "queryAll", errors.UserError, 2),
        ("REQUEST_LIMIT_EXCEEDED", "query", errors.QuotaReached, 3),
        ("EXCEEDED_ID_LIMIT", "", errors.TooManyDeletedIds, 1),
        ("INVALID_REPLICATION_DATE", "", errors.DeletesNoLongerKept, 1),
    ],
)
def test_what_is_not_tried_again_ends_with_its_own_error(
    code: str, endpoint: str, kind: type[errors.TapError], exit_code: int
) -> None:
    error = classified(400, refusal(code)).error("A page", endpoint=endpoint)
    assert type(error) is kind
    assert error.exit_code == exit_code


def test_a_hidden_field_is_reported_with_the_cause_and_the_fix() -> None:
    message = "SELECT Id, Type FROM TaskWhoRelation\n^\nNo such column 'Type' on entity 'X'."
    said = str(classified(400, refusal("INVALID_FIELD", message)).error("A page"))
    assert "No such column 'Type'" in said
    assert "field-level security" in said
    assert "\n" not in said


def test_the_end_of_a_long_message_is_kept() -> None:
    message = "SELECT Id, " + "Name, " * 200 + "\n^\nERROR at Row:1:Column:8\nNo such column 'Type'"
    assert "No such column 'Type'" in classified(400, refusal("INVALID_FIELD", message)).cause


def test_retry_after_is_taken_over() -> None:
    assert classified(429, b"", **{"Retry-After": "7"}).retry_after_seconds == 7


@pytest.mark.parametrize(
    ("message", "column"),
    [
        (
            "\nSELECT Id, Type FROM\n^\nERROR at Row:1:Column:12\nNo such column 'Type' on entity",
            "Type",
        ),
        ("No such column 'SF_date__c' on entity 'Lead'. If you are", "SF_date__c"),
        ("SELECT " + "Name, " * 500 + "No such column 'Phone' on entity 'Contact'.", "Phone"),
        ("No such column 'a b' on entity 'X'", ""),
        ("Didn't understand relationship 'X' in field path", ""),
    ],
)
def test_the_name_of_a_hidden_field_is_taken_from_the_raw_answer(message: str, column: str) -> None:
    assert classified(400, refusal("INVALID_FIELD", message)).column == column
