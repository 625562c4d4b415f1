"""`taskwho doctor`: what would fail a run, before it fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from taskwho.commands.options import post_load_options
from taskwho.model import dotenv_file, project
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import NO_DATABASE
from taskwho.model.exit_codes import ExitCode
from taskwho.model.given_settings import given_settings
from taskwho.model.salesforce_settings import salesforce_settings
from taskwho.model.sync_request import SyncRequest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from taskwho.commands.checks.finding import Finding


@click.command()
@click.option("--all", "parents", is_flag=True, help="Check for a run that reads parents first.")
@click.option(
    "--streams",
    envvar="TASKWHO_STREAMS",
    show_envvar=True,
    help="Check for a run of these streams instead of relations, with commas in between.",
)
@post_load_options
def doctor(*, parents: bool, streams: str | None, **options: Any) -> ExitCode:  # noqa: ANN401 - by name
    """Check what a run needs, with a fix for each finding. Changes and starts nothing.

    Files, the database, its tables, what waits, how fresh it is, then Salesforce.
    """
    at, code = project.root(), ExitCode.DONE
    names = tuple(name.strip() for name in (streams or "").split(",") if name.strip())
    for finding in _check(at, _request(at, names, options, parents=parents)):
        click.echo(str(finding))
        code = ExitCode.MISCONFIGURED if finding.fails else code
    return code


def _request(
    at: Path, streams: tuple[str, ...], options: Mapping[str, Any], *, parents: bool
) -> SyncRequest:
    url = dotenv_file.database_url(at)
    if url is None:
        raise TaskwhoError(NO_DATABASE, file=at / ".env")
    return SyncRequest(
        database_url=url,
        salesforce=salesforce_settings({}, os.environ),
        streams=streams,
        parents=parents,
        home=project.own_path(at),
        settings=given_settings(options, os.environ),
        variables=dict(os.environ),
    )


def _check(at: Path, request: SyncRequest) -> Iterator[Finding]:
    """Everything, the cheapest first; what takes time says before that it begins."""
    from taskwho.commands.checks.database import check_database, check_files
    from taskwho.commands.checks.monitoring import check_monitoring
    from taskwho.commands.checks.salesforce import check_salesforce
    from taskwho.pipeline.pairs import pairs

    found = pairs(request.streams, parents=request.parents)
    streams = [stream for pair in found for stream in pair.streams]
    yield from check_files(at)
    yield from check_monitoring(request.settings)
    click.echo("     Looking at the database ...")
    yield from check_database(request.database_url, request.settings, streams, at)
    click.echo("     Asking Salesforce ...")
    yield from check_salesforce(request)
