"""Behind a PgBouncer in transaction mode: a new session for each transaction, nothing left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
import taskwho as api

from tests.e2e.api.test_places import arguments
from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.servers import debian, pgbouncer
from tests.support.sync_command import filled_project, taskwho

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [debian.needs_postgresql_15, pgbouncer.needs_pgbouncer]


@pytest.fixture
def url() -> Iterator[str]:
    """A database behind a PgBouncer; whoever used it has left nothing in its sessions."""
    with debian.made() as server, pgbouncer.before(server) as url:
        yield url
        assert pgbouncer.sessions(url, pgbouncer.LEFT) == []


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=3_000) as org:
        yield org


def test_the_commands_run_one_at_a_time_and_leave_nothing(
    org: Sandbox, url: str, tmp_path: Path
) -> None:
    project = filled_project(tmp_path, org, url)
    project.variables["TAP_SALESFORCE_TASKWHO_PAGE_SIZE"] = "200"
    for words in (["prepare"], ["sync", "--all"], ["doctor"], ["verify"], ["runs"]):
        run = taskwho(project, *words)
        assert run.code == 0, f"{words}: {run.output}"
    assert_equal_to_the_org(org, url)
    org.advance_clock(3_600)
    org.insert(300)
    org.soft_delete(20)
    org.advance_clock(60)
    with psycopg.connect(url) as other:
        name = "taskwho dev:tap-salesforce-taskwho-to-target-postgres"
        other.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        busy = taskwho(project, "sync")
        assert busy.code == 5, busy.output
    done = taskwho(project, "sync")
    assert done.code == 0, done.output
    assert_equal_to_the_org(org, url)
    org.hard_delete(5)
    repaired = taskwho(project, "verify", "--repair")
    assert repaired.code == 0, repaired.output
    assert taskwho(project, "verify").code == 0


def test_meltano_keeps_its_state_there(org: Sandbox, url: str, tmp_path: Path) -> None:
    project = filled_project(tmp_path, org, url)
    first = project.meltano("run", "sync")
    assert first.code == 0, first.output
    org.advance_clock(3_600)
    org.update(30)
    org.advance_clock(60)
    before = len(org.queries())
    second = project.meltano("run", "sync")
    assert second.code == 0, second.output
    assert all("SystemModstamp >=" in str(query.soql) for query in org.queries()[before:])
    assert_equal_to_the_org(org, url)


def test_the_api_runs_there_and_another_run_at_once_is_busy(
    org: Sandbox, url: str, tmp_path: Path
) -> None:
    given = arguments(org, url, tmp_path)
    refusals: list[int] = []

    def run_another(at: api.Progress) -> None:
        if at.stage == "relations" and not refusals:
            with pytest.raises(api.Busy) as busy:
                api.sync(**given)
            refusals.append(busy.value.exit_code)

    assert api.sync(**given, on_progress=run_another).status == "ok"
    assert refusals == [5]
    assert_equal_to_the_org(org, url)
