"""The promotion's transaction: its settings, its lock, its functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database.connection import ADVISORY_LOCK, lift_time_outs
from taskwho.database.scripts import Scripts
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.promotion import ANOTHER_PROMOTION_RUNS

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

_SQL = Scripts(__package__)
_LATEST = "select to_char(localtimestamp + interval '1 day', 'YYYY-MM-DD\"T\"HH24:MI:SS')"


def begin(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> None:
    """Prepare the open transaction; wait for another post-load to end.

    Raises TaskwhoError where the other one takes longer than `wait_seconds`.
    """
    lift_time_outs(conn)
    _SQL.run(conn, "session")
    _wait_at_most(conn, settings.wait_seconds)
    try:
        conn.execute("select pg_advisory_xact_lock(%s)", (ADVISORY_LOCK,))
    except psycopg.errors.LockNotAvailable:
        raise TaskwhoError(ANOTHER_PROMOTION_RUNS, seconds=settings.wait_seconds) from None
    _wait_at_most(conn, settings.lock_timeout_seconds)
    # clocks differ, but a row with a stamp of next year would refuse every later version
    row = conn.execute(_LATEST).fetchone()
    _SQL.run(conn, "cast_functions", latest=sql.Literal(row[0] if row else None))


def _wait_at_most(conn: psycopg.Connection[Any], seconds: float) -> None:
    # zero would mean no limit
    milliseconds = max(1, round(seconds * 1000))
    conn.execute(sql.SQL("set local lock_timeout = {}").format(sql.Literal(milliseconds)))
