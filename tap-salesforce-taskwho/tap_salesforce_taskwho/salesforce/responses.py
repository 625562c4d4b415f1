"""What to do about every answer that is not the one asked for: the one table of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import (
    DeletesNoLongerKept,
    QueryAllRefused,
    QueryTimeout,
    TapError,
    TooManyDeletedIds,
    UserError,
)
from tap_salesforce_taskwho.salesforce import bodies
from tap_salesforce_taskwho.salesforce.api_usage import daily_limit_reached
from tap_salesforce_taskwho.salesforce.retry_policy import retry_after_seconds
from tap_salesforce_taskwho.salesforce.transport import Answer, NoAnswer

if TYPE_CHECKING:
    from tap_salesforce_taskwho.salesforce.redaction import Redactor


class Verdict(Enum):
    """What follows from an answer."""

    RETRY = "the same request again, after a pause"
    EASE = "as RETRY; the org is overloaded, so fewer requests at once would help"
    NEW_TOKEN = "one new token, and the same request again"  # noqa: S105 - words, no secret
    SHRINK = "a query for fewer rows"
    QUERY_ALL = "query instead of queryAll; fatal where query itself was asked"
    QUOTA = "stop, exit code 3"
    DELETED_IDS = "a shorter window of deletes"
    DELETED_DATE = "a full run"
    FATAL = "stop, exit code 2"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: an errorCode, words of its message if they matter, what follows."""

    code: str
    verdict: Verdict
    cause: str
    cure: str = ""
    says: str = ""


_AGAIN = "If it stays so, ask Salesforce support."
_ACCESS = "Give the user that the tap logs in as read access to it (permission set or profile)."

# Codes and texts: REST API Developer Guide, Status Codes and Error Responses; what public clients
# (tap-salesforce, Airbyte, simple-salesforce, restforce) have met and told of. First match wins.
RULES: tuple[Rule, ...] = (
    Rule("INVALID_SESSION_ID", Verdict.NEW_TOKEN, "the access token is not valid any more"),
    Rule("INVALID_AUTH_HEADER", Verdict.NEW_TOKEN, "the access token was not taken"),
    Rule(
        "REQUEST_LIMIT_EXCEEDED",
        Verdict.EASE,
        "the org runs as many long requests at once as it allows",
        says="concurrent",
    ),
    Rule("REQUEST_LIMIT_EXCEEDED", Verdict.QUOTA, "the org has no API call left"),
    Rule("QUERY_TIMEOUT", Verdict.SHRINK, "the org gave up on a query that took two minutes"),
    Rule("UNABLE_TO_LOCK_ROW", Verdict.RETRY, "rows are locked", _AGAIN),
    Rule("SERVER_UNAVAILABLE", Verdict.EASE, "the org is overloaded or in maintenance", _AGAIN),
    Rule("UNKNOWN_EXCEPTION", Verdict.RETRY, "an error inside Salesforce", _AGAIN),
    Rule("INVALID_QUERY_LOCATOR", Verdict.RETRY, "the query's cursor is gone", _AGAIN),
    Rule("EXCEEDED_ID_LIMIT", Verdict.DELETED_IDS, "the window holds over 600,000 deletes"),
    Rule("INVALID_REPLICATION_DATE", Verdict.DELETED_DATE, "deletes are not kept so long"),
    Rule(
        "INVALID_TYPE",
        Verdict.QUERY_ALL,
        "the org does not show this object: TaskWhoRelation exists only with Shared Activities "
        "switched on, and every object only to users who may read it",
        "Switch on Shared Activities (Setup, Activity Settings), or give the user that the tap "
        "logs in as read access to the object, and View All Data for complete results.",
    ),
    Rule(
        "INVALID_TYPE_FOR_OPERATION",
        Verdict.QUERY_ALL,
        "the org does not serve this object in this way",
        _ACCESS,
    ),
    Rule("METHOD_NOT_ALLOWED", Verdict.QUERY_ALL, "the org does not take this request", _AGAIN),
    Rule(
        "INVALID_FIELD",
        Verdict.FATAL,
        "a field is hidden from the user that the tap logs in as, or not in this api_version",
        "Make the field visible to that user (Setup, field-level security), raise api_version, or "
        "deselect the field.",
    ),
    Rule(
        "OPERATION_TOO_LARGE",
        Verdict.FATAL,
        "a user without View All Data may not query activities of over 100,000 people and records",
        "Give View All Data to the user that the tap logs in as, or read shorter windows with "
        "mode custom.",
    ),
    Rule(
        "API_DISABLED_FOR_ORG",
        Verdict.FATAL,
        "the org's edition or the user's profile has no API access",
        "Switch on API Enabled in the user's profile or permission set; Professional Edition "
        "needs the API add-on.",
    ),
    Rule(
        "API_CURRENTLY_DISABLED",
        Verdict.FATAL,
        "API access is switched off for this user",
        "Switch on API Enabled in the user's profile or permission set.",
    ),
    Rule("INSUFFICIENT_ACCESS", Verdict.FATAL, "the user may not read this object", _ACCESS),
    Rule(
        "INSUFFICIENT_ACCESS_OR_READONLY",
        Verdict.FATAL,
        "the user may not read this object",
        _ACCESS,
    ),
    Rule(
        "TXN_SECURITY_METERING_ERROR",
        Verdict.FATAL,
        "a transaction security policy took too long over this query",
        "Exempt the user that the tap logs in as from the policy (Setup, Transaction Security).",
    ),
    Rule(
        "MALFORMED_QUERY",
        Verdict.FATAL,
        "the org does not take this query",
        "Check api_version; if it is a usual one, please report this with the message above.",
    ),
    Rule(
        "QUERY_TOO_COMPLICATED",
        Verdict.FATAL,
        "the query has too many fields or formula fields for the org",
        "Deselect fields.",
    ),
    Rule(
        "NOT_FOUND",
        Verdict.FATAL,
        "the org does not have this address",
        "Check api_version (the org's versions are at /services/data/) and instance_url.",
    ),
    Rule(
        "UNSUPPORTED_API_VERSION",
        Verdict.FATAL,
        "the org does not serve this REST version",
        'Set api_version to a supported one, such as "64.0".',
    ),
    Rule(
        "CLIENT_NOT_ACCESSIBLE_FOR_USER",
        Verdict.FATAL,
        "the user may not use this connected app",
        "Admit the user to the app (Setup, Connected Apps, Manage Policies).",
    ),
)

# For answers that name no code, or one that no row knows.
STATUS_RULES: dict[int, Rule] = {
    401: Rule("", Verdict.NEW_TOKEN, "the access token was not taken"),
    410: Rule(
        "",
        Verdict.FATAL,
        "the org does not serve this REST version any more",
        'Set api_version to a supported one, such as "64.0".',
    ),
    414: Rule("", Verdict.FATAL, "the query is too long", "Deselect fields."),
    429: Rule("", Verdict.EASE, "too many requests at once"),
    431: Rule("", Verdict.FATAL, "the query is too long", "Deselect fields."),
    503: Rule("", Verdict.EASE, "the org is overloaded or in maintenance", _AGAIN),
}
TRANSIENT_STATUSES = frozenset({406, 420, 429} | set(range(500, 600)))
_UNREADABLE = Rule(
    "", Verdict.RETRY, "", f"{_AGAIN} Check also that login_url and instance_url are your org's."
)
_TRANSIENT = Rule("", Verdict.RETRY, "an error inside Salesforce", _AGAIN)
_REFUSED = Rule(
    "",
    Verdict.FATAL,
    "the org refused it",
    "Look the code up in Salesforce's REST API Developer Guide (Status Codes and Error Responses).",
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer that is not the one asked for: what follows, why, and what a person can do."""

    verdict: Verdict
    cause: str
    cure: str = ""
    retry_after_seconds: float | None = None

    def error(self, what: str, *, endpoint: str = "") -> TapError:
        """Give what ends the request `what`, where it is not to be sent again."""
        kinds: dict[Verdict, type[TapError]] = {
            Verdict.SHRINK: QueryTimeout,
            Verdict.DELETED_IDS: TooManyDeletedIds,
            Verdict.DELETED_DATE: DeletesNoLongerKept,
        }
        if self.verdict is Verdict.QUOTA:
            return daily_limit_reached()
        kind = kinds.get(self.verdict, UserError)
        if self.verdict is Verdict.QUERY_ALL and endpoint == "queryAll":
            kind = QueryAllRefused
        return kind(f"{what} failed: {self.cause}. {self.cure}".strip())


def judge(answer: Answer | NoAnswer, redactor: Redactor) -> Failure:
    """Say what follows from an answer that is not the one asked for."""
    if isinstance(answer, NoAnswer):
        return no_answer(answer)
    said = bodies.server_error(answer)
    if said is None:
        rule = STATUS_RULES.get(answer.status, _UNREADABLE)
        cause = bodies.description(answer)
        if rule.cause:
            cause = f"{rule.cause}: {cause}"
    else:
        rule = _rule(said, answer.status)
        cause = f"{rule.cause} ({redactor.clean(said.code)}: {redactor.clean(said.message)})"
    return Failure(rule.verdict, cause, rule.cure, retry_after_seconds(answer.headers))


def no_answer(answer: NoAnswer) -> Failure:
    """Say what follows where no whole answer came."""
    verdict = Verdict.FATAL if answer.lasting else Verdict.RETRY
    return Failure(verdict, answer.cause, answer.cure)


def _rule(said: bodies.ServerError, status: int) -> Rule:
    message = said.message.lower()
    for rule in RULES:
        if rule.code == said.code and rule.says in message:
            return rule
    if status in STATUS_RULES:
        return STATUS_RULES[status]
    return _TRANSIENT if status in TRANSIENT_STATUSES else _REFUSED
