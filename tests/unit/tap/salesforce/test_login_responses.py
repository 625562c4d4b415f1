"""Refused logins: their causes, and what to do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tap_salesforce_taskwho.errors.login_answers import LOGIN_ANSWERS
from tap_salesforce_taskwho.errors.rules import ErrorRule, ResponseAction
from tap_salesforce_taskwho.salesforce.redaction import Redactor
from tap_salesforce_taskwho.salesforce.responses import classify
from tap_salesforce_taskwho.salesforce.transport import Answer, NoAnswer

if TYPE_CHECKING:
    from tap_salesforce_taskwho.salesforce.failure import Failure


def classified(error: str, description: str, status: int = 400) -> Failure:
    body = json.dumps({"error": error, "error_description": description}).encode()
    return classify(Answer(status, {}, body), LOGIN_ANSWERS, Redactor())


@pytest.mark.parametrize(
    ("error", "description", "fix"),
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
        ("invalid_grant", "ip restricted", "IP Relaxation"),
        ("invalid_grant", "no valid scopes defined", "(api)"),
        ("invalid_grant", "inactive user", "Activate"),
        ("invalid_grant", "Your password has expired.", "Password Never Expires"),
        ("invalid_grant", "Maximum Logins Exceeded", "Run As"),
        ("unknown_code", "Maximum Logins Exceeded", "Run As"),
        ("OAUTH_APPROVAL_ERROR_GENERIC", "oauth_approval_error_generic", "client_credentials"),
        (
            "invalid_request",
            "refresh_token scope is required and the connected app should be preauthorized",
            "offline_access",
        ),
        ("invalid_request", "too many scopes requested", "(JWT)-based access tokens"),
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
def test_a_refusal_ends_the_run_with_its_cause_and_fix(
    error: str, description: str, fix: str
) -> None:
    failure = classified(error, description)
    assert failure.action is ResponseAction.FAIL
    assert f"({error}: {description})" in failure.cause
    assert fix in failure.fix


@pytest.mark.parametrize(
    ("error", "description"),
    [
        ("rate_limit_exceeded", ""),
        ("server_error", ""),
        ("invalid_grant", "login rate exceeded"),
    ],
)
def test_an_overloaded_login_host_gets_the_login_again(error: str, description: str) -> None:
    assert classified(error, description).action is ResponseAction.RETRY


@pytest.mark.parametrize("error", ["invalid_grant", "invalid_client", "whatever"])
def test_429_gets_the_login_again_whatever_its_body_names(error: str) -> None:
    assert classified(error, "authentication failure", 429).action is ResponseAction.RETRY


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
def test_an_answer_that_is_no_refusal_gets_the_login_again(answer: Answer | NoAnswer) -> None:
    assert classify(answer, LOGIN_ANSWERS, Redactor()).action is ResponseAction.RETRY


@pytest.mark.parametrize("rule", LOGIN_ANSWERS.rules, ids=lambda rule: f"{rule.code}-{rule.says}")
def test_every_row_of_the_table_is_reached(rule: ErrorRule) -> None:
    assert classified(rule.code or "any", rule.says).cause.startswith(rule.cause)


@pytest.mark.parametrize("rule", LOGIN_ANSWERS.rules, ids=lambda rule: f"{rule.code}-{rule.says}")
def test_every_row_of_the_table_says_what_to_do(rule: ErrorRule) -> None:
    assert rule.fix.endswith(".")
