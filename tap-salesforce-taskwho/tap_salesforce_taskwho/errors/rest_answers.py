"""The errors of Salesforce's REST API: a table of what each one means and what to do.

The first match wins. CONTRIBUTING.md has the recipe: add a retry rule.
"""

from __future__ import annotations

from tap_salesforce_taskwho.errors.rules import ErrorRule, ErrorTable, ResponseAction

_SUPPORT = "If it happens again, ask Salesforce support."
_READ_ACCESS = (
    "Give the user that the tap logs in as read access to it (permission set or profile)."
)
_API_VERSION = 'Set api_version to a supported one, such as "64.0".'

# Codes and texts: REST API Developer Guide, Status Codes and Error Responses; and what public
# clients (tap-salesforce, Airbyte, simple-salesforce, restforce) report.
_RULES = (
    # a new login gives a session of the same kind
    ErrorRule(
        code="INVALID_SESSION_ID",
        says="not valid for use with the rest api",
        action=ResponseAction.FAIL,
        cause="this kind of session may not use the REST API",
        fix="Give the app the scope `Manage user data via APIs (api)` (Setup, the app, OAuth "
        "Settings) and log in again. With auth_flow access_token, bring the token of an OAuth "
        "login, not the session of a browser.",
    ),
    ErrorRule(
        code="INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
        action=ResponseAction.FAIL,
        cause="the password of the user that the tap logs in as has expired",
        fix="Set a new password for that user, or give it the permission Password Never Expires, "
        "then run again.",
    ),
    ErrorRule(
        code="INVALID_SESSION_ID",
        action=ResponseAction.RENEW_TOKEN,
        cause="the access token is no longer valid",
    ),
    ErrorRule(
        code="INVALID_AUTH_HEADER",
        action=ResponseAction.RENEW_TOKEN,
        cause="the access token was refused",
    ),
    ErrorRule(
        code="REQUEST_LIMIT_EXCEEDED",
        says="concurrent",
        action=ResponseAction.SLOW_DOWN,
        cause="the org runs as many long requests at once as it allows",
        fix="If it happens again, let fewer jobs read from the org at once.",
    ),
    ErrorRule(
        code="REQUEST_LIMIT_EXCEEDED",
        action=ResponseAction.STOP_FOR_QUOTA,
        cause="the org has no API call left",
    ),
    ErrorRule(
        code="QUERY_TIMEOUT",
        action=ResponseAction.SHRINK_PAGE,
        cause="the org stopped a query that took two minutes",
        fix=_SUPPORT,
    ),
    ErrorRule(
        code="UNABLE_TO_LOCK_ROW",
        action=ResponseAction.RETRY,
        cause="rows are locked",
        fix=_SUPPORT,
    ),
    ErrorRule(
        code="SERVER_UNAVAILABLE",
        action=ResponseAction.SLOW_DOWN,
        cause="the org is overloaded or in maintenance",
        fix=_SUPPORT,
    ),
    ErrorRule(
        code="UNKNOWN_EXCEPTION",
        action=ResponseAction.RETRY,
        cause="an error inside Salesforce",
        fix=_SUPPORT,
    ),
    ErrorRule(
        code="INVALID_QUERY_LOCATOR",
        action=ResponseAction.RETRY,
        cause="the query's cursor is gone",
        fix=_SUPPORT,
    ),
    ErrorRule(
        code="EXCEEDED_ID_LIMIT",
        action=ResponseAction.SHORTEN_WINDOW,
        cause="the window holds over 600,000 deletes",
    ),
    ErrorRule(
        code="INVALID_REPLICATION_DATE",
        action=ResponseAction.BEGIN_LATER,
        cause="the org does not keep deletes for so long",
    ),
    ErrorRule(
        code="INVALID_TYPE",
        action=ResponseAction.USE_QUERY,
        cause="the org does not show this object: TaskWhoRelation exists only with Shared "
        "Activities switched on, and every object only for users who may read it",
        fix="Switch on Shared Activities (Setup, Activity Settings), or give the user that the tap "
        "logs in as read access to the object, and View All Data for complete results.",
    ),
    ErrorRule(
        code="INVALID_TYPE_FOR_OPERATION",
        action=ResponseAction.USE_QUERY,
        cause="the org does not serve this object in this way",
        fix=_READ_ACCESS,
    ),
    ErrorRule(
        code="METHOD_NOT_ALLOWED",
        action=ResponseAction.USE_QUERY,
        cause="the org does not allow this request",
        fix=_SUPPORT,
    ),
    ErrorRule(
        code="INVALID_FIELD",
        says="no such column",
        action=ResponseAction.LEAVE_OUT_FIELD,
        cause="a field is hidden from the user that the tap logs in as, or not in this api_version",
        fix="Make the field visible to that user (Setup, field-level security), raise api_version, "
        "or deselect the field.",
    ),
    ErrorRule(
        code="INVALID_FIELD",
        action=ResponseAction.FAIL,
        cause="the org cannot use a field in this way",
        fix="Deselect the field, or check api_version.",
    ),
    ErrorRule(
        code="OPERATION_TOO_LARGE",
        action=ResponseAction.FAIL,
        cause="a user without View All Data may not query activities of over 100,000 people and "
        "records",
        fix="Give View All Data to the user that the tap logs in as, or read shorter windows with "
        "mode custom.",
    ),
    ErrorRule(
        code="API_DISABLED_FOR_ORG",
        action=ResponseAction.FAIL,
        cause="the org's edition or the user's profile has no API access",
        fix="Switch on API Enabled in the user's profile or permission set. Professional Edition "
        "needs the API add-on.",
    ),
    ErrorRule(
        code="API_CURRENTLY_DISABLED",
        action=ResponseAction.FAIL,
        cause="API access is switched off for this user",
        fix="Switch on API Enabled in the user's profile or permission set.",
    ),
    ErrorRule(
        code="INSUFFICIENT_ACCESS",
        action=ResponseAction.FAIL,
        cause="the user may not read this object",
        fix=_READ_ACCESS,
    ),
    ErrorRule(
        code="INSUFFICIENT_ACCESS_OR_READONLY",
        action=ResponseAction.FAIL,
        cause="the user may not read this object",
        fix=_READ_ACCESS,
    ),
    ErrorRule(
        code="TXN_SECURITY_METERING_ERROR",
        action=ResponseAction.FAIL,
        cause="a transaction security policy took too long to check this query",
        fix="Exempt the user that the tap logs in as from the policy (Setup, Transaction "
        "Security).",
    ),
    ErrorRule(
        code="MALFORMED_QUERY",
        action=ResponseAction.FAIL,
        cause="the org does not understand this query",
        fix="Check api_version. If it is a usual one, report this with the message above.",
    ),
    ErrorRule(
        code="QUERY_TOO_COMPLICATED",
        action=ResponseAction.FAIL,
        cause="the query has too many fields or formula fields for the org",
        fix="Deselect fields.",
    ),
    ErrorRule(
        code="NOT_FOUND",
        action=ResponseAction.FAIL,
        cause="the org does not have this address",
        fix="Check api_version (the org's versions are at /services/data/) and instance_url.",
    ),
    ErrorRule(
        code="UNSUPPORTED_API_VERSION",
        action=ResponseAction.FAIL,
        cause="the org does not serve this REST version",
        fix=_API_VERSION,
    ),
    ErrorRule(
        code="CLIENT_NOT_ACCESSIBLE_FOR_USER",
        action=ResponseAction.FAIL,
        cause="the user may not use this connected app",
        fix="Admit the user to the app (Setup, Connected Apps, Manage Policies).",
    ),
)

REST_ANSWERS = ErrorTable(
    always={
        429: ErrorRule(
            action=ResponseAction.SLOW_DOWN, cause="too many requests at once", fix=_SUPPORT
        ),
    },
    rules=_RULES,
    by_status={
        401: ErrorRule(action=ResponseAction.RENEW_TOKEN, cause="the access token was refused"),
        410: ErrorRule(
            action=ResponseAction.FAIL,
            cause="the org no longer serves this REST version",
            fix=_API_VERSION,
        ),
        414: ErrorRule(
            action=ResponseAction.FAIL, cause="the query is too long", fix="Deselect fields."
        ),
        431: ErrorRule(
            action=ResponseAction.FAIL, cause="the query is too long", fix="Deselect fields."
        ),
        503: ErrorRule(
            action=ResponseAction.SLOW_DOWN,
            cause="the org is overloaded or in maintenance",
            fix=_SUPPORT,
        ),
    },
    unreadable=ErrorRule(
        action=ResponseAction.RETRY,
        fix="If it happens again, check that login_url and instance_url are your org's, and ask "
        "Salesforce support.",
    ),
    transient=ErrorRule(
        action=ResponseAction.RETRY, cause="an error inside Salesforce", fix=_SUPPORT
    ),
    refused=ErrorRule(
        action=ResponseAction.FAIL,
        cause="the org refused it",
        fix="Look the code up in Salesforce's REST API Developer Guide (Status Codes and Error "
        "Responses).",
    ),
    too_large=ResponseAction.SHRINK_PAGE,
)
