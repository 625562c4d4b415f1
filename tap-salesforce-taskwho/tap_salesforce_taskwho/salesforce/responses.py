"""Classifies every answer that is not the one asked for, by a table of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors.rules import ResponseAction
from tap_salesforce_taskwho.salesforce import bodies
from tap_salesforce_taskwho.salesforce.failure import Failure
from tap_salesforce_taskwho.salesforce.http.dates import retry_after_seconds
from tap_salesforce_taskwho.salesforce.transport import Answer, NoAnswer

if TYPE_CHECKING:
    from tap_salesforce_taskwho.errors.rules import ErrorTable
    from tap_salesforce_taskwho.salesforce.redaction import Redactor


def classify(answer: Answer | NoAnswer, table: ErrorTable, redactor: Redactor) -> Failure:
    """Say what to do about an answer that is not the one asked for."""
    if isinstance(answer, NoAnswer):
        action = ResponseAction.FAIL if answer.is_lasting else ResponseAction.RETRY
        if answer.is_too_large:
            action = table.too_large
        return Failure(action=action, cause=answer.cause, fix=answer.fix)
    said, column = bodies.server_error(answer), ""
    if said is None:
        rule = table.rule(answer.status, None, "")
        cause = ": ".join(filter(None, (rule.cause, bodies.description(answer))))
    else:
        rule = table.rule(answer.status, said.code, said.message)
        cause = f"{rule.cause} ({redactor.clean(said.code)}: {redactor.clean(said.message)})"
        column = said.column
    wait = retry_after_seconds(answer.headers)
    return Failure(
        action=rule.action, cause=cause, fix=rule.fix, retry_after_seconds=wait, column=column
    )
