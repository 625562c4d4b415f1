"""What a run would read: the state is looked up, the org is asked, nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

from taskwho.database import bookmarks
from taskwho.database.connection import check_usable, connect
from taskwho.org.estimates import estimate
from taskwho.pipeline.pairs import pairs

if TYPE_CHECKING:
    from taskwho.model.results.estimate import Estimates
    from taskwho.model.sync_request import SyncRequest
    from taskwho.pipeline.pairs import Pair


def dry_run(request: SyncRequest) -> Estimates:
    """The windows of a run like this, with their counts; raises the TaskwhoError family."""
    found = pairs(request.streams, parents=request.parents)
    states: dict[str, Any] = {}
    with connect(request.database_url) as connection:
        check_usable(connection)
        for pair in found:
            states |= _bookmarks(connection, pair, request.environment)
    streams = [stream for pair in found for stream in pair.streams]
    return estimate(request.salesforce, streams, states)


def _bookmarks(
    connection: psycopg.Connection[Any], pair: Pair, environment: str
) -> dict[str, dict[str, Any]]:
    try:
        name = pair.state_id(environment)
        state = bookmarks.starting_state(connection, name, pair.streams)
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        return {}  # no run has prepared this database yet
    return dict(state.get("bookmarks") or {})
