"""What follows from each answer that is not the one asked for."""

from __future__ import annotations

import json

import pytest
from tap_salesforce_taskwho import errors
from tap_salesforce_taskwho.salesforce.redaction import Redactor
from tap_salesforce_taskwho.salesforce.responses import RULES, Failure, Rule, Verdict, judge
from tap_salesforce_taskwho.salesforce.transport import Answer, NoAnswer


def judged(status: int, body: object = b"", **headers: str) -> Failure:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return judge(Answer(status, headers, raw), Redactor())


def refusal(code: str, message: str = "said") -> list[dict[str, str]]:
    return [{"errorCode": code, "message": message}]


@pytest.mark.parametrize(
    ("status", "code", "message", "verdict"),
    [
        (401, "INVALID_SESSION_ID", "Session expired or invalid", Verdict.NEW_TOKEN),
        (403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", Verdict.QUOTA),
        (403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.", Verdict.EASE),
        (400, "QUERY_TIMEOUT", "running for too long", Verdict.SHRINK),
        (400, "OPERATION_TOO_LARGE", "exceeded 100000 distinct who/what's", Verdict.FATAL),
        (400, "INVALID_TYPE", "sObject type 'X' is not supported.", Verdict.QUERY_ALL),
        (400, "INVALID_TYPE_FOR_OPERATION", "does not support queryAll", Verdict.QUERY_ALL),
        (400, "INVALID_FIELD", "No such column 'X' on entity 'Y'.", Verdict.FATAL),
        (400, "MALFORMED_QUERY", "unexpected token", Verdict.FATAL),
        (403, "API_DISABLED_FOR_ORG", "API is not enabled", Verdict.FATAL),
        (403, "INSUFFICIENT_ACCESS", "no right", Verdict.FATAL),
        (400, "TXN_SECURITY_METERING_ERROR", "policy", Verdict.FATAL),
        (400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access", Verdict.RETRY),
        (500, "UNKNOWN_EXCEPTION", "An unexpected error occurred.", Verdict.RETRY),
        (503, "SERVER_UNAVAILABLE", "overloaded", Verdict.EASE),
        (410, "UNSUPPORTED_API_VERSION", "unsupported version", Verdict.FATAL),
        (404, "NOT_FOUND", "The requested resource does not exist", Verdict.FATAL),
        (400, "EXCEEDED_ID_LIMIT", "too many", Verdict.DELETED_IDS),
        (400, "INVALID_REPLICATION_DATE", "too old", Verdict.DELETED_DATE),
        (400, "NEVER_HEARD_OF", "?", Verdict.FATAL),
        (500, "NEVER_HEARD_OF", "?", Verdict.RETRY),
        (429, "NEVER_HEARD_OF", "?", Verdict.EASE),
    ],
)
def test_an_error_is_judged_by_its_code(
    status: int, code: str, message: str, verdict: Verdict
) -> None:
    failure = judged(status, refusal(code, message))
    assert failure.verdict is verdict
    assert f"({code}: {message})" in failure.cause


@pytest.mark.parametrize("status", [200, 400, 500])
def test_the_code_counts_whatever_the_status_says(status: int) -> None:
    assert judged(status, refusal("QUERY_TIMEOUT")).verdict is Verdict.SHRINK


@pytest.mark.parametrize(
    ("status", "body", "verdict", "words"),
    [
        (200, b"", Verdict.RETRY, "an empty answer"),
        (200, b"  <!DOCTYPE HTML><p>", Verdict.RETRY, "an HTML page"),
        (503, b"<html>We are down for maintenance.</html>", Verdict.EASE, "an HTML page"),
        (200, b"<?xml version='1.0'?>", Verdict.RETRY, "an XML document"),
        (200, b'{"totalSize": 2000, "rec', Verdict.RETRY, "cut-off"),
        (200, b'{"totalSize": NaN, "records": []}', Verdict.RETRY, "no JSON"),
        (200, b"[" * 100_000, Verdict.RETRY, "no JSON"),
        (200, b"\xff\xfe", Verdict.RETRY, "no JSON"),
        (200, b'{"records": 5}', Verdict.RETRY, "JSON of another shape"),
        (200, b"[]", Verdict.RETRY, "JSON of another shape"),
        (200, b'[{"errorCode": 5}]', Verdict.RETRY, "JSON of another shape"),
        (401, b"", Verdict.NEW_TOKEN, "an empty answer"),
        (403, b"<html>", Verdict.RETRY, "an HTML page"),
        (406, b"", Verdict.RETRY, "an empty answer"),
        (410, b"", Verdict.FATAL, "an empty answer"),
        (414, b"", Verdict.FATAL, "an empty answer"),
        (420, b"", Verdict.RETRY, "an empty answer"),
        (429, b"", Verdict.EASE, "an empty answer"),
        (431, b"", Verdict.FATAL, "an empty answer"),
        (500, b"", Verdict.RETRY, "an empty answer"),
        (502, b"", Verdict.RETRY, "an empty answer"),
        (504, b"", Verdict.RETRY, "an empty answer"),
    ],
)
def test_an_answer_without_a_code_is_judged_by_what_it_is(
    status: int, body: bytes, verdict: Verdict, words: str
) -> None:
    failure = judged(status, body)
    assert failure.verdict is verdict
    assert words in failure.cause


def test_a_lost_connection_is_tried_again_and_a_bad_certificate_is_not() -> None:
    assert judge(NoAnswer("lost"), Redactor()).verdict is Verdict.RETRY
    assert judge(NoAnswer("bad", lasting=True), Redactor()).verdict is Verdict.FATAL


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.says}")
def test_every_row_of_the_table_is_reached(rule: Rule) -> None:
    code, says = rule.code, rule.says
    assert judged(400, refusal(code, says)).cause.startswith(rule.cause)


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.verdict in {Verdict.FATAL, Verdict.QUERY_ALL}],
    ids=lambda rule: rule.code,
)
def test_every_fatal_row_has_a_cure(rule: Rule) -> None:
    assert rule.cure.endswith(".")


@pytest.mark.parametrize(
    ("code", "endpoint", "kind", "exit_code"),
    [
        ("QUERY_TIMEOUT", "query", errors.QueryTimeout, 1),
        ("INVALID_TYPE", "queryAll", errors.QueryAllRefused, 1),
        ("INVALID_TYPE", "query", errors.UserError, 2),
        ("INVALID_FIELD", "queryAll", errors.UserError, 2),
        ("REQUEST_LIMIT_EXCEEDED", "query", errors.QuotaReached, 3),
        ("EXCEEDED_ID_LIMIT", "", errors.TooManyDeletedIds, 1),
        ("INVALID_REPLICATION_DATE", "", errors.DeletesNoLongerKept, 1),
    ],
)
def test_what_is_not_tried_again_ends_with_its_own_error(
    code: str, endpoint: str, kind: type[errors.TapError], exit_code: int
) -> None:
    error = judged(400, refusal(code)).error("A page", endpoint=endpoint)
    assert type(error) is kind
    assert error.exit_code == exit_code


def test_a_hidden_field_is_told_with_the_cause_and_the_cure() -> None:
    message = "SELECT Id, Type FROM TaskWhoRelation\n^\nNo such column 'Type' on entity 'X'."
    said = str(judged(400, refusal("INVALID_FIELD", message)).error("A page"))
    assert "No such column 'Type'" in said
    assert "field-level security" in said
    assert "\n" not in said


def test_the_end_of_a_long_message_is_kept() -> None:
    message = "SELECT Id, " + "Name, " * 200 + "\n^\nERROR at Row:1:Column:8\nNo such column 'Type'"
    assert "No such column 'Type'" in judged(400, refusal("INVALID_FIELD", message)).cause


def test_retry_after_is_taken_over() -> None:
    assert judged(429, b"", **{"Retry-After": "7"}).retry_after_seconds == 7
