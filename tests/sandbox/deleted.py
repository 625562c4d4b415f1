"""GET …/sobjects/TaskRelation/deleted/: what no query shows, within the log's limits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.sandbox.errors import OrgError
from tests.sandbox.soql import stored

if TYPE_CHECKING:
    from tests.sandbox.org import Org

REACH = timedelta(days=30)
SHORTEST = timedelta(minutes=1)


def deleted_since(org: Org, arguments: dict[str, str]) -> dict[str, object]:
    """Ids deleted between start and end, both to the minute (getDeleted's documented rules)."""
    try:
        start = datetime.fromisoformat(arguments["start"])
        end = datetime.fromisoformat(arguments["end"])
    except (KeyError, ValueError) as error:
        raise OrgError(400, "INVALID_FIELD", "start and end must be dates") from error
    if end - start < SHORTEST:
        raise OrgError(400, "INVALID_REPLICATION_DATE", "endDate must be after startDate")
    if org.now - start > REACH:
        raise OrgError(400, "INVALID_REPLICATION_DATE", "startDate is more than 30 days ago")
    low, high = stored(start), stored(end)
    return {
        "deletedRecords": [
            {"id": record_id, "deletedDate": at} for record_id, at in org.purged if low <= at < high
        ],
        "earliestDateAvailable": stored(org.now - REACH),
        "latestDateCovered": stored(min(end, org.now)),
    }
