"""The errors of the token endpoint: a table of what each one means and what to do.

The first match wins. No refusal is sent again: repeated ones can lock a user out.
"""

from __future__ import annotations

from tap_salesforce_taskwho.errors.rules import ErrorRule, ErrorTable, ResponseAction

_SUPPORT = "If it happens again, ask Salesforce support."
_TEN_MINUTES = "Changes to an app take up to ten minutes to act."
_LOGIN_RATE = (
    "Salesforce blocks a user for an hour after 3,600 logins in an hour: let fewer jobs log in as "
    "the same user."
)

# help.salesforce.com, OAuth Authorization Flow Errors; and what public clients report.
_RULES = (
    ErrorRule(
        code="invalid_grant",
        says="not supported on this domain",
        action=ResponseAction.FAIL,
        cause="this login host does not serve the flow",
        fix="Set login_url to your My Domain URL, such as https://yourcompany.my.salesforce.com (a "
        "sandbox's: https://yourcompany--sandboxname.sandbox.my.salesforce.com).",
    ),
    ErrorRule(
        code="invalid_grant",
        says="no client credentials user",
        action=ResponseAction.FAIL,
        cause="the app has no user to run as",
        fix="Choose one in the app (Setup, Connected App or External Client App, Client "
        f"Credentials Flow, Run As). {_TEN_MINUTES}",
    ),
    ErrorRule(
        code="invalid_grant",
        says="ip restricted",
        action=ResponseAction.FAIL,
        cause="the app or the user's profile does not admit this machine's address",
        fix="Add the address to the login IP ranges of the user's profile, or relax the IP "
        "restrictions of the app (Setup, the app's policies, IP Relaxation). A machine with IPv6 "
        f"is seen under its IPv6 address. {_TEN_MINUTES}",
    ),
    ErrorRule(
        code="invalid_grant",
        says="no valid scopes",
        action=ResponseAction.FAIL,
        cause="the app has no scope that this login can use",
        fix="Give the app the scope `Manage user data via APIs (api)` (Setup, the app, OAuth "
        f"Settings); `Full access (full)` alone is not enough. {_TEN_MINUTES}",
    ),
    ErrorRule(
        code="invalid_grant",
        says="inactive user",
        action=ResponseAction.FAIL,
        cause="the user is deactivated or frozen",
        fix="Activate it in Setup, Users, or let the tap log in as another.",
    ),
    ErrorRule(
        says="password has expired",
        action=ResponseAction.FAIL,
        cause="the user's password has expired",
        fix="Set a new password for the user, or give it the permission Password Never Expires.",
    ),
    ErrorRule(
        says="maximum logins exceeded",
        action=ResponseAction.FAIL,
        cause="the user may not log in so often",
        fix="Choose another Run As user in the app's policies: the service user of an agent has a "
        f"small limit. {_TEN_MINUTES}",
    ),
    ErrorRule(
        says="login rate exceeded",
        action=ResponseAction.RETRY,
        cause="the user has logged in too often",
        fix=_LOGIN_RATE,
    ),
    ErrorRule(
        says="oauth_approval_error",
        action=ResponseAction.FAIL,
        cause="the user may not approve the app: it has API access only",
        fix="Use auth_flow client_credentials or jwt_bearer.",
    ),
    ErrorRule(
        code="invalid_request",
        says="refresh_token scope is required",
        action=ResponseAction.FAIL,
        cause="the app lacks a scope that this flow needs",
        fix="Give the app the scope `Perform requests at any time (refresh_token, offline_access)` "
        "(Setup, the app, OAuth Settings), and pre-authorize the user (the app's policies). "
        f"{_TEN_MINUTES}",
    ),
    ErrorRule(
        code="invalid_request",
        says="too many scopes",
        action=ResponseAction.FAIL,
        cause="the app has more scopes than a token of its kind can hold",
        fix="Leave the app the scope `Manage user data via APIs (api)` alone, or untick Issue JSON "
        f"Web Token (JWT)-based access tokens in it. {_TEN_MINUTES}",
    ),
    ErrorRule(
        code="invalid_grant",
        says="audience",
        action=ResponseAction.FAIL,
        cause="the assertion was made for another audience",
        fix="Set jwt_audience to https://login.salesforce.com, or to https://test.salesforce.com "
        "for a sandbox.",
    ),
    ErrorRule(
        code="invalid_grant",
        says="refresh token",
        action=ResponseAction.FAIL,
        cause="the refresh token was revoked, has expired, or was replaced by a newer one",
        fix="Log in to the app again and set refresh_token to the new one. If the app rotates "
        "refresh tokens, jwt_bearer or client_credentials is the better auth_flow for jobs.",
    ),
    ErrorRule(
        code="invalid_grant",
        says="expired authorization code",
        action=ResponseAction.FAIL,
        cause="the assertion has expired, or its lifetime is longer than the org allows",
        fix="Check this machine's clock, and that no proxy holds requests back.",
    ),
    ErrorRule(
        code="invalid_grant",
        says="approved this consumer",
        action=ResponseAction.FAIL,
        cause="the user has not approved the app",
        fix="Pre-authorize the user (Setup, the app's policies: admin approved users are "
        f"pre-authorized; then its profiles or permission sets). {_TEN_MINUTES}",
    ),
    ErrorRule(
        code="invalid_grant",
        says="authentication failure",
        action=ResponseAction.FAIL,
        cause="user name, password or security token is wrong, or the org blocks this flow or "
        "address",
        fix="Check username, password and security_token, and the login history of the user in "
        "Setup. New orgs block the password flow: use client_credentials or jwt_bearer.",
    ),
    ErrorRule(
        code="invalid_grant",
        says="assertion",
        action=ResponseAction.FAIL,
        cause="the assertion was refused",
        fix="Check that private_key belongs to the certificate uploaded to the app, and that "
        "client_id and username are those of this org.",
    ),
    ErrorRule(
        code="invalid_grant",
        action=ResponseAction.FAIL,
        cause="the credentials were refused",
        fix="Check the settings of the auth_flow, login_url, and the login history of the user in "
        "Setup.",
    ),
    ErrorRule(
        code="invalid_app_access",
        action=ResponseAction.FAIL,
        cause="the user is not admitted to the app",
        fix="Add the user's profile or permission set to the app (Setup, the app's policies). "
        f"{_TEN_MINUTES}",
    ),
    ErrorRule(
        code="invalid_client_id",
        action=ResponseAction.FAIL,
        cause="client_id is not an app of this org",
        fix=f"Set client_id to the app's consumer key, and check login_url. {_TEN_MINUTES}",
    ),
    ErrorRule(
        code="invalid_client",
        action=ResponseAction.FAIL,
        cause="client_secret does not belong to client_id",
        fix=f"Set client_secret to the app's consumer secret. {_TEN_MINUTES}",
    ),
    ErrorRule(
        code="inactive_user",
        action=ResponseAction.FAIL,
        cause="the user is deactivated",
        fix="Activate it in Setup, Users, or let the tap log in as another.",
    ),
    ErrorRule(
        code="inactive_org",
        action=ResponseAction.FAIL,
        cause="the org is locked, closed or suspended",
        fix="Ask your Salesforce administrator.",
    ),
    ErrorRule(
        code="unsupported_grant_type",
        action=ResponseAction.FAIL,
        cause="the org or the app does not allow this flow",
        fix="Switch the flow on in the app, or choose another auth_flow.",
    ),
    ErrorRule(
        code="unauthorized_client",
        action=ResponseAction.FAIL,
        cause="the app may not use this flow",
        fix="Switch the flow on in the app, or choose another auth_flow.",
    ),
    ErrorRule(
        code="invalid_request",
        action=ResponseAction.FAIL,
        cause="a part of the login is missing or wrong",
        fix="Check the settings of the auth_flow, and that login_url begins with https.",
    ),
    ErrorRule(
        code="rate_limit_exceeded",
        action=ResponseAction.RETRY,
        cause="too many logins at once",
        fix=_LOGIN_RATE,
    ),
    ErrorRule(
        code="server_error",
        action=ResponseAction.RETRY,
        cause="an error inside Salesforce",
        fix=_SUPPORT,
    ),
    ErrorRule(
        code="temporarily_unavailable",
        action=ResponseAction.RETRY,
        cause="the login host is overloaded",
        fix=_SUPPORT,
    ),
)

LOGIN_ANSWERS = ErrorTable(
    always={
        429: ErrorRule(
            action=ResponseAction.RETRY,
            cause="too many logins at once",
            fix="Let fewer jobs log in at once.",
        ),
    },
    rules=_RULES,
    unreadable=ErrorRule(action=ResponseAction.RETRY, fix="Check login_url."),
    transient=ErrorRule(
        action=ResponseAction.RETRY, cause="an error inside Salesforce", fix=_SUPPORT
    ),
    refused=ErrorRule(
        action=ResponseAction.FAIL,
        cause="the login was refused",
        fix="Look the error up in Salesforce's help under OAuth Authorization Flow Errors.",
    ),
)
