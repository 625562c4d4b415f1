"""The three plugin.yml: for `meltano add --from-ref`, and definitions as Meltano Hub has them."""

from __future__ import annotations

import json
import subprocess
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from taskwho.model.settings import SETTINGS

from tests.support.checkout import BIN, ROOT
from tests.unit.project.test_meltano_yml import MELTANO_YML

if TYPE_CHECKING:
    from collections.abc import Iterator

TAP, LOADER, UTILITY = "tap-salesforce-taskwho", "target-postgres-taskwho", "transforms"
FOLDERS = (TAP, LOADER, UTILITY)
# The fields and values that the hub's own definitions may have: schemas/ of
# github.com/meltano/hub, on 2 August 2026.
REQUIRED = {"name", "namespace", "variant"}
COMMON = REQUIRED | {
    *("commands", "definition", "description", "docs", "domain_url", "executable", "hidden"),
    *("keywords", "label", "log_parser", "logo_url", "maintenance_status", "next_steps"),
    *("pip_url", "prereq", "python", "quality", "repo", "requires", "settings"),
    *("settings_group_validation", "settings_preamble", "supported_python_versions", "usage"),
}
FIELDS = {
    TAP: COMMON | {"capabilities", "metadata", "schema", "select"},
    LOADER: COMMON | {"capabilities", "dialect", "target_schema"},
    UTILITY: COMMON | {"ext_repo"},
}
CAPABILITIES = {
    TAP: {
        *("properties", "catalog", "discover", "state", "about", "stream-maps", "test"),
        *("schema-flattening", "activate-version", "batch", "log-based", "structured-logging"),
    },
    LOADER: {
        *("about", "stream-maps", "activate-version", "batch", "soft-delete", "hard-delete"),
        *("datatype-failsafe", "schema-flattening", "target-schema", "validate-records"),
        "structured-logging",
    },
}
STATUSES = {"active", "beta", "development", "inactive", "unknown"}
FIELDS_OF_A_SETTING = {
    *("aliases", "description", "docs", "documentation", "env", "hidden", "kind", "label", "name"),
    *("oauth", "options", "placeholder", "sensitive", "tooltip", "value", "value_post_processor"),
    "value_processor",
}
KINDS = {
    *("oauth", "hidden", "password", "date_iso8601", "file", "email", "integer", "options"),
    *("object", "array", "boolean", "string", "decimal"),
}
# of the stock loader, which does not say so
SECRETS = {"password", "sqlalchemy_url", "ssl_client_private_key"}


@cache
def definition(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / folder / "plugin.yml").read_text("utf-8"))
    return found


@cache
def about(command: str) -> dict[str, Any]:
    words = [str(BIN / command), "--about", "--format=json"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_definition_has_fields_and_values_of_the_hub_alone(folder: str) -> None:
    found = definition(folder)
    assert set(found) >= REQUIRED
    assert set(found) <= FIELDS[folder]
    assert found["maintenance_status"] in STATUSES
    assert set(found.get("capabilities", [])) <= CAPABILITIES.get(folder, set())
    names = [setting["name"] for setting in found["settings"]]
    assert len(names) == len(set(names))
    for setting in found["settings"]:
        assert set(setting) <= FIELDS_OF_A_SETTING
        assert setting["kind"] in KINDS
    for group in found.get("settings_group_validation", []):
        assert set(group) <= set(names)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_definition_names_the_distribution_its_command_and_its_pythons(folder: str) -> None:
    project = tomllib.loads((ROOT / folder / "pyproject.toml").read_text("utf-8"))["project"]
    found = definition(folder)
    assert found["pip_url"] == project["name"]
    assert [found["executable"]] == list(project["scripts"])
    assert found["description"] in project["description"].replace("Singer tap for ", "")
    pythons = [name.rpartition(" ")[2] for name in project["classifiers"] if ":: 3." in name]
    assert found["supported_python_versions"] == pythons


@pytest.mark.parametrize("folder", [TAP, LOADER])
def test_settings_and_capabilities_are_those_of_about_and_no_others(folder: str) -> None:
    found = about(folder)
    assert definition(folder)["capabilities"] == sorted(found["capabilities"])
    said = dict(settings_of(found["settings"]["properties"]))
    listed = {
        setting["name"]: (
            setting["kind"],
            setting.get("value"),
            setting.get("sensitive", False),
            [option["value"] for option in setting.get("options", [])],
            setting.get("description"),
        )
        for setting in definition(folder)["settings"]
    }
    assert listed == said


def settings_of(
    properties: dict[str, Any], prefix: str = ""
) -> Iterator[tuple[str, tuple[object, ...]]]:
    """What Meltano says of a setting: kind, default, values, description, and if it is secret."""
    for key, schema in properties.items():
        name = f"{prefix}{key}"
        # a stream map has names that the user chooses
        if schema.get("properties") and name != "stream_maps":
            yield from settings_of(schema["properties"], f"{name}.")
            continue
        values = schema.get("enum", [])
        secret = bool(schema.get("secret")) or name in SECRETS
        description = " ".join(schema.get("description", "").split()) or None
        yield name, (kind_of(name, schema), schema.get("default"), secret, values, description)


def kind_of(name: str, schema: dict[str, Any]) -> str:
    if name == "stream_maps":
        return "object"
    if "enum" in schema:
        return "options"
    given = schema.get("type", [])
    types = {given} if isinstance(given, str) else {*given} - {"null"}
    return types.pop() if len(types) == 1 else "string"


def test_the_utility_has_the_settings_that_are_declared_and_the_commands_of_meltano_yml() -> None:
    kinds = {bool: "boolean", int: "integer", float: "decimal"}
    found = definition(UTILITY)
    listed = {
        each["name"]: (each["kind"], each.get("sensitive", False)) for each in found["settings"]
    }
    assert listed == {
        each.name: (kinds.get(each.kind, "string"), each.secret)
        for each in SETTINGS
        if not each.other_variable  # the tap's
    }
    [utility] = MELTANO_YML["plugins"]["utilities"]
    assert found["commands"] == utility["commands"]
    without_kinds = [{k: v for k, v in one.items() if k != "kind"} for one in found["settings"]]
    assert without_kinds == utility["settings"]
