"""`taskwho post-load`: promotion and report."""

from __future__ import annotations

from typing import Any

import click

from taskwho.commands.options import post_load_options, to_settings
from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.progress import Lines, warnings_to
from taskwho.commands.terminal.result import say_result
from taskwho.model import project
from taskwho.model.errors import Interrupted, TaskwhoError
from taskwho.model.exit_codes import ExitCode


@click.command(
    "post-load",
    cls=Command,
    describes_settings=True,
    examples=["taskwho post-load", "taskwho post-load --retry-all --fail-below 90"],
)
@post_load_options
def post_load(**options: Any) -> ExitCode:  # noqa: ANN401 - the options, by name
    """Promote what has landed, and write the report."""
    from taskwho import api
    from taskwho.pipeline.starting.database_url import require_database
    from taskwho.pipeline.starting.failed_start import failure_reported

    settings = to_settings(options)  # what cannot be meant is told first
    try:
        with warnings_to(Lines(err=True)):
            with failure_reported(settings):
                url = require_database(project.root())
            result = api.post_load(database_url=url, settings=options)
    except Interrupted as interrupted:
        result = interrupted.result
    except TaskwhoError as error:
        if error.result is None:
            raise
        result = error.result
    say_result(result)
    return ExitCode(result.exit_code)
