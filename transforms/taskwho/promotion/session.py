"""The promotion's transaction: its settings, and one promotion at a time in a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database.connection import ADVISORY_LOCK
from taskwho.database.scripts import Scripts
from taskwho.model.errors import FAILED, TaskwhoError

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

_SQL = Scripts(__package__)


def begin(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> None:
    """Settle the open transaction and wait for another post-load to end.

    Raises TaskwhoError where the other one takes longer than `wait_seconds`.
    """
    _SQL.run(conn, "session")
    _wait_at_most(conn, settings.wait_seconds)
    try:
        conn.execute("select pg_advisory_xact_lock(%s)", (ADVISORY_LOCK,))
    except psycopg.errors.LockNotAvailable:
        raise TaskwhoError(
            FAILED,
            "Another post-load is running on this database and has not ended within "
            f"{settings.wait_seconds} seconds. Nothing was changed; what landed is promoted by "
            "it or by the next post-load. Wait for it, or end its session (application_name "
            "taskwho in pg_stat_activity) if it hangs.",
        ) from None
    _wait_at_most(conn, settings.lock_timeout_seconds)
    _SQL.run(conn, "cast_functions")


def _wait_at_most(conn: psycopg.Connection[Any], seconds: float) -> None:
    # zero would mean for ever
    milliseconds = max(1, round(seconds * 1000))
    conn.execute(sql.SQL("set local lock_timeout = {}").format(sql.Literal(milliseconds)))
