"""After the load: promote what landed, then write the report."""

from __future__ import annotations

import contextlib
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database import grants
from taskwho.database.connection import check_usable, connect, transaction
from taskwho.database.migrate import migrate
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import (
    LOCK_HELD,
    NO_REPLICA_IDENTITY,
    PROMOTION_ENDED,
    REPORT_PENDING,
    RIGHT_MISSING,
)
from taskwho.model.exit_codes import worst
from taskwho.pipeline import run_rows
from taskwho.pipeline.ending.announce import announce
from taskwho.pipeline.ending.forget import forget
from taskwho.pipeline.explain_missing import explain_missing
from taskwho.pipeline.pending_reports import publish_pending
from taskwho.promotion import promote
from taskwho.report import record_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from taskwho.model.outcome import RunOutcome
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

# PostgreSQL ends a deadlock with a job of the user's by ending one of the two transactions. The
# first attempt of a first load trusts that no Id has landed twice: the key of its table finds those
# that have, and costs no look at all rows.
_ATTEMPTS = 3
_TRY_AGAIN = (psycopg.errors.DeadlockDetected, psycopg.errors.UniqueViolation)
NO_LOGIN: Mapping[str, Any] = MappingProxyType({})


def post_load(
    url: str,
    settings: PostLoadSettings,
    *,
    outcome: RunOutcome | None = None,
    with_report: bool = False,
    salesforce: Mapping[str, Any] = NO_LOGIN,
) -> RunResult:
    """Promote in one transaction, then publish every pending report, also those of earlier runs.

    `salesforce` are settings of the tap, by which Salesforce is asked why parents are missing.
    Raises TaskwhoError where the transaction fails: then nothing has changed, and what landed is
    kept.
    """
    with connect(url) as conn:
        check_usable(conn)
        try:
            migrate(conn, partial(grants.for_promotion, settings=settings))
            dead = [] if outcome else run_rows.end_dead(conn, settings.reports_dir)
            result, changed = _promote(conn, settings, outcome)
        except psycopg.Error as error:
            raise _explained(conn, error, settings) from None
        explain_missing(conn, settings, result, salesforce)
        if with_report:
            forget(conn, settings)
            _publish(conn, settings, result, dead)
            announce(url, settings, dead)
        _analyze(conn, changed)
    return result


def _promote(
    conn: psycopg.Connection[Any], settings: PostLoadSettings, outcome: RunOutcome | None
) -> tuple[RunResult, list[sql.Composable]]:
    for attempt in range(1, _ATTEMPTS + 1):
        files = record_files.RecordFileWriter(settings.reports_dir)
        try:
            with transaction(conn):
                trusts = attempt == 1
                return promote.promote(conn, settings, outcome, files, trusts_landed=trusts)
        except BaseException as error:
            files.discard()
            if not isinstance(error, _TRY_AGAIN) or attempt == _ATTEMPTS:
                raise
    raise AssertionError


def _publish(
    conn: psycopg.Connection[Any],
    settings: PostLoadSettings,
    result: RunResult,
    dead: list[RunResult],
) -> None:
    """Write the pending reports; where one cannot be written, `result` says so."""
    try:
        paths = publish_pending(conn, settings.reports_dir)
        for ended in (*dead, result):
            ended.report_path = paths.get(ended.run_id)
    except TaskwhoError as error:
        _not_published(result, error)
    except psycopg.Error as error:
        said = error.diag.message_primary or "it gives no reason"
        _not_published(result, TaskwhoError(REPORT_PENDING, said=said))


def _not_published(result: RunResult, error: TaskwhoError) -> None:
    """The result is in the database, and the next post-load writes its report."""
    result.error = " ".join(filter(None, [result.error, error.message]))
    result.exit_code = worst(result.exit_code, error.exit_code)


def _analyze(conn: psycopg.Connection[Any], changed: list[sql.Composable]) -> None:
    """Update the statistics of tables that changed much, unless another session locks them.

    3,000 rows of each tell the next promotion enough, and autovacuum reads 30,000 later.
    """
    for table in changed:
        with contextlib.suppress(psycopg.Error), conn.transaction():
            conn.execute("set local default_statistics_target = 10")
            conn.execute(sql.SQL("analyze (skip_locked) {}").format(table))


def _explained(
    conn: psycopg.Connection[Any], error: psycopg.Error, settings: PostLoadSettings
) -> TaskwhoError:
    """A database error in words, without the statement and without values."""
    said = error.diag.message_primary or "the connection was lost"
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return TaskwhoError(LOCK_HELD, seconds=settings.lock_timeout_seconds, said=said)
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        # rows that a policy hides would be taken for missing (promotion/sql/session.sql)
        hidden = error.diag.source_function == "check_enable_rls"
        statements = grants.past_policies(conn) if hidden else grants.for_promotion(conn, settings)
        return TaskwhoError(RIGHT_MISSING, said=said, statements=statements)
    if error.diag.source_function == "CheckCmdReplicaIdentity":
        return TaskwhoError(NO_REPLICA_IDENTITY, said=said)
    code = f"SQLSTATE {error.sqlstate}" if error.sqlstate else "no SQLSTATE"
    return TaskwhoError(PROMOTION_ENDED, said=said, sqlstate=code)
