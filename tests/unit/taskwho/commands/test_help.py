"""The help of each command: its own options, examples that parse, 80 columns; completion."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from taskwho.cli import cli
from taskwho.commands.terminal.help import Command, SettingOption

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = ["", *cli.commands]


def help_of(name: str) -> list[str]:
    words = [name, "--help"] if name else ["--help"]
    done = CliRunner().invoke(cli, words, prog_name="taskwho", terminal_width=80)
    assert done.exit_code == 0
    return done.output.splitlines()


def examples(name: str) -> Iterator[str]:
    lines = iter(help_of(name))
    for line in lines:
        if line == "Examples:":
            break
    for line in lines:
        if not line.startswith("  taskwho "):
            break
        yield line.strip()


@pytest.mark.parametrize("name", EVERY)
def test_a_help_fits_80_columns(name: str) -> None:
    assert max(map(len, help_of(name))) <= 80


@pytest.mark.parametrize("name", EVERY)
def test_each_example_of_a_help_is_accepted_by_the_command_line(name: str) -> None:
    found = list(examples(name))
    assert found
    for example in found:
        assert accepted(example).startswith(name)


def accepted(line: str) -> str:
    """The command that a line calls, after parsing all of its words."""
    program, *words = shlex.split(line, comments=True)
    assert program == "taskwho"
    with cli.make_context(program, list(words)) as context:
        name, command, rest = cli.resolve_command(context, words)
        assert name
        assert command
        with command.make_context(name, rest, parent=context):
            return name


def test_a_wrong_example_would_be_found() -> None:
    for line in ("taskwho snyc", "taskwho sync --al", "taskwho why", "taskwho sync --limit none"):
        with pytest.raises(click.UsageError):
            accepted(line)


@pytest.mark.parametrize("name", cli.commands)
def test_a_help_shows_the_options_of_its_own_command_only(name: str) -> None:
    command = cli.commands[name]
    assert isinstance(command, Command)
    text = "\n".join(help_of(name))
    settings = [option for option in command.params if isinstance(option, SettingOption)]
    if name == "post-load":
        assert all(option.opts[0] in text for option in settings)
        return
    options, _, _ = text.partition("Examples:")
    assert not [option for option in settings if f"  {option.opts[0]} " in options]
    assert ("Every flag of `taskwho post-load`" in options) == bool(settings)
    own = [one for one in command.params if isinstance(one, click.Option) and one not in settings]
    assert all(option.opts[0] in options for option in own)


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        ([], "sy", ["sync"]),
        ([], "p", ["prepare", "post-load"]),
        (["sync"], "--dr", ["--dry-run"]),
        (["sync"], "--fail", ["--fail-below"]),
        (["sync", "--mode"], "r", ["recent"]),
        (["why"], "--l", ["--live", "--lookback-seconds", "--lock-timeout-seconds"]),
    ],
)
def test_the_shell_completes_commands_flags_and_choices(
    words: list[str], incomplete: str, expected: list[str]
) -> None:
    completion = ShellComplete(cli, {}, "taskwho", "_TASKWHO_COMPLETE")
    found = [item.value for item in completion.get_completions(words, incomplete)]
    assert sorted(found) == sorted(expected)
