"""Post-load with its report: what is committed is reported, and so is what failed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from taskwho.model.errors import Interrupted, TaskwhoError
from taskwho.model.errors.pipeline import STOPPED_IN_PROMOTION
from taskwho.model.exit_codes import ExitCode
from taskwho.model.outcome import RunOutcome
from taskwho.model.result import RunResult
from taskwho.pipeline.post_load import NO_LOGIN, post_load
from taskwho.report import files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from taskwho.model.settings import PostLoadSettings


def promote_and_report(
    url: str,
    settings: PostLoadSettings,
    outcome: RunOutcome | None = None,
    *,
    salesforce: Mapping[str, Any] = NO_LOGIN,
) -> RunResult:
    """The result of the promotion; `report_path` is its report, None where none was written.

    Raises TaskwhoError and Interrupted with a result that has a report too.
    """
    began = datetime.now(UTC)
    try:
        return post_load(
            url,
            settings,
            outcome=outcome,
            publish=lambda result: files.publish(result, settings.reports_dir),
            salesforce=salesforce,
        )
    except TaskwhoError as error:
        error.result = report_failure(error, settings, outcome or RunOutcome(started_at=began))
        raise
    except KeyboardInterrupt:
        stopped = TaskwhoError(STOPPED_IN_PROMOTION)
        run = outcome or RunOutcome(started_at=began)
        raise Interrupted(report_failure(stopped, settings, run)) from None


def report_failure(
    error: TaskwhoError, settings: PostLoadSettings, outcome: RunOutcome
) -> RunResult:
    """Report a run that is not in the database; where that is not possible, it has no report."""
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
        result.report_path = str(files.publish(result, settings.reports_dir))
    except TaskwhoError as failed:
        result.error = f"{result.error} {failed.message}"
    return result
