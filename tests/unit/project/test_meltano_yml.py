"""meltano.yml and .env.example agree with what the code declares."""

from __future__ import annotations

import itertools
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from tap_salesforce_taskwho.config.settings import SETTINGS
from taskwho.cli import cli
from taskwho.model.settings import SETTINGS as SETTINGS_OF_TASKWHO

from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from tap_salesforce_taskwho.config.setting import Setting

MELTANO_YML: dict[str, Any] = yaml.safe_load((ROOT / "meltano.yml").read_text())
TAP, PARENTS = MELTANO_YML["plugins"]["extractors"]
(LOADER,) = MELTANO_YML["plugins"]["loaders"]
(TASKWHO,) = MELTANO_YML["plugins"]["utilities"]
ENV_EXAMPLE = (ROOT / ".env.example").read_text().splitlines()
NAMED = [line.removesuffix("=") for line in ENV_EXAMPLE if line and not line.startswith("#")]
DERIVED = {"TASKWHO_LOOKBACK_SECONDS"}  # the tap's setting, which has a variable of its own


def variables_of_taskwho() -> set[str]:
    names = {
        name
        for command in cli.commands.values()
        for option in command.params
        for name in ([option.envvar] if isinstance(option.envvar, str) else option.envvar or [])
    }
    return {name for name in names if name.startswith("TASKWHO_")} - DERIVED


def test_meltano_s_schema_accepts_the_file() -> None:
    schema = json.loads((files("meltano.schemas") / "meltano.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(MELTANO_YML)


def test_meltano_lists_every_setting_of_the_tap_and_no_other() -> None:
    listed = [
        (
            entry["name"],
            entry["label"],
            entry["description"],
            entry.get("value"),
            entry.get("sensitive", False),
            [option["value"] for option in entry.get("options", [])],
        )
        for entry in TAP["settings"]
    ]
    assert listed == [
        (
            setting.name,
            setting.title,
            setting.description,
            setting.default,
            setting.secret,
            setting.json_schema().get("enum", []),
        )
        for setting in SETTINGS
    ]


def test_every_command_that_meltano_runs_is_one_of_taskwho() -> None:
    assert {command["args"] for command in TASKWHO["commands"].values()} <= set(cli.commands)


@pytest.mark.parametrize("plugin", [TAP, LOADER, TASKWHO], ids=lambda plugin: plugin["name"])
def test_plugins_run_from_the_lock_file_s_environment(plugin: dict[str, Any]) -> None:
    assert plugin["executable"].startswith("./.venv/bin/")
    assert "pip_url" not in plugin


def test_env_example_names_every_variable_with_a_comment_and_without_a_value() -> None:
    tap = {setting.variable for setting in SETTINGS}
    others = {"DATABASE_URL", "MELTANO_ENVIRONMENT", "TASKWHO_HOME"}
    others |= {setting.variable for setting in SETTINGS_OF_TASKWHO if setting.secret}
    assert set(NAMED) == others | tap | variables_of_taskwho()
    assert len(NAMED) == len(set(NAMED))
    for above, line in itertools.pairwise(ENV_EXAMPLE):
        if line and not line.startswith("#"):
            assert line.endswith("=")
            assert above.startswith("# ")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_env_example_says_of_a_setting_of_the_tap_what_its_declaration_says(
    setting: Setting,
) -> None:
    above = ENV_EXAMPLE[: ENV_EXAMPLE.index(f"{setting.variable}=")]
    comment = reversed(list(itertools.takewhile(lambda line: line.startswith("# "), above[::-1])))
    words = " ".join(line.removeprefix("# ") for line in comment)
    default = "" if setting.default is None else f" Default: {shown(setting.default)}."
    assert words == f"{setting.description}{default}"


def shown(default: str | int) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_git_ignores_what_env_example_is_copied_to() -> None:
    assert ".env" in Path(ROOT / ".gitignore").read_text().splitlines()
