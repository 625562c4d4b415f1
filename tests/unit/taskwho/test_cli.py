"""The command line: its commands, their help, and what it imports for them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from taskwho.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

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


def test_a_run_starts_its_children_before_it_imports_anything_heavy(tmp_path: Path) -> None:
    program = f"""
import sys
from taskwho.pipeline.plugins import processes

def started(variables):
    print([name for name in {HEAVY[:5]} if name in sys.modules])
    sys.exit()

processes.Children = started
sys.argv = ["taskwho", "sync"]
from taskwho.cli import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "DATABASE_URL": "postgresql://here/nothing"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
