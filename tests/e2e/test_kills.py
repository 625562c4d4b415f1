"""PostgreSQL and the promotion killed in the middle: the next run loses nothing."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest
from taskwho import embedded, project

from tests.meltano_project import SECONDS_TO_END, Project
from tests.sandbox import Sandbox
from tests.seed import create_parents, fill_parents
from tests.sync_command import filled_project, last_line, start, taskwho
from tests.truth import Truth, stored_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.meltano_project import Run

ROWS = 8_000
ONE_BY_ONE = {
    "TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200",
    "TAP_SALESFORCE_TASKWHO_CONCURRENCY": "1",
}
# where a statement of the promotion is in pg_stat_activity when it is killed
IN_PROMOTION = """
    select pid from pg_stat_activity
    where datname = current_database() and application_name = 'taskwho' and xact_start is not null
"""
WAITING = """
    select pid from pg_stat_activity
    where datname = current_database() and application_name = 'taskwho'
        and wait_event_type = 'Lock'
"""
END_PROMOTION = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'taskwho'
"""


def wait_for(happens: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_END
    while not happens():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.01)


def assert_equal_to_the_org(org: Sandbox, url: str) -> None:
    with psycopg.connect(url) as connection:
        truth = Truth(org, connection).rows
        assert truth
        assert stored_rows(connection) == truth


def test_a_postgresql_killed_under_a_load_comes_back_and_nothing_is_lost(tmp_path: Path) -> None:
    with Sandbox(rows=ROWS, latency_ms=150) as org:
        own = Project(tmp_path)
        own.use(org)
        prepared = taskwho(own, "prepare")
        assert prepared.code == 0, prepared.output
        url = project.database_url(tmp_path)
        assert url is not None
        try:
            with psycopg.connect(url) as connection:
                create_parents(connection)
                fill_parents(connection, org.parents())
            sync = start(own, "sync", **ONE_BY_ONE)
            wait_for(lambda: len(org.queries()) > 12, "the twelfth page")
            kill_postgresql(tmp_path / ".taskwho" / "postgres")
            output, _ = sync.communicate(timeout=SECONDS_TO_END)
            assert sync.returncode in {1, 2}, output  # cut off, or refused when it came again
            assert "Traceback" not in output
            org.latency_ms = 0
            rest = taskwho(own, "sync")
            assert rest.code == 0, rest.output
            assert_equal_to_the_org(org, project.database_url(tmp_path) or "")
        finally:
            embedded.stop(tmp_path)


def kill_postgresql(data: Path) -> None:
    """Everything of it at once, as when the machine loses its power."""
    postmaster = psutil.Process(int((data / "postmaster.pid").read_text().split("\n")[0]))
    for process in (postmaster, *postmaster.children(recursive=True)):
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize(
    "held",
    [
        "taskwho.task_who_relations",  # while it takes the inbox in
        "sf_contacts",  # while it looks parents up
    ],
)
def test_a_post_load_killed_in_its_transaction_changes_nothing_and_the_next_one_promotes(
    tmp_path: Path, database_url: str, held: str
) -> None:
    with Sandbox(rows=ROWS) as org:
        own = filled_project(tmp_path, org, database_url)
        landed = land(own)
        assert landed.code == 0, landed.output
        with psycopg.connect(database_url) as holder:
            holder.execute(f"lock table {held}".encode())
            promotion = start(own, "post-load")
            with psycopg.connect(database_url, autocommit=True) as watcher:
                wait_for(lambda: watcher.execute(WAITING).fetchone(), "waiting for the lock")
            promotion.kill()
            promotion.communicate(timeout=SECONDS_TO_END)
        with psycopg.connect(database_url) as connection:
            inbox = connection.execute("select count(*) from taskwho.task_who_relations").fetchone()
        assert inbox == (ROWS,)
        done = taskwho(own, "post-load")
        assert done.code == 0, done.output
        assert_equal_to_the_org(org, database_url)


def test_a_connection_lost_in_the_promotion_is_told_and_the_next_one_promotes(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=ROWS) as org:
        own = filled_project(tmp_path, org, database_url)
        assert land(own).code == 0
        promotion = start(own, "post-load")
        with psycopg.connect(database_url, autocommit=True) as watcher:
            wait_for(lambda: watcher.execute(IN_PROMOTION).fetchone(), "the promotion")
            watcher.execute(END_PROMOTION)
        output, _ = promotion.communicate(timeout=SECONDS_TO_END)
        assert promotion.returncode == 1, output
        assert "Traceback" not in output
        done = taskwho(own, "post-load")
        assert done.code == 0, last_line(done)
        assert_equal_to_the_org(org, database_url)


def land(own: Project) -> Run:
    """The pair alone, without a promotion."""
    return own.meltano("run", "taskwho:prepare", "tap-salesforce-taskwho", "target-postgres")
