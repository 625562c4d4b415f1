"""Mistakes of the user: the last line says what is wrong and what to do; no row is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.sandbox import Sandbox
from tests.support.comparing.truth import Truth, stored_rows
from tests.support.meltano_project import Project
from tests.support.seed_tables import load_parents
from tests.support.sync_command import filled_project, last_line, latest_twin, taskwho

if TYPE_CHECKING:
    from pathlib import Path

MISTAKES = {
    "wrong client secret": (
        [],
        {"TAP_SALESFORCE_TASKWHO_CLIENT_SECRET": "wr0ng-secret"},
        "Set client_secret",
    ),
    "start date that is no date": (
        ["--mode", "custom", "--start-date", "yesterdayish"],
        {},
        "2024-01-31",
    ),
    "start date in the future": (
        [],
        {"TAP_SALESFORCE_TASKWHO_START_DATE": "2999-01-01"},
        "No record is that new: nothing would be read. Set an earlier start_date.",
    ),
    "unknown setting value": ([], {"TAP_SALESFORCE_TASKWHO_MODE": "sideways"}, "incremental"),
}


@pytest.mark.parametrize(("flags", "variables", "fix"), MISTAKES.values(), ids=MISTAKES)
def test_a_wrong_setting_ends_with_2_a_fix_and_a_report(
    tmp_path: Path, database_url: str, flags: list[str], variables: dict[str, str], fix: str
) -> None:
    with Sandbox(rows=20) as org:
        project = filled_project(tmp_path, org, database_url)
        run = taskwho(project, "sync", *flags, **variables)
    assert run.code == 2, run.output
    assert last_line(run).startswith("Error: ")
    assert fix in last_line(run)
    assert "Traceback" not in run.output
    assert "wr0ng-secret" not in run.output
    twin = latest_twin(project)
    assert (twin["status"], twin["exit_code"]) == ("failed", 2)
    assert fix in (tmp_path / "reports" / "latest.md").read_text()


def test_a_start_date_counts_until_there_is_a_bookmark_and_doctor_knows(
    tmp_path: Path, database_url: str
) -> None:
    future = {"TAP_SALESFORCE_TASKWHO_START_DATE": "2999-01-01"}
    with Sandbox(rows=20) as org:
        project = filled_project(tmp_path, org, database_url)
        for words in (("doctor",), ("sync", "--dry-run")):
            refused = taskwho(project, *words, **future)
            assert (refused.code, "Set an earlier start_date." in refused.output) == (2, True)
        assert taskwho(project, "sync").code in {0, 4}
        for words in (("doctor",), ("sync", "--dry-run"), ("sync",)):
            assert taskwho(project, *words, **future).code in {0, 4}, words


def test_a_start_date_that_came_too_late_is_told_until_everything_is_read(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=200) as org:
        project = filled_project(tmp_path, org, database_url)
        stamps = sorted(str(row["SystemModstamp"]) for row in org.truth())
        for day in (stamps[100][:10], stamps[0][:10]):
            start = {"TAP_SALESFORCE_TASKWHO_START_DATE": day}
            assert taskwho(project, "sync", "--fail-below", "0", **start).code == 0
            assert latest_twin(project)["totals"]["read_from"] == f"{stamps[100][:10]}T00:00:00Z"
            report = (tmp_path / "reports" / "latest.md").read_text()
            assert f"what was last changed before {stamps[100][:10]} 00:00:00 UTC" in report
        taskwho(project, "sync", "--mode", "full", "--fail-below", "0")
        assert latest_twin(project)["totals"]["read_from"] is None


def test_an_unknown_flag_value_ends_with_2_before_anything_is_started(tmp_path: Path) -> None:
    run = taskwho(Project(tmp_path), "sync", "--mode", "sideways")
    assert run.code == 2
    assert "'incremental', 'full', 'recent', 'custom'" in last_line(run)
    assert not (tmp_path / ".meltano").exists()


@pytest.mark.parametrize("command", ["sync", "prepare", "post-load"])
def test_without_a_database_the_last_line_names_the_setting(tmp_path: Path, command: str) -> None:
    nowhere = "postgresql://somebody:s3cr3t-w0rd@127.0.0.1:1/nowhere"
    run = taskwho(Project(tmp_path, DATABASE_URL=nowhere), command)
    assert run.code == 2
    assert "DATABASE_URL" in last_line(run)
    assert "Traceback" not in run.output
    assert "s3cr3t-w0rd" not in run.output


def test_missing_parent_tables_keep_what_landed_until_they_are_there(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=60) as org:
        project = Project(tmp_path, DATABASE_URL=database_url)
        project.use(org)
        run = taskwho(project, "sync")
        assert run.code == 2, run.output
        assert "sf_users" in last_line(run)
        assert "sync --all" in last_line(run)
        assert "Traceback" not in run.output
        assert latest_twin(project)["status"] == "failed"
        load_parents(database_url, org)
        promoted = taskwho(project, "post-load")
        assert promoted.code == 0, promoted.output
        with psycopg.connect(database_url) as connection:
            assert stored_rows(connection) == Truth(org, connection).rows
