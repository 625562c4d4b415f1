"""The bookmarks that a run would begin from, for commands that start no run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

from taskwho.database import bookmarks
from taskwho.database.connection import check_usable, connect
from taskwho.pipeline.pairs import pairs

if TYPE_CHECKING:
    from taskwho.model.sync_request import SyncRequest


def starting_bookmarks(request: SyncRequest) -> dict[str, Any]:
    """The bookmarks that such a run would begin from, by stream. Raises DatabaseUnavailable.

    A database that no run has prepared has none. Nothing is written.
    """
    found: dict[str, Any] = {}
    with connect(request.database_url) as connection:
        check_usable(connection)
        for pair in pairs(request.streams, parents=request.parents):
            name = pair.state_id(request.environment)
            try:
                state = bookmarks.starting_state(connection, name, pair.streams)
            except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
                continue
            if isinstance(kept := state.get("bookmarks"), dict):  # people may set anything
                found |= kept
    return found
