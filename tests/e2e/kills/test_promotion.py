"""The promotion killed, or cut off from its database: the next one promotes what landed."""

from __future__ import annotations

import json
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.sandbox import Sandbox
from tests.support import promoting
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import SECONDS_TO_END
from tests.support.observing import IN_PROMOTION, IS_COMMITTED, WAITS_FOR_A_LOCK, is_seen, wait_for
from tests.support.postgresql import query
from tests.support.sync_command import filled_project, last_line, start, taskwho

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.meltano_project import Project

ROWS = 1_000
END_PROMOTION = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'taskwho'
"""


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as org:
        yield org


@pytest.fixture
def project(tmp_path: Path, org: Sandbox, database_url: str) -> Project:
    """A project in which everything has landed and nothing is promoted."""
    project = filled_project(tmp_path, org, database_url)
    records = (
        {name: None if value is None else written(value) for name, value in record.items()}
        for record in org.truth()
    )
    promoting.land(
        database_url,
        "task_who_relations",
        ({n: v for n, v in record.items() if n != "AccountId"} for record in records),
    )
    return project


def written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize(
    "held",
    [
        "taskwho.task_who_relations",  # while it reads the inbox
        "sf_contacts",  # while it looks up parents
    ],
)
def test_a_post_load_killed_in_its_transaction_changes_nothing_and_the_next_one_promotes(
    project: Project, org: Sandbox, database_url: str, held: str
) -> None:
    with waiting_promotion(project, database_url, held) as (promotion, _):
        promotion.kill()
        promotion.communicate(timeout=SECONDS_TO_END)
    assert query(database_url, "select count(*) from taskwho.task_who_relations") == [(ROWS,)]
    done = taskwho(project, "post-load")
    assert done.code == 0, done.output
    assert_equal_to_the_org(org, database_url)


def test_a_post_load_killed_between_its_commit_and_its_report_is_reported_by_the_next_one(
    project: Project, org: Sandbox, database_url: str
) -> None:
    promotion = committed_promotion(project, database_url)
    assert not list((project.folder / "reports").glob("*.md"))
    done = taskwho(project, "post-load")
    assert done.code == 0, done.output
    assert promotion.returncode == -signal.SIGKILL
    first, second = sorted((project.folder / "reports").glob("taskwho*.json"))
    assert json.loads(first.read_text())["counts"]["retrieved"] == ROWS
    assert json.loads(second.read_text())["counts"]["retrieved"] == 0
    assert_equal_to_the_org(org, database_url)


def test_a_connection_lost_in_the_promotion_ends_it_and_the_next_one_promotes(
    project: Project, org: Sandbox, database_url: str
) -> None:
    with waiting_promotion(project, database_url, "sf_contacts") as (promotion, _):
        query(database_url, END_PROMOTION)
        output, _ = promotion.communicate(timeout=SECONDS_TO_END)
    assert promotion.returncode == 1, output
    assert "Traceback" not in output
    done = taskwho(project, "post-load")
    assert done.code == 0, last_line(done)
    assert_equal_to_the_org(org, database_url)


@contextmanager
def waiting_promotion(
    project: Project, url: str, held: str
) -> Iterator[tuple[subprocess.Popen[str], psycopg.Connection[Any]]]:
    """A post-load in its transaction, and the connection that holds the table it waits for."""
    with psycopg.connect(url) as holder:
        holder.execute(f"lock table {held}".encode())
        promotion = start(project, "post-load")
        wait_for(lambda: is_seen(url, WAITS_FOR_A_LOCK), "a promotion that waits")
        yield promotion, holder


def committed_promotion(project: Project, url: str) -> subprocess.Popen[str]:
    """A post-load that was killed between its commit and its report."""
    with (
        psycopg.connect(url) as gate,
        waiting_promotion(project, url, "sf_contacts") as (promotion, holder),
    ):
        # gets the table that the report is read from at the commit, and keeps it
        lock = threading.Thread(target=gate.execute, args=["lock table taskwho.runs"])
        lock.start()
        wait_for(lambda: len(query(url, WAITS_FOR_A_LOCK)) > 1, "the second lock")
        assert is_seen(url, IN_PROMOTION)
        holder.rollback()
        lock.join(SECONDS_TO_END)
        wait_for(lambda: gate.execute(IS_COMMITTED).fetchone(), "the commit")
        promotion.kill()
        promotion.communicate(timeout=SECONDS_TO_END)
    return promotion
