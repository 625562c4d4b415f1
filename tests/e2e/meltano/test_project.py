"""A project as it is cloned: nothing set, `.env.example` copied, and the commands that look."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT
from tests.support.embedded.projects import end_server
from tests.support.meltano_project import Project
from tests.support.sync_command import taskwho

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_database_a_run_ends_with_both_ways_out_and_starts_nothing(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path)
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")
    run = project.meltano("run", "sync")
    assert run.code == 1, run.output
    assert "Set DATABASE_URL" in run.output
    assert "taskwho prepare --embedded" in run.output
    assert not (tmp_path / ".taskwho").exists()
    assert "DATABASE" in (tmp_path / "reports" / "latest.md").read_text()
    assert (tmp_path / ".env").read_text() == (ROOT / ".env.example").read_text()


def test_a_database_of_its_own_is_one_command_away(tmp_path: Path) -> None:
    project = Project(tmp_path)
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")
    try:
        with Sandbox(rows=50) as org:
            project.use(org)
            prepared = taskwho(project, "prepare", "--embedded")
            assert prepared.code == 0, prepared.output
            assert "DATABASE_URL='postgresql://" in (tmp_path / ".env").read_text()
            assert taskwho(project, "prepare", "--stop").code == 0
            run = project.meltano("run", "sync-all")
        assert run.code == 0, run.output
        assert (tmp_path / "reports" / "latest.md").is_file()
    finally:
        end_server(tmp_path)


def test_meltano_shows_the_plugins_and_hides_their_secrets(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for plugin in ("tap-salesforce-taskwho", "target-postgres"):
        about = project.meltano("invoke", plugin, "--about", "--format=json")
        assert about.code == 0, about.output
        assert f'"name": "{plugin}"' in about.output
    secret = "kn0wn-to-n0body"
    shown = project.meltano(
        "config",
        "list",
        "tap-salesforce-taskwho",
        TAP_SALESFORCE_TASKWHO_CLIENT_SECRET=secret,
        TAP_SALESFORCE_TASKWHO_DAYS="7",
    )
    assert shown.code == 0, shown.output
    assert secret not in shown.output
    assert "TAP_SALESFORCE_TASKWHO_DAYS" in shown.output


def test_the_landing_schema_is_lenient_and_the_tap_s_own_is_typed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    catalog = json.loads(project.stdout("invoke", "--dump=catalog", "tap-salesforce-taskwho"))
    streams = {stream["tap_stream_id"]: stream for stream in catalog["streams"]}
    selected = {name for name, stream in streams.items() if stream.get("selected")}
    assert selected == {"task_who_relations", "sync_batches"}
    for stream in streams.values():
        for column in stream["schema"]["properties"].values():
            assert column == {**column, "type": ["string", "null"]}
