"""The command line: names, options and variables."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import click
import pytest
from click.testing import CliRunner
from taskwho.cli import cli
from taskwho.commands.options import post_load_options, to_settings
from taskwho.model.settings import ParentTable, PostLoadSettings
from taskwho.pipeline.sync import What


def settings_of(arguments: list[str], **environment: str) -> PostLoadSettings:
    taken: list[PostLoadSettings] = []

    @click.command()
    @post_load_options
    def command(**given: Any) -> None:  # noqa: ANN401 - options of many types
        taken.append(to_settings(given))

    done = CliRunner(env=environment).invoke(command, arguments)
    assert done.exit_code == 0, done.output
    return taken[0]


def test_the_commands_are_those_that_are_promised() -> None:
    promised = {"sync", "prepare", "post-load", "report", "doctor", "why"}
    assert set(cli.commands) == promised


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_and_option_says_what_it_is_for(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_without_options_the_settings_are_the_defaults() -> None:
    assert settings_of([]) == PostLoadSettings()


def test_every_setting_has_an_option_with_a_variable() -> None:
    made = click.command()(post_load_options(lambda: None))
    variables = {
        option.name: option.envvar for option in made.params if isinstance(option, click.Option)
    }
    parents = {
        f"{p}_{part}" for p in ("users", "contacts", "activities") for part in ("table", "key")
    }
    others = {f.name for f in fields(PostLoadSettings)} - {"users", "contacts", "activities"}
    assert set(variables) == parents | others
    for name, variable in variables.items():
        assert name is not None
        assert f"TASKWHO_{name.upper()}" in (variable or [])


def test_variables_reach_the_settings_and_flags_win() -> None:
    settings = settings_of(
        ["--users-key", "sfid"],
        TASKWHO_USERS_TABLE="people",
        TASKWHO_USERS_KEY="other",
        TASKWHO_MAX_RECORDS="5",
    )
    assert settings.users == ParentTable("people", "sfid")
    assert settings.max_records == 5


def test_the_flags_of_sync_become_the_tap_s_settings() -> None:
    what = What(mode="custom", start_date="2024-01-01", limit=7)
    assert what.environment() == {
        "TAP_SALESFORCE_TASKWHO_MODE": "custom",
        "TAP_SALESFORCE_TASKWHO_START_DATE": "2024-01-01",
        "TAP_SALESFORCE_TASKWHO_LIMIT": "7",
    }
    assert What().environment() == {}


def test_sync_runs_the_blocks_of_the_jobs_so_that_their_bookmarks_are_shared() -> None:
    pair = ["tap-salesforce-taskwho", "target-postgres"]
    assert What().blocks() == pair
    assert What(parents=True).blocks() == ["tap-salesforce-taskwho-parents", pair[1], *pair]
