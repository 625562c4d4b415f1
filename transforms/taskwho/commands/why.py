"""`taskwho why`: the story of one record."""

from __future__ import annotations

from typing import Any

import click

from taskwho.commands.options import post_load_options, to_settings
from taskwho.commands.terminal.output import say
from taskwho.model import project, salesforce_id
from taskwho.model.exit_codes import ExitCode


@click.command()
@click.argument("record_id", metavar="ID")
@post_load_options
def why(record_id: str, **options: Any) -> ExitCode:  # noqa: ANN401 - the options, by name
    """Tell where a record is, or why it is not in its table."""
    from taskwho.commands.story import Story
    from taskwho.database.connection import connect
    from taskwho.database.migrate import migrate
    from taskwho.pipeline.prepare import require_database

    full_id = salesforce_id.full_id(record_id)
    with connect(require_database(project.root())) as connection:
        migrate(connection)
        lines = Story(connection, to_settings(options), full_id).lines()
    say(f"{full_id}:")
    say("\n".join(lines or ["Nothing is known of this Id: no run has read it."]))
    return ExitCode.DONE if lines else ExitCode.FAILED
