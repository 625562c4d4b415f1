"""The command line: `taskwho`."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING, Any

import click

from taskwho.commands.options import post_load_options, reports_dir_option, to_settings
from taskwho.model import dotenv_file, project
from taskwho.model.atomic_file import write_atomically
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.commands import BUG, COMMAND_STOPPED
from taskwho.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

# The other modules are imported by the command that needs them: `prepare` runs before every sync.


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="taskwho")
def cli() -> None:
    """Salesforce TaskWhoRelation in PostgreSQL: promote what landed, and report."""


@cli.command()
@click.option("--embedded", is_flag=True, help="Start a PostgreSQL of this project's own first.")
@click.option("--stop", is_flag=True, help="Stop the embedded PostgreSQL instead.")
def prepare(*, embedded: bool, stop: bool) -> None:
    """Check the database and make the landing tables."""
    from taskwho.pipeline import prepare as command  # noqa: PLC0415

    at = project.root()
    if stop:
        click.echo(command.stop_embedded(at))
    else:
        click.echo(command.prepare(at, with_embedded=embedded).message)


@cli.command("post-load")
@post_load_options
def post_load(**given: Any) -> None:  # noqa: ANN401 - the options, by name
    """Promote what has landed into the sf_* tables, and write the report."""
    from taskwho.pipeline.promote_and_report import promote_and_report  # noqa: PLC0415

    _end(promote_and_report(project.root(), to_settings(given)))


@cli.command()
@click.option(
    "--mode",
    type=click.Choice(["incremental", "full", "recent", "custom"]),
    help="What to read; Meltano's setting where it is not given (incremental).",
)
@click.option("--days", type=click.IntRange(min=1), help="How far back `recent` reads.")
@click.option("--start-date", help="Where `custom` begins; the floor of a first incremental run.")
@click.option("--end-date", help="Where `custom` ends: a date (that day included) or a datetime.")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many relations.")
@click.option("--all", "parents", is_flag=True, help="Users, contacts and tasks first.")
@post_load_options
def sync(  # noqa: PLR0913 - the flags of the seed's command line
    *,
    mode: str | None,
    days: int | None,
    start_date: str | None,
    end_date: str | None,
    limit: int | None,
    parents: bool,
    **given: Any,  # noqa: ANN401 - the options, by name
) -> None:
    """Read from Salesforce, load, promote and report; one at a time."""
    from taskwho.pipeline import sync as command  # noqa: PLC0415

    what = command.What(
        mode=mode,
        days=days,
        start_date=start_date,
        end_date=end_date,
        limit=limit,
        parents=parents,
    )
    _end(command.sync(project.root(), what, to_settings(given)))


@cli.command()
@click.argument("run", type=int, required=False)
@reports_dir_option
def report(run: int | None, reports_dir: Path) -> None:
    """Write the report of a past RUN again (a number of taskwho.runs; the last one if none)."""
    from taskwho.pipeline.past_runs import write_again  # noqa: PLC0415

    click.echo(f"Report: {write_again(project.root(), run, reports_dir)}")


@cli.command()
@post_load_options
def doctor(**given: Any) -> None:  # noqa: ANN401 - the options, by name
    """Check credentials, access, tables, keys and freshness, with a fix for each finding."""
    from taskwho.commands.doctor import examine  # noqa: PLC0415
    from taskwho.pipeline import prepare  # noqa: PLC0415

    at, broken = project.root(), False
    for finding in examine(at, prepare.require_database(at), to_settings(given)):
        click.echo(str(finding))
        broken = broken or finding.broken
    _end(ExitCode.MISCONFIGURED if broken else ExitCode.DONE)


@cli.command()
@click.argument("record_id", metavar="ID")
@post_load_options
def why(record_id: str, **given: Any) -> None:  # noqa: ANN401 - the options, by name
    """Tell one record's story: where it is, or why it is not in its table."""
    from taskwho.commands.why import story  # noqa: PLC0415
    from taskwho.database import landing  # noqa: PLC0415
    from taskwho.database.connection import connect  # noqa: PLC0415
    from taskwho.model import salesforce_id  # noqa: PLC0415
    from taskwho.pipeline import prepare  # noqa: PLC0415

    full = salesforce_id.full_id(record_id)
    with connect(prepare.require_database(project.root())) as connection:
        landing.ensure(connection)
        lines = story(connection, to_settings(given), full)
    click.echo("\n".join([f"{full}:", *(lines or ["Nothing is known of it: no run saw its Id."])]))
    _end(ExitCode.DONE if lines else ExitCode.FAILED)


def main() -> None:
    """Run a command; a person's mistake ends with a message, never with a traceback."""
    dotenv_file.load(project.root())
    try:
        # click returns the code that a command's context was ended with
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.MISCONFIGURED)
    except TaskwhoError as error:
        _fail(error)
    except (click.Abort, KeyboardInterrupt):
        _fail(TaskwhoError(COMMAND_STOPPED))
    except Exception as error:  # noqa: BLE001 - the last resort, kept in a file
        _fail(_bug(error))


def _end(exit_code: int) -> None:
    click.get_current_context().exit(exit_code)


def _fail(error: TaskwhoError) -> None:
    click.echo(f"Error: {error.message}", err=True)
    sys.exit(error.exit_code)


def _bug(error: Exception) -> TaskwhoError:
    """A fault of this program; the traceback is kept in a file that only the owner can read."""
    file = project.own_folder(project.root()) / "crash.log"
    write_atomically(file, "".join(traceback.format_exception(error)), mode=0o600)
    return TaskwhoError(BUG, error=type(error).__name__, file=file)
