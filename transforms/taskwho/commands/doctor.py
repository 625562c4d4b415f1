"""`taskwho doctor`: what would fail a run, before it fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from taskwho.commands.options import post_load_options
from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.look import Tone, tell
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

_TONES = {"FAIL": Tone.BAD, "warn": Tone.CARE, "ok": Tone.GOOD}


@click.command(
    cls=Command,
    examples=["taskwho doctor", "taskwho doctor --all    # before `taskwho sync --all`"],
)
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
    at, failing = project.root(), 0
    names = tuple(name.strip() for name in (streams or "").split(",") if name.strip())
    for finding in _check(at, _request(at, names, options, parents=parents)):
        show(finding)
        failing += finding.fails
    if failing:
        text = f"a run would fail, see FAIL above ({failing}). Begin with the first one."
        tell("Not ready:", text, Tone.BAD)
        return ExitCode.MISCONFIGURED
    run = " --all" * parents + f" --streams {','.join(names)}" * bool(names)
    tell("Ready:", f"`taskwho sync{run}` finds what it needs.", Tone.GOOD)
    return ExitCode.DONE


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


def show(finding: Finding) -> None:
    """The finding on a line, and its fix on another."""
    tell(f"{finding.mark:<4}", finding.text, _TONES[finding.mark])
    if finding.fix:
        tell("     Fix:", finding.fix)


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
    tell("    ", "Looking at the database ...")
    yield from check_database(request.database_url, request.settings, streams, at)
    tell("    ", "Asking Salesforce ...")
    yield from check_salesforce(request)
