"""A setting is declared once; meltano.yml and .env.example say the same of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from taskwho.model.entities import ENTITIES, RELATIONS
from taskwho.model.errors import TaskwhoError
from taskwho.model.settings import SETTINGS, ParentTable, PostLoadSettings, Setting, check_name

from tests.support.checkout import ROOT

MELTANO_YML: dict[str, Any] = yaml.safe_load((ROOT / "meltano.yml").read_text())
# a setting that another plugin has already is none of taskwho's in Meltano
OTHERS = {"TASKWHO_HOME=", "TASKWHO_STREAMS="}
IN_MELTANO = [setting for setting in SETTINGS if setting.other_variable is None]


def test_meltano_lists_every_setting_and_no_other() -> None:
    (taskwho,) = MELTANO_YML["plugins"]["utilities"]
    listed = {entry["name"]: entry["description"] for entry in taskwho["settings"]}
    assert listed == {setting.name: setting.meaning for setting in IN_MELTANO}


def test_a_secret_is_sensitive_for_meltano_and_is_shown_nowhere() -> None:
    (taskwho,) = MELTANO_YML["plugins"]["utilities"]
    sensitive = {entry["name"] for entry in taskwho["settings"] if entry.get("sensitive")}
    assert sensitive == {setting.name for setting in SETTINGS if setting.secret} == {"notify"}
    assert "s3cret" not in repr(PostLoadSettings(notify="https://example.org/s3cret"))


def test_env_example_lists_every_setting_with_its_default_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    listed = {
        line: lines[number - 1] for number, line in enumerate(lines) if line.startswith("TASKWHO_")
    }
    # not of the promotion: where files go, and what `taskwho sync` reads
    listed = {name: text for name, text in listed.items() if name not in OTHERS}
    assert listed == {f"{setting.variable}=": comment(setting) for setting in IN_MELTANO}


def comment(setting: Setting) -> str:
    if setting.default in {None, ""}:
        return f"# {setting.meaning}"
    default = str(setting.default).lower().removesuffix(".0")
    return f"# {setting.meaning.removesuffix('.')} ({default})."


def test_the_other_variable_is_one_of_the_tap() -> None:
    (tap, _) = MELTANO_YML["plugins"]["extractors"]
    variables = {f"TAP_SALESFORCE_TASKWHO_{entry['name'].upper()}" for entry in tap["settings"]}
    assert {setting.other_variable for setting in SETTINGS} - {None} <= variables


def test_there_is_a_table_for_every_parent_that_lands() -> None:
    assert set(PostLoadSettings().parents) == {e.stream for e in ENTITIES if e is not RELATIONS}


def test_settings_are_made_from_values_by_name() -> None:
    assert PostLoadSettings.from_values({s.name: s.default for s in SETTINGS}) == PostLoadSettings()
    values = {s.name: s.default for s in SETTINGS} | {
        "schema": "crm",
        "activities_table": "tasks",
        "activities_key": "id",
        "reports_dir": Path("/r"),
    }
    settings = PostLoadSettings.from_values(values)
    assert settings.schema == "crm"
    assert settings.parents["tasks"] == ParentTable("tasks", "id")
    assert settings.reports_dir == Path("/r")


def test_a_name_that_postgresql_would_cut_is_refused() -> None:
    PostLoadSettings(schema="s" * 63)
    with pytest.raises(TaskwhoError) as refused:
        PostLoadSettings(parents={"users": ParentTable("ü" * 32)})
    assert refused.value.message == (
        f"The name '{'ü' * 32}' has 64 bytes. It may have 1 to 63. PostgreSQL cuts every name "
        "after 63 bytes, also the names of keys, which are made from names of tables. Set a name "
        "of another length."
    )
    assert refused.value.exit_code == 2
    with pytest.raises(TaskwhoError, match="has 0 bytes"):
        check_name("", 10)
