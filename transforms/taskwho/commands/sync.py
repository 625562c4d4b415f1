"""`taskwho sync`: a whole run, anywhere."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from taskwho.commands import meltano_settings
from taskwho.commands.given import arguments, config_option
from taskwho.commands.options import post_load_options, to_settings
from taskwho.commands.terminal.estimates import say_estimates
from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.progress import warnings_to
from taskwho.commands.terminal.result import say_result
from taskwho.commands.terminal.stop_signals import StopSignals
from taskwho.commands.terminal.view import view_of
from taskwho.model import project
from taskwho.model.errors import Interrupted, TaskwhoError
from taskwho.model.exit_codes import ExitCode
from taskwho.model.salesforce_settings import PREFIX

if TYPE_CHECKING:
    from taskwho.commands.terminal.progress import View
    from taskwho.model.progress import Progress

_WINDOW = ("mode", "days", "start_date", "end_date", "limit")
_WORKER = ("shard", "load_only")


@click.command(
    cls=Command,
    examples=[
        "taskwho sync                             # what has changed since the last run",
        "taskwho sync --all --dry-run             # rows, API calls and time beforehand",
        "taskwho sync --start-date 2025-01-01 --end-date 2025-01-31",
        "taskwho sync --mode full --sweep         # everything, what is gone too",
    ],
)
@config_option
@click.option(
    "--mode",
    type=click.Choice(["incremental", "full", "recent", "custom"]),
    help="What to read. Without it, the tap's setting counts (incremental).",
)
@click.option(
    "--days", type=click.IntRange(min=1), help="How many days back `recent` reads; implies it."
)
@click.option("--start-date", help="Where `custom` begins; implies it.")
@click.option("--end-date", help="Where `custom` ends: a date (that day included) or a datetime.")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many relations.")
@click.option("--all", "parents", is_flag=True, help="Read users, contacts and tasks first.")
@click.option(
    "--streams",
    envvar="TASKWHO_STREAMS",
    show_envvar=True,
    help="What to read instead of relations, with commas in between.",
)
@click.option(
    "--shard", metavar="I/N", help="Read one range of Ids of the plan of `taskwho shards`."
)
@click.option("--load-only", is_flag=True, help="Promote nothing: `taskwho post-load` does, later.")
@click.option("--dry-run", is_flag=True, help="Say what would be read and what it costs.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one line of JSON.")
@post_load_options
def sync(
    *,
    config: dict[str, Any],
    parents: bool,
    streams: str | None,
    dry_run: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401 - the window's and the promotion's, by name
) -> ExitCode:
    """Read from Salesforce, load, promote and report.

    It needs no Meltano and no project folder. One run at a time reads into a database.
    """
    from taskwho import api
    from taskwho.pipeline.starting.failed_start import failure_reported

    window = {name: options.pop(name) for name in _WINDOW}
    worker = {name: options.pop(name) for name in _WORKER}
    if dry_run and any(worker.values()):
        raise click.UsageError("--dry-run counts a whole run: leave --shard and --load-only out.")
    names = [name.strip() for name in (streams or "").split(",") if name.strip()]
    if dry_run:
        given = arguments(config, options) | window
        asked = {name: value for name, value in given.items() if name not in {"settings", "home"}}
        say_estimates(api.dry_run(**asked, parents=parents, streams=names), as_json=as_json)
        return ExitCode.DONE
    stop, stop_at_once = Event(), Event()
    with ExitStack() as stack:
        signals = stack.enter_context(StopSignals(stop, stop_at_once))
        view = stack.enter_context(view_of(err=as_json))
        stack.enter_context(warnings_to(view))
        _warn_of_meltano_settings(view)

        def show(progress: Progress) -> None:
            signals.is_reading = progress.stage != "prepare"
            view.show(progress)

        try:
            with failure_reported(to_settings(options)):
                given = arguments(config, options)
            result = api.sync(
                **given,
                **window,
                parents=parents,
                streams=names,
                **worker,
                on_progress=show,
                stop=stop,
                stop_at_once=stop_at_once,
            )
        except Interrupted as interrupted:
            result = interrupted.result
        except TaskwhoError as error:
            if error.result is None:
                raise
            result = error.result
    say_result(result, as_json=as_json)
    return ExitCode(result.exit_code)


def _warn_of_meltano_settings(view: View) -> None:
    root = project.root()
    if names := meltano_settings.unread(root):
        view.warn(
            f"`taskwho sync` does not read {', '.join(names)} in {root / 'meltano.yml'}. Set "
            f"{PREFIX}{names[0].upper()} and its like in the environment or in .env."
        )
