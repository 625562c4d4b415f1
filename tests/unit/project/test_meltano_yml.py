"""What is declared twice is declared alike: meltano.yml and .env.example beside the code."""

from __future__ import annotations

import itertools
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from tap_salesforce_taskwho.config.schema import CONFIG_SCHEMA
from taskwho.cli import cli

from tests.support.meltano_project import ROOT

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


def test_meltano_knows_every_word_of_the_file() -> None:
    schema = json.loads((files("meltano.schemas") / "meltano.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(MELTANO_YML)


def test_every_setting_of_the_tap_is_declared_as_in_its_schema() -> None:
    declared = {setting["name"]: setting for setting in TAP["settings"]}
    assert list(declared) == list(CONFIG_SCHEMA["properties"])
    for name, setting in declared.items():
        of_tap = CONFIG_SCHEMA["properties"][name]
        assert setting["label"] == of_tap["title"]
        assert setting["description"] == of_tap["description"]
        assert setting.get("value") == of_tap.get("default")
        assert setting.get("sensitive", False) == of_tap.get("secret", False)
        assert [option["value"] for option in setting.get("options", [])] == of_tap.get("enum", [])


def test_every_command_that_meltano_runs_is_one_of_taskwho() -> None:
    assert {command["args"] for command in TASKWHO["commands"].values()} <= set(cli.commands)


@pytest.mark.parametrize("plugin", [TAP, LOADER, TASKWHO], ids=lambda plugin: plugin["name"])
def test_plugins_run_from_the_lock_file_s_environment(plugin: dict[str, Any]) -> None:
    assert plugin["executable"].startswith("./.venv/bin/")
    assert "pip_url" not in plugin


def test_env_example_names_every_variable_with_a_comment_and_without_a_value() -> None:
    tap = {f"TAP_SALESFORCE_TASKWHO_{name.upper()}" for name in CONFIG_SCHEMA["properties"]}
    assert set(NAMED) == {"DATABASE_URL", "MELTANO_ENVIRONMENT"} | tap | variables_of_taskwho()
    assert len(NAMED) == len(set(NAMED))
    for above, line in itertools.pairwise(ENV_EXAMPLE):
        if line and not line.startswith("#"):
            assert line.endswith("=")
            assert above.startswith("# ")


def test_git_ignores_what_env_example_is_copied_to() -> None:
    assert ".env" in Path(ROOT / ".gitignore").read_text().splitlines()
