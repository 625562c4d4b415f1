"""`taskwho runs`: what the last runs did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from taskwho.commands.terminal.output import say
from taskwho.model import project

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult


@click.command()
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list."
)
def runs(limit: int) -> None:
    """List the last runs, the newest first, each in one line.

    `taskwho report RUN` writes the report of one of them again.
    """
    from taskwho import api
    from taskwho.pipeline.prepare import require_database

    found = api.runs(database_url=require_database(project.root()), limit=limit)
    for result in found:
        say(_line(result))
    if not found:
        say("There is no run yet.")


def _line(result: RunResult) -> str:
    from taskwho.report.number_formats import instant, number

    counts = result.counts
    return (
        f"{result.run_id:>6}  {instant(result.started_at)} UTC  {result.status:<8}"
        f"retrieved {number(counts.retrieved)}, inserted {number(counts.inserted)}, "
        f"updated {number(counts.updated)}, deleted {number(counts.deleted)}, "
        f"failed {number(counts.failed)}"
    )
