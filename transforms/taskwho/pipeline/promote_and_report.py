"""Post-load with its report: what is committed is reported, and so is what failed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg

from taskwho.database.connection import connect
from taskwho.model.errors import DatabaseUnavailable, Interrupted, TaskwhoError
from taskwho.model.errors.pipeline import STOPPED_IN_PROMOTION
from taskwho.model.exit_codes import ExitCode, worst
from taskwho.model.outcome import RunOutcome
from taskwho.model.results.result import RunResult
from taskwho.pipeline import run_rows
from taskwho.pipeline.ending.announce import announce
from taskwho.pipeline.pending_reports import publish_pending
from taskwho.pipeline.post_load import NO_LOGIN, post_load
from taskwho.report import files
from taskwho.report.next_steps import add_next_steps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from taskwho.model.settings import PostLoadSettings
    from taskwho.pipeline.stop_switch import StopSwitch


def promote_and_report(
    url: str,
    settings: PostLoadSettings,
    outcome: RunOutcome | None = None,
    *,
    salesforce: Mapping[str, Any] = NO_LOGIN,
    stop: StopSwitch | None = None,
) -> RunResult:
    """The result of the promotion; `report_path` is its report, None where none was written.

    Raises TaskwhoError and Interrupted with a result that has a report too.
    """
    began = datetime.now(UTC)
    try:
        result = post_load(url, settings, outcome=outcome, with_report=True, salesforce=salesforce)
    except TaskwhoError as error:
        run = outcome or RunOutcome(started_at=began)
        error.result = report_failure(url, error, settings, run)
        raise
    except KeyboardInterrupt:
        stopped = TaskwhoError(STOPPED_IN_PROMOTION)
        run = outcome or RunOutcome(started_at=began)
        raise Interrupted(report_failure(url, stopped, settings, run)) from None
    if stop and stop.is_on and worst(result.exit_code, ExitCode.STOPPED) is ExitCode.STOPPED:
        # the last word of who asked for it, also where nothing was left to stop
        result.status, result.exit_code = "stopped", ExitCode.STOPPED
    add_next_steps(result)
    announce(url, settings, [result])
    return result


def report_failure(
    url: str | None, error: TaskwhoError, settings: PostLoadSettings, outcome: RunOutcome
) -> RunResult:
    """Report and announce a run that failed before its promotion; the database ends its row.

    `url` is None where no database is known. Where no report can be written, the result has none.
    """
    result = RunResult(
        run_id=0,
        started_at=outcome.started_at or datetime.now(UTC),
        finished_at=datetime.now(UTC),
        status="stopped" if error.exit_code == ExitCode.STOPPED else "failed",
        error=" ".join(filter(None, [outcome.tap_error, outcome.loader_error, error.message])),
        mode=outcome.mode,
        run_ids=[outcome.run_id] if outcome.run_id else [],
        exit_code=error.exit_code,
    )
    try:
        if url and not isinstance(error, DatabaseUnavailable):
            result.report_path = _ended(url, result, settings.reports_dir)
        result.report_path = result.report_path or str(files.publish(result, settings.reports_dir))
    except TaskwhoError as failed:
        result.error = f"{result.error} {failed.message}"
    add_next_steps(result)
    announce(url, settings, [result])
    return result


def _ended(url: str, result: RunResult, reports_dir: Path) -> str | None:
    """The report of a run whose row is ended; None where the database does not take it."""
    try:
        with connect(url) as connection:
            run_rows.end(connection, result, reports_dir)
            return publish_pending(connection, reports_dir).get(result.run_id)
    except (psycopg.Error, DatabaseUnavailable):
        return None
