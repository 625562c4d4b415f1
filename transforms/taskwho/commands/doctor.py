"""`taskwho doctor`: what would fail a run, before it fails."""

from __future__ import annotations

from typing import Any

import click

from taskwho.commands.options import post_load_options, to_settings
from taskwho.model import project
from taskwho.model.exit_codes import ExitCode


@click.command()
@post_load_options
def doctor(**options: Any) -> ExitCode:  # noqa: ANN401 - the options, by name
    """Check credentials, access, tables, keys and freshness, with a fix for each finding."""
    from taskwho.commands.checks import check
    from taskwho.pipeline.prepare import require_database

    at, code = project.root(), ExitCode.DONE
    for finding in check(at, require_database(at), to_settings(options)):
        click.echo(str(finding))
        code = ExitCode.MISCONFIGURED if finding.fails else code
    return code
