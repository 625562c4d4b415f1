"""GET …/sobjects/TaskRelation/deleted/: the list of deletes, within its limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.sandbox.errors import OrgError
from tests.sandbox.org.timestamps import stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.sandbox.org.org import Org

SHORTEST = timedelta(minutes=1)
LONGEST_REACH_DAYS = 30  # also where the log is kept longer (SOAP guide, getDeleted)


@dataclass
class DeleteLog:
    """The log of deletes, and what one call gives of it."""

    org: Org
    reach_days: int = 15  # the recycle bin's days (REST guide, sObject Get Deleted)
    most_ids: int = 600_000
    transaction_seconds: float = 0  # age of the oldest transaction that is not committed yet
    purged_before: datetime | None = None

    def purge(self) -> None:
        """Empty the log, as an administrator can: an earlier start is refused from now on."""
        self.purged_before = self.org.now

    def between(self, arguments: Mapping[str, str]) -> dict[str, object]:
        """List the Ids deleted from `start` until `end`; the seconds of both are ignored."""
        start, end = _minute(arguments, "start"), _minute(arguments, "end")
        now = self.org.now
        earliest = now - timedelta(days=min(self.reach_days, LONGEST_REACH_DAYS))
        if self.purged_before is not None:
            earliest = max(earliest, self.purged_before)
        if end - start <= SHORTEST:
            raise _refused("INVALID_REPLICATION_DATE", "endDate must be more than a minute later")
        if start < earliest.replace(second=0, microsecond=0):
            raise _refused("INVALID_REPLICATION_DATE", "startDate before org replication enabled")
        if start > now:
            raise _refused("INVALID_REPLICATION_DATE", "startDate must not be in the future")
        covered = min(end, now - timedelta(seconds=self.transaction_seconds))
        found = self._found(stored(start), stored(max(start, covered)))
        if len(found) > self.most_ids:
            raise _refused("EXCEEDED_ID_LIMIT", "too many deleted records in this time span")
        return {
            "deletedRecords": [{"deletedDate": at, "id": record_id} for at, record_id in found],
            "earliestDateAvailable": stored(earliest),
            "latestDateCovered": stored(covered),
        }

    def _found(self, low: str, high: str) -> list[tuple[str, str]]:
        table = self.org.tables["TaskWhoRelation"]
        deleted, stamp = table.place["IsDeleted"], table.place["SystemModstamp"]
        binned = [
            (table.rows[i][stamp], i) for i in table.stamped(low, high) if table.rows[i][deleted]
        ]
        direct = [(at, i) for i, at in self.org.purged]
        return sorted((at, i) for at, i in binned + direct if low <= at < high)


def _minute(arguments: Mapping[str, str], name: str) -> datetime:
    try:
        given = datetime.fromisoformat(arguments[name])
    except (KeyError, ValueError) as error:
        raise _refused("INVALID_REPLICATION_DATE", f"{name} must be a date and time") from error
    if given.tzinfo is None:
        raise _refused("INVALID_REPLICATION_DATE", f"{name} must have a time zone")
    return given.astimezone(UTC).replace(second=0, microsecond=0)


def _refused(code: str, message: str) -> OrgError:
    return OrgError(400, code, message)
