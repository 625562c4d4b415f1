"""`taskwho prepare`: everything that must stand before a run."""

from __future__ import annotations

import click

from taskwho.model import project


@click.command()
@click.option("--stop", is_flag=True, help="Stop the embedded PostgreSQL instead.")
def prepare(*, stop: bool) -> None:
    """Check or start the database, and migrate the schema taskwho."""
    from taskwho.pipeline import prepare as pipeline

    at = project.root()
    click.echo(pipeline.stop_embedded(at) if stop else pipeline.prepare(at).message)
