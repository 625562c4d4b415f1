"""`taskwho report`: the report of a past run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from taskwho.commands.options import reports_dir_option
from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.look import tell
from taskwho.model import project

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=Command, examples=["taskwho report", "taskwho report 42"])
@click.argument("run", type=int, required=False)
@reports_dir_option
def report(run: int | None, reports_dir: Path) -> None:
    """Write the report of a past run again.

    RUN is a run_id of the table taskwho.runs. Without it, the last run counts.
    """
    from taskwho.pipeline.past_runs import write_again

    tell("Report:", str(write_again(project.root(), run, reports_dir)))
