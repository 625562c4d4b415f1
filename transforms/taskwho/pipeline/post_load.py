"""After the load: promote what landed, keep what cannot go in, say what happened."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database import grants, landing, runs
from taskwho.database.connection import connect
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import LOCK_HELD, PROMOTION_ENDED, RIGHT_MISSING
from taskwho.promotion import promote, records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from taskwho.model.outcome import RunOutcome
    from taskwho.model.result import RunResult
    from taskwho.model.settings import PostLoadSettings

# a deadlock with a job of the user's is over when one of the two has given way
_ATTEMPTS = 3


def post_load(
    url: str,
    settings: PostLoadSettings,
    *,
    outcome: RunOutcome | None = None,
    publish: Callable[[RunResult], Path] | None = None,
) -> RunResult:
    """Promote in one transaction, then publish: earlier reports left pending first.

    `publish` writes a result's report and returns its path. Raises TaskwhoError for what the user
    has to mend; nothing has changed then and what landed is kept.
    """
    with connect(url) as conn:
        try:
            landing.ensure(conn)
            result, stale = _promote(conn, settings, outcome)
            if publish is not None:
                _publish(conn, settings, publish)
            _freshen(conn, stale)
        except psycopg.Error as error:
            raise _told(conn, error, settings) from None
    return result


def _promote(
    conn: psycopg.Connection[Any], settings: PostLoadSettings, outcome: RunOutcome | None
) -> tuple[RunResult, list[sql.Identifier]]:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with conn.transaction():
                return promote.promote(conn, settings, outcome)
        except psycopg.errors.DeadlockDetected:
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError


def _publish(
    conn: psycopg.Connection[Any],
    settings: PostLoadSettings,
    publish: Callable[[RunResult], Path],
) -> None:
    """Write the reports of committed promotions, also of one that was killed at this point."""
    pending = runs.pending(conn)
    records.clear(settings.reports_dir, pending)
    for result in pending:
        records.publish(settings.reports_dir, result.record_files)
        runs.published(conn, result.run_id, str(publish(result)))


def _freshen(conn: psycopg.Connection[Any], stale: list[sql.Identifier]) -> None:
    """Statistics after a large load, when its rows are there already; not if it had to wait."""
    for table in stale:
        with contextlib.suppress(psycopg.Error):
            conn.execute(sql.SQL("analyze (skip_locked) {}").format(table))


def _told(
    conn: psycopg.Connection[Any], error: psycopg.Error, settings: PostLoadSettings
) -> TaskwhoError:
    """A database error in words, without the statement and without values."""
    said = error.diag.message_primary or "the connection was lost"
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return TaskwhoError(LOCK_HELD, seconds=settings.lock_timeout_seconds, said=said)
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        # rows that a policy hides would be taken for missing (sql/08_session.sql)
        hidden = "row-level security" in said
        statements = grants.past_policies(conn) if hidden else grants.for_promotion(conn, settings)
        return TaskwhoError(RIGHT_MISSING, said=said, statements=statements)
    code = f"SQLSTATE {error.sqlstate}" if error.sqlstate else "no SQLSTATE"
    return TaskwhoError(PROMOTION_ENDED, said=said, sqlstate=code)
