"""`taskwho prepare`: everything that must stand before a run."""

from __future__ import annotations

import click

from taskwho.commands.terminal.output import say
from taskwho.model import project


@click.command()
@click.option("--embedded", is_flag=True, help="First start a PostgreSQL of this project's own.")
@click.option("--stop", is_flag=True, help="Stop the embedded PostgreSQL instead.")
def prepare(*, embedded: bool, stop: bool) -> None:
    """Check the database, and create or migrate the schema taskwho."""
    from taskwho.pipeline import prepare as pipeline

    at = project.root()
    if stop:
        say(pipeline.stop_embedded(at))
    else:
        say(pipeline.prepare(at, with_embedded=embedded).message)
