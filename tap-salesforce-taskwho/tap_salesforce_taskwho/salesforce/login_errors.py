"""What the token endpoint refuses, why, and what helps: a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tap_salesforce_taskwho.salesforce import bodies
from tap_salesforce_taskwho.salesforce.responses import (
    TRANSIENT_STATUSES,
    Failure,
    Rule,
    Verdict,
    no_answer,
)
from tap_salesforce_taskwho.salesforce.retry_policy import retry_after_seconds
from tap_salesforce_taskwho.salesforce.transport import NoAnswer

if TYPE_CHECKING:
    from tap_salesforce_taskwho.salesforce.redaction import Redactor
    from tap_salesforce_taskwho.salesforce.transport import Answer

_MY_DOMAIN = (
    "Set login_url to your My Domain URL, such as https://yourcompany.my.salesforce.com (a "
    "sandbox's: https://yourcompany--sandboxname.sandbox.my.salesforce.com)."
)
_NEW_APP = "Changes to an app take up to ten minutes to act."

# help.salesforce.com, OAuth Authorization Flow Errors; the rest was met by public clients. First
# match wins. A refusal is never tried again: repeated ones can lock the user out.
LOGIN_RULES: tuple[Rule, ...] = (
    Rule(
        "invalid_grant",
        Verdict.FATAL,
        "this login host does not serve the flow",
        _MY_DOMAIN,
        says="not supported on this domain",
    ),
    Rule(
        "invalid_grant",
        Verdict.FATAL,
        "the app has no user to run as",
        "Choose one in the app (Setup, Connected App or External Client App, Client Credentials "
        f"Flow, Run As). {_NEW_APP}",
        says="no client credentials user",
    ),
    Rule(
        "invalid_grant",
        Verdict.FATAL,
        "the assertion was made for another audience",
        "Set jwt_audience to https://login.salesforce.com, or https://test.salesforce.com for a "
        "sandbox.",
        says="audience",
    ),
    Rule(
        "invalid_grant",
        Verdict.FATAL,
        "the refresh token was revoked, has expired, or was replaced by a newer one",
        "Log in to the app again and set refresh_token to the new one; if the app rotates refresh "
        "tokens, jwt_bearer or client_credentials is the better auth_flow for jobs.",
        says="refresh token",
    ),
    Rule(
        "invalid_grant",
        Verdict.FATAL,
        "the assertion is expired, or its lifetime is over what the org takes",
        "Check this machine's clock and that no proxy holds requests back.",
        says="expired authorization code",
    ),
    Rule(
        "invalid_grant",
        Verdict.FATAL,
        "the user has not admitted the app",
        "Pre-authorize the user (Setup, the app's policies: admin approved users are "
        f"pre-authorized; then its profiles or permission sets). {_NEW_APP}",
        says="approved this consumer",
    ),
    Rule(
        "invalid_grant",
        Verdict.FATAL,
        "user name, password or security token is wrong, or the org blocks this flow or address",
        "Check username, password and security_token, and the login history of the user in Setup; "
        "new orgs block the password flow, so use client_credentials or jwt_bearer.",
        says="authentication failure",
    ),
    Rule(
        "invalid_grant",
        Verdict.FATAL,
        "the assertion was not taken",
        "Check that private_key belongs to the certificate uploaded to the app, and that client_id "
        "and username are those of this org.",
        says="assertion",
    ),
    Rule(
        "invalid_grant",
        Verdict.FATAL,
        "the credentials were not taken",
        "Check the settings of the auth_flow, login_url, and the login history of the user in "
        "Setup.",
    ),
    Rule(
        "invalid_app_access",
        Verdict.FATAL,
        "the user is not admitted to the app",
        "Add the user's profile or permission set to the app (Setup, the app's policies). "
        f"{_NEW_APP}",
    ),
    Rule(
        "invalid_client_id",
        Verdict.FATAL,
        "client_id is no app of this org",
        f"Set client_id to the app's consumer key, and check login_url. {_NEW_APP}",
    ),
    Rule(
        "invalid_client",
        Verdict.FATAL,
        "client_secret does not belong to client_id",
        f"Set client_secret to the app's consumer secret. {_NEW_APP}",
    ),
    Rule(
        "inactive_user",
        Verdict.FATAL,
        "the user is deactivated",
        "Activate it in Setup, Users, or let the tap log in as another.",
    ),
    Rule(
        "inactive_org",
        Verdict.FATAL,
        "the org is locked, closed or suspended",
        "Ask your Salesforce administrator.",
    ),
    Rule(
        "unsupported_grant_type",
        Verdict.FATAL,
        "the org or the app does not allow this flow",
        "Switch the flow on in the app, or choose another auth_flow.",
    ),
    Rule(
        "unauthorized_client",
        Verdict.FATAL,
        "the app may not use this flow",
        "Switch the flow on in the app, or choose another auth_flow.",
    ),
    Rule(
        "invalid_request",
        Verdict.FATAL,
        "a part of the login is missing or not as it should be",
        "Check the settings of the auth_flow, and that login_url begins with https.",
    ),
    Rule(
        "rate_limit_exceeded",
        Verdict.RETRY,
        "too many logins at once",
        "Let fewer jobs log in as the same user.",
    ),
    Rule("server_error", Verdict.RETRY, "an error inside Salesforce"),
    Rule("temporarily_unavailable", Verdict.RETRY, "the login host is overloaded"),
)
_TRANSIENT = Rule("", Verdict.RETRY, "an error inside Salesforce")
_UNKNOWN = Rule(
    "",
    Verdict.FATAL,
    "the login was refused",
    "Look the error up in Salesforce's help under OAuth Authorization Flow Errors.",
)


def judge_login(answer: Answer | NoAnswer, redactor: Redactor) -> Failure:
    """Say what follows from an answer of the token endpoint that holds no token."""
    if isinstance(answer, NoAnswer):
        return no_answer(answer)
    said = bodies.server_error(answer)
    wait = retry_after_seconds(answer.headers)
    if said is None:
        return Failure(Verdict.RETRY, bodies.description(answer), "Check login_url.", wait)
    message = said.message.lower()
    found = (rule for rule in LOGIN_RULES if rule.code == said.code and rule.says in message)
    rule = next(found, _TRANSIENT if answer.status in TRANSIENT_STATUSES else _UNKNOWN)
    cause = f"{rule.cause} ({redactor.clean(said.code)}: {redactor.clean(said.message)})"
    return Failure(rule.verdict, cause, rule.cure, wait)
