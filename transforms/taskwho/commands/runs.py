"""`taskwho runs`: what the last runs did."""

from __future__ import annotations

import click

from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.look import tell
from taskwho.commands.terminal.run_table import tell_runs
from taskwho.model import project


@click.command(cls=Command, examples=["taskwho runs --limit 5"])
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list."
)
def runs(limit: int) -> None:
    """List the last runs, the newest first, each in one line.

    `taskwho report RUN` writes the report of one of them again.
    """
    from taskwho import api
    from taskwho.pipeline.starting.database_url import require_database

    found = api.runs(database_url=require_database(project.root()), limit=limit)
    if found:
        tell_runs(found)
    else:
        tell("", "There is no run yet. `taskwho sync` makes the first.")
