"""Clients of a sandbox org, and the query that they ask."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.config.settings import Settings
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.salesforce.client import SalesforceClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox import Sandbox

FIELDS = ("Id", "TaskId", "RelationId", "Type", "IsDeleted", "SystemModstamp")
BOUNDS: dict[str, Any] = dict.fromkeys(("modstamp_from", "modstamp_to", "after_id", "until_id"))
COUNT = soql.count("TaskWhoRelation", **BOUNDS)


def a_page(limit: int = 2000, **bounds: object) -> str:
    """The query for the first page of relations."""
    return soql.select("TaskWhoRelation", FIELDS, limit=limit, **(BOUNDS | bounds))


def client_of(
    org: Sandbox,
    flow: str = "client_credentials",
    *,
    should_stop: Callable[[], bool] = lambda: False,
    **settings: object,
) -> SalesforceClient:
    """A client of an org, with other settings than the defaults."""
    return SalesforceClient(
        Settings.from_config(org.settings(flow=flow) | settings),
        logger=logging.getLogger("tap"),
        should_stop=should_stop,
    )
