"""`taskwho report`: the report of a past run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from taskwho.commands.options import reports_dir_option
from taskwho.model import project

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("run", type=int, required=False)
@reports_dir_option
def report(run: int | None, reports_dir: Path) -> None:
    """Write the report of RUN, a run_id of taskwho.runs, again; without RUN, that of the last."""
    from taskwho.pipeline.past_runs import write_again

    click.echo(f"Report: {write_again(project.root(), run, reports_dir)}")
