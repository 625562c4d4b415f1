"""What a row of a table of errors is: an answer of Salesforce, its cause, what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class ResponseAction(Enum):
    """What the tap does about an answer."""

    RETRY = "send the same request again, after a pause"
    SLOW_DOWN = "as RETRY, and send fewer requests at once: the org is overloaded"
    RENEW_TOKEN = "get one new token and send the same request again"  # noqa: S105 -- words, no secret
    SHRINK_PAGE = "ask for fewer rows"
    USE_QUERY = "ask through query instead of queryAll; fail where query was asked"
    LEAVE_OUT_FIELD = "ask without the field that the answer names"
    SHORTEN_WINDOW = "ask for a shorter window of deletes"
    BEGIN_LATER = "ask for deletes of a later beginning"
    STOP_FOR_QUOTA = "stop, exit code 3"
    FAIL = "stop, exit code 2"


# Statuses that pass, where no rule says otherwise.
TRANSIENT_STATUSES = frozenset({406, 420, 429} | set(range(500, 600)))
RETRIED = frozenset({ResponseAction.RETRY, ResponseAction.SLOW_DOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRule:
    """A row of a table of errors.

    It is for answers whose error code is `code` (any, where it is empty) and whose message has the
    words `says` in it, in lower case. `cause` and `fix` are for people; `fix` is a sentence.
    """

    code: str = ""
    says: str = ""
    action: ResponseAction
    cause: str = ""
    fix: str = ""

    def is_for(self, code: str, message: str) -> bool:
        """Say whether the rule is for an error."""
        return self.code in {"", code} and self.says in message.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorTable:
    """The rules for the answers of an endpoint. The first match wins, in the order of the fields.

    `always` and `by_status` decide by the status, `rules` by the error's code. The others are for
    a body that is no error, for an unknown code with a transient status, for any other code.
    `too_large` is for a body over the bound.
    """

    always: Mapping[int, ErrorRule] = field(default_factory=dict)
    rules: tuple[ErrorRule, ...]
    by_status: Mapping[int, ErrorRule] = field(default_factory=dict)
    unreadable: ErrorRule
    transient: ErrorRule
    refused: ErrorRule
    too_large: ResponseAction = ResponseAction.RETRY

    def rule(self, status: int, code: str | None, message: str) -> ErrorRule:
        """Find the rule for an answer; `code` is None where its body is no error."""
        if status in self.always:
            return self.always[status]
        for rule in self.rules if code is not None else ():
            if rule.is_for(code or "", message):
                return rule
        if status in self.by_status:
            return self.by_status[status]
        if code is None:
            return self.unreadable
        return self.transient if status in TRANSIENT_STATUSES else self.refused
