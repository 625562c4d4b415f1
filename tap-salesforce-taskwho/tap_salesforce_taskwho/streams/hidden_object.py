"""Why an object is hidden: the org has it not, or the user may not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import ObjectHidden, UserError
from tap_salesforce_taskwho.errors.requests import (
    ACTIVITIES_HIDDEN,
    OBJECT_HIDDEN,
    SHARED_ACTIVITIES_OFF,
)
from tap_salesforce_taskwho.salesforce import soql

if TYPE_CHECKING:
    from tap_salesforce_taskwho.salesforce.client import SalesforceClient

_ANY_TASK = soql.select("Task", ["Id"], soql.Bounds(), limit=1)


def why_hidden(client: SalesforceClient, sobject: str) -> UserError:
    """Give the error of a hidden object.

    Of TaskWhoRelation, a call tells why: a user without Access Activities sees no Task either.
    """
    if sobject not in {"TaskWhoRelation", "Task"}:
        return UserError(OBJECT_HIDDEN, sobject=sobject)
    try:
        if sobject == "TaskWhoRelation":
            client.query(_ANY_TASK, endpoint="query", page_size=200)
            return UserError(SHARED_ACTIVITIES_OFF)
    except ObjectHidden:
        pass
    return UserError(ACTIVITIES_HIDDEN)
