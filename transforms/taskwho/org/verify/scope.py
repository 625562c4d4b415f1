"""What is compared: what the runs should have read, by the bookmark and the journal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from psycopg import sql
from tap_salesforce_taskwho.streams.bookmark import Bookmark

from taskwho.database.scripts import Scripts
from taskwho.model.entities import RELATIONS
from taskwho.model.errors import RunFailed
from taskwho.model.errors.verify import NOTHING_READ_YET
from taskwho.org.verify.asking import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    import psycopg

_SQL = Scripts(__package__)


def scope_of(conn: psycopg.Connection[Any], state: Mapping[str, Any], org_id: str | None) -> Scope:
    """From the floor of the first run up to the bookmark.

    The journal tells the floor; a `start_date` that was set since then says nothing of it. Without
    a journal it is the beginning. Raises RunFailed where no run has read to the end, and UserError
    for the state of another org.
    """
    stream = RELATIONS.stream
    bookmark = Bookmark.from_state(stream, state)
    bookmark.check_org(stream, org_id)
    floor, until = _SQL.run(conn, "windows_read", stream=sql.Literal(stream)).fetchall()[0]
    until = bookmark.value or until
    if until is None:
        raise RunFailed(NOTHING_READ_YET)
    return Scope(floor=None if floor is None else _utc(floor), until=_utc(until))


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
