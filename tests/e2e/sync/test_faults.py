"""An org with faults: `taskwho sync` repeats what can succeed, and gives up in order."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from tests.sandbox import Sandbox
from tests.sandbox.faults.kinds import TRANSIENT
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.sync_command import filled_project, last_line, latest_twin, taskwho

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.meltano_project import Project, Run

PREFIX = "TAP_SALESFORCE_TASKWHO_"
MOST_ATTEMPTS = 3
SMALL = {f"{PREFIX}PAGE_SIZE": "200", f"{PREFIX}CONCURRENCY": "1"}
FEW_ATTEMPTS = {**SMALL, f"{PREFIX}MAX_ATTEMPTS": str(MOST_ATTEMPTS)}


def test_a_fifth_of_all_answers_may_be_faults(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=50_000) as org:
        project = filled_project(tmp_path, org, database_url)
        org.faults.add(*TRANSIENT, rate=0.2, where=lambda _: True)
        run = taskwho(project, "sync", **{f"{PREFIX}PAGE_SIZE": "1000"})
        assert run.code == 0, run.output
        assert len(org.faults.struck) > 5
        assert_equal_to_the_org(org, database_url)
    twin = latest_twin(project)
    assert twin["counts"]["retrieved"] == 50_000
    assert twin["accounting"]["closes"]


def test_an_org_that_goes_down_for_good_ends_the_sync_and_a_later_one_goes_on(
    tmp_path: Path, database_url: str
) -> None:
    org = Sandbox(rows=3_000, port=free_port())
    with org:
        project = filled_project(tmp_path, org, database_url)
        org.faults.add(*TRANSIENT, rate=1, where=lambda _: len(org.queries()) > 6)
        failed = taskwho(project, "sync", **FEW_ATTEMPTS)
        assert_gave_up(project, failed)
        assert len([query for query in org.queries() if query.fault]) == MOST_ATTEMPTS
        landed = latest_twin(project)["counts"]["retrieved"]
        assert 0 < landed < 3_000
    refused = taskwho(project, "sync", **FEW_ATTEMPTS)
    assert_gave_up(project, refused)
    assert latest_twin(project)["counts"]["retrieved"] == 0
    org.faults.clear()
    org.requests.clear()
    read = sorted(org.table("TaskWhoRelation"))[landed - 1]
    with org:
        rest = taskwho(project, "sync", **SMALL)
        assert rest.code == 0, rest.output
        assert f"Id > '{read}'" in str(org.queries()[0].soql)
        assert latest_twin(project)["counts"]["retrieved"] == 3_000 - landed
        assert_equal_to_the_org(org, database_url)


def test_an_org_with_faults_alone_ends_the_sync_at_its_first_request(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=30) as org:
        project = filled_project(tmp_path, org, database_url)
        org.faults.add(*TRANSIENT, rate=1, where=lambda _: True)
        assert_gave_up(project, taskwho(project, "sync", **FEW_ATTEMPTS))
        assert len(org.requests) == MOST_ATTEMPTS


def assert_gave_up(project: Project, run: Run) -> None:
    """The run made all its attempts, says so, and reports."""
    assert run.code == 1, run.output
    assert f"failed {MOST_ATTEMPTS} times" in last_line(run)
    assert "Traceback" not in run.output
    assert latest_twin(project)["status"] == "failed"


def free_port() -> int:
    """A port for an org that goes away and comes back."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
