"""`meltano run` with a tap or a loader that fails, and after a run that was killed."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.sandbox import Sandbox
from tests.support.meltano_project import PAIR, Project

if TYPE_CHECKING:
    from pathlib import Path

MISTAKES = {
    "unknown mode": ("MODE", "yesterday"),
    "boolean that is none": ("INCLUDE_DELETED", "maybe"),
    "wrong secret": ("CLIENT_SECRET", "wr0ng-secret"),
}


@pytest.fixture
def project(tmp_path: Path, database_url: str) -> Project:
    return Project(tmp_path, DATABASE_URL=database_url)


@pytest.mark.parametrize(("name", "value"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_a_setting_reaches_the_tap_which_says_what_to_do(
    project: Project, name: str, value: str
) -> None:
    with Sandbox(rows=20) as org:
        project.use(org)
        run = project.meltano("run", *PAIR, **{f"TAP_SALESFORCE_TASKWHO_{name}": value})
    assert run.code == 1
    assert run.blocks[-1]["exit_codes"] == {"extractors": 2}
    error = run.errors_of(PAIR[0])[-1]
    assert name.lower() in error.lower() or "secret" in error
    assert "Traceback" not in run.output


def test_a_loader_that_cannot_connect_says_so_without_the_password(project: Project) -> None:
    url = "postgresql://somebody:s3cr3t-w0rd@127.0.0.1:1/nowhere"
    with Sandbox(rows=20) as org:
        project.use(org)
        # without a state Meltano itself asks for no database
        run = project.meltano("run", "--no-state-update", *PAIR, DATABASE_URL=url)
    assert run.code == 1
    assert run.blocks[-1]["exit_codes"]["loaders"] == 2
    assert "cannot be reached" in run.errors_of(PAIR[1])[-1]
    assert "Traceback" not in run.output
    assert "s3cr3t-w0rd" not in run.output


def test_after_a_failed_run_the_state_is_that_of_what_landed(
    project: Project, database_url: str
) -> None:
    with Sandbox(rows=1_000) as org:
        project.use(org)
        org.faults.add("500", where=lambda _: len(org.queries()) > 5)
        run = project.meltano(
            "run",
            *PAIR,
            TAP_SALESFORCE_TASKWHO_MAX_ATTEMPTS="1",
            TAP_SALESFORCE_TASKWHO_PAGE_SIZE="200",
            TAP_SALESFORCE_TASKWHO_CONCURRENCY="1",
        )
    assert run.blocks[-1]["exit_codes"] == {"extractors": 1}
    (state,) = project.states().values()
    last = state["singer_state"]["bookmarks"]["task_who_relations"]["window"]["after_id"]
    with psycopg.connect(database_url) as connection:
        landed = connection.execute(
            'select count(*), max("Id" collate "C") from taskwho.task_who_relations'
        ).fetchone()
    assert landed is not None
    assert landed[0] > 0
    assert landed[1] == last


def test_a_killed_run_blocks_the_next_one_unless_it_is_forced(project: Project) -> None:
    with Sandbox(rows=1_000, latency_ms=400) as org:
        project.use(org)
        killed = subprocess.Popen(
            project.command("run", *PAIR),
            cwd=project.folder,
            env={
                **project.variables,
                "TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200",
                "TAP_SALESFORCE_TASKWHO_CONCURRENCY": "1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert killed.stdout is not None
        for line in killed.stdout:
            if "Incremental state has been updated" in line:
                break
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
        killed.stdout.close()

        refused = project.meltano("run", *PAIR)
        assert refused.code == 1
        assert "already running" in refused.output
        forced = project.meltano("run", "--force", *PAIR)
        assert forced.code == 0, forced.output
    (state,) = project.states().values()
    window = state["singer_state"]["bookmarks"]["task_who_relations"]["window"]
    assert window == {"from": None, "to": None, "after_id": None}
