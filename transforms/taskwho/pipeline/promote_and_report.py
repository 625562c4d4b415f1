"""Post-load as the commands run it: promotion, report, and a summary on the terminal."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import STOPPED_IN_PROMOTION
from taskwho.model.exit_codes import ExitCode
from taskwho.model.result import RunResult
from taskwho.pipeline import prepare
from taskwho.pipeline.post_load import post_load
from taskwho.report import files, summary

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.outcome import RunOutcome
    from taskwho.model.settings import PostLoadSettings


def promote_and_report(
    at: Path, settings: PostLoadSettings, *, outcome: RunOutcome | None = None
) -> ExitCode:
    """Promote, publish the report, print a summary; gives the exit code."""
    published: list[Path] = []

    def publish(result: RunResult) -> Path:
        published.append(files.publish(result, settings.reports_dir))
        return published[-1]

    began = datetime.now(UTC)
    try:
        result = post_load(prepare.require_database(at), settings, outcome=outcome, publish=publish)
    except (TaskwhoError, KeyboardInterrupt) as error:
        # the database holds no run, but people look for a report all the same
        failure = error if isinstance(error, TaskwhoError) else TaskwhoError(STOPPED_IN_PROMOTION)
        # the failure has the last word, also where its report cannot be written
        with contextlib.suppress(TaskwhoError):
            click.echo(f"Report: {publish(_failed(failure, began, outcome))}")
        raise failure from None
    # this run's report is the last: pending ones of earlier runs come first
    for line in summary.summary(result, published[-1] if published else None):
        click.echo(line)
    return ExitCode(result.exit_code)


def _failed(error: TaskwhoError, began: datetime, outcome: RunOutcome | None) -> RunResult:
    errors = [outcome.tap_error, outcome.loader_error] if outcome else []
    return RunResult(
        run_id=0,
        started_at=(outcome.started_at if outcome else None) or began,
        finished_at=datetime.now(UTC),
        status="stopped" if error.exit_code == ExitCode.STOPPED else "failed",
        error=" ".join([*filter(None, errors), error.message]),
        mode=outcome.mode if outcome else None,
        run_ids=[outcome.run_id] if outcome and outcome.run_id else [],
        exit_code=error.exit_code,
    )
