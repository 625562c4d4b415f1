"""`taskwho verify`: whether the table equals the org."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import click

from taskwho.commands.given import arguments, config_option
from taskwho.commands.options import post_load_options
from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.progress import warnings_to
from taskwho.commands.terminal.verification import say_verification
from taskwho.commands.terminal.view import view_of
from taskwho.model.exit_codes import ExitCode


@click.command(
    cls=Command,
    examples=[
        "taskwho verify",
        "taskwho verify --repair",
        "taskwho verify --full --repair --max-delete-percent 10",
    ],
)
@config_option
@click.option(
    "--repair",
    is_flag=True,
    help="Bring in what differs; mark as deleted what Salesforce does not show.",
)
@click.option(
    "--sample",
    type=click.FloatRange(0, 100),
    default=2.0,
    show_default=True,
    metavar="PERCENT",
    help="How much of a large table to read beside the counts.",
)
@click.option("--full", is_flag=True, help="Read everything, and compare every Id and content.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one line of JSON.")
@post_load_options
def verify(
    *,
    config: dict[str, Any],
    repair: bool,
    sample: float,
    full: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401 - the promotion's, by name
) -> ExitCode:
    """Compare the relations with Salesforce, and say what differs.

    A small table is read as a whole. A larger one is counted in ranges, which find every difference
    that changes a count; --full finds all. What has landed is promoted first.
    """
    from taskwho import api

    given = arguments(config, options)
    with ExitStack() as stack:
        view = stack.enter_context(view_of(err=as_json))
        stack.enter_context(warnings_to(view))
        found = api.verify(**given, repair=repair, sample=sample, full=full, on_progress=view.show)
    say_verification(found, as_json=as_json)
    return ExitCode(found.exit_code)
