"""The command line: its commands, their help, and what it imports for them."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from taskwho.cli import cli

HEAVY = ("psycopg", "jinja2", "rich", "psutil", "filelock", "subprocess")


def test_the_commands_are_those_that_are_promised() -> None:
    promised = [
        "prepare",
        "doctor",
        "sync",
        "post-load",
        "report",
        "runs",
        "why",
        "verify",
        "shards",
    ]
    assert list(cli.commands) == promised


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_and_option_says_what_it_is_for(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


@pytest.mark.parametrize(
    "program",
    ["import taskwho", "from taskwho.cli import cli; cli(['--help'], standalone_mode=False)"],
)
def test_help_loads_nothing_heavy(program: str) -> None:
    names = f"[name for name in {HEAVY} if name in sys.modules]"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {program}; print({names})"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
