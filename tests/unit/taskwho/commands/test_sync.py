"""What `taskwho sync` makes of its flags, the environment, and a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
import pytest
import taskwho.api
from click.testing import CliRunner
from tap_salesforce_taskwho.tap import CONFIG_SCHEMA
from taskwho.commands.config_file import read
from taskwho.commands.meltano_settings import unread
from taskwho.commands.sync import sync
from taskwho.model.errors import Misconfigured
from taskwho.model.results.result import RunResult

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2025, 1, 31, tzinfo=UTC)
CONFIG = """
database_url = "postgresql://of-the-file/db"

[salesforce]
client_id = "of the file"
page_size = 500

[taskwho]
schema = "of_the_file"
max_records = 7
home = "/home/of/the/file"
streams = "users,tasks"
"""


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """The arguments that the API is called with; nothing is run."""
    caught: dict[str, Any] = {}

    def catch(**arguments: Any) -> RunResult:  # noqa: ANN401 - any
        caught.update(arguments)
        return RunResult(run_id=1, started_at=NOW, finished_at=NOW)

    monkeypatch.setattr(taskwho.api, "sync", catch)
    monkeypatch.chdir(tmp_path)
    return caught


def invoke(*words: str, **variables: str) -> int:
    done = CliRunner().invoke(sync, words, env=variables, standalone_mode=False)
    if done.exception:
        raise done.exception
    return int(done.return_value)


def test_nothing_is_set_that_nobody_gave(given: dict[str, Any], tmp_path: Path) -> None:
    assert invoke(DATABASE_URL="postgresql://somewhere/db") == 0
    window = {name: given[name] for name in ("mode", "days", "start_date", "end_date", "limit")}
    assert set(window.values()) == {None}
    assert (given["salesforce"], given["streams"]) == ({}, [])
    assert given["home"] == tmp_path / ".taskwho"


def test_a_file_is_under_everything_else(given: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "sync.toml"
    file.write_text(CONFIG)
    invoke("--config", str(file))
    assert given["database_url"] == "postgresql://of-the-file/db"
    assert given["salesforce"] == {"client_id": "of the file", "page_size": 500}
    assert (given["settings"]["schema"], given["settings"]["max_records"]) == ("of_the_file", 7)
    assert (given["home"], given["streams"]) == ("/home/of/the/file", ["users", "tasks"])
    variables = {
        "DATABASE_URL": "postgresql://of-the-environment/db",
        "TAP_SALESFORCE_TASKWHO_CLIENT_ID": "of the environment",
        "TASKWHO_SCHEMA": "of_the_environment",
        "TASKWHO_HOME": "/home/of/the/environment",
    }
    invoke("--config", str(file), "--max-records", "9", "--streams", "contacts", **variables)
    assert given["database_url"] == "postgresql://of-the-environment/db"
    assert given["salesforce"] == {"page_size": 500}
    assert given["settings"]["schema"] == "of_the_environment"
    assert (given["settings"]["max_records"], given["streams"]) == (9, ["contacts"])
    assert given["home"] == "/home/of/the/environment"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("databse_url = 'x'", "databse_url"),
        ("[salesforce]\nclient_sceret = 'x'", "salesforce.client_sceret"),
        ("[taskwho]\nreport_dir = 'x'", "taskwho.report_dir"),
        ("[tap]\nmode = 'full'", "tap.mode"),
    ],
)
def test_a_key_that_is_no_setting_is_refused(tmp_path: Path, text: str, name: str) -> None:
    file = tmp_path / "sync.toml"
    file.write_text(text)
    with pytest.raises(Misconfigured, match=f"There is no setting '{name}'"):
        read(file)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sync.toml"
    file.write_text("mode: full")
    with pytest.raises(Misconfigured) as raised:
        read(file)
    assert raised.value.message.startswith(f"The file {file} cannot be read as TOML: ")
    assert raised.value.exit_code == 2


def test_the_modes_are_those_of_the_tap() -> None:
    (mode,) = (option.type for option in sync.params if option.name == "mode")
    assert isinstance(mode, click.Choice)
    assert list(mode.choices) == CONFIG_SCHEMA["properties"]["mode"]["enum"]


MELTANO_YML = """
plugins:
  extractors:
  - name: tap-salesforce-taskwho
    config:
      page_size: 500
      batch_config: {}
  - name: tap-salesforce-taskwho-parents
    inherit_from: tap-salesforce-taskwho
    config:
      mode: full
  - name: tap-github
    config:
      username: x
environments:
- name: prod
  config:
    plugins:
      extractors:
      - name: tap-salesforce-taskwho
        config:
          login_url: https://prod.my.salesforce.com
"""


def test_settings_of_meltano_yml_that_are_not_read_are_named_once(
    given: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "meltano.yml").write_text(MELTANO_YML)
    assert unread(tmp_path) == ["login_url", "mode", "page_size"]
    variables = {"DATABASE_URL": "postgresql://somewhere/db"}
    done = CliRunner().invoke(sync, [], env=variables, standalone_mode=False)
    assert done.output.count("does not read login_url, mode, page_size in") == 1
    assert "TAP_SALESFORCE_TASKWHO_LOGIN_URL" in done.output
    assert given["salesforce"] == {}


@pytest.mark.parametrize("text", ["", "plugins: [", "- 1", "plugins:\n  extractors: x"])
def test_a_meltano_yml_that_says_nothing_of_the_tap_is_none_of_ours(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "meltano.yml").write_text(text)
    assert unread(tmp_path) == []
    assert unread(tmp_path / "nowhere") == []
