"""After the load: promote what landed, keep what cannot go in, say what happened."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.types.json import Jsonb

from taskwho import database, inbox, journal, landing, parents, promotion, record_lists
from taskwho.errors import DONE, FAILED, TaskwhoError
from taskwho.exit_codes import worst
from taskwho.result import Counts, RunResult
from taskwho.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from taskwho.outcome import RunOutcome
    from taskwho.settings import PostLoadSettings

# "twho": one promotion at a time in a database
ADVISORY_KEY = 0x7477686F
PARENT_STREAMS = ("users", "contacts", "tasks")
PREFIX = "taskwhorelation_sync_results_"
QUOTA_EXIT = 3
OPEN_RUN = """
    insert into taskwho.runs (started_at, mode) values (%s, %s) returning run_id
"""
CLOSE_RUN = """
    update taskwho.runs set
        run_ids = %s, finished_at = %s, mode = %s, status = %s, windows = %s, counts = %s,
        api_calls = %s, report_name = %s, report = %s
    where run_id = %s
"""
PENDING = """
    select run_id, report from taskwho.runs
    where report_status = 'pending' and report is not null order by run_id
"""
PUBLISHED = """
    update taskwho.runs set report_status = 'published', report_name = %s, report_path = %s
    where run_id = %s
"""
WAITING_PARENTS = "select distinct stream from taskwho.failed_parents"


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
    with database.connect(url) as connection:
        landing.ensure(connection)
        connection.commit()
        _publish_pending(connection, settings, publish)
        try:
            with connection.transaction():
                result = _promote(connection, settings, outcome)
        except psycopg.errors.LockNotAvailable:
            raise TaskwhoError(
                FAILED,
                "Another session holds a lock on a table for more than "
                f"{settings.lock_timeout_seconds} s. Nothing was "
                "changed, and what had landed is kept: run `taskwho post-load` again when it has "
                "ended.",
            ) from None
        except psycopg.Error as error:
            raise database.lost(error) from None
        _publish_pending(connection, settings, publish)
        name = connection.execute(
            "select report_name from taskwho.runs where run_id = %s", [result.run_id]
        ).fetchone()
        result.report_name = name[0] if name else result.report_name
    return result


def _promote(
    connection: psycopg.Connection[Any], settings: PostLoadSettings, outcome: RunOutcome | None
) -> RunResult:
    _prepare_session(connection, settings)
    began = datetime.now(UTC)
    started = (outcome.started_at if outcome else None) or began
    mode = outcome.mode if outcome else None
    run = connection.execute(OPEN_RUN, [started, mode]).fetchone()
    result = RunResult(
        run_id=run[0] if run else 0, started_at=started, finished_at=began, mode=mode
    )
    result.report_name = f"{PREFIX}{began:%Y%m%d_%H%M%S}"
    landed = inbox.take_in(connection)
    journal.read(connection, result)
    if outcome is None and result.batches:
        result.started_at = _first_fetch(result) or started
    tables = Tables(connection, settings)
    waiting = {stream for (stream,) in connection.execute(WAITING_PARENTS).fetchall()}
    ran = {batch["stream"] for batch in result.batches}
    database.script(connection, "10_casts", {})
    database.script(connection, "50_write_work", {})
    for stream in PARENT_STREAMS:
        asked_for = landed.get(stream) or stream in waiting or stream in ran
        if asked_for and stream in landed:
            result.parents[stream] = parents.promote(connection, tables, stream)
    if landed.get("task_who_relations") or _has_waiting(connection) or "task_who_relations" in ran:
        promotion.promote(connection, tables, result)
        record_lists.write(connection, settings, result)
    else:
        result.counts = Counts()
    _conclude(connection, settings, outcome, result)
    return result


def _prepare_session(connection: psycopg.Connection[Any], settings: PostLoadSettings) -> None:
    connection.execute("set transaction isolation level read committed")
    for name, value in (
        ("lock_timeout", f"{settings.lock_timeout_seconds}s"),
        ("row_security", "off"),
        ("timezone", "UTC"),
        ("client_min_messages", "warning"),
    ):
        connection.execute("select set_config(%s, %s, true)", [name, value])
    connection.execute("set constraints all immediate")
    deadline = time.monotonic() + settings.wait_seconds
    while True:
        found = connection.execute(
            "select pg_try_advisory_xact_lock(%s)", [ADVISORY_KEY]
        ).fetchone()
        if found and found[0]:
            return
        if time.monotonic() > deadline:
            raise TaskwhoError(
                FAILED,
                f"Another post-load has been running for more than {settings.wait_seconds} s in "
                "this database. What has "
                "landed is kept: run `taskwho post-load` again when it has ended.",
            )
        time.sleep(0.2)


def _has_waiting(connection: psycopg.Connection[Any]) -> bool:
    found = connection.execute("select exists (select from taskwho.failed_relations)").fetchone()
    return bool(found and found[0])


def _first_fetch(result: RunResult) -> datetime | None:
    fetched = [b["fetched_at"] for b in result.batches if b["fetched_at"]]
    try:
        moment = datetime.fromisoformat(min(fetched)) if fetched else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _conclude(
    connection: psycopg.Connection[Any],
    settings: PostLoadSettings,
    outcome: RunOutcome | None,
    result: RunResult,
) -> None:
    """Status, exit code, and the document that the report is made from."""
    result.finished_at = datetime.now(UTC)
    code = worst(outcome.tap_exit_code, outcome.loader_exit_code) if outcome else DONE
    if outcome and (outcome.stopped or code):
        result.error = outcome.tap_error or outcome.loader_error
    if outcome and outcome.stopped:
        result.status = "stopped"
    elif code:
        result.status = "quota" if code == QUOTA_EXIT else "failed"
    elif not result.batches and not result.counts.retrieved and not result.counts.retried:
        result.status = "nothing"
    low = settings.fail_below is not None and result.counts.success_percent < settings.fail_below
    result.exit_code = worst(code, FAILED if low else DONE)
    document = result.to_dict()
    connection.execute(
        CLOSE_RUN,
        [
            result.run_ids,
            result.finished_at,
            result.mode,
            result.status,
            Jsonb(document["windows"]),
            Jsonb(document["counts"]),
            result.api.calls,
            result.report_name,
            Jsonb(document),
            result.run_id,
        ],
    )


def _publish_pending(
    connection: psycopg.Connection[Any],
    settings: PostLoadSettings,
    publish: Callable[[RunResult], Path] | None,
) -> None:
    """Reports whose promotion is committed and whose files are not all there yet."""
    if publish is None:
        return
    for run_id, document in connection.execute(PENDING).fetchall():
        result = RunResult.from_dict(document)
        record_lists.publish(settings.reports_dir, result)
        path = publish(result)
        connection.execute(PUBLISHED, [path.stem, str(path), run_id])
    connection.commit()
