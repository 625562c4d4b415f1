"""Post-load as the commands run it: promote, publish the report, say it in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from taskwho import prepare, report, summary
from taskwho.post_load import post_load

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.outcome import RunOutcome
    from taskwho.result import RunResult
    from taskwho.settings import PostLoadSettings


def promote_and_report(
    at: Path, settings: PostLoadSettings, *, outcome: RunOutcome | None = None
) -> int:
    """The exit code of the promotion, after its summary on the terminal."""
    published: list[Path] = []

    def publish(result: RunResult) -> Path:
        published.append(report.publish(result, settings.reports_dir))
        return published[-1]

    result = post_load(prepare.require_database(at), settings, outcome=outcome, publish=publish)
    # reports that an earlier run left pending came before this run's own
    for line in summary.summary(result, published[-1] if published else None):
        click.echo(line)
    return result.exit_code
