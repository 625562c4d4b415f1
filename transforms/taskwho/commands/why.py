"""`taskwho why`: the story of one record."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from taskwho.commands.options import post_load_options, to_settings
from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.look import tell
from taskwho.model import project, salesforce_id
from taskwho.model.exit_codes import ExitCode
from taskwho.model.salesforce_settings import salesforce_settings

if TYPE_CHECKING:
    import psycopg

    from taskwho.model.settings import PostLoadSettings

_UNKNOWN = "Nothing is known of this Id: no run has read it."
_ASK = "`taskwho why {} --live` asks Salesforce about it."


@click.command(cls=Command, examples=["taskwho why 0RT5f0000012345AAA --live"])
@click.argument("record_id", metavar="ID")
@click.option("--live", is_flag=True, help="Ask Salesforce about it now.")
@post_load_options
def why(*, record_id: str, live: bool, **options: Any) -> ExitCode:  # noqa: ANN401 - the options, by name
    """Tell where a record is, or why it is not in its table.

    ID is that of a relation, a task, a contact, a user or a lead.
    """
    from taskwho.commands.story import Story
    from taskwho.database.connection import check_usable, connect
    from taskwho.database.migrate import migrate
    from taskwho.pipeline.starting.database_url import require_database

    full_id, settings = salesforce_id.full_id(record_id), to_settings(options)
    with connect(require_database(project.root())) as connection:
        check_usable(connection)
        migrate(connection)
        shown = _ask(connection, settings, full_id) if live else []
        lines = [*shown, *Story(connection, settings, full_id).lines()]
    tell(f"{full_id}:")
    for line in lines or [_UNKNOWN if live else f"{_UNKNOWN} {_ASK.format(full_id)}"]:
        tell("Next:" * line.startswith("Next: "), line.removeprefix("Next: "))
    return ExitCode.DONE if lines else ExitCode.FAILED


def _ask(conn: psycopg.Connection[Any], settings: PostLoadSettings, record_id: str) -> list[str]:
    """What Salesforce shows of the record; what it answers about missing parents is kept."""
    from taskwho.pipeline.plugins.processes import check_installed

    check_installed()
    from taskwho.org.explain.explain import causes_of
    from taskwho.org.explain.live import ask_now

    missing = causes_of(conn, settings, record_id)
    return ask_now(conn, salesforce_settings({}, os.environ), record_id, missing)
