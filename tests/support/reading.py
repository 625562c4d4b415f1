"""Clients of a sandbox org, and the queries that they send."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.salesforce.client import SalesforceClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox import Sandbox

FIELDS = ("Id", "TaskId", "RelationId", "Type", "IsDeleted", "SystemModstamp")
COUNT = soql.count("TaskWhoRelation", soql.Bounds())
PAGE = soql.select("TaskWhoRelation", FIELDS, soql.Bounds(), limit=2_000)


def client_of(
    org: Sandbox,
    flow: str = "client_credentials",
    *,
    should_stop: Callable[[], bool] = lambda: False,
    **settings: object,
) -> SalesforceClient:
    """A client of an org, with other settings than the defaults."""
    return SalesforceClient(
        read_settings(org.settings(flow=flow) | settings),
        logger=logging.getLogger("tap"),
        should_stop=should_stop,
    )
