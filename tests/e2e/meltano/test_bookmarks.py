"""The bookmark in the database that holds the rows, as `meltano` keeps it and loses it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.sandbox.api.requests import TOKEN_PATH
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import PAIR, Project
from tests.support.observing import wait_for
from tests.support.postgresql import Server, database_of, query
from tests.support.seed_tables import load_parents
from tests.support.sync_command import filled_project, last_line, latest_twin, start, taskwho

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ID = "dev:tap-salesforce-taskwho-to-target-postgres"
# Every write of a state fails, as on a disk that is full; reads do not.
NO_WRITES = """
    create function public.refuse() returns trigger language plpgsql
    as $$ begin raise exception 'no space left on device'; end $$;
    create trigger refuse before insert or update of completed on taskwho.bookmarks
    for each row when (new.completed is not null) execute function public.refuse();
"""


def state(end: str, stream: str = "task_who_relations") -> dict[str, Any]:
    return {"singer_state": {"bookmarks": {stream: {"replication_key_value": end}}}}


def changed(org: Sandbox) -> None:
    org.insert(7)
    org.update(5)
    org.soft_delete(3)
    org.advance_clock(2)


def logins(org: Sandbox) -> int:
    return sum(request.path == TOKEN_PATH for request in org.requests)


def test_states_are_listed_set_merged_copied_and_cleared_before_anything_has_run(
    tmp_path: Path, database_url: str
) -> None:
    project = Project(tmp_path)
    (tmp_path / ".env").write_text(f"DATABASE_URL='{database_url}'\n")
    assert project.states() == {}
    first, other = state("2026-01-01T00:00:00Z"), state("2026-01-02T00:00:00Z", "users")
    assert project.meltano("state", "set", "--force", ID, json.dumps(first)).code == 0
    assert project.meltano("state", "set", "--force", "other_", json.dumps(other)).code == 0
    assert project.states() == {ID: first, "other_": other}
    assert project.meltano("state", "merge", "--from-state-id=other_", ID).code == 0
    merged = project.states()[ID]["singer_state"]["bookmarks"]
    assert merged == first["singer_state"]["bookmarks"] | other["singer_state"]["bookmarks"]
    assert project.stdout("state", "list", "--pattern=dev:*").split() == [ID]
    assert project.meltano("state", "clear", "--force", ID).code == 0
    assert project.states() == {"other_": other}


def test_a_database_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    project = Project(tmp_path, DATABASE_URL="postgresql://somebody:secret@127.0.0.1:1/nowhere")
    done = project.meltano("state", "list")
    assert done.code == 1
    assert "Traceback" not in done.output
    assert "secret" not in done.output
    errors = [event["event"] for event in done.events if event["level"] == "error"]
    assert len(errors) == 1
    assert "Connection refused" in errors[0]
    assert "DATABASE_URL" in errors[0]


def test_another_database_gets_everything_and_a_restored_one_what_it_lacks(
    tmp_path: Path, database_url: str, make_database: Callable[[], str]
) -> None:
    project = Project(tmp_path, DATABASE_URL=database_url)
    with Sandbox(rows=200, orphans=0, leads=0, lost=0) as org:
        project.use(org)
        assert project.meltano("run", "sync-all").code == 0
        restored = Server(database_url).create(database_of(database_url))
        changed(org)
        assert project.meltano("run", "sync").code == 0
        other = make_database()
        for url, job in ((other, "sync-all"), (restored, "sync")):
            run = project.meltano("run", job, DATABASE_URL=url)
            assert run.code == 0, run.output
        for url in (database_url, restored, other):
            assert_equal_to_the_org(org, url)
    Server(database_url).drop(restored)


def test_a_state_of_another_database_fails_the_run_and_a_full_one_makes_it_good(
    tmp_path: Path, database_url: str, make_database: Callable[[], str]
) -> None:
    with Sandbox(rows=200, orphans=0, leads=0, lost=0) as org:
        project = filled_project(tmp_path, org, database_url)
        assert taskwho(project, "sync").code == 0
        old = tmp_path / "old.json"
        old.write_text(project.stdout("state", "get", ID))
        other = make_database()
        load_parents(other, org)
        project.variables["DATABASE_URL"] = other
        loaded = project.meltano("el", *PAIR, "--state", str(old), "--state-id", ID)
        assert loaded.code == 0, loaded.output
        promoted = taskwho(project, "post-load")
        assert promoted.code == 1
        assert "The state comes from elsewhere" in last_line(promoted)
        assert "Read everything once: `taskwho sync --mode full`" in last_line(promoted)
        again = taskwho(project, "sync")
        assert again.code == 1, "the bookmark is the foreign run's end, and the table is not whole"
        assert "has not read everything before it" in last_line(again)
        assert taskwho(project, "sync", "--mode", "full").code == 0
        assert_equal_to_the_org(org, other)
        assert taskwho(project, "sync").code == 0


def test_rows_that_the_loader_puts_into_another_schema_fail_each_run_until_it_is_set_right(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=200, orphans=0, leads=0, lost=0) as org:
        project = filled_project(tmp_path, org, database_url)
        for _ in range(2):
            run = project.meltano("run", "sync", TARGET_POSTGRES_DEFAULT_TARGET_SCHEMA="other")
            assert run.code == 1, run.output
            assert "no page of that has arrived in the schema taskwho" in run.output
            changed(org)
        assert project.meltano("run", "--full-refresh", "sync").code == 0
        assert_equal_to_the_org(org, database_url)


def test_a_table_that_was_emptied_is_filled_again_and_the_report_says_why(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=200, orphans=0, leads=0, lost=0) as org:
        project = filled_project(tmp_path, org, database_url)
        assert project.meltano("run", "sync").code == 0
        query(database_url, "truncate sf_taskwhorelations")
        changed(org)
        run = project.meltano("run", "sync")
        assert run.code == 0, run.output
        assert_equal_to_the_org(org, database_url)
    why = "So the bookmark of task_who_relations was removed, and this run read everything."
    assert [warning for warning in latest_twin(project)["warnings"] if why in warning]


def test_both_ways_of_running_alternate_and_overlap_with_one_bookmark(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=300, orphans=0, leads=0, lost=0) as org:
        project = filled_project(tmp_path, org, database_url)
        assert project.meltano("run", "sync").code == 0
        changed(org)
        seen = len(org.queries())
        alone = taskwho(project, "sync")
        assert alone.code == 0, alone.output
        assert all("SystemModstamp >=" in str(asked.soql) for asked in org.queries()[seen:])
        assert_equal_to_the_org(org, database_url)
        changed(org)
        org.requests.clear()
        org.latency_ms = 2000  # so that each of the two reads while the other does
        command = project.command("run", "sync")
        with subprocess.Popen(command, cwd=tmp_path, env=project.variables) as meltano:
            wait_for(org.queries, "a query of the first")
            beside = start(project, "sync")
            wait_for(lambda: logins(org) == 2, "the second login")
            assert meltano.poll() is None
        output, _ = beside.communicate()
        assert (meltano.returncode, beside.returncode) == (0, 0), output
        assert_equal_to_the_org(org, database_url)
        org.latency_ms, seen = 0, len(org.queries())
        assert taskwho(project, "sync").code == 0
        assert all("SystemModstamp >=" in str(asked.soql) for asked in org.queries()[seen:])
        assert_equal_to_the_org(org, database_url)
    assert query(database_url, "select state_id from taskwho.bookmarks") == [(ID,)]


def test_a_state_that_cannot_be_written_is_no_success(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=50, orphans=0, leads=0, lost=0) as org:
        project = filled_project(tmp_path, org, database_url)
        assert project.meltano("run", "taskwho:prepare").code == 0
        query(database_url, NO_WRITES)
        assert project.meltano("run", "sync").code == 1
        assert_equal_to_the_org(org, database_url)
    twin = latest_twin(project)
    assert (twin["status"], twin["exit_code"]) == ("failed", 1)
    assert "its bookmark is not in the database" in twin["error"]


@pytest.mark.parametrize("flag", ["--no-state-update", "--full-refresh", "--merge-state"])
def test_meltanos_own_ways_with_a_state_stay_as_they_are(
    tmp_path: Path, database_url: str, flag: str
) -> None:
    with Sandbox(rows=50, orphans=0, leads=0, lost=0) as org:
        project = filled_project(tmp_path, org, database_url)
        assert project.meltano("run", "sync").code == 0
        before = project.states()
        changed(org)
        run = project.meltano("run", flag, "taskwho:prepare", *PAIR, "taskwho:post-load")
        assert run.code == 0, run.output
        assert_equal_to_the_org(org, database_url)
        assert (project.states() == before) is (flag == "--no-state-update")
