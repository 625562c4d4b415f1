"""Which org and user the settings reach, its API calls, and how many relations it has."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.errors import TapError
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.salesforce.client import SalesforceClient

from taskwho.org.errors import of_tap

if TYPE_CHECKING:
    from collections.abc import Mapping

logger = logging.getLogger("taskwho")


@dataclass(frozen=True, slots=True)
class Standing:
    """`relations` are the live ones; `user` is a name or an Id, None where nothing says it."""

    org_id: str | None
    user: str | None
    api_used: int | None
    api_max: int | None
    relations: int


def standing(salesforce: Mapping[str, Any]) -> Standing:
    """Ask the org, with one API call. Raises the TaskwhoError family."""
    try:
        settings = read_settings(dict(salesforce))
        client = SalesforceClient(settings, logger=logger)
        try:
            relations = client.count(soql.count("TaskWhoRelation", soql.Bounds()), endpoint="query")
            user = settings.username or client.user_id
            usage = client.usage
            return Standing(client.org_id, user, usage.used, usage.maximum, relations)
        finally:
            client.close()
    except TapError as error:
        raise of_tap(error) from None
