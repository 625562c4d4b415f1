"""What a killed run leaves on the disk is removed, and what a living one has there is not."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.meltano_project import PAIR, Project
from tests.support.observing import files_left, wait_for
from tests.support.sync_command import filled_project, taskwho
from tests.support.truth import assert_equal_to_the_org

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS_OPEN = 4 * 86_400


@pytest.fixture
def org() -> Iterator[Sandbox]:
    # its clock may go on by days without being ahead of the database's
    with Sandbox(rows=1_000, latency_ms=10_000_000, clock_offset_seconds=-DAYS_OPEN) as org:
        yield org
        org.latency_ms = 0


@pytest.fixture
def project(tmp_path: Path, org: Sandbox, database_url: str) -> Project:
    return filled_project(tmp_path, org, database_url)


def test_a_living_meltano_keeps_its_files_and_a_killed_one_s_are_removed(
    project: Project, org: Sandbox
) -> None:
    meltano = subprocess.Popen(
        project.command("run", *PAIR),
        cwd=project.folder,
        env=project.variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for(org.queries, "the first query")
    of_the_living = files_left(project.folder)
    assert any(secret_in(file, org) for file in of_the_living)
    assert taskwho(project, "prepare").code == 0
    assert files_left(project.folder) == of_the_living
    os.killpg(meltano.pid, signal.SIGKILL)
    meltano.wait()
    assert taskwho(project, "prepare").code == 0
    assert not files_left(project.folder)


def secret_in(file: str, org: Sandbox) -> bool:
    return org.login.client_secret in Path(file).read_text("utf-8")


def test_a_database_that_meltano_was_killed_over_while_it_made_it_is_made_anew(
    project: Project, org: Sandbox, database_url: str
) -> None:
    org.latency_ms = 0
    (project.folder / ".meltano").mkdir()
    half_made = sqlite3.connect(project.folder / ".meltano" / "meltano.db")
    with contextlib.closing(half_made), half_made:
        half_made.execute("create table alembic_version (version_num varchar(32) not null)")
        half_made.execute("create table runs (id integer primary key)")
    done = taskwho(project, "sync")
    assert done.code == 0, done.output
    assert_equal_to_the_org(org, database_url)
    bookmarks = project.states()
    assert taskwho(project, "prepare").code == 0
    assert project.states() == bookmarks


def test_a_window_left_open_for_days_is_finished_and_caught_up_with_in_one_run(
    project: Project, org: Sandbox, database_url: str
) -> None:
    org.latency_ms = 0
    org.faults.add("500", when=lambda request: "Id > '" in str(request.soql), nth=range(3, 99))
    cut = taskwho(
        project,
        "sync",
        TAP_SALESFORCE_TASKWHO_PAGE_SIZE="200",
        TAP_SALESFORCE_TASKWHO_CONCURRENCY="1",
        TAP_SALESFORCE_TASKWHO_MAX_ATTEMPTS="1",
    )
    assert cut.code == 1, cut.output
    org.faults.clear()
    org.advance_clock(DAYS_OPEN)
    org.insert(50)
    org.update(40)
    org.soft_delete(30)
    asked = len(org.queries())
    done = taskwho(project, "sync")
    assert done.code == 0, done.output
    finished, *_, caught_up = [
        str(q.soql) for q in org.queries()[asked:] if "COUNT()" in str(q.soql)
    ]
    assert "Id > '" in finished
    assert "Id >" not in caught_up
    assert "SystemModstamp >= " in caught_up
    assert_equal_to_the_org(org, database_url)
