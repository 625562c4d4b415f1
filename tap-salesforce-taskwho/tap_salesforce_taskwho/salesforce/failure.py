"""An answer that is not the one asked for: what to do about it, and the error that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import (
    DeletesNoLongerKept,
    HiddenField,
    ObjectHidden,
    QueryAllRefused,
    QueryTimeout,
    QuotaReached,
    TooManyDeletedIds,
    UserError,
)
from tap_salesforce_taskwho.errors.login import LOGIN_REFUSED
from tap_salesforce_taskwho.errors.requests import (
    DAILY_LIMIT_REACHED,
    DELETES_NOT_KEPT,
    FIELD_HIDDEN,
    QUERY_TIMED_OUT,
    QUERYALL_REFUSED,
    REQUEST_REFUSED,
    TOO_MANY_DELETES,
)
from tap_salesforce_taskwho.errors.rules import ResponseAction

if TYPE_CHECKING:
    from tap_salesforce_taskwho.errors import TapError


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What the tap does about an answer, why, and what a person can do.

    `column` is the field that the org says it does not have.
    """

    action: ResponseAction
    cause: str
    fix: str = ""
    retry_after_seconds: float | None = None
    of_login: bool = False
    column: str = ""

    def error(self, request: str, *, endpoint: str = "") -> TapError:
        """Give the error that ends the request, where it is not to be sent again."""
        texts = {"request": request, "cause": self.cause, "fix": self.fix}
        error: TapError
        match self.action:
            case ResponseAction.SHRINK_PAGE:
                error = QueryTimeout(QUERY_TIMED_OUT, **texts)
            case ResponseAction.USE_QUERY if endpoint == "queryAll":
                error = QueryAllRefused(QUERYALL_REFUSED, **texts)
            case ResponseAction.USE_QUERY:
                error = ObjectHidden(REQUEST_REFUSED, **texts)
            case ResponseAction.LEAVE_OUT_FIELD if self.column:
                error = HiddenField(FIELD_HIDDEN, column=self.column, **texts)
            case ResponseAction.SHORTEN_WINDOW:
                error = TooManyDeletedIds(TOO_MANY_DELETES, **texts)
            case ResponseAction.BEGIN_LATER:
                error = DeletesNoLongerKept(DELETES_NOT_KEPT, **texts)
            case ResponseAction.STOP_FOR_QUOTA:
                error = QuotaReached(DAILY_LIMIT_REACHED)
            case _ if self.of_login:
                error = UserError(LOGIN_REFUSED, **texts)
            case _:
                error = UserError(REQUEST_REFUSED, **texts)
        return error
