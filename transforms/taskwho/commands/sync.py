"""`taskwho sync`: a whole run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from taskwho.commands.options import post_load_options, to_settings
from taskwho.model import project

if TYPE_CHECKING:
    from taskwho.model.exit_codes import ExitCode


@click.command()
@click.option(
    "--mode",
    type=click.Choice(["incremental", "full", "recent", "custom"]),
    help="What to read. Without it, the tap's setting counts (incremental).",
)
@click.option("--days", type=click.IntRange(min=1), help="How many days back `recent` reads.")
@click.option(
    "--start-date", help="Where `custom` begins, and the floor of a first incremental run."
)
@click.option("--end-date", help="Where `custom` ends: a date (that day included) or a datetime.")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many relations.")
@click.option("--all", "parents", is_flag=True, help="Read users, contacts and tasks first.")
@post_load_options
def sync(  # noqa: PLR0913 - the flags of the seed's command line
    *,
    mode: str | None,
    days: int | None,
    start_date: str | None,
    end_date: str | None,
    limit: int | None,
    parents: bool,
    **options: Any,  # noqa: ANN401 - the options of the promotion, by name
) -> ExitCode:
    """Read from Salesforce, load, promote and report. One sync at a time."""
    from taskwho.pipeline import sync as pipeline

    reading = pipeline.Reading(
        mode=mode,
        days=days,
        start_date=start_date,
        end_date=end_date,
        limit=limit,
        parents=parents,
    )
    return pipeline.sync(project.root(), reading, to_settings(options))
