"""The options of the commands are the declared settings, with their defaults and limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from taskwho.commands.options import post_load_options, to_settings
from taskwho.model.settings import SETTINGS, PostLoadSettings, Setting


def given(arguments: list[str], **variables: str) -> PostLoadSettings:
    found: list[PostLoadSettings] = []

    @click.command()
    @post_load_options
    def command(**values: Any) -> None:  # noqa: ANN401 - the options, by name
        found.append(to_settings(values))

    CliRunner().invoke(command, arguments, env=variables, catch_exceptions=False)
    return found[0]


def test_without_options_the_declared_defaults_count() -> None:
    assert given([]) == PostLoadSettings()


def test_options_win_over_variables() -> None:
    settings = given(["--schema", "flag", "--sweep"], TASKWHO_SCHEMA="env", TASKWHO_REPORTS_DIR="r")
    assert settings.schema == "flag"
    assert settings.sweep is True
    assert settings.reports_dir == Path("r")


def test_the_tap_s_look_back_counts_where_there_is_no_own_one() -> None:
    tap = {"TAP_SALESFORCE_TASKWHO_LOOKBACK_SECONDS": "700"}
    assert given([], **tap).lookback_seconds == 700
    assert given([], **tap, TASKWHO_LOOKBACK_SECONDS="800").lookback_seconds == 800


LIMITED = [setting for setting in SETTINGS if setting.at_least is not None]


@pytest.mark.parametrize("setting", LIMITED, ids=lambda setting: setting.name)
def test_a_value_outside_its_limits_is_refused(setting: Setting) -> None:
    option = "--" + setting.name.replace("_", "-")
    assert setting.at_least is not None
    values = [setting.at_least - 1, *([] if setting.at_most is None else [setting.at_most + 1])]
    for value in values:
        command = click.command()(post_load_options(lambda **_: None))
        done = CliRunner().invoke(command, [option, str(value)])
        assert done.exit_code == 2
        assert f"Invalid value for '{option}'" in done.output


CHOSEN = [setting for setting in SETTINGS if setting.choices]


@pytest.mark.parametrize("setting", CHOSEN, ids=lambda setting: setting.name)
def test_a_setting_with_choices_takes_each_of_them_and_no_other_value(setting: Setting) -> None:
    option = "--" + setting.name.replace("_", "-")
    for choice in setting.choices:
        assert getattr(given([option, choice]), setting.name) == choice
        assert getattr(given([], **{setting.variable: choice}), setting.name) == choice
    assert getattr(given([], **{setting.variable: ""}), setting.name) == setting.default
    command = click.command()(post_load_options(lambda **_: None))
    done = CliRunner().invoke(command, [option, "other"])
    assert done.exit_code == 2
    assert f"Invalid value for '{option}'" in done.output
