"""Refused logins: why, and what helps."""

from __future__ import annotations

import json

import pytest
from tap_salesforce_taskwho.salesforce.login_errors import LOGIN_RULES, judge_login
from tap_salesforce_taskwho.salesforce.redaction import Redactor
from tap_salesforce_taskwho.salesforce.responses import Failure, Rule, Verdict
from tap_salesforce_taskwho.salesforce.transport import Answer, NoAnswer


def judged(error: str, description: str, status: int = 400) -> Failure:
    body = json.dumps({"error": error, "error_description": description}).encode()
    return judge_login(Answer(status, {}, body), Redactor())


@pytest.mark.parametrize(
    ("error", "description", "cure"),
    [
        ("invalid_grant", "request not supported on this domain", "My Domain"),
        ("invalid_grant", "no client credentials user enabled", "Run As"),
        ("invalid_grant", "audience is invalid", "jwt_audience"),
        ("invalid_grant", "Audience validation failed", "jwt_audience"),
        ("invalid_grant", "expired access/refresh token", "refresh_token"),
        ("invalid_grant", "expired authorization code", "clock"),
        ("invalid_grant", "user hasn't approved this consumer", "Pre-authorize"),
        ("invalid_grant", "authentication failure", "security_token"),
        ("invalid_grant", "invalid assertion", "private_key"),
        ("invalid_grant", "words nobody has met", "login history"),
        ("invalid_app_access", "user is not admin approved to access this app", "permission set"),
        ("invalid_client_id", "client identifier invalid", "consumer key"),
        ("invalid_client", "invalid client credentials", "consumer secret"),
        ("inactive_user", "user is inactive", "Activate"),
        ("inactive_org", "org is inactive", "administrator"),
        ("unsupported_grant_type", "grant type not supported", "auth_flow"),
        ("unauthorized_client", "not allowed", "auth_flow"),
        ("invalid_request", "must use HTTPS", "https"),
        ("brand_new_error", "?", "OAuth Authorization Flow Errors"),
    ],
)
def test_a_refusal_is_fatal_and_told_with_its_cure(error: str, description: str, cure: str) -> None:
    failure = judged(error, description)
    assert failure.verdict is Verdict.FATAL
    assert f"({error}: {description})" in failure.cause
    assert cure in failure.cure


@pytest.mark.parametrize("error", ["rate_limit_exceeded", "server_error"])
def test_an_overloaded_login_host_is_asked_again(error: str) -> None:
    assert judged(error, "").verdict is Verdict.RETRY


@pytest.mark.parametrize(
    "answer",
    [
        NoAnswer("lost"),
        Answer(503, {}, b"<html>"),
        Answer(200, {}, b"<html>"),
        Answer(200, {}, b'{"access_token": '),
        Answer(500, {}, b""),
        Answer(500, {}, b'[{"errorCode": "UNKNOWN_EXCEPTION", "message": "?"}]'),
    ],
)
def test_what_is_no_refusal_is_asked_again(answer: Answer | NoAnswer) -> None:
    assert judge_login(answer, Redactor()).verdict is Verdict.RETRY


@pytest.mark.parametrize("rule", LOGIN_RULES, ids=lambda rule: f"{rule.code}-{rule.says}")
def test_every_row_of_the_table_is_reached(rule: Rule) -> None:
    assert judged(rule.code, rule.says).cause.startswith(rule.cause)
