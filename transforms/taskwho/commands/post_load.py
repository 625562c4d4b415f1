"""`taskwho post-load`: promotion and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from taskwho.commands.options import post_load_options, to_settings
from taskwho.model import project

if TYPE_CHECKING:
    from taskwho.model.exit_codes import ExitCode


@click.command("post-load")
@post_load_options
def post_load(**options: Any) -> ExitCode:  # noqa: ANN401 - the options, by name
    """Promote what has landed into the sf_* tables, and write the report."""
    from taskwho.pipeline.promote_and_report import promote_and_report

    return promote_and_report(project.root(), to_settings(options))
