"""`taskwho sync`: tap and loader through Meltano, then post-load, however they ended."""

from __future__ import annotations

import os
import signal
import sys
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from taskwho.model import dotenv_file, project
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import MELTANO_FAILED, PLUGIN_SILENT
from taskwho.model.exit_codes import ExitCode, worst
from taskwho.model.outcome import RunOutcome
from taskwho.pipeline import killed_runs
from taskwho.pipeline.meltano_run import LOADER, TAP, MeltanoRun
from taskwho.pipeline.prepare import prepare
from taskwho.pipeline.progress import SyncProgress
from taskwho.pipeline.promote_and_report import promote_and_report
from taskwho.pipeline.stopping import Stopping
from taskwho.pipeline.sync_lock import note_meltano, single_sync
from taskwho.pipeline.sync_log import SyncLog

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.settings import PostLoadSettings

_PREFIX = "TAP_SALESFORCE_TASKWHO_"
_PARENTS_TAP = f"{TAP}-parents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What to read: the seed's flags. None leaves a setting as Meltano has it."""

    mode: str | None = None
    days: int | None = None
    start_date: str | None = None
    end_date: str | None = None
    limit: int | None = None
    parents: bool = False

    def environment(self) -> dict[str, str]:
        """The flags as the tap's settings."""
        given = {
            "MODE": self.mode,
            "DAYS": self.days,
            "START_DATE": self.start_date,
            "END_DATE": self.end_date,
            "LIMIT": self.limit,
        }
        return {_PREFIX + name: str(value) for name, value in given.items() if value is not None}

    def blocks(self) -> list[str]:
        """The pairs of job `sync`, or of `sync-all`; so they share those jobs' bookmarks."""
        parents = [_PARENTS_TAP, LOADER] if self.parents else []
        return [*parents, TAP, LOADER]


def sync(at: Path, reading: Reading, settings: PostLoadSettings) -> ExitCode:
    """Run everything, and give the exit code of the worst part."""
    # SIGTERM, by which a service manager stops a process, acts as Ctrl-C also without a Meltano
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with single_sync(at):
        prepared = prepare(at)
        click.echo(prepared.message)
        outcome, code = _load(at, reading, prepared.url)
        try:
            promoted = promote_and_report(at, settings, outcome=outcome)
        except TaskwhoError:
            # its message is the last line; the errors before it must not go unsaid
            for error in filter(None, (outcome.tap_error, outcome.loader_error)):
                click.echo(f"Failed: {error}", err=True)
            raise
    return ExitCode.STOPPED if outcome.stopped else worst(code, promoted)


def _load(at: Path, reading: Reading, url: str) -> tuple[RunOutcome, ExitCode]:
    """Run tap and loader; how they ended, and the worse of their exit codes."""
    run_id, started_at = str(uuid.uuid4()), datetime.now(UTC)
    environment = {
        **os.environ,
        **reading.environment(),
        "MELTANO_RUN_ID": run_id,
        dotenv_file.URL_NAME: url,
    }
    log, log_file = SyncLog(), project.own_folder(at) / "sync.log"
    with (
        SyncProgress(terminal=sys.stdout.isatty()) as progress,
        Stopping(progress.say) as stopping,
    ):
        run = MeltanoRun(at, reading.blocks(), environment, log_file)
        stopping.watch(run)
        note_meltano(at, run.pid)
        for event in run.events():
            log.take(event)
            progress.show(log.rows(), log.to_read)
            if warning := log.warning(event):
                progress.say(f"Warning: {warning}")
        code = run.wait()
    killed_runs.sweep(at)
    stopped = bool(stopping.asked)
    if not stopped:
        _complete(log, code, log_file)
    outcome = RunOutcome(
        run_id=run_id,
        started_at=started_at,
        mode=reading.mode,
        tap_exit_code=log.tap_exit_code,
        tap_error=log.tap_error if log.tap_exit_code else None,
        loader_exit_code=log.loader_exit_code,
        loader_error=log.loader_error if log.loader_exit_code else None,
        stopped=stopped,
    )
    return outcome, worst(log.tap_exit_code, log.loader_exit_code)


def _complete(log: SyncLog, code: int, log_file: Path) -> None:
    """Give every failure an error, also that of a part that was killed and logged none."""
    if log.tap_exit_code:
        log.tap_error = log.tap_error or PLUGIN_SILENT.message(
            part="tap", number=log.tap_exit_code, log=log_file
        )
    if log.loader_exit_code:
        log.loader_error = log.loader_error or PLUGIN_SILENT.message(
            part="loader", number=log.loader_exit_code, log=log_file
        )
    if code != ExitCode.DONE and not (log.tap_exit_code or log.loader_exit_code):
        said = log.meltano_error or f"it ended with {code} and said nothing."
        log.tap_exit_code = ExitCode.FAILED
        log.tap_error = MELTANO_FAILED.message(error=" ".join(said.split()), log=log_file)
