"""The command line: `taskwho`."""

from __future__ import annotations

import gc
import sys
import traceback
from typing import NoReturn

import click

from taskwho.commands.terminal.help import Commands, LazyCommands
from taskwho.commands.terminal.look import Tone, tell
from taskwho.commands.terminal.output import fill_closed_descriptors, flush, say
from taskwho.model import dotenv_file, project
from taskwho.model.atomic_file import write_atomically
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.commands import (
    BUG,
    BUG_UNRECORDED,
    COMMAND_STOPPED,
    FILE_UNUSABLE,
    SYSTEM_REFUSED,
)
from taskwho.model.exit_codes import ExitCode
from taskwho.model.private_files import make_private

# in the order in which one comes to need them
_COMMANDS = (
    "prepare",
    "doctor",
    "sync",
    "post-load",
    "report",
    "runs",
    "why",
    "verify",
    "shards",
)
_EXIT_CODES = "; ".join(f"{code.value} {code.meaning}" for code in sorted(ExitCode))


@click.group(
    cls=Commands,
    commands=LazyCommands("taskwho.commands", _COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f"Exit codes: {_EXIT_CODES}.",
)
@click.version_option(package_name="taskwho")
def cli() -> None:
    """Bring Salesforce's TaskWhoRelation records into PostgreSQL."""


def main() -> NoReturn:
    """Run a command. A mistake of the user's ends it with a message and without a traceback."""
    fill_closed_descriptors()
    try:
        dotenv_file.load(project.root())
        # without standalone mode, click returns what the command returns
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as error:
        _show(error)
        sys.exit(ExitCode.MISCONFIGURED)
    except TaskwhoError as error:
        _fail(error)
    except (click.Abort, KeyboardInterrupt):
        _fail(TaskwhoError(COMMAND_STOPPED))
    except OSError as error:
        _fail(_of_system(error))
    except Exception as error:  # noqa: BLE001 - a bug must have a last line too
        _fail(_of_database(error) or _bug(error))
    finally:
        flush()
        # Python collects garbage once more before it ends. It skips what is frozen, and the
        # process frees all memory anyway.
        gc.freeze()


def _show(error: click.ClickException) -> None:
    """A mistake in the command line: how the command is used, and what is wrong."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        say(error.message, err=True)
        return
    if isinstance(error, click.UsageError) and error.ctx:
        say(error.ctx.get_usage(), err=True)
        say(f"Try '{error.ctx.command_path} --help' for help.\n", err=True)
    tell("Error:", error.format_message(), Tone.BAD, err=True)


def _fail(error: TaskwhoError) -> NoReturn:
    tell("Error:", error.message, Tone.BAD, err=True)
    sys.exit(error.exit_code)


def _of_system(error: OSError) -> TaskwhoError:
    said = error.strerror or str(error) or type(error).__name__
    if error.filename is None:
        return TaskwhoError(SYSTEM_REFUSED, error=said)
    return TaskwhoError(FILE_UNUSABLE, file=error.filename, error=said)


def _of_database(error: Exception) -> TaskwhoError | None:
    """An error of PostgreSQL's in words; None for another one. Most commands never import it."""
    psycopg = sys.modules.get("psycopg")
    if psycopg is None or not isinstance(error, psycopg.Error):
        return None
    from taskwho.database.failures import explained  # noqa: PLC0415

    return explained(error)


def _bug(error: Exception) -> TaskwhoError:
    """Keep the traceback in a file that only its owner can read."""
    file, name = project.own_path(project.root()) / "crash.log", type(error).__name__
    try:
        make_private(file.parent)
        write_atomically(file, "".join(traceback.format_exception(error)))
    except OSError as failed:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"line {last.lineno} of {last.filename}"
        return TaskwhoError(
            BUG_UNRECORDED, error=name, place=place, file=file, said=failed.strerror
        )
    return TaskwhoError(BUG, error=name, file=file)
