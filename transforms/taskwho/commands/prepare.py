"""`taskwho prepare`: everything that must stand before a run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from taskwho.commands.options import reports_dir_option
from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.look import tell
from taskwho.commands.terminal.progress import Lines, warnings_to
from taskwho.model import project
from taskwho.model.errors import TaskwhoError

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=Command, examples=["taskwho prepare", "taskwho prepare --embedded"])
@click.option("--embedded", is_flag=True, help="First start a PostgreSQL of this project's own.")
@click.option("--stop", is_flag=True, help="Stop the embedded PostgreSQL instead.")
@reports_dir_option
def prepare(*, embedded: bool, stop: bool, reports_dir: Path) -> None:
    """Check the database, and create or migrate the schema taskwho."""
    from taskwho.model.given_settings import given_settings
    from taskwho.pipeline import prepare as pipeline
    from taskwho.pipeline.starting.failed_start import is_first_step

    at = project.root()
    if stop:
        tell("", pipeline.stop_embedded(at))
        return
    settings = given_settings({"reports_dir": reports_dir}, os.environ)
    try:
        with warnings_to(Lines(err=True)):
            tell("", pipeline.prepare(at, settings, with_embedded=embedded).message)
        if not is_first_step():
            tell("Next:", "`taskwho doctor` says what a run still lacks.")
    except TaskwhoError as error:
        if error.result and error.result.report_path:
            tell("Report:", error.result.report_path)
        raise
