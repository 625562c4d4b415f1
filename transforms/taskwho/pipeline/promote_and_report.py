"""Post-load as the commands run it: promote, publish the report, say it in a few lines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import STOPPED_IN_PROMOTION
from taskwho.model.exit_codes import ExitCode
from taskwho.model.result import RunResult
from taskwho.pipeline import prepare
from taskwho.pipeline.post_load import post_load
from taskwho.report import markdown, summary

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.outcome import RunOutcome
    from taskwho.model.settings import PostLoadSettings


def promote_and_report(
    at: Path, settings: PostLoadSettings, *, outcome: RunOutcome | None = None
) -> int:
    """The exit code of the promotion, after its summary on the terminal."""
    published: list[Path] = []

    def publish(result: RunResult) -> Path:
        published.append(markdown.publish(result, settings.reports_dir))
        return published[-1]

    began = datetime.now(UTC)
    try:
        result = post_load(prepare.require_database(at), settings, outcome=outcome, publish=publish)
    except (TaskwhoError, KeyboardInterrupt) as error:
        # no run is in the database, but a person looks for its report all the same
        failure = error if isinstance(error, TaskwhoError) else TaskwhoError(STOPPED_IN_PROMOTION)
        publish(_failed(failure, began, outcome))
        click.echo(f"Report: {published[-1]}")
        raise failure from None
    # reports that an earlier run left pending came before this run's own
    for line in summary.summary(result, published[-1] if published else None):
        click.echo(line)
    return result.exit_code


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
